"""Where the books disagree with themselves, in a sentence: the law, the records, what is kept and what it comes to."""

from app.lookups.ledger_check import Difference
from app.wording.catalogue import marked, say
from app.wording.names import LAWS

_RECORDS = {
    "lot": marked("lot {number}"),
    "origin": marked("origin {number}"),
    "deed": marked("deed {number}"),
    "certificate": marked("certificate {number}"),
    "delivery": marked("delivery {number}"),
}
# What was found is a figure or a digest; where it is neither, it is one of these.
_FOUND = {
    "more than one": marked("more than one"),
    "at most one": marked("at most one"),
}


def difference_sentence(locale: str, difference: Difference) -> str:
    """One difference of the check."""
    named = [say(locale, _RECORDS[noun], number=number) for noun, number in difference.named]
    return say(
        locale,
        "{law}: {subject}: kept {kept}, recomputed {recomputed}",
        law=say(locale, LAWS[difference.law]),
        subject=say(locale, ", ").join(named),
        kept=_found(locale, difference.kept),
        recomputed=_found(locale, difference.recomputed),
    )


def _found(locale: str, value: object) -> str:
    if isinstance(value, str) and value in _FOUND:
        return say(locale, _FOUND[value])
    return "—" if value is None else str(value)
