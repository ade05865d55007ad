"""A demonstration: October's slips become billets, truck bodies and a train set, through the real operations.

Every record has a fixed number, so one that was interrupted is taken up where it stopped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.carbon.factors import JAPAN, japan_day
from app.current import Service
from app.ledger.lots import Amount, Kind
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import StepKind
from app.lookups.quote_papers import certificates_that_fit
from app.operations.dispatch import Dispatch, DispatchLine, dispatch
from app.operations.issue_certificate import IssueCertificate, issue_certificate
from app.operations.quote_papers import attach_certificate
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, reserve
from app.operations.record_transformation import RecordTransformation, StepInput, StepOutput, record_transformation
from app.operations.register_metal import RegisterMetal, SupplierFootprint, register_metal
from app.operations.transfer import Transfer, transfer
from app.records.deeds import Doer
from app.schemas.fields import Day
from app.wording.catalogue import marked

KG = 1000
LAST_DEED = datetime(2026, 11, 18, 18, tzinfo=JAPAN)
Tell = Callable[..., None]  # a sentence, and what fills its places
DONE = (Code.DUPLICATE_NUMBER, Code.ALREADY_CERTIFIED)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=JAPAN)


def some(lot: str, kg: int) -> StepInput:
    return StepInput(lot, Amount(mass_g=kg * KG))


def units(lot: str, count: int) -> DispatchLine:
    return DispatchLine(lot, Amount(units=count))


def made(number: str, kind: Kind, kg: int, alloy: str, item: str | None = None, count: int | None = None) -> StepOutput:
    return StepOutput(number, kind, kg * KG, alloy, item, count)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Scrap melted at MC, cast at KB and carried to NG; ``billet`` is what arrives there."""

    name: str
    day: datetime
    alloy: str
    charge: tuple[StepInput, ...]
    ingot_kg: int
    billet_kg: int

    @property
    def billet(self) -> str:
        return f"B26-{self.name}"


