"""What the master data calls things: codes, names in both languages and aliases, folded."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """A name as it is compared: NFKC (half-width katakana, full-width letters), case folded, blanks joined."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


@dataclass(frozen=True, slots=True)
class Names:
    """Folded name to code, the code itself among the names; and the scrap classes each item may have."""

    customers: Mapping[str, str]
    items: Mapping[str, str]
    scrap_classes: Mapping[str, str]
    alloys: Mapping[str, str]
    sites: Mapping[str, str]
    item_classes: Mapping[str, frozenset[str]]
