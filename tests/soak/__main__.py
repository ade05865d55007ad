"""The long proofs, for ``make soak``: each on SQLite and on PostgreSQL, one line a figure, 1 where any fails."""

import argparse
import secrets
import signal
import sys
import time
import traceback

from tests.soak.databases import KINDS, Place, placed
from tests.soak.figures import Figure
from tests.soak.proofs import PROOFS, Proof


def main() -> int:
    """Run what was asked for; the seed printed first repeats the same choices."""
    wanted = _arguments()
    # Told to end, it ends as after Ctrl-C: servers, processes and folders go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    print(f"seed {wanted.seed}   (repeat with --seed {wanted.seed})", flush=True)
    failed = []
    for kind in wanted.database or KINDS:
        with placed(kind) as place:
            for name in wanted.only or PROOFS:
                if not _prove(place, name, PROOFS[name], wanted.seed, wanted.scale):
                    failed.append(f"{name} on {kind}")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nEverything held.", flush=True)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="repeat the choices of a run")
    parser.add_argument("--only", nargs="+", choices=PROOFS, metavar="NAME", help=f"of {', '.join(PROOFS)}")
    parser.add_argument("--database", nargs="+", choices=KINDS, help="one kind of database alone")
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the full size, such as 0.01")
    return parser.parse_args()


def _prove(place: Place, name: str, proof: Proof, seed: int, scale: float) -> bool:
    def tell(line: str) -> None:
        print(f"  … {line}", flush=True)

    print(f"\n{place.kind}: {name}: {proof.says}", flush=True)
    started = time.monotonic()
    try:
        figures = proof.run(place, scale, seed, tell)
    except Exception:  # noqa: BLE001 - a proof that cannot go on has failed, and the others still have their say
        traceback.print_exc(file=sys.stdout)
        figures = [Figure("the proof came to its end", "no", "yes")]
    figures.append(Figure("seconds", time.monotonic() - started))
    for figure in figures:
        print(f"  {place.kind:<11} {name:<12} {figure}", flush=True)
    return all(figure.holds for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
