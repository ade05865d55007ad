"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alloys",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_alloys")),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("request_id", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index(op.f("ix_audit_log_subject_kind_subject"), "audit_log", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "customers",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ja", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_customers")),
    )
    op.create_table(
        "deeds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_table(
        "factors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_factors_validity")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_factors_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_factors_key_version")),
    )
    op.create_table(
        "flag_rules",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("threshold", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_flag_rules")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("lots", sa.Integer(), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_fingerprint"), "imports", ["fingerprint"], unique=False)
    op.create_table(
        "items",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ja", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("counter_ja", sa.String(), nullable=True),
        sa.Column("unit_factor", sa.String(), nullable=True),
        sa.Column("unit_divisor", sa.String(), nullable=True),
        sa.Column("plausible_min_g", sa.BigInteger(), nullable=True),
        sa.Column("plausible_max_g", sa.BigInteger(), nullable=True),
        sa.Column("scrap_classes", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_items")),
    )
    op.create_table(
        "number_series",
        sa.Column("prefix", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_number_series")),
    )
    op.create_table(
        "roadmap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap")),
    )
    op.create_table(
        "scrap_classes",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ja", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_scrap_classes")),
    )
    op.create_table(
        "sites",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ja", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("does", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sites")),
    )
    op.create_table(
        "step_rules",
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("name_ja", sa.String(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("outputs", sa.String(), nullable=False),
        sa.Column("yield_min", sa.String(), nullable=False),
        sa.Column("yield_max", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_step_rules")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("check_characters", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("claimed_g", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.CheckConstraint("claimed_g >= 0", name=op.f("ck_certificates_claimed")),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_certificates_customer_code")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificates.id"], name=op.f("fk_certificates_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
    )
    op.create_index(op.f("ix_certificates_customer_code"), "certificates", ["customer_code"], unique=False)
    op.create_index(op.f("ix_certificates_replaces_id"), "certificates", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_certificates_status"), "certificates", ["status"], unique=False)
    op.create_table(
        "dispatches",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("site_code", sa.String(length=40), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_dispatches_customer_code")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_dispatches_deed_id")),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_dispatches_site_code")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_dispatches")),
        sa.UniqueConstraint("number", name=op.f("uq_dispatches_number")),
    )
    op.create_table(
        "furnaces",
        sa.Column("site_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_furnaces_site_code")),
        sa.PrimaryKeyConstraint("site_code", "name", name=op.f("pk_furnaces")),
    )
    op.create_table(
        "lots",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("alloy", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column("embodied_g", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("furnace", sa.String(length=40), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["alloy"], ["alloys.code"], name=op.f("fk_lots_alloy")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_lots_deed_id")),
        sa.ForeignKeyConstraint(["item"], ["items.code"], name=op.f("fk_lots_item")),
        sa.ForeignKeyConstraint(["source_lot_id"], ["lots.id"], name=op.f("fk_lots_source_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("number", name=op.f("uq_lots_number")),
    )
    op.create_index(op.f("ix_lots_deed_id"), "lots", ["deed_id"], unique=False)
    op.create_index(op.f("ix_lots_kind"), "lots", ["kind"], unique=False)
    op.create_index(op.f("ix_lots_source_lot_id"), "lots", ["source_lot_id"], unique=False)
    op.create_table(
        "transformations",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("site_code", sa.String(length=40), nullable=False),
        sa.Column("furnace", sa.String(length=40), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("input_g", sa.BigInteger(), nullable=False),
        sa.Column("output_g", sa.BigInteger(), nullable=False),
        sa.Column("loss_g", sa.BigInteger(), nullable=False),
        sa.Column("process_co2_g", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("input_g = output_g + loss_g", name=op.f("ck_transformations_closes")),
        sa.CheckConstraint("loss_g >= 0", name=op.f("ck_transformations_loss")),
        sa.CheckConstraint("process_co2_g >= 0", name=op.f("ck_transformations_process")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_transformations_deed_id")),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_transformations_site_code")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_transformations")),
        sa.UniqueConstraint("number", name=op.f("uq_transformations_number")),
    )
    op.create_table(
        "certificate_documents",
        sa.Column("certificate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_documents_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_documents")),
    )
    op.create_table(
        "certificate_lines",
        sa.Column("certificate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_lines_certificate_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_certificate_lines_lot_id")),
        sa.PrimaryKeyConstraint("certificate_id", "position", name=op.f("pk_certificate_lines")),
    )
    op.create_index(
        "ux_certificate_lines_live_delivery",
        "certificate_lines",
        ["lot_id"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.create_table(
        "dispatch_lines",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivered_lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["dispatches.deed_id"], name=op.f("fk_dispatch_lines_deed_id")),
        sa.ForeignKeyConstraint(["delivered_lot_id"], ["lots.id"], name=op.f("fk_dispatch_lines_delivered_lot_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_dispatch_lines_lot_id")),
        sa.PrimaryKeyConstraint("deed_id", "position", name=op.f("pk_dispatch_lines")),
        sa.UniqueConstraint("delivered_lot_id", name=op.f("uq_dispatch_lines_delivered_lot_id")),
    )
    op.create_index(op.f("ix_dispatch_lines_lot_id"), "dispatch_lines", ["lot_id"], unique=False)
    op.create_table(
        "embodied_movements",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("co2_g", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_embodied_movements_deed_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_embodied_movements_lot_id")),
        sa.PrimaryKeyConstraint("deed_id", "lot_id", name=op.f("pk_embodied_movements")),
    )
    op.create_index(op.f("ix_embodied_movements_lot_id"), "embodied_movements", ["lot_id"], unique=False)
    op.create_table(
        "flags",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=200), nullable=True),
        sa.Column("acceptance_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_flags_deed_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_flags_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
    )
    op.create_index(op.f("ix_flags_deed_id"), "flags", ["deed_id"], unique=False)
    op.create_index(op.f("ix_flags_lot_id"), "flags", ["lot_id"], unique=False)
    op.create_table(
        "losses",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("mass_g <> 0", name=op.f("ck_losses_loses")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_losses_deed_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["lots.id"], name=op.f("fk_losses_origin_id")),
        sa.PrimaryKeyConstraint("deed_id", "origin_id", name=op.f("pk_losses")),
    )
    op.create_table(
        "lot_contents",
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_g", sa.BigInteger(), nullable=False),
        sa.Column("remaining_g", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("remaining_g >= 0 AND remaining_g <= made_g", name=op.f("ck_lot_contents_remaining")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_contents_lot_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["lots.id"], name=op.f("fk_lot_contents_origin_id")),
        sa.PrimaryKeyConstraint("lot_id", "origin_id", name=op.f("pk_lot_contents")),
    )
    op.create_index(op.f("ix_lot_contents_origin_id"), "lot_contents", ["origin_id"], unique=False)
    op.create_table(
        "lot_edges",
        sa.Column("from_lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_lot_edges_deed_id")),
        sa.ForeignKeyConstraint(["from_lot_id"], ["lots.id"], name=op.f("fk_lot_edges_from_lot_id")),
        sa.ForeignKeyConstraint(["to_lot_id"], ["lots.id"], name=op.f("fk_lot_edges_to_lot_id")),
        sa.PrimaryKeyConstraint("from_lot_id", "to_lot_id", name=op.f("pk_lot_edges")),
    )
    op.create_index(op.f("ix_lot_edges_to_lot_id"), "lot_edges", ["to_lot_id"], unique=False)
    op.create_table(
        "lot_states",
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_code", sa.String(length=40), nullable=True),
        sa.Column("customer_code", sa.String(length=40), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column("embodied_g", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.CheckConstraint("(site_code IS NULL) <> (customer_code IS NULL)", name=op.f("ck_lot_states_one_place")),
        sa.CheckConstraint("embodied_g >= 0", name=op.f("ck_lot_states_embodied")),
        sa.CheckConstraint("mass_g >= 0", name=op.f("ck_lot_states_mass")),
        sa.CheckConstraint("units >= 0", name=op.f("ck_lot_states_units")),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_lot_states_customer_code")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_states_lot_id")),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_lot_states_site_code")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_states")),
    )
    op.create_index(op.f("ix_lot_states_customer_code"), "lot_states", ["customer_code"], unique=False)
    op.create_index(op.f("ix_lot_states_site_code"), "lot_states", ["site_code"], unique=False)
    op.create_table(
        "metal_entries",
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kg_per_kg", sa.String(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_metal_entries_lot_id")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_metal_entries")),
    )
    op.create_table(
        "movements",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("mass_g <> 0", name=op.f("ck_movements_moves")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_movements_deed_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_movements_lot_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["lots.id"], name=op.f("fk_movements_origin_id")),
        sa.PrimaryKeyConstraint("deed_id", "lot_id", "origin_id", name=op.f("pk_movements")),
    )
    op.create_index(op.f("ix_movements_lot_id_origin_id"), "movements", ["lot_id", "origin_id"], unique=False)
    op.create_table(
        "scrap_entries",
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("slip_number", sa.String(length=40), nullable=False),
        sa.Column("site_code", sa.String(length=40), nullable=False),
        sa.Column("customer_code", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("scrap_class", sa.String(length=40), nullable=False),
        sa.Column("gross_g", sa.BigInteger(), nullable=False),
        sa.Column("tare_g", sa.BigInteger(), nullable=False),
        sa.Column("deduction_g", sa.BigInteger(), nullable=False),
        sa.Column("bay", sa.String(length=40), nullable=True),
        sa.Column("vehicle", sa.String(length=80), nullable=True),
        sa.Column("weighed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("potential_g", sa.BigInteger(), nullable=True),
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("gross_g > tare_g + deduction_g", name=op.f("ck_scrap_entries_net")),
        sa.CheckConstraint("units >= 1", name=op.f("ck_scrap_entries_units")),
        sa.ForeignKeyConstraint(["customer_code"], ["customers.code"], name=op.f("fk_scrap_entries_customer_code")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_scrap_entries_import_id")),
        sa.ForeignKeyConstraint(["item"], ["items.code"], name=op.f("fk_scrap_entries_item")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_scrap_entries_lot_id")),
        sa.ForeignKeyConstraint(["scrap_class"], ["scrap_classes.code"], name=op.f("fk_scrap_entries_scrap_class")),
        sa.ForeignKeyConstraint(["site_code"], ["sites.code"], name=op.f("fk_scrap_entries_site_code")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_scrap_entries")),
    )
    op.create_index(op.f("ix_scrap_entries_customer_code"), "scrap_entries", ["customer_code"], unique=False)
    op.create_index(
        op.f("ix_scrap_entries_vehicle_weighed_at"), "scrap_entries", ["vehicle", "weighed_at"], unique=False
    )
    op.create_index(
        "ux_scrap_entries_live_slip",
        "scrap_entries",
        ["site_code", "slip_number"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.create_table(
        "transfers",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("became_lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_site", sa.String(length=40), nullable=False),
        sa.Column("to_site", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_g", sa.BigInteger(), nullable=False),
        sa.Column("received_g", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.CheckConstraint("received_at >= sent_at", name=op.f("ck_transfers_order")),
        sa.CheckConstraint("received_g > 0 AND received_g <= sent_g", name=op.f("ck_transfers_received")),
        sa.ForeignKeyConstraint(["became_lot_id"], ["lots.id"], name=op.f("fk_transfers_became_lot_id")),
        sa.ForeignKeyConstraint(["deed_id"], ["deeds.id"], name=op.f("fk_transfers_deed_id")),
        sa.ForeignKeyConstraint(["from_site"], ["sites.code"], name=op.f("fk_transfers_from_site")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_transfers_lot_id")),
        sa.ForeignKeyConstraint(["to_site"], ["sites.code"], name=op.f("fk_transfers_to_site")),
        sa.PrimaryKeyConstraint("deed_id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("number", name=op.f("uq_transfers_number")),
    )
    op.create_index(op.f("ix_transfers_became_lot_id"), "transfers", ["became_lot_id"], unique=False)
    op.create_index(op.f("ix_transfers_lot_id"), "transfers", ["lot_id"], unique=False)
    op.create_table(
        "transformation_inputs",
        sa.Column("deed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deed_id"], ["transformations.deed_id"], name=op.f("fk_transformation_inputs_deed_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_transformation_inputs_lot_id")),
        sa.PrimaryKeyConstraint("deed_id", "position", name=op.f("pk_transformation_inputs")),
    )
    op.create_index(op.f("ix_transformation_inputs_lot_id"), "transformation_inputs", ["lot_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_transformation_inputs_lot_id"), table_name="transformation_inputs")
    op.drop_table("transformation_inputs")
    op.drop_index(op.f("ix_transfers_lot_id"), table_name="transfers")
    op.drop_index(op.f("ix_transfers_became_lot_id"), table_name="transfers")
    op.drop_table("transfers")
    op.drop_index(
        "ux_scrap_entries_live_slip",
        table_name="scrap_entries",
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.drop_index(op.f("ix_scrap_entries_vehicle_weighed_at"), table_name="scrap_entries")
    op.drop_index(op.f("ix_scrap_entries_customer_code"), table_name="scrap_entries")
    op.drop_table("scrap_entries")
    op.drop_index(op.f("ix_movements_lot_id_origin_id"), table_name="movements")
    op.drop_table("movements")
    op.drop_table("metal_entries")
    op.drop_index(op.f("ix_lot_states_site_code"), table_name="lot_states")
    op.drop_index(op.f("ix_lot_states_customer_code"), table_name="lot_states")
    op.drop_table("lot_states")
    op.drop_index(op.f("ix_lot_edges_to_lot_id"), table_name="lot_edges")
    op.drop_table("lot_edges")
    op.drop_index(op.f("ix_lot_contents_origin_id"), table_name="lot_contents")
    op.drop_table("lot_contents")
    op.drop_table("losses")
    op.drop_index(op.f("ix_flags_lot_id"), table_name="flags")
    op.drop_index(op.f("ix_flags_deed_id"), table_name="flags")
    op.drop_table("flags")
    op.drop_index(op.f("ix_embodied_movements_lot_id"), table_name="embodied_movements")
    op.drop_table("embodied_movements")
    op.drop_index(op.f("ix_dispatch_lines_lot_id"), table_name="dispatch_lines")
    op.drop_table("dispatch_lines")
    op.drop_index(
        "ux_certificate_lines_live_delivery",
        table_name="certificate_lines",
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.drop_table("certificate_lines")
    op.drop_table("certificate_documents")
    op.drop_table("transformations")
    op.drop_index(op.f("ix_lots_source_lot_id"), table_name="lots")
    op.drop_index(op.f("ix_lots_kind"), table_name="lots")
    op.drop_index(op.f("ix_lots_deed_id"), table_name="lots")
    op.drop_table("lots")
    op.drop_table("furnaces")
    op.drop_table("dispatches")
    op.drop_index(op.f("ix_certificates_status"), table_name="certificates")
    op.drop_index(op.f("ix_certificates_replaces_id"), table_name="certificates")
    op.drop_index(op.f("ix_certificates_customer_code"), table_name="certificates")
    op.drop_table("certificates")
    op.drop_table("step_rules")
    op.drop_table("sites")
    op.drop_table("scrap_classes")
    op.drop_table("roadmap")
    op.drop_table("number_series")
    op.drop_table("items")
    op.drop_index(op.f("ix_imports_fingerprint"), table_name="imports")
    op.drop_table("imports")
    op.drop_table("flag_rules")
    op.drop_table("factors")
    op.drop_table("deeds")
    op.drop_table("customers")
    op.drop_index(op.f("ix_audit_log_subject_kind_subject"), table_name="audit_log")
    op.drop_table("audit_log")
    op.drop_table("api_keys")
    op.drop_table("alloys")
