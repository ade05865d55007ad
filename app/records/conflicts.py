"""The database's own refusals, told in the ledger's words: the second of every pair of checks."""

from sqlalchemy.exc import IntegrityError

from app.ledger.refusals import Code, Refused

# Constraint (PostgreSQL) or "table.column" list (SQLite), found in what the driver says.
_UNIQUE: tuple[tuple[tuple[str, ...], Code, str], ...] = (
    (("uq_lots_number", "lots.number"), Code.DUPLICATE_NUMBER, "lot"),
    (("uq_transformations_number", "transformations.number"), Code.DUPLICATE_NUMBER, "transformation"),
    (("uq_transfers_number", "transfers.number"), Code.DUPLICATE_NUMBER, "transfer"),
    (("uq_dispatches_number", "dispatches.number"), Code.DUPLICATE_NUMBER, "dispatch"),
    (("uq_returns_number", "returns.number"), Code.DUPLICATE_NUMBER, "return"),
    (("uq_quotes_number", "quotes.number"), Code.DUPLICATE_NUMBER, "quote"),
    (("uq_write_offs_number", "write_offs.number"), Code.DUPLICATE_NUMBER, "write_off"),
    (("uq_reversals_reverses_id", "reversals.reverses_id"), Code.ALREADY_REVERSED, "at_once"),
    (("ux_scrap_entries_live_slip", "scrap_entries.site_code"), Code.DUPLICATE_SLIP, ""),
    (("ux_certificate_lines_live_delivery", "certificate_lines.lot_id"), Code.ALREADY_CERTIFIED, ""),
)


def refusal_for(error: IntegrityError) -> Refused | None:
    """The refusal a broken constraint means, or None where it means a fault of ours."""
    said = str(error.orig)
    for marks, code, reason in _UNIQUE:
        if ("UNIQUE" in said or "unique" in said) and any(mark in said for mark in marks):
            return Refused(code, reason or "at_once")
    if "ck_lot_states_" in said or "ck_lot_contents_" in said:
        return Refused(Code.NOT_ENOUGH_METAL, "at_once")
    return None
