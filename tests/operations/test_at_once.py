"""Two people who do the same at once: one does it, the other is told in words, and the books stay right."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from statistics import median

from app.carbon.factors import Factor
from app.ledger.lots import Amount
from app.ledger.refusals import Code, Refused
from app.lookups.ledger_check import check_ledger
from app.operations.accept_flag import accept_flag
from app.operations.import_slips import SlipsToImport, import_slips
from app.operations.keep_master_data import add_factor_version, keep_row
from app.operations.people import PersonWanted, change_person, create_person
from app.operations.problems import Invalid
from app.operations.reverse import reverse
from app.operations.sign_in import TRIES_OF_ONE, WrongPassword, sign_in
from app.operations.transfer import Transfer, transfer
from app.operations.tries import TRIES_FROM_ONE, TooManyTries
from app.operations.undo_import import undo_import
from tests.campaign import scrap
from tests.house import PASSWORD, House
from tests.operations.test_importing import SLIP

ROUNDS = 3
MANY_ROUNDS = 20


def _words(kept: str | None) -> object:
    return json.loads(kept or "{}").get("name_ja")


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each of them came to, begun at the same moment: what it returned, or what it raised."""
    came_to: list[object] = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def work(at: int) -> None:
        start.wait()
        try:
            came_to[at] = deeds[at]()
        except Exception as error:  # noqa: BLE001 — whatever it was is looked at by the test
            came_to[at] = error

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


def told(came_to: list[object]) -> list[str]:
    """The reasons of those who were refused; anything but a refusal in words fails."""
    reasons = []
    for each in came_to:
        if isinstance(each, Invalid):
            reasons.append(each.problems[0].reason)
        elif isinstance(each, Refused):
            reasons.append(each.code.value)
        else:
            assert not isinstance(each, Exception), repr(each)
    return reasons


def test_one_login_is_given_to_one_person(house: House) -> None:
    for turn in range(ROUNDS):
        wanted = PersonWanted(f"hanako{turn}", "花子", "plant", "MC", PASSWORD)
        deeds = [lambda name=name, w=wanted: create_person(house.records, house.doer(name), w) for name in "abcd"]
        assert told(at_once(*deeds)) == ["login_taken"] * 3


def test_one_code_is_given_to_one_customer(house: House) -> None:
    for turn in range(ROUNDS):
        row = {"code": f"NEW{turn}", "name_ja": "新", "name_en": "New", "name_public": False}
        deeds = [
            lambda n=n, r=row: keep_row(house.records, house.doer(n), "customers", r | {"name_ja": n}, new=True)
            for n in "abcd"
        ]
        assert told(at_once(*deeds)) == ["code_taken"] * 3


def test_two_changes_of_a_row_each_say_what_was_there_before_them(house: House) -> None:
    row = {"code": "TRUCK-M", "name_en": "Truck", "name_public": False}
    deeds = [
        lambda n=n: keep_row(house.records, house.doer(n), "customers", row | {"name_ja": n}, new=False)
        for n in ("一", "二", "三")
    ]
    assert told(at_once(*deeds)) == []
    with house.records.reading() as books:
        rows = [each for each in books.audit_log.about([("customers", "TRUCK-M")]) if "name_ja" in (each.after or "")]
    later, earlier = rows[:-1], rows[1:]
    assert [_words(each.before) for each in later] == [_words(each.after) for each in earlier]


def test_two_versions_of_a_factor_from_one_day_are_one(house: House) -> None:
    with house.records.reading() as books:
        key = books.master_data.factors()[0].key
    wanted = Factor(key, "11", "", 0, date(2030, 4, 1), None, "tests", "")
    deeds = [
        lambda v=v: add_factor_version(house.records, house.doer(), replace(wanted, value=v)) for v in ("11", "10")
    ]
    refused = told(at_once(*deeds))
    assert len(refused) == 1
    assert set(refused) <= {"factor_overlaps", "factor_at_once", "factor_changed"}
    with house.records.reading() as books:
        kept = [factor for factor in books.master_data.factors() if factor.key == key]
    assert sum(factor.valid_to is None for factor in kept) == 1


def test_administrators_who_shut_each_other_out_leave_one(house: House) -> None:
    for turn in range(ROUNDS):
        one, two = (house.person("admin", f"admin{turn}{name}") for name in "ab")
        with house.records.reading() as books:
            others = [account for account in books.people.listed() if account.login not in (one, two)]
        for other in others:
            plain = PersonWanted(other.login, other.name, "plant", None)
            change_person(house.records, house.doer(), plain, active=True)
        deeds = [
            lambda a=a, b=b: change_person(house.records, house.doer(a), PersonWanted(b, b, "plant", None), active=True)
            for a, b in ((one, two), (two, one))
        ]
        assert told(at_once(*deeds)) == ["last_admin"]


