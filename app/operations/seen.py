"""What somebody had before them when they changed it: what another saved in between is not written over unseen."""

import hashlib
from collections.abc import Mapping

from app.operations.problems import Invalid, Problem


def mark(values: Mapping[str, object]) -> str:
    """A short text that differs where any value does."""
    said = repr(sorted((name, str(value)) for name, value in values.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def require_seen(seen: str | None, values: Mapping[str, object]) -> None:
    """Raises Invalid (changed_meanwhile) where ``seen`` is the mark of other values; None: nobody looked."""
    if seen is not None and seen != mark(values):
        said = ", ".join(value for value in values.values() if isinstance(value, str) and value)
        raise Invalid([Problem((), "changed_meanwhile", {"value": said})])
