"""Footprints come and go with their certificate, in the transaction that issues, replaces or revokes it."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.carbon.energy import MEASURED
from app.operations.again import tried_again
from app.operations.footprint_sources import measured_g, sources
from app.operations.footprints.compose import NOTHING_MEASURED, product_footprint
from app.operations.footprints.periods import validity_period
from app.records.certificate_tables import Status
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.exchange_events import EventType
from app.records.footprints import lined
from app.records.unit import Books, Records
from certificates import content, seal
from certificates.figures import tenths_of_percent


def publish_footprints(books: Books, stored: Stored, certificate: content.Certificate) -> None:
    """A footprint for each line of a certificate that is issued now; they name those they take the place of."""
    before = _replaced(books, certificate.replaces)
    shares = _primary_data(books, certificate)
    rows = [
        _row(
            stored,
            certificate,
            position,
            _preceding(before, line),
            shares.get(line.delivery or "", NOTHING_MEASURED),
            books.doer.now,
        )
        for position, line in enumerate(certificate.lines)
    ]
    books.footprints.add_all(rows)
    told = [(row["uuid"], {"certificate": stored.number, "position": row["position"]}, None) for row in rows]
    books.audit.add_all("publish", "footprint", told)
    _notify(books, stored.customer_code, [row["uuid"] for row in rows])


def fill_footprints(records: Records, doer: Doer) -> int:
    """Footprints of certificates that were issued before there were any; how many were made. Harmless when repeated."""
    with records.reading() as books:
        numbers = books.footprints.without_footprints()
    return sum(_fill(records, doer, number) for number in numbers)


@tried_again
def _fill(records: Records, doer: Doer, number: str) -> int:
    with records.writing(doer) as books:
        stored = books.certificates.hold(number)
        if stored is None or stored.status is not Status.ISSUED or books.footprints.of_certificate(stored.id):
            return 0
        certificate = seal.read(stored.payload)
        publish_footprints(books, stored, certificate)
        books.commit()
    return len(certificate.lines)


def deprecate_footprints(books: Books, stored: Stored) -> None:
    """What a certificate said is not to be used any more: it was replaced or revoked."""
    ended = books.footprints.deprecate(stored.id, books.doer.now)
    rows = [(uuid, {"status": "Deprecated", "certificate": stored.number}, {"status": "Active"}) for uuid in ended]
    books.audit.add_all("deprecate", "footprint", rows)
    _notify(books, stored.customer_code, ended)


def _replaced(books: Books, number: str | None) -> dict[str, str]:
    """UUIDs of the footprints of a replaced certificate, by their delivered lot."""
    replaced = books.certificates.by_number(number) if number else None
    if replaced is None:
        return {}
    uuids = books.footprints.of_certificate(replaced.id)
    # A certificate from before there were footprints has none.
    return dict(zip(books.certificates.lots_of(replaced.id), uuids, strict=True)) if uuids else {}


def _primary_data(books: Books, certificate: content.Certificate) -> dict[str, str]:
    """Per cent of each delivered lot's footprint that rests on meters, rounded down; {} where no step was measured."""
    if not any(factor.key in MEASURED for factor in certificate.factors):
        return {}
    ids = books.lots.ids([line.delivery for line in certificate.lines if line.delivery])
    found = sources(books, ids)
    made = {lot.id: lot for lot in found.lots.values() if lot.id in ids}
    return {
        lot.number: tenths_of_percent(measured_g(found, found.parts[id_]), lot.embodied_g) for id_, lot in made.items()
    }


def _preceding(before: dict[str, str], line: content.Line) -> tuple[str, ...]:
    """The earlier footprint of the same lot; all of the replaced certificate's where this lot is new in it."""
    same = before.get(line.delivery or "")
    return (same,) if same else tuple(before.values())


def _row(
    stored: Stored,
    certificate: content.Certificate,
    position: int,
    preceding: tuple[str, ...],
    primary_data_share: str,
    now: datetime,
) -> dict[str, Any]:
    line = certificate.lines[position]
    footprint = product_footprint(certificate, line, str(uuid4()), now, preceding, primary_data_share)
    validity = validity_period(certificate, line)
    return {
        "uuid": footprint["id"],
        "certificate_id": stored.id,
        "position": position,
        "customer_code": stored.customer_code,
        "payload": json.dumps(footprint, ensure_ascii=False),
        "product_ids": lined(footprint["productIds"]),
        "company_ids": lined(footprint["companyIds"]),
        "classifications": lined(footprint["productClassifications"]),
        "geography": lined([footprint["pcf"]["geographyCountry"]]),
        "valid_from": validity.start,
        "valid_until": validity.end,
        "created_at": now,
    }


def _notify(books: Books, customer: str, uuids: list[str]) -> None:
    """Tell the customer's own host systems, once this is committed (PACT 3.0, PublishedEvent)."""
    if uuids:
        for client in books.exchange_clients.notified(customer, books.doer.now):
            books.exchange_events.add(client.id, EventType.PUBLISHED, books.doer.now, footprints=uuids)
