"""What goes to a customer with a quote. Files and packs are evidence of what was sent: never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("removed_at IS NULL")
APPEND_ONLY = ("quote_files", "quote_packs", "quote_pack_certificates")


def upgrade() -> None:
    _certificates()
    _papers("quote_files", sa.Column("name", sa.String(length=200), nullable=False), "uploaded_at")
    _papers("quote_packs", sa.Column("sent_to", sa.String(length=200), nullable=False), "made_at")
    op.create_table(
        "quote_pack_certificates",
        sa.Column("pack_id", ID, nullable=False),
        sa.Column("certificate_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_quote_pack_certificates_certificate_id")
        ),
        sa.ForeignKeyConstraint(["pack_id"], ["quote_packs.id"], name=op.f("fk_quote_pack_certificates_pack_id")),
        sa.PrimaryKeyConstraint("pack_id", "certificate_id", name=op.f("pk_quote_pack_certificates")),
    )
    op.create_index(op.f("ix_quote_pack_certificates_certificate_id"), "quote_pack_certificates", ["certificate_id"])
    for table in APPEND_ONLY:
        _guard(table)


def _certificates() -> None:
    op.create_table(
        "quote_certificates",
        sa.Column("id", ID, nullable=False),
        sa.Column("quote_id", ID, nullable=False),
        sa.Column("certificate_id", ID, nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_quote_certificates_certificate_id")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_quote_certificates_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_certificates")),
    )
    op.create_index(
        "uq_quote_certificates_live",
        "quote_certificates",
        ["quote_id", "certificate_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def _papers(table: str, called: sa.Column[str], at: str) -> None:
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("quote_id", ID, nullable=False),
        called,
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column(at, sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f(f"fk_{table}_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_quote_id"), table, ["quote_id"])


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER append_only_{table}_{deed.lower()} BEFORE {deed} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed or removed'); END"
        )


def downgrade() -> None:
    for table in ("quote_pack_certificates", "quote_packs", "quote_files", "quote_certificates"):
        op.drop_table(table)
