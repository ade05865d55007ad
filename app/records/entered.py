"""A lot as it is read; and one that has just entered, told from what was written, without reading it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.records.deeds import DeedKind, Doer
from app.records.lineage import OriginRead
from app.records.lots import NewLot
from app.records.stock import LotView

Flag = dict[str, Any]
_BLANK = dict.fromkeys(
    (
        *("reversed_at", "reversal_reason", "slip_number", "source_customer", "scrap_item", "scrap_units"),
        *("scrap_class", "gross_g", "tare_g", "deduction_g", "bay", "vehicle", "weighed_at", "potential_g"),
        *("received_at", "kg_per_kg", "document", "issuer", "valid_until"),
    )
)
_SCRAP = {"customer_code": "source_customer", "item": "scrap_item", "units": "scrap_units"}


@dataclass(frozen=True, slots=True)
class LotAnswer:
    """A lot with its flags and, where it was asked for, its content."""

    view: LotView
    flags: Sequence[Flag]
    origins: Sequence[OriginRead] | None


def as_entered(
    id_: int, lot: NewLot, entry: Mapping[str, Any], doer: Doer, item: Mapping[str, Any] | None, flags: Sequence[Flag]
) -> LotAnswer:
    """What reading the lot in the same unit of work would answer: ``entry`` is its entry row, ``item`` its item's."""
    told = {_SCRAP.get(name, name): value for name, value in entry.items()}
    values = _made(id_, lot) | _BLANK | {name: told[name] for name in _BLANK if name in told}
    values |= {"person": doer.person, "recorded_at": doer.now, "deed_kind": DeedKind.ENTRY.value}
    return LotAnswer(LotView(values), flags, [_itself(values, item or {})])


def _made(id_: int, lot: NewLot) -> dict[str, Any]:
    mass_g, embodied_g = lot.metal.mass_g, lot.metal.embodied_g
    return {
        "id": id_,
        "number": lot.number,
        "kind": lot.kind.value,
        "alloy": lot.alloy,
        "item": lot.item,
        "mass_g": mass_g,
        "embodied_g": embodied_g,
        "units": lot.units,
        "pieces": lot.pieces,
        "furnace": lot.furnace,
        "made_at": lot.made_at,
        "deed_id": lot.deed_id,
        "site_code": lot.place.site,
        "customer_code": lot.place.customer,
        "since": lot.since,
        "remaining_g": mass_g,
        "remaining_embodied_g": embodied_g,
        "remaining_units": lot.units,
    }


def _itself(values: Mapping[str, Any], item: Mapping[str, Any]) -> OriginRead:
    """A lot that entered from outside is its own single origin (domain.md)."""
    return OriginRead(
        id=values["id"],
        number=values["number"],
        kind=values["kind"],
        entered_at=values["made_at"],
        entered_g=values["mass_g"],
        made_g=values["mass_g"],
        remaining_g=values["mass_g"],
        customer=values["source_customer"],
        scrap_class=values["scrap_class"],
        item=values["scrap_item"],
        item_ja=item.get("name_ja"),
        item_en=item.get("name_en"),
        counter_ja=item.get("counter_ja"),
        units=values["scrap_units"],
        slip_number=values["slip_number"],
        vehicle=values["vehicle"],
        kg_per_kg=values["kg_per_kg"],
        document=values["document"],
        issuer=values["issuer"],
        valid_until=values["valid_until"],
    )
