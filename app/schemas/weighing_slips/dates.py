"""Dates as yards write them, in the Western and the Japanese calendar, to an instant in Japan time."""

import re
from datetime import date, datetime, time
from typing import NamedTuple

from app.carbon.factors import JAPAN
from app.schemas.weighing_slips.cells import narrow
from app.schemas.weighing_slips.reasons import Reason, Wrong

_WRITTEN = re.compile(
    r"(?:(?P<era>令和|平成|[RH]) ?(?P<era_year>元|[0-9]{1,2})|(?P<year>[0-9]{4}))"
    r"(?: ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日"
    r"|(?P<between>[./-]) ?(?P<month_2>[0-9]{1,2})(?P=between) ?(?P<day_2>[0-9]{1,2}))"
    r"(?:(?: +|T|(?<=日))(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"| ?時(?: ?(?P<minute_2>[0-9]{1,2}) ?分(?: ?(?P<second_2>[0-9]{1,2}) ?秒)?)?))?",
    re.ASCII,
)
_SQUARE_ERAS = str.maketrans({"㋿": "令和", "㍻": "平成"})


class _Era(NamedTuple):
    year_before: int
    first_day: date
    last_day: date


_WESTERN = _Era(0, date(1950, 1, 1), date(2200, 12, 31))  # beyond these it is a slip of the pen
_HEISEI = _Era(1988, date(1989, 1, 8), date(2019, 4, 30))
_REIWA = _Era(2018, date(2019, 5, 1), date.max)
_ERAS = {"令和": _REIWA, "R": _REIWA, "平成": _HEISEI, "H": _HEISEI}


def weighed_at(text: str) -> datetime:
    """ "2026/10/1 9:05", "2026-10-01" (midnight), "令和8年10月1日 9時5分", "R8.10.1 9:05" and their like.

    Raises Wrong: "no such day" for a day or time the calendar or the era does not have, else "not a date".
    """
    written = _WRITTEN.fullmatch(narrow(text).translate(_SQUARE_ERAS).upper())
    if written is None:
        raise Wrong(Reason.NOT_A_DATE)
    try:
        return datetime.combine(_day(written), _time(written), JAPAN)
    except ValueError as error:
        raise Wrong(Reason.NO_SUCH_DAY) from error


def _day(written: re.Match[str]) -> date:
    month, day = int(written["month"] or written["month_2"]), int(written["day"] or written["day_2"])
    era = _ERAS.get(written["era"], _WESTERN)
    year = 1 if written["era_year"] == "元" else int(written["era_year"] or written["year"])
    told = date(era.year_before + year, month, day)
    if year < 1 or not era.first_day <= told <= era.last_day:
        raise ValueError(told)
    return told


def _time(written: re.Match[str]) -> time:
    minute, second = written["minute"] or written["minute_2"], written["second"] or written["second_2"]
    return time(int(written["hour"] or 0), int(minute or 0), int(second or 0))
