"""A hypothesis strategy for any certificate, whatever its figures, and the hand-written ones of ``cases`` by name."""

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from certificates.content import (
    FORMAT,
    GROUPS,
    Avoided,
    Certificate,
    Factor,
    Footprint,
    Line,
    MadeLot,
    Origin,
    Part,
    Party,
    Recycled,
    Stage,
    Step,
    Supplier,
    UnitFactor,
    Way,
)
from tests.certificates.cases import SAMPLES

__all__ = ["SAMPLES", "certificates", "recycled", "ways"]

T = TypeVar("T")
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_grams = st.integers(0, 10**12)
_days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
_units = st.none() | st.integers(1, 999)
_kinds = st.sampled_from(("sort", "remelt", "cast", "extrude", "fabricate"))
_decimals = st.sampled_from(("8000", "4.2", "0.9730", "1", "2.378947"))


def _optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def _some(strategy: st.SearchStrategy[T], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


@st.composite
def recycled(draw: st.DrawFn, least: int = 0) -> Recycled:
    """Any four columns, together at least ``least`` grams."""
    closed, other, pre, rest = (draw(_grams) for _ in range(4))
    return Recycled(closed + other, closed, pre, max(rest, least - closed - other - pre))


_party = st.builds(Party, _optional(_text), _text, _text)
_footprint = st.builds(Footprint, _decimals, _grams)
_avoided = st.builds(Avoided, _grams, st.none() | _grams, _grams, st.just(1))
_part = st.builds(Part, st.sampled_from(GROUPS), _optional(_text), _grams)
_supplier = st.builds(Supplier, _decimals, _text, _text, _days)
_made = st.builds(MadeLot, _optional(_text), _text, _text, _grams)
_line = st.builds(
    Line, _optional(_text), _optional(_text), _optional(_text), st.sampled_from(("ingot", "billet", "product")),
    _optional(_text), _text, _text, _optional(_text), _text, st.integers(1, 10**12), _units,
    st.none() | st.builds(UnitFactor, _decimals, _decimals), _days, recycled(1), _avoided, _footprint, _some(_part),
)  # fmt: skip
_origin = st.builds(
    Origin, st.sampled_from(GROUPS), _text, _text, _optional(_text), st.integers(1, 99), _units, _optional(_text),
    _optional(_text), _optional(_text), _grams, _grams, st.none() | _supplier,
)  # fmt: skip
_step = st.builds(
    Step, _text, _kinds, _text, _party, _days, _grams, _grams, _grams, _grams, _decimals, _some(_made),
)  # fmt: skip
_factor = st.builds(Factor, _text, _decimals, _text, st.integers(1, 9), _days, _text, _text)


@st.composite
def _stage(draw: st.DrawFn, before_g: int) -> Stage:
    """A stage whose masses close: what it takes is lost, returned or made, and what it made passes on or stays."""
    entered = draw(recycled(1))
    fed = before_g + entered.mass_g
    loss = draw(st.integers(0, fed - 1))
    returns = draw(st.integers(0, fed - loss - 1))
    made = _columns(fed - loss - returns, draw(st.integers(0, 1000)))
    passed = _columns(draw(st.integers(1, made.mass_g)), 500)
    return Stage(draw(_kinds), draw(_some(_text, 3, 1)), entered, fed, loss, returns, made, draw(_units), passed)


def _columns(mass: int, thousandths: int) -> Recycled:
    post = mass * thousandths // 1000
    return Recycled(post, post // 2, 0, mass - post)


@st.composite
def ways(draw: st.DrawFn) -> Way:
    """None to four stages, each fed by the one before."""
    stages: list[Stage] = []
    for _ in range(draw(st.integers(0, 4))):
        stages.append(draw(_stage(stages[-1].passed.mass_g if stages else 0)))
    return Way(tuple(stages), stages[-1].passed if stages else draw(recycled(1)), draw(_units))


def certificates() -> st.SearchStrategy[Certificate]:
    """Any certificate that the types allow."""
    return st.builds(
        Certificate, st.just(FORMAT), _text, _text, _text, _days, _days, _party, _optional(_text), st.none() | _party,
        _some(_party), _some(_text), _optional(_text), _optional(_text), st.integers(1, 10**12), recycled(1), _avoided,
        _footprint, _some(_line, 2, 1), _some(_origin), _some(_step, 2), ways(), _some(_factor),
    )  # fmt: skip
