"""A deed for every page that takes a form: what has to stand in the books for it, and what is typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from app.ledger.lots import Amount, Kind
from app.lookups.exchange import all_clients
from app.lookups.lists import list_imports
from app.lookups.master_data import called
from app.lookups.people import all_keys
from app.operations.create_key import create_key
from app.operations.exchange.clients import ClientWanted, create_client
from app.operations.import_slips import SlipsToImport, import_slips
from app.operations.issue_certificate import IssueCertificate, reserve_certificate
from app.operations.quote_papers import attach_certificate
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, reserve
from app.operations.uploads import keep_upload
from app.schemas.reference_files import own_slips
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.slips import read_slips
from tests.campaign import certificate, scrap
from tests.house import PASSWORD, House
from tests.pages.staff.pdfs import minimal_pdf

AT = "2026-10-02T09:00:00+09:00"
REASON = {"reason": "entered by mistake"}


@dataclass(frozen=True)
class Sent:
    """A form: where it goes, what it says, and a file that goes with it."""

    path: str
    words: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)

    def body(self, token: str, key: str) -> dict[str, Any]:
        """What a browser sends of it; anew for each time, because a file is read once."""
        files = {name: (BytesIO(data), "slips.csv") for name, data in self.files.items()}
        return {**self.words, "csrf_token": token, "form_key": key, **files}


Made = Callable[[House, str], Sent]


def bought(house: House, n: str, kind: str = "billet") -> str:
    body = {"number": f"M{n}", "kind": kind, "kg": "1000", "alloy": "A6N01", "site": "MC", "received_at": AT}
    return str(house.post("/metal-lots", body)["number"])


def sent(house: House, n: str) -> str:
    """Bought metal sent to a customer; the delivered lot."""
    line = {"lot": bought(house, n), "kg": "500"}
    note = {"number": f"D{n}", "customer": "TRUCK-M", "site": "MC", "dispatched_at": AT, "lines": [line]}
    return str(house.post("/dispatches", note)["lots"][0]["number"])


def moved(house: House, n: str) -> str:
    body = {"lot": bought(house, n), "to": "KB", "kg": "100", "sent_at": AT, "received_at": AT, "number": f"V{n}"}
    return str(house.post("/transfers", body)["number"])


def cut(house: House, n: str) -> str:
    """A step without a furnace; its number."""
    output = {"kind": "billet", "kg": "990", "alloy": "A6N01"}
    step = {"number": f"H{n}", "kind": "cast", "site": "MC", "ended_at": AT, "outputs": [output]}
    return str(
        house.post("/transformations", step | {"inputs": [{"lot": bought(house, n, "ingot"), "kg": "1000"}]})["number"]
    )


def half_way(house: House, n: str) -> str:
    """A certificate between its two transactions."""
    held, delivery = house.service, sent(house, n)
    wanted = IssueCertificate("TRUCK-M", (delivery,), None, None, None, None)
    return reserve_certificate(held.records, held.press, held.issuer, house.doer(), wanted).number


def slips(n: str) -> bytes:
    """The product's own file of slips, with numbers of its own."""
    return own_slips().replace(b"W10-", f"N{n}-".encode())


def imported(house: House, n: str) -> int:
    read = read_slips(slips(n), names_of(called(house.records)))
    commands = tuple(slip.command for slip in read.slips)
    import_slips(house.records, house.doer(), SlipsToImport(f"{n}.csv", read.fingerprint, commands))
    return int(list_imports(house.records, 0, 1)[0]["id"])


def given_back(house: House, n: str) -> str:
    return str(house.post("/returns", {"lot": sent(house, n), "site": "MC"})["number"])


def written_off(house: House, n: str) -> Any:
    return house.post("/write-offs", {"number": f"W{n}", "lot": bought(house, n), "kg": "1", "reason": "dross"})


def key_made(house: House, n: str) -> int:
    create_key(house.records, house.doer(), "plant", f"machine-{n}")
    return int(all_keys(house.records)[0]["id"])


def client_made(house: House) -> int:
    """A client of the data exchange."""
    create_client(house.records, house.doer(), house.service.outbound.seal, ClientWanted("TRUCK-M"))
    return int(all_clients(house.records)[0]["id"])


