"""Dates in every style a yard writes them."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carbon.factors import JAPAN
from app.schemas.weighing_slips.dates import weighed_at
from app.schemas.weighing_slips.reasons import Reason, Wrong

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
REIWA, HEISEI = date(2019, 5, 1), date(1989, 1, 8)
WESTERN = ("{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}年 {m}月 {d}日")
ERA = (
    "{era}{e}年{m}月{d}日",
    "{letter}{e}.{m}.{d}",
    "{letter}{e}/{m:02}/{d:02}",
    "{square}{e}年{m}月{d}日",
    "{letter}{e:02}.{m:02}.{d:02}",
)
TIMES = (" {H}:{M:02}", " {H:02}:{M:02}:{S:02}", " {H}時{M}分", "　{H}時{M:02}分{S}秒")

days = st.dates(date(1950, 1, 1), date(2200, 12, 31))
era_days = st.dates(HEISEI, date(2099, 12, 31))
clocks = st.times().map(lambda clock: clock.replace(microsecond=0))


def told_time(style: str, moment: datetime) -> datetime:
    return moment if "{S" in style else moment.replace(second=0)


@given(day=days, clock=clocks, style=st.sampled_from(WESTERN), time_style=st.sampled_from(TIMES), wide=st.booleans())
def test_western_dates_come_back_in_each_style(day, clock, style, time_style, wide):
    moment = told_time(time_style, datetime.combine(day, clock, JAPAN))
    written = (style + time_style).format(
        y=day.year, m=day.month, d=day.day, H=clock.hour, M=clock.minute, S=clock.second
    )
    assert weighed_at(written.translate(FULL_WIDTH) if wide else written) == moment


@given(day=era_days, clock=clocks, style=st.sampled_from(ERA), time_style=st.sampled_from(TIMES), wide=st.booleans())
def test_japanese_dates_come_back_in_each_style(day, clock, style, time_style, wide):
    moment = told_time(time_style, datetime.combine(day, clock, JAPAN))
    era, letter, square, before = ("令和", "R", "㋿", 2018) if day >= REIWA else ("平成", "h", "㍻", 1988)
    year = day.year - before
    written = (style + time_style).format(
        e=year,
        era=era,
        letter=letter,
        square=square,
        m=day.month,
        d=day.day,
        H=clock.hour,
        M=clock.minute,
        S=clock.second,
    )
    assert weighed_at(written.translate(FULL_WIDTH) if wide else written) == moment


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026/10/1 9:05", (2026, 10, 1, 9, 5)),
        ("2026-10-01", (2026, 10, 1)),
        ("2026-10-01 9:05", (2026, 10, 1, 9, 5)),
        ("2026-10-01T09:05:30", (2026, 10, 1, 9, 5, 30)),
        ("令和8年10月1日 9時5分", (2026, 10, 1, 9, 5)),
        ("令和8年10月1日9時", (2026, 10, 1, 9)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("R元.12.31 23:59", (2019, 12, 31, 23, 59)),
        ("R8.10.1", (2026, 10, 1)),
        ("r8.10.1 9:05", (2026, 10, 1, 9, 5)),
        ("平成31年4月30日", (2019, 4, 30)),
        ("Ｒ８．１０．１　９：０５", (2026, 10, 1, 9, 5)),
        ("２０２６年１０月１日　９時５分", (2026, 10, 1, 9, 5)),
    ],
)
def test_dates_as_they_are_found(text, told):
    assert weighed_at(text).replace(tzinfo=None) == datetime(*told)  # noqa: DTZ001
    assert weighed_at(text).utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(
    "text",
    [
        "令和8年2月30日 9時0分",
        "2026/2/29",
        "2026-13-01",
        "2026-00-10",
        "令和0年1月1日",
        "令和元年4月30日",
        "平成31年5月1日",
        "平成元年1月7日",
        "2026/10/1 24:00",
        "2026/10/1 9:60",
        "0001-01-01",
        "1026/10/1",
        "9999/12/31",
    ],
)
def test_a_day_the_calendar_or_the_era_does_not_have_is_no_such_day(text):
    assert refusal(text) is Reason.NO_SUCH_DAY


@pytest.mark.parametrize(
    "text",
    ["昨日", "10/1/2026", "26/10/1", "2026/10-1", "20261001", "46296", "46296.66", "2026/10", "9:05", "昭和64年1月7日",
     "2026/10/1 9:5", "2026/10/1 9", "2026/10/1x", "2026-10-01T09:05+09:00", "２０２６²/10/1", "=TODAY()", "R.10.1"],
)  # fmt: skip
def test_a_text_that_is_no_date_is_not_a_date(text):
    assert refusal(text) is Reason.NOT_A_DATE


@given(st.text(st.sampled_from("0123456789/-.:年月日時分秒令和平成元RH TＲ８　²"), max_size=24))
def test_any_text_is_a_moment_or_refused(text):
    with suppress(Wrong):
        assert weighed_at(text).tzinfo is JAPAN


def refusal(text: str) -> Reason:
    with pytest.raises(Wrong) as wrong:
        weighed_at(text)
    return wrong.value.reason
