"""A mark that changes with the master data: who has read the sheets under a mark need not read them again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SHEETS = ("customers", "sites", "alloys", "scrap_classes", "items", "step_rules", "flag_rules", "factors")

# A number that is drawn, not counted: one that was counted up and undone would be given again to other words.
# The mark is taken before the rows are: two that change master data at once wait for each other here, and nowhere else.
POSTGRESQL = """
CREATE FUNCTION mark_master_data() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO master_data_state (id, mark) VALUES (1, gen_random_uuid()::text)
        ON CONFLICT (id) DO UPDATE SET mark = EXCLUDED.mark;
    RETURN NULL;
END $$"""


def upgrade() -> None:
    op.create_table(
        "master_data_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_master_data_state_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_data_state")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    # An empty database stays without a row, so that a backup can be brought into it.
    drawn = "gen_random_uuid()::text" if postgresql else "hex(randomblob(16))"
    filled = " OR ".join(f"EXISTS (SELECT 1 FROM {sheet})" for sheet in SHEETS)
    op.execute(f"INSERT INTO master_data_state (id, mark) SELECT 1, {drawn} WHERE {filled}")
    if postgresql:
        op.execute(POSTGRESQL)
        for sheet in SHEETS:
            op.execute(
                f"CREATE TRIGGER marks_master_data_{sheet} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {sheet}"
                " FOR EACH STATEMENT EXECUTE FUNCTION mark_master_data()"
            )
        return
    for sheet in SHEETS:
        for deed in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER marks_master_data_{sheet}_{deed.lower()} AFTER {deed} ON {sheet}"
                " BEGIN INSERT OR REPLACE INTO master_data_state (id, mark) VALUES (1, hex(randomblob(16))); END"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for sheet in SHEETS:
            op.execute(f"DROP TRIGGER marks_master_data_{sheet} ON {sheet}")
        op.execute("DROP FUNCTION mark_master_data()")
    else:
        for sheet in SHEETS:
            for deed in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER marks_master_data_{sheet}_{deed}")
    op.drop_table("master_data_state")
