"""Two versions of a factor are never in force on the same day, and the database itself says so."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SAID = "factor versions overlap"
# Both ends are inclusive, and no end means for good.
MEET = """
    {one}.key = {other}.key
    AND ({other}.valid_to IS NULL OR {other}.valid_to >= {one}.valid_from)
    AND ({one}.valid_to IS NULL OR {one}.valid_to >= {other}.valid_from)"""
TAKEN = f"SELECT 1 FROM factors AS other WHERE {MEET.format(one='NEW', other='other')}"
ALREADY = f"SELECT one.key FROM factors AS one JOIN factors AS other ON one.id < other.id AND {MEET}".format(
    one="one", other="other"
)

# Two transactions take turns: under READ COMMITTED neither would see the row that the other is writing. The lock is an
# advisory one on the table's id, for an INSERT holds a lock on its table already, and two that both ask for a stronger
# one (LOCK TABLE) wait for each other until the database ends one of them, even where their factors never meet.
REFUSE = f"""
CREATE FUNCTION refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
    IF EXISTS ({TAKEN} AND other.id <> NEW.id) THEN
        RAISE EXCEPTION '{SAID}: %', NEW.key USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$"""


def upgrade() -> None:
    found = op.get_bind().exec_driver_sql(ALREADY).scalars().first()
    if found is not None:
        raise RuntimeError(f"{SAID} already, of {found}: give one of them its last day (valid_to) before upgrading")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
        op.execute(
            "CREATE TRIGGER factors_never_overlap BEFORE INSERT OR UPDATE ON factors"
            " FOR EACH ROW EXECUTE FUNCTION refuse_overlap()"
        )
        return
    for deed, others in (("INSERT", ""), ("UPDATE", "AND other.id <> OLD.id")):
        op.execute(
            f"CREATE TRIGGER factors_never_overlap_{deed.lower()} BEFORE {deed} ON factors"
            f" WHEN EXISTS ({TAKEN} {others}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER factors_never_overlap ON factors")
        op.execute("DROP FUNCTION refuse_overlap()")
        return
    for deed in ("insert", "update"):
        op.execute(f"DROP TRIGGER factors_never_overlap_{deed}")
