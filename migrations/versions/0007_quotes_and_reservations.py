"""Quotes, and metal held for them: no balance may fall below what is promised of it, and the database says so."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = sa.text("state = 'held'")
CHECKS = {"reserved": "reserved_g >= 0 AND reserved_g <= mass_g", "reserved_units": "reserved_units >= 0"}
UNITS_LEFT = "reserved_units = 0 OR reserved_units <= units"


def upgrade() -> None:
    # Rebuilt by SQLite, which adds no constraint to a table that is there; it has no trigger that could be lost.
    with op.batch_alter_table("lot_states") as states:
        states.add_column(sa.Column("reserved_g", sa.BigInteger(), server_default="0", nullable=False))
        states.add_column(sa.Column("reserved_units", sa.Integer(), server_default="0", nullable=False))
        for name, condition in CHECKS.items():
            states.create_check_constraint(op.f(f"ck_lot_states_{name}"), condition)
        states.create_check_constraint(op.f("ck_lot_states_units_left"), UNITS_LEFT)
    _quotes()
    _reservations()


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("ordered_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_quotes_customer_code")),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["deeds.id"], name=op.f("fk_quotes_ordered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("number", name=op.f("uq_quotes_number")),
    )
    op.create_table(
        "quote_lines",
        sa.Column("quote_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("alloy", sa.String(length=40), nullable=True),
        sa.Column("mass_g", sa.BigInteger(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.CheckConstraint("(mass_g IS NULL) <> (units IS NULL)", name=op.f("ck_quote_lines_amount")),
        sa.ForeignKeyConstraint(["alloy"], ["alloys.code"], name=op.f("fk_quote_lines_alloy")),
        sa.ForeignKeyConstraint(["item"], ["items.code"], name=op.f("fk_quote_lines_item")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_quote_lines_quote_id")),
        sa.PrimaryKeyConstraint("quote_id", "position", name=op.f("pk_quote_lines")),
    )


def _reservations() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", ID, nullable=False),
        sa.Column("quote_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lot_id", ID, nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(mass_g IS NULL) <> (units IS NULL)", name=op.f("ck_reservations_amount")),
        sa.CheckConstraint("mass_g > 0", name=op.f("ck_reservations_mass")),
        sa.CheckConstraint("units > 0", name=op.f("ck_reservations_units")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_reservations_lot_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_reservations_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
    )
    op.create_index(op.f("ix_reservations_quote_id"), "reservations", ["quote_id"], unique=False)
    op.create_index(
        "ix_reservations_held", "reservations", ["lot_id"], unique=False, sqlite_where=HELD, postgresql_where=HELD
    )


def downgrade() -> None:
    op.drop_index("ix_reservations_held", table_name="reservations")
    op.drop_index(op.f("ix_reservations_quote_id"), table_name="reservations")
    op.drop_table("reservations")
    op.drop_table("quote_lines")
    op.drop_table("quotes")
    with op.batch_alter_table("lot_states") as states:
        for name in (*CHECKS, "units_left"):
            states.drop_constraint(op.f(f"ck_lot_states_{name}"), type_="check")
        states.drop_column("reserved_units")
        states.drop_column("reserved_g")
