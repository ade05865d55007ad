"""Transfers, dispatches, returns and write-offs of the model."""

from dataclasses import replace
from fractions import Fraction

from app.operations.dispatch import Dispatch
from app.operations.take_back import TakeBack
from app.operations.transfer import Transfer
from app.operations.write_off import WriteOff
from tests.soak.model.books import Books, Flag, Lot, Reasons, Taken, take
from tests.soak.model.metal import lose
from tests.soak.model.method import LEAST_DELIVERY_G, MOST_SHORT


def transfer(books: Books, words: Transfer) -> Reasons:
    used: Reasons = {"duplicate_number"} if ("transfer", words.number) in books.deeds else set()
    if words.lot not in books.lots:
        return used | {"malformed"}
    lot = books.lots[words.lot]
    taken = take(lot, words.amount)
    reasons = used | taken.reasons | _unmovable(books, lot, words)
    received_g = taken.metal.mass_g if words.received_g is None else words.received_g
    if not taken.reasons and received_g > taken.metal.mass_g:
        reasons.add("more_out_than_in")
    whole = taken.left is not None and not taken.left.metal.mass_g
    if not whole:
        reasons |= books.broken(taken)
    elif received_g < books.promised(words.lot)[0]:
        reasons.add("not_enough_metal")  # the lot goes with what was promised of it, as far as it arrives
    if not whole and words.becomes in books.lots:
        reasons.add("duplicate_number")
    if not reasons:
        _transfer(books, words, taken, received_g)
    return reasons


def _unmovable(books: Books, lot: Lot, words: Transfer) -> Reasons:
    reasons: Reasons = set()
    if lot.kind == "heel":
        reasons.add("kind_not_allowed")
    if lot.place[0] == "customer" or lot.place[1] == words.to:
        reasons.add("wrong_place")
    if words.sent_at < lot.since:
        reasons.add("before_it_existed")
    if books.flagged(lot.number):
        reasons.add("flag_open")
    return reasons


def _transfer(books: Books, words: Transfer, taken: Taken, received_g: int) -> None:
    assert taken.left is not None
    before = books.lots[words.lot]
    deed = books.new_deed("transfer", words.number or "", words.received_at)
    lost, arrived = lose(taken.metal, taken.metal.mass_g - received_g)
    there = ("site", words.to)
    if taken.left.metal.mass_g:
        became = words.becomes or part_number(books, words.lot)
        deed.took_at = before.place[1]
        books.leave(deed, taken)
        books.put(
            deed, replace(before, number=became, place=there, since=words.received_at, metal=arrived, units=taken.units)
        )
    else:
        became = words.lot
        deed.whole, deed.whole_from = words.lot, before.place
        moved = replace(before, place=there, since=words.received_at, metal=arrived, history=(*before.history, deed))
        books.lots[became] = moved
        if lost.mass_g:
            deed.move(became, lost.turned())
    if Fraction(lost.mass_g, taken.metal.mass_g) > MOST_SHORT:
        books.flags.append(Flag(deed, "transfer-short", (became,)))


def part_number(books: Books, number: str) -> str:
    """A part has the lot's own number with -2, -3 … behind it."""
    return next(name for n in range(2, 10**6) if (name := f"{number}-{n}") not in books.lots)


def dispatch(books: Books, words: Dispatch) -> Reasons:
    reasons: Reasons = {"duplicate_number"} if ("dispatch", words.number) in books.deeds else set()
    if any(line.lot not in books.lots for line in words.lines):
        return reasons | {"malformed"}
    standing = dict(books.lots)
    taken = []
    for n, line in enumerate(words.lines, start=1):
        taking = take(standing[line.lot], line.amount)
        reasons |= taking.reasons | _unsendable(books, standing[line.lot], words, taking) | books.broken(taking)
        if f"{words.number}-{n}" in books.lots:
            reasons.add("duplicate_number")
        if taking.left:
            standing[line.lot] = taking.left
        taken.append(taking)
    if reasons:
        return reasons
    deed = books.new_deed("dispatch", words.number or "", words.dispatched_at)
    deed.took_at = words.site
    for n, taking in enumerate(taken, start=1):
        books.leave(deed, taking)
        assert taking.left is not None
        there, number = ("customer", words.customer), f"{words.number}-{n}"
        sent = replace(taking.left, number=number, place=there, since=words.dispatched_at)
        books.put(deed, replace(sent, metal=taking.metal, units=taking.units))
    return set()


def _unsendable(books: Books, lot: Lot, words: Dispatch, taking: Taken) -> Reasons:
    reasons: Reasons = set()
    if lot.kind == "heel":
        reasons.add("kind_not_allowed")
    if lot.place != ("site", words.site):
        reasons.add("wrong_place")
    if words.dispatched_at < lot.since:
        reasons.add("before_it_existed")
    if books.flagged(lot.number):
        reasons.add("flag_open")
    if not taking.reasons and taking.metal.mass_g < LEAST_DELIVERY_G:
        reasons.add("malformed")
    return reasons


def take_back(books: Books, words: TakeBack) -> Reasons:
    reasons: Reasons = {"duplicate_number"} if ("return", words.number) in books.deeds else set()
    if words.lot not in books.lots:
        return reasons | {"malformed"}
    lot, at = books.lots[words.lot], words.returned_at
    assert at is not None
    if lot.place[0] == "site" or not lot.metal.mass_g:
        reasons.add("wrong_place")
    if books.holder(lot.number):
        reasons.add("already_certified")
    if at < lot.since:
        reasons.add("before_it_existed")
    if reasons:
        return reasons
    deed = books.new_deed("return", words.number or "", at)
    deed.whole, deed.whole_from = lot.number, lot.place
    books.lots[lot.number] = replace(lot, place=("site", words.site), since=at, history=(*lot.history, deed))
    return set()


def request_write_off(books: Books, words: WriteOff, person: str) -> Reasons:
    reasons: Reasons = {"duplicate_number"} if ("write_off", words.number) in books.deeds else set()
    if words.lot not in books.lots:
        return reasons | {"malformed"}
    lot, at = books.lots[words.lot], words.at
    assert at is not None
    if lot.place[0] == "customer":
        reasons.add("wrong_place")
    if at < lot.since:
        reasons.add("before_it_existed")
    reasons |= take(lot, words.amount).reasons
    if reasons:
        return reasons
    deed = books.new_deed("write_off", words.number or "", at, person)
    deed.asked = (lot.number, words.amount)
    books.flags.append(Flag(deed, "write_off", (lot.number,)))
    return set()


def accept(books: Books, flag: Flag, person: str) -> Reasons:
    reasons: Reasons = set()
    if flag.accepted:
        reasons.add("already_accepted")
    if flag.deed.undone:
        reasons.add("already_reversed")
    if flag.deed.person == person:
        reasons.add("same_person")
    asked = flag.deed.asked if flag.rule == "write_off" else None
    taken = take(books.lots[asked[0]], asked[1]) if asked else None
    if taken:
        reasons |= taken.reasons | books.broken(taken)
    if reasons:
        return reasons
    flag.accepted = True
    if taken:
        books.leave(flag.deed, taken)
        flag.deed.took_at = taken.left.place[1] if taken.left else None
    return set()