def issued(house: House, n: str) -> str:
    return str(certificate(house, sent(house, n))["number"])


def quoted(house: House, n: str) -> str:
    line = QuoteLine(Kind.BILLET, None, "A6N01", Amount(mass_g=100_000))
    return make_quote(house.records, house.doer(), MakeQuote(f"Q{n}", "TRUCK-M", date(2026, 12, 20), (line,)))


def reserved(house: House, n: str) -> tuple[str, int]:
    """A quote that metal is held for, and by which reservation."""
    number, lot, until = quoted(house, n), bought(house, n), date(2026, 12, 20)
    return number, reserve(house.records, house.doer(), number, 1, lot, Amount(mass_g=50_000), until)


def with_certificate(house: House, n: str) -> tuple[str, str]:
    """A quote and a certificate that goes with it."""
    number, certificate_number = quoted(house, n), issued(house, n)
    attach_certificate(house.records, house.doer(), number, certificate_number)
    return number, certificate_number


def reversal(path: str, made: Callable[[House, str], str]) -> Made:
    return lambda house, n: Sent(f"/{path}/{made(house, n)}/reversal", REASON)


def lot_of(house: House, n: str) -> str:
    return str(scrap(house, f"S{n}", vehicle=f"vehicle {n}")["number"])


NAMES = {"name_ja": "\u65b0\u3057\u3044\u5ba2", "name_en": "New customer"}
SLIP = {"customer": "TRUCK-M", "item": "truck-body", "units": "3", "alloy": "mixed", "site": "MC", "gross_kg": "2400"}
METAL = {"kind": "primary", "kg": "1000", "alloy": "Al99.7", "site": "MC"}
STEP = {"site": "MC", "ended_at": AT, "inputs.0.kg": "1000", "outputs.0.kind": "billet", "outputs.0.kg": "990"}
NOTE = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": AT, "lines.0.kg": "500"}
QUOTE = {"customer": "TRUCK-M", "lines.0.kind": "billet", "lines.0.alloy": "A6N01", "lines.0.kg": "100"}
CALLBACK = {
    "callback_url": "https://pact.example.com",
    "callback_client_id": "loop",
    "callback_secret": "not kept as it is",
}
SHEET = "/admin/<any(customers, sites, items):sheet>"