class Demonstration:
    """Plays the deeds one after the other, and tells of each."""

    def __init__(self, held: Service, doer: Doer, lots: dict[str, str], tell: Tell) -> None:
        self._held = held
        self._doer = doer
        self._lot_of = lots
        self._tell = tell

    def play(self) -> None:
        """Play all of it. Raises Refused, Invalid where the books are not what the demonstration left."""
        self._buy()
        self._bodies_from_own_scrap()
        self._train_set()
        self._bodies_with_primary()
        self._bodies_of_two_customers()
        self._profiles()
        self._quote()

    def _scrap(self, slip: str, kg: int) -> StepInput:
        return some(self._lot_of[slip], kg)

    def _do(self, deed: Callable[[], object], told: str, **values: object) -> None:
        """Do a deed, unless it was done before, and tell of it."""
        try:
            deed()
        except Refused as error:
            if error.code not in DONE:
                raise
        self._tell(told, **values)

    def _buy(self) -> None:
        figure = SupplierFootprint("4.2", "EPD-2026-031", "見本アルミ地金株式会社", Day().deserialize("2028-03-31"))
        bought = (
            RegisterMetal("P26-0091", Kind.PRIMARY, 6000 * KG, "Al99.7", "MC", at(10, 2), None),
            RegisterMetal("P26-0092", Kind.PRIMARY, 4000 * KG, "Al99.7", "MC", at(10, 5), figure),
            RegisterMetal("A26-0034", Kind.ALLOYING, 300 * KG, "A6N01", "MC", at(10, 5, 11), None),
        )
        for metal in bought:
            deed = partial(register_metal, self._held.records, self._doer, metal)
            self._do(deed, marked("Bought metal {number}"), number=metal.number)

    def _step(self, step: RecordTransformation) -> None:
        deed = partial(record_transformation, self._held.records, self._doer, step)
        self._do(deed, marked("Step {number}"), number=step.number)

    def _carry(self, number: str, lot: str, to: str, kg: int, sent: datetime, received: datetime) -> None:
        wanted = Transfer(number, lot, to, Amount(mass_g=kg * KG), sent, received, None)
        deed = partial(transfer, self._held.records, self._doer, wanted)
        self._do(deed, marked("Transfer {number} → {to}"), number=number, to=to)

    def _run(self, run: Campaign) -> None:
        """Melt at MC, cast at KB, carry to NG: a day for each."""
        ingot, day = f"I26-{run.name}", run.day
        tapped = (made(ingot, Kind.INGOT, run.ingot_kg, run.alloy),)
        self._step(RecordTransformation(f"H26-{run.name}", StepKind.REMELT, "MC", "F1", day, run.charge, tapped))
        self._carry(f"M26-{run.name}A", ingot, "KB", run.ingot_kg, day.replace(hour=13), day.replace(hour=17))
        casting = day.replace(day=day.day + 1)
        cast = (made(run.billet, Kind.BILLET, run.billet_kg, run.alloy),)
        charge = (some(ingot, run.ingot_kg),)
        self._step(RecordTransformation(f"C26-{run.name}", StepKind.CAST, "KB", None, casting, charge, cast))
        sent, received = casting.replace(hour=14), casting.replace(day=casting.day + 1, hour=9)
        self._carry(f"M26-{run.name}B", run.billet, "NG", run.billet_kg, sent, received)

    def _fabricate(
        self, number: str, day: datetime, inputs: Iterable[StepInput], outputs: Iterable[StepOutput]
    ) -> None:
        self._step(RecordTransformation(number, StepKind.FABRICATE, "NG", None, day, tuple(inputs), tuple(outputs)))

    def _deliver(self, number: str, customer: str, day: datetime, *lines: DispatchLine) -> None:
        wanted = Dispatch(number, customer, "NG", day, lines)
        deed = partial(dispatch, self._held.records, self._doer, wanted)
        self._do(deed, marked("Dispatch {number} → {to}"), number=number, to=customer)

    def _certify(self, customer: str, *deliveries: str, quote: str | None = None) -> None:
        held, wanted = self._held, IssueCertificate(customer, deliveries, None, None, quote=quote)
        deed = partial(issue_certificate, held.records, held.press, held.issuer, self._doer, wanted)
        self._do(deed, marked("Certificate for {deliveries}"), deliveries=", ".join(deliveries))

    def _bodies_from_own_scrap(self) -> None:
        """Seven bodies of the customer's own scrap: each carries the whole 8 t."""
        charge = (self._scrap("W10-0015", 2590), self._scrap("W10-0020", 3400))
        run = Campaign("1028", at(10, 28), "A5083", charge, 5780, 5640)
        self._run(run)
        bodies = made("T26-1102", Kind.PRODUCT, 5320, "A5083", "truck-body", 7)
        offcuts = made("R26-1102", Kind.RETURN, 250, "A5083")
        self._fabricate("F26-1102", at(11, 2), [some(run.billet, 5640)], [bodies, offcuts])
        self._deliver("D-26-1181", "TRUCK-M", at(11, 5), units("T26-1102", 1))
        self._deliver("D-26-1182", "TRUCK-M", at(11, 6), units("T26-1102", 2))
        self._certify("TRUCK-M", "D-26-1181-1", quote="Q-26-0412")
        self._certify("TRUCK-M", "D-26-1182-1")

    def _train_set(self) -> None:
        """Sixteen cars of the railway's own cars, a truck maker's bodies, offcuts and primary metal: 50 t."""
        charge = (
            self._scrap("W10-0002", 5350),
            self._scrap("W10-0006", 6210),
            self._scrap("W10-0001", 2070),
            self._scrap("W10-0010", 570),
            some("P26-0091", 2800),
            some("A26-0034", 60),
        )
        run = Campaign("1103", at(11, 3), "A6N01", charge, 16600, 16250)
        self._run(run)
        extruded = (
            made("E26-1106", Kind.PRODUCT, 12920, "A6N01", "profile"),
            made("R26-1106", Kind.RETURN, 3180, "A6N01"),
        )
        billet = (some(run.billet, 16250),)
        self._step(RecordTransformation("X26-1106", StepKind.EXTRUDE, "NG", None, at(11, 6), billet, extruded))
        cars = made("K26-1110", Kind.PRODUCT, 12800, "A6N01", "shinkansen-car", 16)
        self._fabricate(
            "F26-1110", at(11, 10), [some("E26-1106", 12920)], [cars, made("R26-1110", Kind.RETURN, 80, "A6N01")]
        )
        self._deliver("D-26-1187", "RAIL-E", at(11, 12), units("K26-1110", 16))
        self._certify("RAIL-E", "D-26-1187-1", quote="Q-26-0398")

    def _bodies_with_primary(self) -> None:
        """Too little recycled metal for 8 t a body: the mass binds."""
        charge = (self._scrap("W10-0025", 1970), some("P26-0092", 3000), some("A26-0034", 40))
        run = Campaign("1109", at(11, 9), "A5083", charge, 4880, 4790)
        self._run(run)
        bodies = made("T26-1113", Kind.PRODUCT, 4500, "A5083", "truck-body", 6)
        self._fabricate(
            "F26-1113", at(11, 13), [some(run.billet, 4790)], [bodies, made("R26-1113", Kind.RETURN, 220, "A5083")]
        )
        self._deliver("D-26-1190", "TRUCK-M", at(11, 16), units("T26-1113", 2))
        self._certify("TRUCK-M", "D-26-1190-1")

    def _bodies_of_two_customers(self) -> None:
        """One heat of two customers' bodies; the recipient is not to be named in public."""
        charge = (self._scrap("W10-0005", 2600), self._scrap("W10-0028", 2870), some("P26-0091", 500))
        run = Campaign("1111", at(11, 11), "A6063", charge, 5790, 5660)
        self._run(run)
        bodies = made("T26-1116", Kind.PRODUCT, 5320, "A6063", "truck-body", 7)
        self._fabricate(
            "F26-1116", at(11, 16), [some(run.billet, 5660)], [bodies, made("R26-1116", Kind.RETURN, 260, "A6063")]
        )
        self._deliver("D-26-1193", "TRUCK-K", at(11, 18), units("T26-1116", 4))
        self._deliver("D-26-1194", "TRUCK-M", at(11, 18, 11), units("T26-1116", 3))
        self._certify("TRUCK-K", "D-26-1193-1")
        self._certify("TRUCK-M", "D-26-1194-1")

    def _profiles(self) -> None:
        """Profiles sold by the kilogram: nothing to count, so the mass alone speaks."""
        charge = (self._scrap("W10-0013", 6000), some("P26-0091", 1500))
        run = Campaign("1112", at(11, 12), "A6N01", charge, 7290, 7140)
        self._run(run)
        outputs = (
            made("E26-1117", Kind.PRODUCT, 6100, "A6N01", "profile"),
            made("R26-1117", Kind.RETURN, 980, "A6N01"),
        )
        inputs = (some(run.billet, 7140),)
        self._step(RecordTransformation("X26-1117", StepKind.EXTRUDE, "NG", None, at(11, 17), inputs, outputs))
        line = DispatchLine("E26-1117", Amount(mass_g=2400 * KG))
        self._deliver("D-26-1196", "TRUCK-M", at(11, 18, 14), line)
        self._certify("TRUCK-M", "D-26-1196-1")

    def _quote(self) -> None:
        """Two bodies more: metal is held for them, and a certificate of the same bodies goes with the quote."""
        records, until = self._held.records, japan_day(self._doer.now) + timedelta(days=30)
        asked = QuoteLine(Kind.PRODUCT, "truck-body", "A5083", Amount(units=2))
        wanted = MakeQuote("Q26-0118", "TRUCK-M", until, (asked,), "ウイング 大型")

        def deed() -> None:
            number = make_quote(records, self._doer, wanted)
            reserve(records, self._doer, number, 1, "T26-1102", Amount(units=2), until)
            fitting = certificates_that_fit(records, number, japan_day(self._doer.now))
            attach_certificate(records, self._doer, number, fitting[-1])

        self._do(deed, marked("Quote {number}"), number=wanted.number)
