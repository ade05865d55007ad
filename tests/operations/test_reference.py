"""Master data loaded again: what was reckoned stays right, and the log tells what each row said before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.carbon.factors import Factor
from app.lookups.ledger_check import check_ledger
from app.operations.keep_master_data import add_factor_version
from app.operations.load_reference import Sheets, load_reference
from app.operations.problems import Invalid
from app.schemas.reference_files import own_files, read_sheets
from tests.campaign import certificate, delivered, three_bodies
from tests.house import NOW, House

TODAY = NOW.date()
BODY = Factor("avoided.truck-body", "7000", "", 0, TODAY, None, "tests", "")


@pytest.mark.parametrize("day", [date(2026, 4, 1), TODAY])
def test_a_factor_does_not_begin_on_a_day_that_has_records(house: House, day: date) -> None:
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))
    with pytest.raises(Invalid, match="factor_in_past"):
        add_factor_version(house.records, house.doer(), replace(BODY, valid_from=day))
    add_factor_version(house.records, house.doer(), replace(BODY, valid_from=TODAY + timedelta(days=1)))
    assert check_ledger(house.records).differences == ()


def test_a_factor_does_not_end_on_a_day_that_has_records(house: House) -> None:
    three_bodies(house)
    with house.records.reading() as books:
        [kept] = [each for each in books.master_data.factors() if each.key == BODY.key]
    ended = replace(kept, valid_to=date(2026, 9, 30))
    with pytest.raises(Invalid, match="factor_in_past"):
        load_reference(house.records, house.doer(), Sheets({}, [ended], {}))


def test_before_there_are_records_a_factor_may_begin_at_any_time(house: House) -> None:
    add_factor_version(house.records, house.doer(), replace(BODY, valid_from=date(2026, 4, 1)))


def test_the_log_tells_what_a_row_said_before_it_was_loaded_again(house: House) -> None:
    sheets = read_sheets(own_files())
    rules = [dict(row) for row in sheets.rows["step_rules"]]
    before = rules[0]["yield_max"]
    rules[0]["yield_max"] = "0.99"
    assert load_reference(house.records, house.doer(), Sheets({"step_rules": rules}, [], {})) == {"step_rules": 1}
    with house.records.reading() as books:
        [row] = books.audit_log.about([("step_rules", next(iter(rules[0].values())))])
    assert row.action == "change"
    assert (str(before) in (row.before or ""), "0.99" in (row.after or "")) == (True, True)
