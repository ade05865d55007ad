"""Queries over rows whose column is among many values: made once, and the values go along as one.

An IN of ten thousand places is ten thousand places to build, to parse and to plan, anew for each length of the list.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, Executable, String, any_, bindparam, func, select

VALUES = "among"
# A list of any length would do; this keeps the memory of a long one small.
PORTION = 10_000


class Among:
    """``query`` limited to rows whose text ``column`` is one of the values given when it is asked."""

    def __init__(self, query: Any, column: Any) -> None:
        given = func.json_each(bindparam(VALUES)).table_valued(Column("value", String))
        self._sqlite: Executable = query.where(column.in_(select(given.c.value)))
        self._postgresql: Executable = query.where(column == any_(bindparam(VALUES, type_=ARRAY(String))))

    def statement(self, postgresql: bool) -> Executable:
        """The query in the words of a kind of database."""
        return self._postgresql if postgresql else self._sqlite

    def place(self, postgresql: bool, values: Sequence[str]) -> dict[str, Any]:
        """What goes into its place."""
        return {VALUES: list(values) if postgresql else json.dumps(values)}
