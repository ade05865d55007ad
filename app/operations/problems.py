"""What is wrong with a deed as entered: malformed or naming something unknown. All of it is told at once."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: the field, a stable word for why, and the values its sentence needs."""

    field: Path
    reason: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Invalid(Exception):
    """A deed that cannot be read as one; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, p.field))}: {p.reason}" for p in problems))
        self.problems = problems


class NotFound(Exception):
    """What the deed is to be done to is not there."""

    def __init__(self, noun: str, number: str) -> None:
        super().__init__(f"no {noun} {number}")
        self.noun = noun
        self.number = number


class SamePerson(Exception):
    """What a second person has to do was tried by the first; nothing was changed."""


class Problems:
    """Collects problems, and raises them together."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, path: Path, reason: str, **values: object) -> None:
        self._found.append(Problem(path, reason, values))

    def raise_any(self) -> None:
        """Raise Invalid where anything was found."""
        if self._found:
            raise Invalid(self._found)
