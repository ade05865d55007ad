"""What goes with a quote and what became of it: each certificate's state today, and who was sent one that ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.records.quote_papers import Attached, Pack
from app.records.quotes import Quote
from app.records.unit import Records, Shelves

CONSIDERED = 200
PROPOSED = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A certificate that could go with a quote; ``fits`` is how many of the quote's lines it says something of."""

    number: str
    issued_on: date
    valid_until: date
    fits: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A certificate that was sent out and is none any more, with (sent to, when) of each pack that carries it.

    ``open``: those of them to whom nothing was sent since it ended.
    """

    certificate: Attached
    sent: Sequence[tuple[str, datetime]]
    open: Sequence[tuple[str, datetime]]


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates attached with their state today, those that fit best, the own PDF, packs, and what ended since."""

    attached: Sequence[tuple[Attached, str]]
    candidates: Sequence[Candidate]
    file: tuple[str, str] | None
    packs: Sequence[Pack]
    ended: Sequence[Ended]


def papers_of(records: Records, quote: Quote, today: date) -> Papers:
    """The papers of a quote."""
    with records.reading() as books:
        attached = books.quote_papers.attached(quote.id)
        packs = books.quote_papers.packs(quote.id)
        return Papers(
            [(each, _state(each, today)) for each in attached],
            _candidates(books, quote, {each.number for each in attached}, today),
            books.quote_papers.file_name(quote.id),
            packs,
            [_ended(each, packs) for each in books.quote_papers.ended(quote.id)],
        )


def certificates_that_fit(records: Records, number: str, today: date) -> Sequence[str]:
    """Numbers of the certificates that say something of most lines of a quote, the best first."""
    with records.reading() as books:
        quote = books.quotes.one(number)
        found = _candidates(books, quote, set(), today) if quote else []
    most = max((each.fits for each in found), default=0)
    return [each.number for each in found if each.fits == most]


def _state(certificate: Attached, today: date) -> str:
    expired = certificate.status == "issued" and certificate.valid_until < today
    return "expired" if expired else certificate.status


def _candidates(books: Shelves, quote: Quote, taken: set[str], today: date) -> list[Candidate]:
    """Those that say something of most lines first, the newest of these before."""
    rows = books.quote_papers.candidates(quote.customer_code, today, CONSIDERED)
    by_number: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_number.setdefault(row["number"], []).append(row)
    found = [
        Candidate(number, said[0]["issued_on"], said[0]["valid_until"], _fits(quote, said))
        for number, said in by_number.items()
        if number not in taken
    ]
    return sorted(found, key=lambda each: -each.fits)[:PROPOSED]


def _fits(quote: Quote, said: Sequence[dict[str, Any]]) -> int:
    return sum(any(_same(line, each) for each in said) for line in quote.lines)


def _same(line: dict[str, Any], certified: dict[str, Any]) -> bool:
    same = certified["kind"] == line["kind"] and certified["item"] == line["item"]
    return bool(same and line["alloy"] in (None, certified["alloy"]))


def _ended(certificate: Attached, packs: Sequence[Pack]) -> Ended:
    sent = [(pack.sent_to, pack.made_at) for pack in reversed(packs) if certificate.number in pack.certificates]
    since = [(pack.sent_to, pack.made_at) for pack in packs]
    ended_at = certificate.ended_at
    open_ = [each for each in sent if not any(to == each[0] and ended_at and at > ended_at for to, at in since)]
    return Ended(certificate, sent, open_)


def papers_mark(records: Records, number: str, today: date) -> str:
    """What a pack of a quote would be made of now, as a text that differs where that does."""
    with records.reading() as books:
        quote = books.quotes.one(number)
        if quote is None:
            return ""
        attached = [(each.number, _state(each, today)) for each in books.quote_papers.attached(quote.id)]
        held = [(each.id, each.until) for each in quote.reservations if each.state == "held" and each.until >= today]
        return repr((attached, books.quote_papers.file_name(quote.id), held))


def troubled_quotes(records: Records) -> dict[int, str]:
    """Quotes, by id, by which somebody has a certificate that was revoked or replaced, and was sent nothing since."""
    with records.reading() as books:
        return books.quote_papers.troubled()


def pack_bytes(records: Records, number: str, pack_id: int) -> bytes | None:
    """A pack as it was made, by the number of its quote, or None."""
    with records.reading() as books:
        quote = books.quotes.one(number)
        return books.quote_papers.pack(quote.id, pack_id) if quote else None


def sent_with(records: Records, certificate_id: int) -> Sequence[tuple[str, str, datetime]]:
    """(quote, sent to, when) of every pack that carries a certificate."""
    with records.reading() as books:
        return books.quote_papers.sent(certificate_id)
