"""Make the pack that goes to a customer (PDFを作る): a cover, the quote, statements, and certificates as issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.carbon.factors import japan_day
from app.ledger.lots import Kind
from app.operations.again import tried_again
from app.operations.certificate_content.lines import product_names
from app.operations.footprint_statement import statement_of
from app.operations.issue_certificate import Issuer
from app.operations.press import Press
from app.operations.problems import Invalid, Problem
from app.operations.quote_papers import in_force, quote_in_force
from app.operations.quotes import active
from app.operations.references import References
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.quotes import Quote, QuoteState, Reservation
from app.records.unit import Books, Records, Shelves
from certificates import content, seal
from certificates.papers.binding import File, bound, pages_of
from certificates.papers.cover import Cover, CoverLine, render_cover
from certificates.papers.footprint_statement import render_statement
from certificates.papers.words import COVER
from certificates.statement import Promised, Statement


@dataclass(frozen=True, slots=True)
class Sending:
    """Who a pack is for: the customer, unless somebody is named; and the person who makes it, by name."""

    sent_to: str | None
    made_by: str


@dataclass(frozen=True, slots=True)
class _Papers:
    """Everything a pack is made of, as the books had it at one moment."""

    quote: Quote
    cover: Cover
    own: bytes | None
    certificates: Sequence[tuple[Stored, bytes]]


@tried_again
def make_pack(records: Records, press: Press, issuer: Issuer, doer: Doer, number: str, sending: Sending) -> int:
    """Make a pack and keep it as it was sent; returns its id.

    Drawn with the quote held, so that what is kept is what the books say. A certificate that is none any more does not
    go out. Raises NotFound, Invalid (nothing_to_send, certificate_altered), Refused (already_ordered), CannotPrint.
    """
    with records.writing(doer) as books:
        papers = _gather(books, issuer, doer, quote_in_force(books, number), sending)
        pack_id = _keep(books, papers, _bind(press, papers))
        books.commit()
    return pack_id


def _gather(books: Books, issuer: Issuer, doer: Doer, quote: Quote, sending: Sending) -> _Papers:
    references, today = References(books), japan_day(doer.now)
    held = active(quote, today)
    certificates = [(stored, pdf) for stored, pdf in _certificates(books, quote) if in_force(stored, today)]
    own = books.quote_papers.file(quote.id)
    if not (held or certificates or own):
        raise Invalid([Problem((), "nothing_to_send")])
    customer = references.sheet("customers")[quote.customer_code]
    recipient = content.Party(quote.customer_code, customer["name_ja"], customer["name_en"])
    cover = Cover(
        quote=quote.number,
        made_on=today,
        valid_until=quote.valid_until,
        issuer=content.Party(None, issuer.name_ja, issuer.name_en),
        recipient=recipient,
        sent_to=sending.sent_to or recipient.name_ja,
        made_by=sending.made_by,
        lines=tuple(_line(references, quote, line, held) for line in quote.lines),
        own_pages=pages_of(own[1]) if own else 0,
        statements=_statements(books, references, issuer, doer, quote, held),
        certificates=tuple(seal.read(stored.payload) for stored, _ in certificates),
    )
    return _Papers(quote, cover, own[1] if own else None, certificates)


def _certificates(books: Books, quote: Quote) -> list[tuple[Stored, bytes]]:
    """The certificates attached, held so that none is revoked while the pack is drawn. Raises Invalid.

    In the order of their ids, as locks are taken everywhere. One whose document is not what was issued goes nowhere.
    """
    attached = books.quote_papers.attached(quote.id)
    held = {each.id: books.certificates.hold(each.number) for each in sorted(attached, key=lambda each: each.id)}
    documents = books.quote_papers.documents(list(held))
    found = []
    for each in attached:
        stored, (pdf, payload) = held[each.id], documents[each.id]
        assert stored is not None
        if seal.digest(pdf) != stored.pdf_sha256 or seal.digest(payload) != stored.payload_sha256:
            raise Invalid([Problem((), "certificate_altered", {"value": stored.number})])
        found.append((stored, pdf))
    return found


def _line(references: References, quote: Quote, line: dict[str, Any], held: Sequence[Reservation]) -> CoverLine:
    name_ja, name_en, counter = product_names(references, line["item"], Kind(line["kind"]))
    mine = [each for each in held if each.position == line["position"]]
    return CoverLine(
        name_ja,
        name_en,
        line["alloy"],
        counter,
        line["mass_g"],
        line["units"],
        sum(each.mass_g or 0 for each in mine),
        sum(each.units or 0 for each in mine),
        quote.state == QuoteState.ORDERED,
    )


def _statements(
    books: Shelves, references: References, issuer: Issuer, doer: Doer, quote: Quote, held: Sequence[Reservation]
) -> tuple[Statement, ...]:
    """One for each lot, however many portions of it are held: all of them, until the first of them ends."""
    today = japan_day(doer.now)
    by_lot: dict[str, list[Reservation]] = {}
    for each in held:
        by_lot.setdefault(each.lot, []).append(each)
    return tuple(
        statement_of(books, references, issuer, today, lot, quote.customer_code, _promised(quote, portions))
        for lot, portions in by_lot.items()
    )


def _promised(quote: Quote, portions: Sequence[Reservation]) -> Promised:
    mass_g = sum(each.mass_g or 0 for each in portions)
    units = sum(each.units or 0 for each in portions)
    return Promised(quote.number, mass_g or None, units or None, min(each.until for each in portions))


def _bind(press: Press, papers: _Papers) -> bytes:
    fonts, cover = press.fonts(), papers.cover
    pieces = [render_cover(cover, fonts)]
    if papers.own is not None:
        pieces.append(papers.own)
    pieces += [render_statement(statement, fonts) for statement in cover.statements]
    pieces += [pdf for _, pdf in papers.certificates]
    return bound(pieces, list(_files(papers)), f"{COVER.ja} {cover.quote}", cover.issuer)


def _files(papers: _Papers) -> list[File]:
    """The certificates byte for byte, what they say for programs, and the statements for programs."""
    files = []
    for stored, pdf in papers.certificates:
        files.append(File(f"{stored.number}.pdf", "application/pdf", pdf, "グリーン材証明書（発行時のまま）"))
        files.append(File(f"{stored.number}.json", "application/json", stored.payload, "同、データ"))
    for index, statement in enumerate(papers.cover.statements, 1):
        name = f"CFP-{index}-{statement.lot}.json"
        files.append(File(name, "application/json", seal.canonical_json(statement), "CFP算定書（見積用）のデータ"))
    return files


def _keep(books: Books, papers: _Papers, data: bytes) -> int:
    doer, digest = books.doer, seal.digest(data)
    carried = [stored.id for stored, _ in papers.certificates]
    kept = {"quote_id": papers.quote.id, "sent_to": papers.cover.sent_to, "sha256": digest, "data": data}
    pack_id = books.quote_papers.add_pack(carried, **kept, person=doer.person, made_at=doer.now)
    told = {"sent_to": papers.cover.sent_to, "sha256": digest}
    told["certificates"] = ", ".join(stored.number for stored, _ in papers.certificates)
    books.audit.add("make_pack", "quote", papers.quote.number, told)
    return pack_id
