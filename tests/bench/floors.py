"""The bare floor: Flask and SQLAlchemy doing the same reads and writes, and nothing else."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import insert, select

from app.records.base import Base
from app.records.unit import Records
from config import from_environment

TABLES = Base.metadata.tables
# What weighing in one lot writes, table by table.
WRITTEN = (
    "deeds",
    "lots",
    "lot_states",
    "lot_contents",
    "movements",
    "embodied_movements",
    "scrap_entries",
    "audit_log",
)


def bare(records: Records, rows: Callable[[Any], dict[str, dict[str, Any]]] | None = None) -> Flask:
    """A Flask application with a view that reads one row by its key, and one that inserts rows durably."""
    app = Flask("bare")
    certificates = TABLES["certificates"]

    @app.get("/row/<code>")
    def row(code: str) -> Response:
        with records.engine.connect() as connection:
            query = select(certificates.c.number, certificates.c.payload).where(certificates.c.code == code)
            found = connection.execute(query).one()
        return Response(found.payload, mimetype="application/json")

    @app.post("/rows")
    def write() -> tuple[dict[str, Any], int]:
        wanted = rows(request.get_json()) if rows else {}
        with records.engine.execution_options(writing=True).begin() as connection:
            for name, values in wanted.items():
                connection.execute(insert(TABLES[name]), [values])
        return {"number": wanted["lots"]["number"]}, 201

    return app


def served() -> Flask:
    """The floor as gunicorn serves it."""
    return bare(Records(from_environment().database_url))
