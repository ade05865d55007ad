"""Undoing a deed: what it moved is moved back, gram for gram (domain.md: "reversed by mirrored movements")."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from app.ledger.lots import Lot
from app.ledger.metal import Metal


def moved_back(lot: Lot, grams_by_origin: Mapping[int, int], co2_g: int, units: int) -> Lot:
    """The lot as it is once what a deed moved into it (+) or out of it (-) is moved back.

    Raises ValueError where the lot has not got what is to be moved back out of it.
    """
    content = Counter(dict(lot.metal.content))
    content.subtract(grams_by_origin)
    metal = Metal.of(content, lot.metal.embodied_g - co2_g)
    return replace(lot, metal=metal, units=None if lot.units is None else lot.units - units)