def test_an_import_is_undone_once(house: House) -> None:
    taken = SlipsToImport("slips.csv", "f", tuple(replace(SLIP, slip_number=f"W-{n}") for n in range(20)))
    import_slips(house.records, house.doer(), taken)
    came_to = at_once(*(lambda n=n: undo_import(house.records, house.doer(n), 1, "twice") for n in "abc"))
    assert told(came_to) == [Code.ALREADY_REVERSED.value] * 2
    assert [each for each in came_to if isinstance(each, int)] == [20]
    assert check_ledger(house.records).differences == ()


def test_an_import_is_undone_or_used_never_both(house: House) -> None:
    for turn in range(ROUNDS):
        slips = tuple(replace(SLIP, slip_number=f"W{turn}-{n}") for n in range(5))
        numbers = import_slips(house.records, house.doer(), SlipsToImport("slips.csv", f"f{turn}", slips)).lots
        with house.records.reading() as books:
            import_id = books.entries.import_id_of(f"f{turn}")
        assert import_id
        moved = Transfer(None, numbers[2], "KB", Amount(1000, None), house.clock(), house.clock(), None)
        undo = partial(undo_import, house.records, house.doer(), import_id, "wrong")
        came_to = at_once(undo, partial(transfer, house.records, house.doer("b"), moved))
        assert len(told(came_to)) == 1
        assert check_ledger(house.records).differences == ()


def tried(house: House, login: str, password: str, address: str) -> str:
    try:
        sign_in(house.records, house.doer(login), login, password, address)
    except WrongPassword:
        return "wrong"
    except TooManyTries:
        return "slowed"
    return "in"


def test_guessing_a_login_at_once_is_slowed_as_one_after_the_other(house: House) -> None:
    house.person("plant", "hanako")
    tries = [lambda n=n: tried(house, "hanako", f"guess {n}", f"192.0.2.{n}") for n in range(TRIES_OF_ONE * 3)]
    assert sorted(map(str, at_once(*tries))) == ["slowed"] * TRIES_OF_ONE * 2 + ["wrong"] * TRIES_OF_ONE


def test_guessing_from_one_address_at_once_is_slowed_as_one_after_the_other(house: House) -> None:
    with house.records.writing(house.doer("nobody")) as books:  # as that many tries leave it
        books.audit.add_all("try", "address", [("192.0.2.1", None, None)] * (TRIES_FROM_ONE - 4))
        books.commit()
    tries = [lambda n=n: tried(house, f"other{n}", "guess", "192.0.2.1") for n in range(12)]
    assert sorted(map(str, at_once(*tries))) == ["slowed"] * 8 + ["wrong"] * 4


def test_a_wrong_password_costs_as_much_of_a_stranger_as_of_somebody(house: House) -> None:
    """Argon2id is the time it takes, and a stranger's password goes through it too."""
    house.person("plant", "hanako")
    tried(house, "nobody", "guess", "192.0.2.1")  # makes what strangers are compared with
    spent: dict[str, list[float]] = {"hanako": [], "nobody": []}
    for n in range(TRIES_OF_ONE - 1):
        for login, times in spent.items():
            before = time.process_time()
            assert tried(house, login, f"guess {n}", f"192.0.2.{n}") == "wrong"
            times.append(time.process_time() - before)
    known, unknown = (median(times) for times in spent.values())
    assert 0.5 < known / unknown < 2


def test_a_write_off_that_is_accepted_while_it_is_reversed_is_undone_whole(house: House) -> None:
    for turn in range(MANY_ROUNDS):
        lot, number = f"W{turn}", f"O{turn}"
        scrap(house, lot)
        asked = {"number": number, "lot": lot, "kg": "100", "reason": "not there"}
        flag = house.post("/write-offs", asked)["flags"][0]["id"]
        refused = told(
            at_once(
                partial(accept_flag, house.records, house.doer("second"), flag, "so it is"),
                partial(reverse, house.records, house.doer(), "write_off", number, "found"),
            )
        )
        assert set(refused) <= {"already_reversed"}, turn
        assert house.get(f"/lots/{lot}")["remaining_kg"] == "2400"
    assert check_ledger(house.records).differences == ()
