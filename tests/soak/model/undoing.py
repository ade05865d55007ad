"""Reversals of the model: what stands in the way, and how a deed is moved back."""

from dataclasses import replace

from tests.soak.model.books import Books, Deed, Lot, Reasons


def undo(books: Books, noun: str, number: str) -> tuple[Reasons, set[str]]:
    """(why not, and the numbers of the records in the way)."""
    deed = books.deeds.get((noun, number))
    if deed is None:
        # A lot that a deed made, and that did not enter from outside, goes with that deed alone.
        return ({"kind_not_allowed"} if noun == "lot" and number in books.lots else {"not_found"}), set()
    if deed.undone:
        return {"already_reversed"}, set()
    blocking = _in_the_way(books, deed)
    if blocking:
        return {"downstream_exists"}, blocking
    _move_back(books, deed)
    return set(), set()


def _in_the_way(books: Books, deed: Deed) -> set[str]:
    later = [each for each in books.deeds.values() if each.order > deed.order and not each.undone]
    built_on = [*deed.made, *([deed.whole] if deed.whole else [])]
    found = {each.number for each in later if any(each.touches(lot) for lot in built_on)}
    for lot in built_on:
        found |= {quote for quote, _ in books.held_on(lot)}
        certificate = books.holder(lot)
        if certificate:
            found.add(certificate.number)
    for lot in deed.moved:
        # Metal goes back to where it was taken from: not while that lot is elsewhere.
        if lot not in deed.made and deed.took_at and books.lots[lot].place != ("site", deed.took_at):
            found |= {each.number for each in later if each.whole == lot}
    if deed.took_heel:
        found |= {each.number for each in later if each.heat_of == deed.heat_of}
    return found


def _move_back(books: Books, deed: Deed) -> None:
    deed.undone = True
    for number, (metal, units) in deed.moved.items():
        lot = books.lots[number]
        left = None if lot.units is None else lot.units - units
        books.lots[number] = replace(lot, metal=lot.metal.minus(metal), units=left)
    if deed.whole:
        books.lots[deed.whole] = _back(books.lots[deed.whole], deed)
    if deed.noun == "lot":
        books.slips = {slip: lot for slip, lot in books.slips.items() if lot != deed.number}


def _back(lot: Lot, deed: Deed) -> Lot:
    """Where it was before, and there since what brought it there."""
    history = tuple(each for each in lot.history if each is not deed)
    return replace(lot, place=deed.whole_from, since=history[-1].at, history=history)
