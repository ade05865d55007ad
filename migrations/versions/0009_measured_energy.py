"""Measured energy of steps: added with the step, never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "step_energy"
DEEDS = ("UPDATE", "DELETE")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("deed_id", ID, nullable=False),
        sa.Column("electricity_wh", sa.BigInteger(), nullable=False),
        sa.Column("renewable", sa.Integer(), nullable=False),
        sa.Column("gas_l", sa.BigInteger(), nullable=False),
        sa.Column("oil_ml", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("electricity_wh >= 0 AND gas_l >= 0 AND oil_ml >= 0", name=op.f("ck_step_energy_amounts")),
        sa.CheckConstraint("renewable >= 0 AND renewable <= 100000", name=op.f("ck_step_energy_share")),
        sa.ForeignKeyConstraint(["deed_id"], ["transformations.deed_id"], name=op.f("fk_step_energy_deed_id")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_step_energy")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE} BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for deed in DEEDS:
        op.execute(
            f"CREATE TRIGGER append_only_{TABLE}_{deed.lower()} BEFORE {deed} ON {TABLE}"
            f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {TABLE} are never changed or removed'); END"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
