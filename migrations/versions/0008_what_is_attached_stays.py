"""What is attached to the books stays as it was: photos, uploads that became imports, and whoever the books name."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# A photo is evidence of a deed. Nobody is ever removed, and that a file was uploaded is told by its row.
APPEND_ONLY = ("photos",)
NEVER_REMOVED = ("people", "uploads")
# An upload changes once: when its bytes are let go.
SETTLED = {"uploads": "OLD.data IS NULL"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_postgresql() -> None:
    for table in (*APPEND_ONLY, *NEVER_REMOVED):
        deeds = "UPDATE OR DELETE OR TRUNCATE" if table in APPEND_ONLY else "DELETE OR TRUNCATE"
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE {deeds} ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table, settled in SETTLED.items():
        op.execute(
            f"CREATE TRIGGER settled_{table} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({settled}) EXECUTE FUNCTION refuse_change()"
        )


def _guard_sqlite() -> None:
    for table, deed, when in _sqlite_guards():
        op.execute(
            f"CREATE TRIGGER append_only_{table}_{deed.lower()} BEFORE {deed} ON {table}{when}"
            f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
        )


def _sqlite_guards() -> list[tuple[str, str, str]]:
    """Table, deed and condition of each trigger."""
    removed = [(table, "DELETE", "") for table in (*APPEND_ONLY, *NEVER_REMOVED)]
    changed = [(table, "UPDATE", "") for table in APPEND_ONLY]
    return [*removed, *changed, *((table, "UPDATE", f" WHEN {settled}") for table, settled in SETTLED.items())]


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in (*APPEND_ONLY, *NEVER_REMOVED):
            op.execute(f"DROP TRIGGER append_only_{table} ON {table}")
        for table in SETTLED:
            op.execute(f"DROP TRIGGER settled_{table} ON {table}")
        return
    for table, deed, _ in _sqlite_guards():
        op.execute(f"DROP TRIGGER append_only_{table}_{deed.lower()}")
