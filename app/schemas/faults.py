"""What marshmallow found wrong, as problems of fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.operations.problems import Problem


def problems_of(messages: Any, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """marshmallow's messages, flattened: a problem for each field and sentence."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from problems_of(inner, path if name == "_schema" else (*path, name))
    elif isinstance(messages, list):
        for message in messages:
            yield from problems_of(message, path)
    else:
        yield Problem(path, str(messages))
