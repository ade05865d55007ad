"""No record is ever removed; what was written once stays as written, and what has ended stays ended.

Until here the database itself kept the movements and the audit log; foreign keys kept most of the rest, by chance.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Written once.
NEVER_CHANGED = (
    "certificate_documents",
    "dispatch_lines",
    "dispatches",
    "imports",
    "lots",
    "metal_entries",
    "quote_lines",
    "transfers",
    "transformation_inputs",
    "transformations",
)
# Changed by deeds. Edges are not among them: a step that is reversed has made nothing.
NEVER_REMOVED = (
    "api_keys",
    "certificate_lines",
    "certificates",
    "factors",
    "flags",
    "furnaces",
    "lot_contents",
    "lot_states",
    "number_series",
    "quote_certificates",
    "quotes",
    "reservations",
    "scrap_entries",
)
# When a row is changed no more: {0} is the database's own word for "differs, NULL or not".
SETTLED = {
    "certificates": "OLD.status IN ('revoked', 'superseded', 'void')"
    " OR NEW.payload {0} OLD.payload OR NEW.number {0} OLD.number OR NEW.code {0} OLD.code",
    "certificate_lines": "NOT OLD.live OR NEW.lot_id {0} OLD.lot_id",
    "flags": "OLD.accepted_at IS NOT NULL OR NEW.lot_id {0} OLD.lot_id OR NEW.rule {0} OLD.rule",
    "number_series": "NEW.last < OLD.last",
    "quote_certificates": "OLD.removed_at IS NOT NULL OR NEW.certificate_id {0} OLD.certificate_id",
    "quotes": "OLD.state <> 'open' OR NEW.number {0} OLD.number",
    "reservations": "OLD.state <> 'held' OR NEW.lot_id {0} OLD.lot_id OR NEW.mass_g {0} OLD.mass_g"
    " OR NEW.units {0} OLD.units",
    "scrap_entries": "NOT OLD.live OR NEW.slip_number {0} OLD.slip_number OR NEW.gross_g {0} OLD.gross_g"
    " OR NEW.tare_g {0} OLD.tare_g OR NEW.deduction_g {0} OLD.deduction_g OR NEW.scrap_class {0} OLD.scrap_class",
}


def upgrade() -> None:
    for name, when, table, condition in _triggers():
        op.execute(_trigger(name, when, table, condition))


def downgrade() -> None:
    on_table = op.get_bind().dialect.name == "postgresql"
    for name, _, table, _ in _triggers():
        op.execute(f"DROP TRIGGER {name} ON {table}" if on_table else f"DROP TRIGGER {name}")


def _triggers() -> list[tuple[str, str, str, str]]:
    """Name, deed, table and condition of each trigger."""
    if op.get_bind().dialect.name == "postgresql":
        changed = [(f"append_only_{t}", "UPDATE OR DELETE OR TRUNCATE", t, "") for t in NEVER_CHANGED]
        removed = [(f"append_only_{t}", "DELETE OR TRUNCATE", t, "") for t in NEVER_REMOVED]
        differs = "IS DISTINCT FROM"
    else:
        changed = [(f"append_only_{t}_update", "UPDATE", t, "") for t in NEVER_CHANGED]
        removed = [(f"append_only_{t}_delete", "DELETE", t, "") for t in (*NEVER_CHANGED, *NEVER_REMOVED)]
        differs = "IS NOT"
    settled = [(f"settled_{t}", "UPDATE", t, when.format(differs)) for t, when in SETTLED.items()]
    return [*changed, *removed, *settled]


def _trigger(name: str, deed: str, table: str, condition: str) -> str:
    when = f" WHEN ({condition})" if condition else ""
    if op.get_bind().dialect.name == "postgresql":
        each = "ROW" if condition else "STATEMENT"
        return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH {each}{when} EXECUTE FUNCTION refuse_change()"
    return (
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
    )
