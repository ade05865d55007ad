"""Certificates of the same deliveries, issued by many processes at the same moment: exactly one each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.ledger.lots import Kind
from app.ledger.refusals import Code, Refused
from app.lookups.ledger_check import check_ledger
from app.operations.dispatch import dispatch
from app.operations.issue_certificate import IssueCertificate, Issuer, issue_certificate
from app.operations.press import Press
from app.operations.register_metal import register_metal
from app.records.unit import Collided, Records
from certificates.fonts import default_directory
from tests.soak.databases import Place, number
from tests.soak.entries import CUSTOMER, bought, doer, sent
from tests.soak.figures import Figure, Tell
from tests.soak.processes import SPAWN, at_once

SECONDS_TO_MEET = 120
ISSUER = Issuer("見本軽金属株式会社", "Example Light Metal Co., Ltd.", "https://loop.example.jp", None)
TWICE = "SELECT count(*) FROM (SELECT 1 FROM certificate_lines WHERE live GROUP BY lot_id HAVING count(*) > 1) AS twice"


@dataclass(frozen=True, slots=True)
class Sizes:
    deliveries: int
    processes: int = 8


def certifying(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Send so many deliveries; then every process certifies each of them at the same moment."""
    url = place.fresh()
    deliveries = _deliver(url, sizes.deliveries)
    meeting = SPAWN.Barrier(sizes.processes)
    given = [(url, f"issuer-{n}", deliveries, meeting) for n in range(sizes.processes)]
    told = at_once(_issue_each, given)
    words = [Counter(issuer[delivery] for issuer in told) for delivery in deliveries]
    right = Counter({"issued": 1, Code.ALREADY_CERTIFIED.value: sizes.processes - 1})
    records = Records(url)
    differences = check_ledger(records).differences
    records.dispose()
    return [
        Figure("deliveries that all certified at once", len(deliveries)),
        Figure("processes at each", sizes.processes),
        Figure("certificates issued", sum(word["issued"] for word in words), len(deliveries)),
        Figure("deliveries without exactly one", sum(word != right for word in words), 0),
        Figure("deliveries in two live certificates (raw SQL)", number(url, TWICE), 0),
        Figure("certificates in the books", number(url, "SELECT count(*) FROM certificates"), len(deliveries)),
        Figure("left reserved", number(url, "SELECT count(*) FROM certificates WHERE status <> 'issued'"), 0),
        Figure("differences found by ledger check", len(differences), 0),
    ]


def _deliver(url: str, count: int) -> list[str]:
    records = Records(url)
    register_metal(records, doer("stock"), bought("POOL", Kind.BILLET, 1_000_000, "MC"))
    sendings = [dispatch(records, doer("stock"), sent(f"D{n}", "MC", ("POOL", 500_000))) for n in range(count)]
    records.dispose()
    return [delivery for sending in sendings for delivery in sending.deliveries]


def _issue_each(url: str, person: str, deliveries: Sequence[str], meeting: Any) -> dict[str, str]:
    records, press = Records(url), Press(default_directory())
    told = {}
    for delivery in deliveries:
        meeting.wait(SECONDS_TO_MEET)
        told[delivery] = _issue(records, press, person, delivery)
    records.dispose()
    return told


def _issue(records: Records, press: Press, person: str, delivery: str) -> str:
    wanted = IssueCertificate(CUSTOMER, (delivery,), None, None)
    while True:
        try:
            issue_certificate(records, press, ISSUER, doer(person), wanted)
        except Refused as refused:
            return refused.code.value
        except Collided:
            continue
        return "issued"
