"""Reversals, returns, write-offs, and the outcomes of requests with an idempotency key."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("reversals", "returns")
NEVER_REMOVED = ("outcomes", "write_offs")
# What was answered once is answered for ever, and what two people agreed on is not agreed on anew.
SETTLED = {"outcomes": "status", "write_offs": "mass_g"}


def upgrade() -> None:
    op.create_table(
        "outcomes",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("owner", "route", "key", name=op.f("pk_outcomes")),
    )
    op.create_table(
        "reversals",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_reversals_deed_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["deeds.id"], name=op.f("fk_reversals_reverses_id")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_reversals")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_reversals_reverses_id")),
    )
    op.create_table(
        "returns",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_customer", sa.String(length=40), nullable=False),
        sa.Column("to_site", sa.String(length=40), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_returns_deed_id")),
        sa.ForeignKeyConstraint(["from_customer"], ["customers.code"], name=op.f("fk_returns_from_customer")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_returns_lot_id")),
        sa.ForeignKeyConstraint(["to_site"], ["sites.code"], name=op.f("fk_returns_to_site")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_returns")),
        sa.UniqueConstraint("number", name=op.f("uq_returns_number")),
    )
    op.create_index(op.f("ix_returns_lot_id"), "returns", ["lot_id"], unique=False)
    op.create_table(
        "write_offs",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_g", sa.BigInteger(), nullable=True),
        sa.Column("asked_units", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=True),
        sa.Column("embodied_g", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(asked_g IS NULL) <> (asked_units IS NULL)", name=op.f("ck_write_offs_asked")),
        sa.CheckConstraint("(mass_g IS NULL) = (embodied_g IS NULL)", name=op.f("ck_write_offs_whole")),
        sa.CheckConstraint("mass_g > 0 AND embodied_g >= 0", name=op.f("ck_write_offs_positive")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_write_offs_deed_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_write_offs_lot_id")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_write_offs")),
        sa.UniqueConstraint("number", name=op.f("uq_write_offs_number")),
    )
    op.create_index(op.f("ix_write_offs_lot_id"), "write_offs", ["lot_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_postgresql() -> None:
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table, column in SETTLED.items():
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER settled_{table} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN (OLD.{column} IS NOT NULL) EXECUTE FUNCTION refuse_change()"
        )


def _guard_sqlite() -> None:
    for table in (*APPEND_ONLY, *NEVER_REMOVED):
        for deed in ("UPDATE", "DELETE"):
            settled = f" WHEN OLD.{SETTLED[table]} IS NOT NULL" if table in SETTLED and deed == "UPDATE" else ""
            op.execute(
                f"CREATE TRIGGER append_only_{table}_{deed.lower()} BEFORE {deed} ON {table}{settled}"
                f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
            )


def downgrade() -> None:
    op.drop_index(op.f("ix_write_offs_lot_id"), table_name="write_offs")
    op.drop_table("write_offs")
    op.drop_index(op.f("ix_returns_lot_id"), table_name="returns")
    op.drop_table("returns")
    op.drop_table("reversals")
    op.drop_table("outcomes")
