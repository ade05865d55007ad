"""Whether the books are right: every balance, content, claim and conservation law, from the movements alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.carbon.avoided import UnitFactor, avoided
from app.carbon.factors import FactorSet, in_force
from app.records.unit import Records, Shelves
from app.records.verification import Claimed, Law, Row, laws
from certificates import seal
from certificates.content import Line

Progress = Callable[[str], None]
_END: Row = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the books disagree with themselves."""

    law: str
    subject: str
    kept: object
    recomputed: object

    def __str__(self) -> str:
        return f"{self.law}: {self.subject}: kept {self.kept}, recomputed {self.recomputed}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was counted, and every difference found."""

    counted: dict[str, int]
    differences: tuple[Difference, ...]


def check_ledger(records: Records, progress: Progress = lambda _: None) -> Checked:
    """Recompute everything; reads one consistent state of the books and changes nothing."""
    counted: dict[str, int] = {}
    differences: list[Difference] = []
    with records.reading() as books:
        counted["movements"] = books.verification.count_movements()
        for law in laws():
            progress(law.name)
            counter = _Counter(books.verification.rows(law.recomputed))
            differences += _compare(books, law, counter)
            counted[law.name] = counter.count
        progress("certificates")
        differences += _check_certificates(books, counted)
    return Checked(counted, tuple(differences))


class _Counter:
    """Counts rows as they stream by."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _compare(books: Shelves, law: Law, counter: _Counter) -> Iterator[Difference]:
    """Walk two streams in the order of their keys, side by side: bounded memory however many rows."""
    recomputed, kept = iter(counter), books.verification.rows(law.kept)
    made, held = next(recomputed, _END), next(kept, _END)
    while made or held:
        if made and held and made[:-1] == held[:-1]:
            if int(made[-1]) != held[-1]:
                yield _difference(books, law, made[:-1], held[-1], int(made[-1]))
            made, held = next(recomputed, _END), next(kept, _END)
        elif not held or (made and made[:-1] < held[:-1]):
            yield _difference(books, law, made[:-1], "nothing", int(made[-1]))
            made = next(recomputed, _END)
        else:
            yield _difference(books, law, held[:-1], held[-1], "nothing")
            held = next(kept, _END)


def _difference(books: Shelves, law: Law, key: Row, kept: object, recomputed: object) -> Difference:
    named = (
        f"{name} {books.verification.lot_number(part) if name != 'deed' else part}"
        for name, part in zip(law.keys, key, strict=True)
    )
    return Difference(law.name, ", ".join(named), kept, recomputed)


def _check_certificates(books: Shelves, counted: dict[str, int]) -> Iterator[Difference]:
    factors = books.master_data.factors()
    items = books.master_data.sheet("items")
    counted["certificates"] = 0
    for delivery in books.verification.doubly_certified():
        yield Difference("one live certificate", f"delivery {delivery}", "more than one", "at most one")
    for claimed in list(books.verification.certificates()):
        counted["certificates"] += 1
        subject = f"certificate {claimed.number}"
        if seal.digest(claimed.payload) != claimed.payload_sha256:
            yield Difference("payload digest", subject, claimed.payload_sha256, seal.digest(claimed.payload))
            continue
        content = seal.read(claimed.payload)
        live = claimed.status in ("reserved", "issued")
        if claimed.live_lines != (len(content.lines) if live else 0):
            yield Difference("deliveries held", subject, claimed.live_lines, len(content.lines) if live else 0)
        claims = []
        for line in content.lines:
            unit_factor = _unit_factor(items.get(line.item or ""))
            yield from _check_line(books, claimed, line, unit_factor, in_force(factors, line.made_on))
            claims.append(line.avoided_co2.claimed_g)
        if sum(claims) != content.avoided_co2.claimed_g:
            yield Difference("claim", subject, content.avoided_co2.claimed_g, sum(claims))


def _unit_factor(item: Mapping[str, Any] | None) -> UnitFactor | None:
    return UnitFactor(item["unit_factor"], item["unit_divisor"]) if item and item["unit_factor"] else None


def _check_line(
    books: Shelves, claimed: Claimed, line: Line, unit_factor: UnitFactor | None, factors: FactorSet
) -> Iterator[Difference]:
    subject = f"certificate {claimed.number}, delivery {line.delivery}"
    grams = books.verification.recycled(line.delivery or "")
    post_consumer = {customer: g for (class_, customer), g in grams.items() if class_ == "post_consumer"}
    recomputed = {
        "certified mass": (line.mass_g, sum(grams.values())),
        "post-consumer": (line.recycled.post_consumer_g, sum(post_consumer.values())),
        "closed loop": (line.recycled.closed_loop_g, post_consumer.get(claimed.customer_code, 0)),
        "pre-consumer": (
            line.recycled.pre_consumer_g,
            sum(g for (class_, _), g in grams.items() if class_ == "pre_consumer"),
        ),
        "claim": (
            line.avoided_co2.claimed_g,
            avoided(sum(post_consumer.values()), line.units, unit_factor, factors).claimed_g,
        ),
    }
    for name, (kept, right) in recomputed.items():
        if kept != right:
            yield Difference(name, subject, kept, right)
