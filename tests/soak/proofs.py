"""The proofs by name, each with its full size."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.soak import certifying, failing, kills, pairs, race, stops, walking
from tests.soak.databases import Place
from tests.soak.figures import Figure, Tell

Run = Callable[[Place, float, int, Tell], list[Figure]]


@dataclass(frozen=True, slots=True)
class Proof:
    """``run`` takes a place, a part of the full size, a seed, and somebody to tell how far it is."""

    says: str
    run: Run


def _scaled(count: int, scale: float) -> int:
    return max(1, round(count * scale))


PROOFS = {
    "race": Proof(
        "8 processes race on few lots",
        lambda place, scale, seed, tell: race.race(place, race.Sizes(_scaled(100_000, scale)), seed, tell),
    ),
    "reversals": Proof(
        "each thing is undone by two at once",
        lambda place, scale, seed, tell: pairs.pairs(place, pairs.Sizes(_scaled(10_000, scale)), seed, tell),
    ),
    "certificates": Proof(
        "8 processes certify the same deliveries",
        lambda place, scale, seed, tell: certifying.certifying(place, certifying.Sizes(_scaled(48, scale)), seed, tell),
    ),
    "kills": Proof(
        "kill -9 of workers and of the server",
        lambda place, scale, seed, tell: kills.kills(place, kills.Sizes(_scaled(300, scale)), seed, tell),
    ),
    "stops": Proof(
        "the database stops in mid-flight",
        lambda place, scale, seed, tell: stops.stops(place, stops.Sizes(_scaled(10, scale)), seed, tell),
    ),
    "machine": Proof(
        "a state machine against a model of plain dictionaries",
        lambda place, scale, seed, tell: walking.walking(place, walking.Sizes(_scaled(50_000, scale)), seed, tell),
    ),
    "failures": Proof(
        "a write fails in the middle of a deed, for each kind of deed",
        lambda place, scale, seed, tell: failing.failing_writes(place, failing.Sizes(), seed, tell),
    ),
}
