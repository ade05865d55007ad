"""The data exchange: its clients, product footprints that never change, and events that wait to be delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEVER_REMOVED = ("exchange_clients", "exchange_events", "footprints")
# A footprint changes once: when it is deprecated (PACT 3.0, "Change Definition and Handling").
KEPT = (
    "id",
    "uuid",
    "certificate_id",
    "position",
    "customer_code",
    "payload",
    "product_ids",
    "company_ids",
    "classifications",
    "geography",
    "valid_from",
    "valid_until",
    "created_at",
)
SETTLED = {
    "exchange_clients": "OLD.ended_at IS NOT NULL",
    "exchange_events": "OLD.next_try_at IS NULL",
    "footprints": "OLD.deprecated_at IS NOT NULL OR NEW.deprecated_at IS NULL",
}


def upgrade() -> None:
    _clients()
    _footprints()
    _events()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _clients() -> None:
    op.create_table(
        "exchange_clients",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("callback_url", sa.String(length=300), nullable=True),
        sa.Column("callback_token_url", sa.String(length=300), nullable=True),
        sa.Column("callback_client_id", sa.String(length=200), nullable=True),
        sa.Column("callback_secret", sa.String(length=2000), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_exchange_clients_customer_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_clients")),
        sa.UniqueConstraint("client_id", name=op.f("uq_exchange_clients_client_id")),
    )
    op.create_index(op.f("ix_exchange_clients_customer_code"), "exchange_clients", ["customer_code"], unique=False)


def _footprints() -> None:
    op.create_table(
        "footprints",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("product_ids", sa.Text(), nullable=False),
        sa.Column("company_ids", sa.Text(), nullable=False),
        sa.Column("classifications", sa.Text(), nullable=False),
        sa.Column("geography", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deprecated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificates.id"], name=op.f("fk_footprints_certificate_id")),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_footprints_customer_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footprints")),
        sa.UniqueConstraint("uuid", name=op.f("uq_footprints_uuid")),
        sa.UniqueConstraint("certificate_id", "position", name=op.f("uq_footprints_certificate_id_position")),
    )
    op.create_index(op.f("ix_footprints_customer_code_id"), "footprints", ["customer_code", "id"], unique=False)


def _events() -> None:
    op.create_table(
        "exchange_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("answers", sa.String(length=200), nullable=True),
        sa.Column("footprints", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["exchange_clients.id"], name=op.f("fk_exchange_events_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_events")),
        sa.UniqueConstraint("uuid", name=op.f("uq_exchange_events_uuid")),
        sa.UniqueConstraint("client_id", "answers", name=op.f("uq_exchange_events_client_id_answers")),
    )
    op.create_index(op.f("ix_exchange_events_next_try_at"), "exchange_events", ["next_try_at"], unique=False)


def _settled(table: str, differs: str) -> str:
    """When a row may be changed no more, with the database's own word for "differs, NULL or not"."""
    if table != "footprints":
        return SETTLED[table]
    return SETTLED[table] + "".join(f" OR NEW.{name} {differs} OLD.{name}" for name in KEPT)


def _guard_postgresql() -> None:
    for table in NEVER_REMOVED:
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER settled_{table} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({_settled(table, 'IS DISTINCT FROM')}) EXECUTE FUNCTION refuse_change()"
        )


def _guard_sqlite() -> None:
    for table in NEVER_REMOVED:
        for deed, when in (("DELETE", ""), ("UPDATE", f" WHEN {_settled(table, 'IS NOT')}")):
            op.execute(
                f"CREATE TRIGGER append_only_{table}_{deed.lower()} BEFORE {deed} ON {table}{when}"
                f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
            )


def downgrade() -> None:
    for table in ("exchange_events", "footprints", "exchange_clients"):  # their triggers go with them
        op.drop_table(table)