DEEDS: dict[str, Made] = {
    SHEET: lambda house, n: Sent("/admin/customers", {"code": f"C{n}", **NAMES}),
    f"{SHEET}/<code>": lambda house, n: Sent("/admin/customers/RAIL-E", NAMES | {"name_en": f"Railway {n}"}),
    "/admin/exchange": lambda house, n: Sent("/admin/exchange", {"customer": "TRUCK-M"} | CALLBACK),
    "/admin/exchange/<int:client_id>/end": lambda house, n: Sent(f"/admin/exchange/{client_made(house)}/end", {}),
    "/admin/factors": lambda house, n: Sent("/admin/factors", _factor(n)),
    "/admin/keys": lambda house, n: Sent("/admin/keys", {"owner": f"machine {n}", "role": "plant"}),
    "/admin/keys/<int:key_id>/end": lambda house, n: Sent(f"/admin/keys/{key_made(house, n)}/end", {}),
    "/admin/people": lambda house, n: Sent(
        "/admin/people", {"login": f"new-{n}", "name": "New", "role": "plant", "password": PASSWORD}
    ),
    "/admin/people/<login>": lambda house, n: Sent(
        f"/admin/people/{house.person('plant', f'old-{n}')}", {"name": "Another", "role": "sales", "active": "yes"}
    ),
    "/certificates": lambda house, n: Sent(
        "/certificates", {"customer": "TRUCK-M", "deliveries.0": sent(house, n), "quote": "Q"}
    ),
    "/certificates/<number>/finish": lambda house, n: Sent(f"/certificates/{half_way(house, n)}/finish", {}),
    "/certificates/<number>/revocation": lambda house, n: Sent(f"/certificates/{issued(house, n)}/revocation", REASON),
    "/dispatches": lambda house, n: Sent("/dispatches", NOTE | {"lines.0.lot": bought(house, n), "do": "record"}),
    "/dispatches/<number>/reversal": lambda house, n: Sent(
        f"/dispatches/{sent(house, n).rpartition('-')[0]}/reversal", REASON
    ),
    "/flags/<int:flag_id>/acceptance": lambda house, n: Sent(
        f"/flags/{written_off(house, n)['flags'][0]['id']}/acceptance", REASON
    ),
    "/imports/<int:import_id>/undo": lambda house, n: Sent(f"/imports/{imported(house, n)}/undo", REASON),
    "/imports/new": lambda house, n: Sent("/imports/new", {}, {"file": slips(n)}),
    "/imports/uploads/<int:upload_id>": lambda house, n: Sent(
        f"/imports/uploads/{keep_upload(house.records, house.doer(), 'slips.csv', slips(n))}", {"do": "take_in"}
    ),
    "/lots/<number>/reversal": reversal("lots", lot_of),
    "/lots/<number>/undo": lambda house, n: Sent(f"/lots/{lot_of(house, n)}/undo", {}),
    "/me/password": lambda house, n: Sent("/me/password", {"current": PASSWORD, "password": PASSWORD}),
    "/metal-in": lambda house, n: Sent("/metal-in", METAL),
    "/quotes": lambda house, n: Sent("/quotes", QUOTE | {"valid_until": "2026-12-20"}),
    "/quotes/<number>/certificates": lambda house, n: Sent(
        f"/quotes/{quoted(house, n)}/certificates", {"certificate": issued(house, n)}
    ),
    "/quotes/<number>/certificates/<certificate>/removal": lambda house, n: Sent(
        "/quotes/{}/certificates/{}/removal".format(*with_certificate(house, n)), {}
    ),
    "/quotes/<number>/file": lambda house, n: Sent(
        f"/quotes/{quoted(house, n)}/file", {}, {"file": minimal_pdf(int(n) % 7 + 1)}
    ),
    "/quotes/<number>/packs": lambda house, n: Sent(f"/quotes/{with_certificate(house, n)[0]}/packs", {"sent_to": n}),
    "/quotes/<number>/lines/<int:position>/reservation": lambda house, n: Sent(
        f"/quotes/{quoted(house, n)}/lines/1/reservation", {"lot": bought(house, n), "kg": "1", "until": "2026-12-20"}
    ),
    "/quotes/<number>/order": lambda house, n: Sent(
        f"/quotes/{reserved(house, n)[0]}/order", {"site": "MC", "dispatched_at": AT}
    ),
    "/quotes/<number>/reservations/<int:reservation_id>": lambda house, n: Sent(
        "/quotes/{}/reservations/{}".format(*reserved(house, n)), {"do": "release"}
    ),
    "/quotes/<number>/withdrawal": lambda house, n: Sent(f"/quotes/{quoted(house, n)}/withdrawal", {}),
    "/returns": lambda house, n: Sent("/returns", {"lot": sent(house, n), "site": "MC"}),
    "/returns/<number>/reversal": reversal("returns", given_back),
    "/steps/<number>/reversal": reversal("steps", cut),
    "/steps/new/<kind>": lambda house, n: Sent(
        "/steps/new/cast",
        STEP | {"inputs.0.lot": bought(house, n, "ingot"), "outputs.0.alloy": "A6N01", "do": "record"},
    ),
    "/transfers": lambda house, n: Sent("/transfers", {"lot": bought(house, n), "to": "KB", "kg": "100"}),
    "/transfers/<number>/reversal": reversal("transfers", moved),
    "/weigh-in": lambda house, n: Sent("/weigh-in", SLIP | {"slip_number": f"Y{n}", "tare_kg": "0"}),
    "/write-offs": lambda house, n: Sent("/write-offs", {"lot": bought(house, n), "kg": "1", "reason": "dross"}),
    "/write-offs/<number>/reversal": reversal("write-offs", lambda house, n: str(written_off(house, n)["number"])),
}


def _factor(n: str) -> dict[str, str]:
    """Each version begins on a day of its own."""
    day = date(2027, 1, 1) + timedelta(days=int(n))
    return {"key": "carbon-price", "value": "10000", "valid_from": day.isoformat(), "source": "published"}
