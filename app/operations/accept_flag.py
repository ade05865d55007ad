"""Accept a flag (承認): another person than the one who recorded it says why what is unlikely is right."""

from typing import Any

from app.ledger.grams import kilograms_text
from app.ledger.lots import Amount, take
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.held_back import let_lapse
from app.operations.problems import NotFound, SamePerson
from app.operations.write_off import WRITE_OFF
from app.records.deeds import Doer
from app.records.lots import Held
from app.records.movements import Moved
from app.records.unit import Books, Records


@tried_again
def accept_flag(records: Records, doer: Doer, flag_id: int, reason: str) -> None:
    """Accept what a deed was flagged for, on every lot of it; a write-off so accepted is carried out.

    Raises NotFound, SamePerson, Refused (already_accepted, already_reversed, not_enough_metal).
    """
    with records.writing(doer) as books:
        found = books.flags.one(flag_id)
        if found is None:
            raise NotFound("flag", str(flag_id))
        held = books.lots.hold_ids(books.flags.beside(found["deed_id"], found["rule"]))
        flag = books.flags.one(flag_id)  # as it stands now that its lots are held
        assert flag is not None
        _require_acceptable(flag, doer.person)
        books.flags.accept(flag["deed_id"], flag["rule"], doer.person, doer.now, reason)
        if flag["rule"] == WRITE_OFF:
            _pour_out(books, flag["deed_id"], held[flag["lot_id"]])
        told = {"lot": flag["lot"], "rule": flag["rule"], "reason": reason}
        books.audit.add("accept", "flag", str(flag_id), told, {"detail": flag["detail"], "by": flag["recorded_by"]})
        books.commit()


def _require_acceptable(flag: dict[str, Any], person: str) -> None:
    if flag["accepted_at"] is not None:
        raise Refused(Code.ALREADY_ACCEPTED, lot=flag["lot"], person=flag["accepted_by"])
    if flag["reversed"]:
        raise Refused(Code.ALREADY_REVERSED, "flag", lot=flag["lot"])
    if flag["recorded_by"].casefold() == person.casefold():  # a key's owner is written by hand
        raise SamePerson()


def _pour_out(books: Books, deed_id: int, held: Held) -> None:
    """Grams and CO2e leave the lot together: written-off metal takes its emissions with it, unlike a loss."""
    write_off = books.write_offs.of_deed(deed_id)
    assert write_off is not None
    let_lapse(books, [held])
    taken = take(held.lot, Amount(write_off.asked_g, write_off.asked_units))
    books.lots.write_left(held, taken.left)
    books.movements.add(deed_id, [Moved(held.id, taken.metal, -1)])
    books.movements.add_loss(deed_id, taken.metal, WRITE_OFF)
    books.write_offs.settle(deed_id, taken.metal.mass_g, taken.metal.embodied_g)
    told = {"lot": held.lot.number, "kg": kilograms_text(taken.metal.mass_g), "co2_g": taken.metal.embodied_g}
    books.audit.add("write_off", "lot", held.lot.number, told, {"kg": kilograms_text(held.lot.metal.mass_g)})
