"""Find anything by what is printed on it: a number, a slip, a vehicle, a certificate's code, a label's address."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from app.records.stock import LotFilter, LotView
from app.records.unit import Records

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
MOST = 30


@dataclass(frozen=True, slots=True)
class Found:
    """Records of exactly this number, and lots that have it as a part of number, slip or vehicle."""

    exact: list[tuple[str, str]]
    lots: list[LotView]


def scanned(text: str) -> str:
    """What a label or a hand says: the last part of an address, else the text itself; NFKC, without blanks around."""
    folded = unicodedata.normalize("NFKC", text[:300]).strip()
    try:
        return unquote(urlsplit(folded).path.rstrip("/").rpartition("/")[2]) if "://" in folded else folded
    except ValueError:  # it begins like an address and is none
        return folded


def find(records: Records, text: str) -> Found:
    """Everything that a text may mean."""
    wanted = scanned(text)
    if not wanted:
        return Found([], [])
    with records.reading() as books:
        exact = books.history.called(wanted.upper())
        if CODE.fullmatch(wanted.upper()):
            stored = books.certificates.by_code(wanted.upper())
            exact += [("certificate", stored.number)] if stored else []
        lots = books.stock.listed(LotFilter(q=wanted), 0, MOST)
    known = {number for kind, number in exact if kind == "lot"}
    return Found(exact, [lot for lot in lots if lot.number not in known])
