"""A certificate that says nothing of its own: drawn, it has the words that stand on every certificate, and only those.

What it needs of a font is cut once per process (``certificates.embedding``). Its own texts are a dash.
"""

from datetime import date

from certificates import wording
from certificates.content import (
    FORMAT,
    GROUPS,
    Avoided,
    Certificate,
    Factor,
    Footprint,
    Line,
    Origin,
    Party,
    Recycled,
    Stage,
    Step,
    UnitFactor,
    Way,
)

_DAY = date(2026, 1, 1)
_PARTY = Party(None, "-", "-")
_MASS_G = 4_000
_METAL = Recycled(3_000, 2_000, 500, 500)
_LOOP = Recycled(_MASS_G, _MASS_G, 0, 0)
_AVOIDED = Avoided(1, 1, 1, 1)
_FOOTPRINT = Footprint("1", _MASS_G)


def specimen() -> Certificate:
    """One line with units, every kind of origin, step and factor, and metal of all four columns."""
    return Certificate(
        format=FORMAT,
        number="-",
        check="0" * 8,
        verify_url=f"https://example/C/{'0' * 26}",
        issued_on=_DAY,
        valid_until=_DAY,
        issuer=_PARTY,
        verifier=None,
        recipient=_PARTY,
        sites=(_PARTY,),
        delivery_notes=("-",),
        quote="-",
        replaces=None,
        mass_g=_MASS_G,
        recycled=_METAL,
        avoided_co2=_AVOIDED,
        cfp=_FOOTPRINT,
        lines=(_line(),),
        origins=tuple(Origin(group, "-", "-", None, 2, None, None, None, None, 1, 1, None) for group in GROUPS),
        steps=tuple(_step(kind) for kind in wording.STEPS),
        way=Way((_stage("remelt"), _stage("fabricate")), _LOOP, None),
        factors=tuple(Factor(key, "1", "kg-CO2e", 1, _DAY, "-", "") for key in wording.FACTORS),
    )


def _line() -> Line:
    return Line(
        delivery="-",
        lot="-",
        delivery_note="-",
        kind="product",
        item=None,
        product_ja="-",
        product_en="-",
        counter_ja="台",
        alloy="-",
        mass_g=_MASS_G,
        units=1,
        unit_factor=UnitFactor("1", "1"),
        made_on=_DAY,
        recycled=_METAL,
        avoided_co2=_AVOIDED,
        cfp=_FOOTPRINT,
        content=(),
    )


def _step(kind: str) -> Step:
    name = wording.STEPS[kind].ja
    return Step("-", kind, name, _PARTY, _DAY, 2 * _MASS_G, _MASS_G, 1_000, 3_000, "0.5000", ())


def _stage(kind: str) -> Stage:
    """Few enough of few columns: the picture of page one must have room for them whatever the font."""
    return Stage(kind, ("-",), _LOOP, 3 * _MASS_G, 1_000, 1_000, _LOOP, None, _LOOP)
