"""The QR code that leads to the page behind the certificate.

The URL goes in upper case: host names ignore case, and the service reads the path in either (docs of the public page),
so the code fits the alphanumeric alphabet and stays small.
"""

from dataclasses import dataclass
from functools import lru_cache

from qrcode import QRCode, constants, util
from qrcode.exceptions import DataOverflowError

QUIET_MODULES = 4  # ISO/IEC 18004, 6.3.8: a quiet zone of four modules on every side
LEAST_MODULE_MM = 0.5
_SYMBOL_MM = 26.0
_MASK = 2  # any mask reads; searching all eight costs five times as much as drawing


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol: dark modules by row from the top, without quiet zone, and the size of one in mm."""

    text: str
    rows: tuple[tuple[bool, ...], ...]
    module_mm: float

    @property
    def modules(self) -> int:
        return len(self.rows)

    @property
    def side_mm(self) -> float:
        return self.modules * self.module_mm

    @property
    def quiet_mm(self) -> float:
        return QUIET_MODULES * self.module_mm

    def runs(self) -> list[tuple[int, int, int]]:
        """Horizontal runs of dark modules as (row from the top, first column, length)."""
        found: list[tuple[int, int, int]] = []
        for y, row in enumerate(self.rows):
            x = 0
            while x < len(row):
                length = 0
                while x + length < len(row) and row[x + length]:
                    length += 1
                if length:
                    found.append((y, x, length))
                x += length + 1
        return found


@lru_cache(maxsize=32)
def symbol(url: str) -> Symbol:
    """The smallest symbol at error correction level Q that holds ``url`` in upper case, about 26 mm wide.

    ValueError where the URL has characters outside the alphanumeric set (a query, for one) or is too long.
    """
    text = url.upper()
    code = QRCode(error_correction=constants.ERROR_CORRECT_Q, border=0, mask_pattern=_MASK)
    try:
        code.add_data(util.QRData(text, util.MODE_ALPHA_NUM), optimize=0)  # type: ignore[call-overload]
        code.make(fit=True)
    except (ValueError, DataOverflowError) as error:
        raise ValueError(f"no QR code of {text!r}: {error}") from error
    rows = tuple(tuple(bool(dark) for dark in row) for row in code.modules)
    return Symbol(text, rows, max(_SYMBOL_MM / len(rows), LEAST_MODULE_MM))
