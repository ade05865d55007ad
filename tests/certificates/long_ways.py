"""Certificates of the longest ways and texts that the forms and the ledger let through, for Hypothesis."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from certificates.content import Certificate, Line, MadeLot, Origin, Party, Recycled, Stage, Step, UnitFactor, Way
from tests.certificates.cases import CAR_BODY, SAMPLES
from tests.certificates.journeys import (
    CAR,
    CASTING,
    EXTRUSION,
    MELTING,
    Deliver,
    Enter,
    Work,
    certificate,
)

NAME, LOT, NUMBER, QUOTE, VEHICLE, COUNTER, CODE = 200, 60, 40, 60, 80, 10, 40  # the longest of app.schemas
MOST_G = 10**12
MOST_UNITS = 1_000_000
KINDS = ("sort", "remelt", "cast", "extrude", "fabricate")
_DAY = date(2026, 10, 1)


def _words(longest: int) -> st.SearchStrategy[str]:
    """A word as short as most are, or as long as may be; wide in either script."""
    syllables = st.sampled_from(("長い会社の名前", "Wide company name ", "株式会社", "押出形材（中空）", "W", "ー・、"))
    lengths = st.one_of(st.integers(1, min(longest, 12)), st.just(longest))
    return st.builds(lambda word, length: (word * length)[:length].strip() or "W", syllables, lengths)


def _numbers(longest: int) -> st.SearchStrategy[str]:
    return st.builds(lambda length: ("H26-W" * length)[:length], st.one_of(st.integers(1, 10), st.just(longest)))


_grams = st.one_of(st.integers(1, 10**7), st.integers(1, MOST_G))
_units = st.none() | st.sampled_from((1, 16, MOST_UNITS))
_parties = st.builds(Party, st.none(), _words(NAME), _words(NAME))


@st.composite
def _metal(draw: st.DrawFn, columns: int = 4) -> Recycled:
    """Some of the four columns, never nothing."""
    masses = draw(st.lists(st.one_of(st.just(0), _grams), min_size=columns, max_size=columns).filter(any))
    own, other, pre, rest = masses
    return Recycled(own + other, own, pre, rest)


def _part(metal: Recycled, thousandths: int) -> Recycled:
    own, other, pre, rest = (mass * thousandths // 1000 for mass in metal.columns_g)
    return Recycled(own + other, own, pre, rest) if own + other + pre + rest else metal


@st.composite
def _stage(draw: st.DrawFn, before: Recycled) -> Stage:
    """Metal from the stage before, from outside, and from stages that it skipped or that come after it."""
    entered = draw(st.just(Recycled(0, 0, 0, 0)) | _metal()) if before.mass_g else draw(_metal())
    round_about = draw(st.sampled_from((0, 0, 1, 9))) * before.mass_g
    fed = before.mass_g + entered.mass_g + round_about
    kept = draw(st.integers(1, 1000))
    made_g = max(fed * kept // 1000, 1)
    returns = draw(st.integers(0, fed - made_g))
    share = draw(st.integers(0, made_g))
    made = Recycled(share, share // 2, 0, made_g - share)
    numbers = draw(st.lists(_numbers(NUMBER), min_size=1, max_size=4))
    return Stage(draw(st.sampled_from(KINDS)), tuple(numbers), entered, fed, fed - made_g - returns, returns, made,
                 draw(_units), _part(made, draw(st.integers(1, 1000))))  # fmt: skip


@st.composite
def long_ways(draw: st.DrawFn, most: int = 12) -> Way:
    """One stage to twelve, with whatever enters, leaves and stays at each."""
    stages: list[Stage] = []
    for _ in range(draw(st.integers(1, most))):
        stages.append(draw(_stage(stages[-1].passed if stages else Recycled(0, 0, 0, 0))))
    return Way(tuple(stages), stages[-1].passed, draw(_units))


@st.composite
def _line(draw: st.DrawFn, base: Line) -> Line:
    units = draw(_units)
    factor = draw(st.none() | st.sampled_from((UnitFactor("999999999", "7"), UnitFactor("50000", "16"))))
    return replace(
        base, delivery=draw(_numbers(LOT)), lot=draw(_numbers(LOT)), product_ja=draw(_words(NAME)),
        product_en=draw(_words(NAME)), alloy=draw(_numbers(CODE)), mass_g=draw(_grams), units=units,
        counter_ja=draw(st.none() | _words(COUNTER)), unit_factor=factor if units else None,
    )  # fmt: skip


def _origins() -> st.SearchStrategy[list[Origin]]:
    one = st.builds(
        Origin, st.sampled_from(("own", "other", "primary", "billet")), _words(NAME), _words(NAME), _numbers(LOT),
        st.just(1), _units, st.none() | _words(COUNTER), _numbers(NUMBER), st.none() | _words(VEHICLE), _grams, _grams,
        st.none(),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=3)


@st.composite
def _steps(draw: st.DrawFn, way: Way) -> tuple[Step, ...]:
    """A step for each stage, as the table of the evidence shows it."""
    site = draw(_parties)
    return tuple(
        Step(stage.numbers[0], stage.kind, "溶解", site, _DAY, stage.input_g, stage.input_g - stage.loss_g,
             stage.returns_g, stage.loss_g, "0.9730", (MadeLot(draw(_numbers(LOT)), "billet", "A6N01", 1),))
        for stage in way.stages
    )  # fmt: skip


@st.composite
def long_certificates(draw: st.DrawFn) -> Certificate:
    """Every optional fact may be there, at its full length, beside a long way."""
    base = SAMPLES["truck_body"]()
    way = draw(long_ways())
    lines = draw(st.lists(_line(base.lines[0]), min_size=1, max_size=4))
    lines *= draw(st.sampled_from((1, 1, 15)))
    notes = draw(st.lists(_numbers(NUMBER), max_size=3))
    return replace(
        base, way=way, lines=tuple(lines), mass_g=sum(line.mass_g for line in lines), recipient=draw(_parties),
        sites=tuple(draw(st.lists(_parties, min_size=1, max_size=3))), delivery_notes=tuple(notes),
        quote=draw(st.none() | _words(QUOTE)), replaces=draw(st.sampled_from((None, "GMC-2026-000101"))),
        origins=tuple(draw(_origins())), steps=draw(_steps(way)), recycled=way.delivered,
    )  # fmt: skip


def five_stages() -> Certificate:
    """Every kind of step, metal entering at each, returns and others at most."""
    enters = [
        Enter("own", 5350, "S26-1"), Enter("other", 2070, lots=2), Enter("pre_consumer", 570),
        Enter("own", 1800, "S26-2", stage=1), Enter("other", 900, stage=1), Enter("pre_consumer", 700, stage=1),
        Enter("primary", 2800, "P26-1", stage=1), Enter("ingot", 1500, "G26-1", stage=2),
        Enter("own", 400, "S26-3", stage=2), Enter("billet", 900, "B26-1", stage=3), Enter("primary", 200, stage=4),
    ]  # fmt: skip
    works = [
        Work("sort", ("T26-1001", "T26-1002"), MELTING, _DAY, 130.5, 0, 7000),
        Work("remelt", tuple(f"H26-10{n}" for n in range(12, 24)), MELTING, _DAY, 460.123, 120, 11000),
        Work("cast", ("C26-1028", "C26-1029"), CASTING, _DAY, 350, 200, 10000),
        Work("extrude", ("X26-1104",), EXTRUSION, _DAY, 150, 2300, 6000),
        Work("fabricate", ("K26-1104", "K26-1105"), EXTRUSION, _DAY, 20, 1000, 4000, 16),
    ]
    return certificate(enters, works, [Deliver(2800, 12, CAR, CAR_BODY, "A6N01", "両")])
