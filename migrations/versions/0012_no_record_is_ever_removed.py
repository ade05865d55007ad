"""No record is ever removed; what was written once stays as written, and what has ended stays ended.

Until here the database itself kept the movements and the audit log; foreign keys kept most of the rest, by chance.
"""

from collections.abc import Iterator

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STATE = ("site_code", "customer_code", "since", "mass_g", "embodied_g", "units", "reserved_g", "reserved_units")
# What deeds change in a table, or nothing; all the other columns stay as they were written. A row is never removed.
# Edges are not among them: a step that is reversed has made nothing.
CHANGED: dict[str, tuple[str, ...]] = {
    "api_keys": ("ended_at",),
    "certificate_documents": (),
    "certificate_lines": ("live",),
    "certificates": ("status", "issued_at", "ended_at", "end_reason"),
    "dispatch_lines": (),
    "dispatches": (),
    "factors": ("valid_to",),
    "flags": ("accepted_at", "accepted_by", "acceptance_reason"),
    "furnaces": ("name",),  # written as it is, to lock the row
    "imports": (),
    "lot_contents": ("remaining_g",),
    "lot_states": _STATE,
    "lots": (),
    "metal_entries": (),
    "number_series": ("last",),
    "quote_certificates": ("removed_at",),
    "quote_lines": (),
    "quotes": ("state", "ordered_by_id"),
    "reservations": ("until", "state", "settled_at"),
    "scrap_entries": ("live",),
    "transfers": (),
    "transformation_inputs": (),
    "transformations": (),
}
# When even these change no more.
SETTLED = {
    "api_keys": "OLD.ended_at IS NOT NULL",
    "certificate_lines": "NOT OLD.live",
    "certificates": "OLD.status IN ('revoked', 'superseded', 'void')"
    " OR (OLD.status = 'issued' AND NEW.status NOT IN ('revoked', 'superseded'))",
    "flags": "OLD.accepted_at IS NOT NULL",
    "number_series": "NEW.last < OLD.last",
    "quote_certificates": "OLD.removed_at IS NOT NULL",
    "quotes": "OLD.state <> 'open'",
    "reservations": "OLD.state <> 'held'",
    "scrap_entries": "NOT OLD.live",
}
# INSERT OR REPLACE of SQLite removes the row in its way, and tells no trigger unless the connection asks for it.
REPLACED = {
    "audit_log": ("id",),
    "certificate_documents": ("certificate_id",),
    "deeds": ("id",),
    "embodied_movements": ("deed_id", "lot_id"),
    "losses": ("deed_id", "origin_id"),
    "lots": ("id",),
    "movements": ("deed_id", "lot_id", "origin_id"),
    "reversals": ("deed_id",),
    "returns": ("deed_id",),
    "write_offs": ("deed_id",),
}


def upgrade() -> None:
    for name, deed, table, condition in _triggers():
        op.execute(_trigger(name, deed, table, condition))


def downgrade() -> None:
    on_table = op.get_bind().dialect.name == "postgresql"
    for name, _, table, _ in _triggers():
        op.execute(f"DROP TRIGGER {name} ON {table}" if on_table else f"DROP TRIGGER {name}")


def _triggers() -> Iterator[tuple[str, str, str, str]]:
    """Name, deed, table and condition of each trigger."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, changed in CHANGED.items():
        yield f"append_only_{table}", "DELETE OR TRUNCATE" if postgresql else "DELETE", table, ""
        kept = [column for column in _columns(table) if column not in changed]
        yield f"kept_{table}", f"UPDATE OF {', '.join(kept)}", table, ""
    for table, condition in SETTLED.items():
        yield f"settled_{table}", "UPDATE", table, condition
    for table, key in REPLACED.items() if not postgresql else ():
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        yield f"replaced_{table}", "INSERT", table, f"EXISTS (SELECT 1 FROM {table} WHERE {same})"


def _columns(table: str) -> list[str]:
    """The columns of a table as the migrations before this one have made it."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        return [str(row[1]) for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")]
    asked = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    return [str(row[0]) for row in bind.exec_driver_sql(f"{asked} AND table_name = '{table}'")]


def _trigger(name: str, deed: str, table: str, condition: str) -> str:
    when = f" WHEN ({condition})" if condition else ""
    if op.get_bind().dialect.name == "postgresql":
        each = "ROW" if condition else "STATEMENT"
        return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH {each}{when} EXECUTE FUNCTION refuse_change()"
    return (
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
    )
