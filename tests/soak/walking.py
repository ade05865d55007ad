"""The state machine for as many steps as are wanted, in as many processes as there are cores to use."""

import time
import traceback
from collections import Counter
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.lookups.ledger_check import check_ledger
from app.operations.press import Press
from app.records.unit import Records
from certificates.fonts import default_directory
from tests.soak.bench import Bench
from tests.soak.certifying import ISSUER
from tests.soak.databases import Place
from tests.soak.figures import Figure, Tell
from tests.soak.machine import LedgerMachine
from tests.soak.processes import SPAWN, at_once

EXAMPLE_STEPS = 60
EXAMPLES = 10
TELL_EVERY_S = 30.0
PATIENT = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.filter_too_much,
]


@dataclass(frozen=True, slots=True)
class Sizes:
    steps: int
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Walked:
    """What one process counted, and the first difference it found, as a program that shows it."""

    steps: int
    outcomes: Counter[str]
    difference: str | None


def walking(place: Place, sizes: Sizes, chosen_seed: int, tell: Tell) -> list[Figure]:
    """Walk, and check the books of all examples together at the end."""
    url = place.fresh()
    counters = SPAWN.RawArray("q", sizes.processes)
    given = [(url, n, chosen_seed, sizes.steps // sizes.processes, counters) for n in range(sizes.processes)]
    walked = at_once(walk, given, _progress(counters, tell))
    outcomes: Counter[str] = sum((each.outcomes for each in walked), Counter())
    found = [each.difference for each in walked if each.difference]
    for difference in found:
        tell(difference)
    records = Records(url)
    checked = check_ledger(records)
    records.dispose()
    refused = {name: count for name, count in sorted(outcomes.items()) if name != "done"}
    return [
        Figure("steps of the state machine", sum(each.steps for each in walked)),
        Figure("done in both", outcomes["done"]),
        *(Figure(f"refused by both, {name}", count) for name, count in refused.items()),
        Figure("differences from the model", len(found), 0),
        Figure("movements checked", checked.counted["movements"]),
        Figure("certificates checked", checked.counted["certificates"]),
        Figure("differences found by ledger check", len(checked.differences), 0),
    ]


def walk(url: str, n: int, chosen_seed: int, steps: int, counters: Any) -> Walked:
    """Walk so many steps, in batches of examples with seeds that follow from the one given."""
    records = Records(url)

    def count(done: int) -> None:
        counters[n] = done

    bench = Bench(records, Press(default_directory()), ISSUER, f"W{n}-", tell=count)
    difference = None
    batch = 0
    while bench.steps < steps and difference is None:
        batch += 1
        machine = seed(f"{chosen_seed}/{n}/{batch}")(type("Walk", (LedgerMachine,), {"bench": bench}))
        difference = _difference(machine)
    records.dispose()
    return Walked(bench.steps, bench.outcomes, difference)


def _difference(machine: type[LedgerMachine]) -> str | None:
    """The program that Hypothesis found to make a difference, or None where there is none."""
    walks = settings(
        max_examples=EXAMPLES,
        stateful_step_count=EXAMPLE_STEPS,
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=True,
        suppress_health_check=PATIENT,
        phases=(Phase.generate, Phase.shrink),
    )
    try:
        run_state_machine_as_test(machine, settings=walks)
    except Exception:  # noqa: BLE001 - whatever it is, it is the difference that was looked for
        return traceback.format_exc()
    return None


def _progress(counters: Any, tell: Tell) -> Any:
    last = [time.monotonic()]

    def watch() -> None:
        if time.monotonic() - last[0] >= TELL_EVERY_S:
            last[0] = time.monotonic()
            tell(f"machine: {sum(counters):,} steps …")

    return watch
