"""Numbers the service gives where the person entering leaves one out."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.carbon.factors import japan_day
from app.ledger.lots import Kind
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import StepKind
from app.records.unit import Books, Shelves

LOT_PREFIX = {
    Kind.SCRAP: "S",
    Kind.PRIMARY: "P",
    Kind.ALLOYING: "A",
    Kind.INGOT: "I",
    Kind.BILLET: "B",
    Kind.PRODUCT: "T",
    Kind.RETURN: "R",
    Kind.HEEL: "HL",
}
STEP_PREFIX = {
    StepKind.SORT: "Q",
    StepKind.REMELT: "H",
    StepKind.CAST: "C",
    StepKind.EXTRUDE: "X",
    StepKind.FABRICATE: "F",
}
TRANSFER_PREFIX = "M"
DISPATCH_PREFIX = "D"
QUOTE_PREFIX = "Q"
RETURN_PREFIX = "RT"
WRITE_OFF_PREFIX = "WO"

Taken = Callable[[Sequence[str]], set[str]]


def lot_numbers(books: Books, wanted: Sequence[tuple[str | None, Kind, datetime]]) -> list[str]:
    """A number for each lot: the one wanted, or the next of its series. Raises Refused (duplicate_number)."""
    given = [number for number, _, _ in wanted if number is not None]
    refuse_lot_numbers(books, given)
    prefixes = [f"{LOT_PREFIX[kind]}{japan_day(at):%y}" for number, kind, at in wanted if number is None]
    made = {prefix: _next(books, prefix, prefixes.count(prefix), set(given)) for prefix in sorted(set(prefixes))}
    free = {prefix: iter(numbers) for prefix, numbers in made.items()}
    return [number or next(free[f"{LOT_PREFIX[kind]}{japan_day(at):%y}"]) for number, kind, at in wanted]


def refuse_lot_numbers(books: Shelves, given: Sequence[str]) -> None:
    """Refuse numbers of lots that somebody has given before, or twice now. Raises Refused (duplicate_number)."""
    _refuse_doubles(given, books.lots.numbers_taken(given) if given else set(), "lot")


def _next(books: Books, prefix: str, count: int, avoid: set[str]) -> list[str]:
    """The next free numbers of a lot series; one that somebody gave by hand is passed over."""
    numbers: list[str] = []
    while len(numbers) < count:
        made = [f"{prefix}-{n:04d}" for n in books.series.next(f"lot {prefix}", count - len(numbers))]
        taken = books.lots.numbers_taken(made) | avoid
        numbers += [number for number in made if number not in taken]
    return numbers


def require_free(wanted: str | None, noun: str, taken: Taken) -> None:
    """Refuse a number used before (duplicate_number), ahead of all else: the same deed sent twice is told so."""
    if wanted is not None:
        _refuse_doubles([wanted], taken([wanted]), noun)


def deed_number(books: Books, wanted: str | None, prefix: str, at: datetime, noun: str, taken: Taken) -> str:
    """The number of a step, transfer or dispatch: the one wanted, found free before, or the next of its series."""
    if wanted is not None:
        return wanted
    series = f"{prefix}{japan_day(at):%y}"
    while True:
        [n] = books.series.next(f"{noun} {series}")
        number = f"{series}-{n:04d}"
        if not taken([number]):
            return number


def _refuse_doubles(numbers: Sequence[str], taken: set[str], noun: str) -> None:
    seen: set[str] = set()
    for number in numbers:
        if number in taken or number in seen:
            raise Refused(Code.DUPLICATE_NUMBER, noun, number=number)
        seen.add(number)
