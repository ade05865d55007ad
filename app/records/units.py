"""Units of lots as the deeds moved them: there is no movement row of units, so this is their one definition."""

from typing import Any

from sqlalchemy import Subquery, func, select

from app.records.dispatches import DispatchLineRow
from app.records.lot_tables import LotRow
from app.records.transfers import TransferRow
from app.records.transformations import TransformationInputRow
from app.records.write_offs import WriteOffRow


def units_taken() -> Subquery:
    """(deed_id, lot_id, units) taken out of lots by steps, dispatches, transfers of a part and write-offs."""
    step, line, transfer, write_off = TransformationInputRow, DispatchLineRow, TransferRow, WriteOffRow
    return (
        select(step.deed_id.label("deed_id"), step.lot_id.label("lot_id"), step.units.label("units"))
        .where(step.units.is_not(None))
        .union_all(
            select(line.deed_id, line.lot_id, line.units).where(line.units.is_not(None)),
            select(transfer.deed_id, transfer.lot_id, transfer.units).where(
                transfer.units.is_not(None), transfer.lot_id != transfer.became_lot_id
            ),
            select(write_off.deed_id, write_off.lot_id, write_off.asked_units).where(
                write_off.asked_units.is_not(None), write_off.mass_g.is_not(None)
            ),
        )
        .subquery()
    )


def units_moved(deed_id: int) -> Any:
    """(lot_id, units into (+) or out of (-) it) of one deed."""
    taken = units_taken()
    out = select(taken.c.lot_id, -func.sum(taken.c.units)).where(taken.c.deed_id == deed_id).group_by(taken.c.lot_id)
    made = select(LotRow.id, LotRow.units).where(LotRow.deed_id == deed_id, LotRow.units.is_not(None))
    return made.union_all(out)
