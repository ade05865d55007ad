"""What each role finds where: the places of the header, and the work of the start page and the menu."""

from dataclasses import dataclass

from app.access import Role
from app.wording.catalogue import marked


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the header."""

    name: str
    address: str
    label: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Work:
    """Something to do, with one line on what it is."""

    address: str
    label: str
    about: str
    roles: frozenset[Role]


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset({*roles, Role.ADMIN})


READERS = frozenset(Role)
PLACES = (
    Place("home", "/", marked("Home"), READERS),
    Place("incoming", "/incoming", marked("Incoming"), READERS),
    Place("lots", "/lots", marked("Lots"), READERS),
    Place("steps", "/steps", marked("Heats, steps"), READERS),
    Place("certificates", "/certificates", marked("Certificates"), _of(Role.SALES, Role.AUDITOR)),
    Place("quotes", "/quotes", marked("Quotes"), _of(Role.SALES, Role.AUDITOR)),
    Place("admin", "/admin", marked("Admin"), _of()),
)
WORK = (
    Work("/weigh-in", marked("Weigh in"), marked("Returned scrap, from its weighing slip"), _of(Role.LOGISTICS)),
    Work("/steps/new/remelt", marked("Record a heat"), marked("Charge, tapped metal, loss"), _of(Role.PLANT)),
    Work("/dispatches/new", marked("Dispatch"), marked("Send metal to a customer"), _of(Role.LOGISTICS, Role.SALES)),
    Work("/certificates/new", marked("Issue a certificate"), marked("For deliveries of one customer"), _of(Role.SALES)),
    Work("/quotes/new", marked("New quote"), marked("Metal that fits, held until a day"), _of(Role.SALES)),
    Work("/transfers/new", marked("Transfer"), marked("A lot, or part of it, to another site"), _of(Role.LOGISTICS)),
    Work(
        "/metal-in", marked("Bought metal"), marked("Primary, alloying, ingot, billet"), _of(Role.LOGISTICS, Role.PLANT)
    ),
    Work("/labels", marked("Print labels"), marked("QR labels of lots"), _of(Role.LOGISTICS, Role.PLANT)),
    Work("/imports/new", marked("Import weighing slips"), marked("CSV or Excel, all at once"), _of(Role.LOGISTICS)),
    Work("/steps", marked("Other steps"), marked("Sorting, casting, extrusion, fabrication"), _of(Role.PLANT)),
    Work("/returns/new", marked("Goods come back"), marked("A delivered lot returns to a site"), _of(Role.LOGISTICS)),
    Work("/write-offs/new", marked("Write off"), marked("Metal that is not there any more"), _of(Role.LOGISTICS)),
    Work("/flags", marked("Flags"), marked("What is possible but unlikely"), READERS),
    Work("/dispatches", marked("List of dispatches"), marked("Delivery notes and what they carried"), READERS),
    Work("/transfers", marked("List of transfers"), marked("Moves between sites"), READERS),
    Work("/ledger", marked("Audit"), marked("Audit log, and the balances recomputed"), _of(Role.AUDITOR)),
)


def places(role: Role) -> list[Place]:
    """The header of a role."""
    return [place for place in PLACES if role in place.roles]


def work(role: Role) -> list[Work]:
    """What a role does, its main work first."""
    return [each for each in WORK if role in each.roles]


def main_work(role: Role) -> Work | None:
    """The one thing a role does all day."""
    mine = {Role.LOGISTICS: "/weigh-in", Role.PLANT: "/steps/new/remelt", Role.SALES: "/certificates/new"}
    return next((each for each in WORK if each.address == mine.get(role, "")), None)
