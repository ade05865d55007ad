"""A ledger of any size: one round played through the service, copied row by row inside the database.

Every copy has ids and numbers of its own, and certificates whose payload says those numbers and has its own digest:
``ledger check`` finds no fault in it, which is how we know that what is measured is a ledger.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, String, Table, cast, func, insert, literal, select, text

from app.records.base import Base
from app.records.unit import Records
from certificates import seal
from tests.bench.campaign import TOKEN

LOTS_A_ROUND = 20
CERTIFIED = 10  # every so many rounds: a document is 30 KB, and a million lots would otherwise have 45,000
OWN_IDS = {"lots.id", "deeds.id", "certificates.id", "flags.id", "audit_log.id"}
COPIED = (
    "deeds",
    "lots",
    "lot_states",
    "lot_contents",
    "lot_edges",
    "movements",
    "embodied_movements",
    "losses",
    "scrap_entries",
    "metal_entries",
    "transformations",
    "transformation_inputs",
    "transfers",
    "dispatches",
    "dispatch_lines",
)
PORTION = 500

Progress = Callable[[str], None]


def multiply(records: Records, rounds: int, progress: Progress = lambda _: None) -> list[str]:
    """Copy the first round until there are ``rounds`` of them; codes of the copied certificates."""
    with records.engine.begin() as connection:
        base = _heights(connection)
    for first in range(1, rounds, PORTION):
        last = min(first + PORTION, rounds)
        with records.engine.execution_options(writing=True).begin() as connection:
            for name in COPIED:
                _copy(connection, Base.metadata.tables[name], base, first, last)
        progress(f"{last} of {rounds} rounds")
    codes = _copy_certificates(records, base, rounds)
    _settle(records)
    return codes


def _heights(connection: Connection) -> dict[str, int]:
    """The highest id of each kind: copy number k of a row has that row's id + k x height."""
    heights = {}
    for name in ("lots", "deeds", "certificates"):
        column = Base.metadata.tables[name].c.id
        heights[f"{name}.id"] = int(connection.execute(select(func.max(column))).scalar_one())
    return heights


def _root(column: Column[Any]) -> str:
    """The id a column holds, followed through foreign keys: ``lots.id`` …"""
    for key in column.foreign_keys:
        return _root(key.column)
    return f"{column.table.name}.{column.name}"


def _copy(connection: Connection, table: Table, base: dict[str, int], first: int, last: int) -> None:
    if connection.dialect.name == "postgresql":
        copies = select(func.generate_series(first, last - 1).label("k")).subquery()
    else:
        copies = _counted(first, last)
    chosen = []
    for column in table.columns:
        height = base.get(_root(column))
        if height is not None:
            chosen.append(column + copies.c.k * height)
        elif column.name in ("number", "slip_number"):
            chosen.append(func.replace(column, TOKEN, literal("Q") + cast(copies.c.k, String) + "Q"))
        else:
            chosen.append(column)
    key = next(column for column in table.columns if _root(column) in base)
    source = select(*chosen).select_from(table.join(copies, literal(True))).where(key <= base[_root(key)])
    connection.execute(insert(table).from_select([column.name for column in table.columns], source))


def _counted(first: int, last: int) -> Any:
    copies = select(literal(first).label("k")).cte("copies", recursive=True)
    return copies.union_all(select(copies.c.k + 1).where(copies.c.k < last - 1))


def _copy_certificates(records: Records, base: dict[str, int], rounds: int) -> list[str]:
    tables = Base.metadata.tables
    with records.engine.begin() as connection:
        [certificate] = connection.execute(select(tables["certificates"])).mappings().all()
        [document] = connection.execute(select(tables["certificate_documents"])).mappings().all()
        lines = connection.execute(select(tables["certificate_lines"])).mappings().all()
    codes = []
    for first in range(CERTIFIED, rounds, CERTIFIED * 50):
        wanted = range(first, min(first + CERTIFIED * 50, rounds), CERTIFIED)
        made = [_certificate(dict(certificate), k, base) for k in wanted]
        codes += [str(row["code"]) for row in made]
        held = [
            dict(line) | {"certificate_id": row["id"], "lot_id": line["lot_id"] + k * base["lots.id"]}
            for k, row in zip(wanted, made, strict=True)
            for line in lines
        ]
        with records.engine.execution_options(writing=True).begin() as connection:
            connection.execute(insert(tables["certificates"]), made)
            documents = [dict(document) | {"certificate_id": row["id"]} for row in made]
            connection.execute(insert(tables["certificate_documents"]), documents)
            connection.execute(insert(tables["certificate_lines"]), held)
    return codes


def _certificate(row: dict[str, Any], k: int, base: dict[str, int]) -> dict[str, Any]:
    number, code = f"GMC-2026-{k + 1:06d}", f"{k:026d}"
    payload: bytes = row["payload"]
    for old, new in ((row["number"], number), (row["code"], code), (TOKEN, f"Q{k}Q")):
        payload = payload.replace(old.encode(), new.encode())
    own = {"id": row["id"] + k * base["certificates.id"], "number": number, "code": code}
    return row | own | {"payload": payload, "payload_sha256": seal.digest(payload)}


def _settle(records: Records) -> None:
    """What a database does by itself in time: statistics, and sequences that know of the rows."""
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            for name in ("lots", "deeds", "certificates"):
                connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
                )
            connection.execute(text("VACUUM ANALYZE"))
        else:
            connection.execute(text("ANALYZE"))
