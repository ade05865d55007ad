"""Whether the books are right: every balance, content, claim and conservation law, from the movements alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.carbon.avoided import UnitFactor, avoided
from app.carbon.factors import FactorSet, in_force
from app.lookups.agreeing import Row, differing
from app.records.connection import Block
from app.records.unit import Records, Shelves
from app.records.verification import CERTIFICATES_AT_ONCE, Claimed, Law, Recycled, laws
from certificates import seal
from certificates.content import Certificate, Line

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the books disagree with themselves; ``named`` is which records it is about, each a noun and a number."""

    law: str
    named: tuple[tuple[str, str], ...]
    kept: object
    recomputed: object

    @property
    def subject(self) -> str:
        return ", ".join(f"{noun} {number}" for noun, number in self.named)


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
        books.connection.expect_long_queries()
        counted["movements"] = books.verification.count_movements()
        for law in laws():
            progress(law.name)
            counted[law.name] = 0
            made = _counting(books.verification.blocks(law.recomputed), law.name, counted)
            for key, recomputed, kept in differing(made, books.verification.blocks(law.kept)):
                differences.append(_difference(books, law, key, kept, recomputed))
        progress("certificates")
        differences += _check_certificates(books, counted)
    return Checked(counted, tuple(differences))


def _counting(blocks: Iterator[Block], name: str, counted: dict[str, int]) -> Iterator[Block]:
    """Counts rows as they stream by."""
    for block in blocks:
        counted[name] += len(block)
        yield block


def _difference(books: Shelves, law: Law, key: Row, kept: object, recomputed: object) -> Difference:
    named = (
        (noun, str(part) if noun == "deed" else books.verification.lot_number(part))
        for noun, part in zip(law.keys, key, strict=True)
    )
    return Difference(law.name, tuple(named), kept, recomputed)


def _check_certificates(books: Shelves, counted: dict[str, int]) -> Iterator[Difference]:
    for delivery in books.verification.doubly_certified():
        yield Difference("one live certificate", (("delivery", delivery),), "more than one", "at most one")
    counted["certificates"] = 0
    every = books.verification.certificates()
    while portion := list(islice(every, CERTIFICATES_AT_ONCE)):
        counted["certificates"] += len(portion)
        whole = []
        for claimed in portion:
            if seal.digest(claimed.payload) == claimed.payload_sha256:
                whole.append((claimed, seal.read(claimed.payload)))
                continue
            named_alone = (("certificate", claimed.number),)
            yield Difference("payload digest", named_alone, claimed.payload_sha256, seal.digest(claimed.payload))
        named = sorted({line.delivery for _, content in whole for line in content.lines if line.delivery})
        recycled, embodied = books.verification.recycled(named), books.verification.embodied(named)
        for claimed, content in whole:
            yield from _check_row(claimed, content)
            yield from _check_certificate(books, claimed, content, recycled)
            yield from _check_footprint(claimed, content, embodied)


def _check_row(claimed: Claimed, content: Certificate) -> Iterator[Difference]:
    """What lists and pages go by is what the payload says."""
    kept = (claimed.customer_code, claimed.valid_until, claimed.claimed_g)
    said = (content.recipient.code if content.recipient else None, content.valid_until, content.avoided_co2.claimed_g)
    for one, other in zip(kept, said, strict=True):
        if one != other:
            yield Difference("certificate's row", (("certificate", claimed.number),), one, other)


def _check_footprint(claimed: Claimed, content: Certificate, embodied: Mapping[str, int]) -> Iterator[Difference]:
    for line in content.lines:
        made_g = embodied.get(line.delivery or "")
        if made_g != line.cfp.embodied_g:
            subject = (("certificate", claimed.number), ("delivery", line.delivery or "—"))
            yield Difference("certified CO2e", subject, line.cfp.embodied_g, made_g)
    total_g = sum(line.cfp.embodied_g for line in content.lines)
    if total_g != content.cfp.embodied_g:
        yield Difference("certified CO2e", (("certificate", claimed.number),), content.cfp.embodied_g, total_g)


def _check_certificate(
    books: Shelves, claimed: Claimed, content: Certificate, recycled: Mapping[str, Recycled]
) -> Iterator[Difference]:
    subject = (("certificate", claimed.number),)
    holding = len(content.lines) if claimed.status in ("reserved", "issued") else 0
    if claimed.live_lines != holding:
        yield Difference("deliveries held", subject, claimed.live_lines, holding)
    factors, items = books.master_data.factors(), books.master_data.sheet("items")
    for line in content.lines:
        grams = recycled.get(line.delivery or "", {})
        unit_factor = _unit_factor(items.get(line.item or ""))
        yield from _check_line(claimed, line, grams, unit_factor, in_force(factors, line.made_on))
    claims = sum(line.avoided_co2.claimed_g for line in content.lines)
    if claims != content.avoided_co2.claimed_g:
        yield Difference("claim", subject, content.avoided_co2.claimed_g, claims)


def _unit_factor(item: Mapping[str, Any] | None) -> UnitFactor | None:
    return UnitFactor(item["unit_factor"], item["unit_divisor"]) if item and item["unit_factor"] else None


def _check_line(
    claimed: Claimed, line: Line, grams: Recycled, unit_factor: UnitFactor | None, factors: FactorSet
) -> Iterator[Difference]:
    subject = (("certificate", claimed.number), ("delivery", line.delivery or "—"))
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
