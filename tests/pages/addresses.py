"""Where every page of the staff's is, in books that tests/browser/filled.py filled: each route with a page to show."""

import re
from typing import Any

from app.access import audiences
from app.lookups.master_data import called
from app.operations.attach_photos import Photo, attach_photos
from app.operations.import_slips import SlipsToImport, import_slips
from app.operations.uploads import keep_upload
from app.schemas.reference_files import own_slips
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.slips import read_slips
from tests.campaign import primary
from tests.house import House

# Something in the place of each part of a route's address, by the route; more than one where the pages differ.
SHOWN: dict[str, tuple[str, ...]] = {
    "/L/<number>": ("S26-1118",),
    "/admin/people/<login>": ("plant",),
    "/admin/<any(customers, sites, items):sheet>": ("customers", "sites", "items"),
    "/admin/<any(customers, sites, items):sheet>/<code>": ("customers/TRUCK-M", "sites/MC", "items/truck-body"),
    "/certificates/<number>": ("GMC-2026-000001", "GMC-2026-000002", "GMC-2026-000003"),
    "/certificates/<number>.pdf": ("GMC-2026-000001",),
    "/certificates/<number>/revocation": ("GMC-2026-000001",),
    "/dispatches/<number>": ("D-116",),
    "/lots/<number>": ("S26-1118", "B26-1031", "HL26-0001", "T26-1202", "D-116-1", "P26-0093"),
    "/lots/<number>.csv": ("B26-1031",),
    "/lots/<number>.json": ("B26-1031",),
    "/lots/<number>/footprint": ("T26-1202", "B26-1031"),
    "/lots/<number>/footprint.pdf": ("T26-1202",),
    "/quotes/<number>": ("Q26-0001", "Q26-0002", "Q26-0003"),
    "/quotes/<number>/packs/<int:pack_id>.pdf": ("Q26-0001/1",),
    "/steps/<number>": ("H26-1031",),
    "/steps/new/<kind>": ("sort", "remelt", "cast", "extrude", "fabricate"),
}
ASKED = {
    "/": (),
    "/certificates": ("status=revoked",),
    "/certificates/new": ("customer=TRUCK-M", "replaces=GMC-2026-000001", "delivery=D-119-1&customer=TRUCK-M"),
    "/dispatches/new": ("lot=T26-1202",),
    "/find": ("q=1", "q=nothing-of-ours"),
    "/flags": ("all=1",),
    "/incoming": ("all=1",),
    "/ledger": ("check=1",),
    "/lots": ("kind=product", "left=1", "q=nothing-of-ours"),
    "/returns/new": ("lot=D-119-1",),
    "/quotes/<number>": ("kg=100&percent=60",),
    "/steps": ("kind=cast",),
    "/steps/new/<kind>": ("lot=B26-1031",),
    "/transfers/new": ("lot=P26-0093",),
    "/weigh-in": ("saved=S26-1118",),
    "/what-if": ("kg=100&percent=60", "kg=x"),
    "/write-offs/new": ("lot=P26-0093",),
    "/verify": ("number=GMC-2026-000001&check=AAAAAAAA", "number=&check="),
}
FILES = re.compile(r"\.(?:pdf|csv|json|xlsx|jpg|js)$|^/static/|^/ledger/audit$|^/weigh-in/known$")
PART = re.compile(r"<.+>(?:/<code>)?")


def everywhere(house: House) -> list[str]:
    """Every address of the staff's pages that is read in a browser, with the records made that some of them show.

    A route whose parts nobody knows is a KeyError: a new page is looked at, or it fails here.
    """
    parts = SHOWN | _made(house)
    return [address for rule in _rules(house) for address in _addresses(rule, parts)]


def _made(house: House) -> dict[str, tuple[str, ...]]:
    """Records that only what they show is made for: an import, an upload with faults, a photo, moves."""
    slips = read_slips(own_slips(), names_of(called(house.records)))
    wanted = SlipsToImport("slips.csv", slips.fingerprint, tuple(slip.command for slip in slips.slips))
    import_slips(house.records, house.doer(), wanted)
    faulty = own_slips().replace(b"TRUCK-M", "誰か".encode("cp932"), 1)
    attach_photos(house.records, house.doer(), "S26-1136", [Photo(b"\xff\xd8\xff", 1, 1)])
    primary(house, "P26-0099", "500")
    moved = {"to": "KB", "kg": "100", "sent_at": "2026-11-01T09:00", "received_at": "2026-11-01T10:00"}
    return {
        "/imports/<int:import_id>": ("1",),
        "/imports/uploads/<int:upload_id>": (str(keep_upload(house.records, house.doer(), "slips.csv", faulty)),),
        "/returns/<number>": (_number(house, "/returns", {"lot": "D-117-1", "site": "MC"}),),
        "/transfers/<number>": (_number(house, "/transfers", {"lot": "P26-0099"} | moved),),
        "/write-offs/<number>": (_number(house, "/write-offs", {"lot": "P26-0099", "kg": "1", "reason": "dross"}),),
    }


def _number(house: House, path: str, body: dict[str, Any]) -> str:
    return str(house.post(path, body)["number"])


def _rules(house: House) -> list[str]:
    known = audiences(house.app)
    return sorted(
        rule.rule
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.")
        and "GET" in (rule.methods or ())
        and rule.endpoint in known
        and not FILES.search(rule.rule)
    )


def _addresses(rule: str, parts: dict[str, tuple[str, ...]]) -> list[str]:
    filled = [PART.sub(part, rule) for part in parts[rule]] if "<" in rule else [rule]
    return [*filled, *(f"{address}?{query}" for query in ASKED.get(rule, ()) for address in filled[:1])]
