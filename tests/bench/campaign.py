"""One round of the loop through the service itself; ``multiplying`` makes a ledger of any size out of it."""

from dataclasses import replace
from datetime import datetime

from app.carbon.factors import JAPAN
from app.current import Service
from app.ledger.lots import Amount, Kind
from app.ledger.transformations import StepKind
from app.operations.dispatch import Dispatch, DispatchLine, dispatch
from app.operations.issue_certificate import IssueCertificate, issue_certificate
from app.operations.record_transformation import (
    RecordTransformation,
    StepInput,
    StepOutput,
    record_transformation,
)
from app.operations.register_metal import RegisterMetal, register_metal
from app.operations.register_scrap import RegisterScrap, register_scrap
from app.operations.transfer import Transfer, transfer
from app.records.deeds import Doer

# Stands in every number of the round, so that a copy's numbers are made by replacing it.
TOKEN = "Q0Q"
SCRAP_LOTS = 10
TRUCK = 2_400_000


def at(day: int) -> datetime:
    return datetime(2026, 10, day, 9, tzinfo=JAPAN)


def slip(number: str, slip_number: str, weighed_at: datetime) -> RegisterScrap:
    """A weighing slip of three truck bodies."""
    return RegisterScrap(
        number=number,
        slip_number=slip_number,
        customer="TRUCK-M",
        item="truck-body",
        units=3,
        scrap_class="post_consumer",
        gross_g=TRUCK + 8_000_000,
        tare_g=8_000_000,
        deduction_g=0,
        alloy="mixed",
        site="MC",
        bay="A-1",
        vehicle=None,
        weighed_at=weighed_at,
    )


def step(number: str, kind: StepKind, day: int, inputs: list[tuple[str, int]], outputs: list[StepOutput]):
    taken = tuple(StepInput(lot, Amount(mass_g)) for lot, mass_g in inputs)
    return RecordTransformation(TOKEN + number, kind, "MC", None, at(day), taken, tuple(outputs))


def play(service: Service, doer: Doer) -> str:
    """Ten scrap lots and bought metal, melted, cast, extruded, made into bodies and sent; the certificate's number."""
    records = service.records
    scrap = [f"{TOKEN}S{n}" for n in range(SCRAP_LOTS)]
    for number in scrap:
        register_scrap(records, doer, slip(number, number, at(1)))
    for number, kind, kg in (("P", Kind.PRIMARY, 2000), ("A", Kind.ALLOYING, 40)):
        register_metal(records, doer, RegisterMetal(TOKEN + number, kind, kg * 1000, "Al99.7", "MC", at(1), None))
    ingots = [StepOutput(f"{TOKEN}I{n}", Kind.INGOT, 12_500_000, "A6N01") for n in (1, 2)]
    charge = [*((lot, TRUCK) for lot in scrap), (TOKEN + "P", 2_000_000), (TOKEN + "A", 40_000)]
    record_transformation(records, doer, step("H", StepKind.REMELT, 2, charge, ingots))
    moved = Transfer(TOKEN + "M", TOKEN + "I2", "NG", Amount(12_500_000), at(3), at(3), None)
    transfer(records, doer, moved)
    billet = [StepOutput(TOKEN + "B", Kind.BILLET, 12_000_000, "A6N01")]
    record_transformation(records, doer, step("C", StepKind.CAST, 4, [(TOKEN + "I1", 12_500_000)], billet))
    made = [
        StepOutput(TOKEN + "T", Kind.PRODUCT, 10_500_000, "A6N01", "truck-body", 15),
        StepOutput(TOKEN + "R", Kind.RETURN, 1_400_000, "A6N01"),
    ]
    record_transformation(records, doer, step("F", StepKind.FABRICATE, 5, [(TOKEN + "B", 12_000_000)], made))
    lines = tuple(DispatchLine(TOKEN + "T", Amount(units=n)) for n in (1, 2, 3))
    sent = dispatch(records, doer, Dispatch(TOKEN + "D", "TRUCK-M", "MC", at(6), lines))
    wanted = IssueCertificate("TRUCK-M", sent.deliveries[:1], None, None)
    later = replace(doer, now=doer.now)
    return issue_certificate(records, service.press, service.issuer, later, wanted)
