"""A mark that changes with the master data, so that sheets are read once for each state of it; and indexes.

Lists go newest first, and what is listed by place or customer is found in that order. What states a lot, live or not,
and what a deed connected were found only by reading all of the table.
"""

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


# (table, columns of the index there was, of the one there is): one that ends with the id also gives their order.
WIDENED = (
    ("lot_states", "site_code", "lot_id"),
    ("lot_states", "customer_code", "lot_id"),
    ("scrap_entries", "customer_code", "lot_id"),
    ("certificates", "customer_code", "id"),
)
ADDED = (("certificate_lines", "lot_id"), ("lot_edges", "deed_id"))
OPEN_FLAGS = sa.text("accepted_at IS NULL")


def upgrade() -> None:
    _add_indexes()
    _add_mark()


def _add_indexes() -> None:
    for table, column, id_ in WIDENED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_index(op.f(f"ix_{table}_{column}_{id_}"), table, [column, id_], unique=False)
    for table, column in ADDED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    op.create_index(
        "ix_flags_open", "flags", ["id"], unique=False, sqlite_where=OPEN_FLAGS, postgresql_where=OPEN_FLAGS
    )


def _add_mark() -> None:
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
    op.drop_index("ix_flags_open", table_name="flags")
    for table, column in ADDED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table, column, id_ in WIDENED:
        op.drop_index(op.f(f"ix_{table}_{column}_{id_}"), table_name=table)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for sheet in SHEETS:
            op.execute(f"DROP TRIGGER marks_master_data_{sheet} ON {sheet}")
        op.execute("DROP FUNCTION mark_master_data()")
    else:
        for sheet in SHEETS:
            for deed in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER marks_master_data_{sheet}_{deed}")
    op.drop_table("master_data_state")
