"""The fingerprint of slips: what a file says, whatever its encoding and order."""

from collections.abc import Iterable
from hashlib import sha256

from app.operations.register_scrap import RegisterScrap

_BETWEEN = "\x1f"  # no cell that was accepted holds a control character


def fingerprint_of(slips: Iterable[RegisterScrap]) -> str:
    """SHA-256, in hexadecimal, over the sorted slips; their order does not count, everything else does."""
    return sha256("\n".join(sorted(map(_line, slips))).encode()).hexdigest()


def _line(slip: RegisterScrap) -> str:
    fields = (
        slip.slip_number,
        slip.customer,
        slip.item,
        slip.units,
        slip.scrap_class,
        slip.gross_g,
        slip.tare_g,
        slip.deduction_g,
        slip.alloy,
        slip.site,
        slip.bay or "",
        slip.vehicle or "",
        slip.weighed_at.isoformat(),
    )
    return _BETWEEN.join(map(str, fields))
