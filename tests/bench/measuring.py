"""Measuring side by side: timings on a shared machine are noisy, so ours and the floor alternate in one run."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Work = Callable[[], object]
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: ours beside the floor, their ratio, and the limit it is held to."""

    row: str
    ours: float
    floor: float | None
    unit: str
    limit: str
    kept: bool
    notes: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return None if not self.floor else self.ours / self.floor


def seconds(work: Work, times: int) -> float:
    """Seconds one run of ``work`` takes, over several in a row."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def side_by_side(ours: Work, floor: Work, times: int, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Median seconds of ours, of the floor, and the median of their ratios, in alternating rounds after a warm-up."""
    ours(), floor()
    gc.collect()
    pairs = [(seconds(ours, times), seconds(floor, times)) for _ in range(rounds)]
    ratio = statistics.median(mine / bare for mine, bare in pairs)
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs), ratio


def in_a_process_of_its_own(*words: str) -> tuple[str, float]:
    """Run ``python -m words``: what it printed, and its seconds."""
    start = time.perf_counter()
    ran = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if ran.returncode:
        raise RuntimeError(f"{words}: {ran.stdout}{ran.stderr}")
    return ran.stdout, took


def peak_mb() -> float:
    """The most memory this program ever had, MB.

    Not ``ru_maxrss``: that goes on counting from whatever the process was before it became this program.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
