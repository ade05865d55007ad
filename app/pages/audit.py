"""For auditors: the balances recomputed, and the audit log as a file."""

from flask import Response, request, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import service
from app.lookups.audit import audit_entries
from app.lookups.ledger_check import check_ledger
from app.pages.staff.door import page
from app.pages.staff.rendering import render
from app.schemas.audit import MEDIA_TYPES, audit_asked, written


@page("/ledger", Role.AUDITOR)
def ledger() -> str:
    """Recompute the books, where asked for."""
    checked = check_ledger(service().records) if request.args.get("check") else None
    return render("audit.html", "", checked=checked)


@page("/ledger/audit", Role.AUDITOR)
def audit_file() -> AnyResponse:
    """The audit log of some days, streamed."""
    words = {name: text for name in ("format", "from", "to") if (text := request.args.get(name))}
    asked = audit_asked(words)
    entries = audit_entries(service().records, asked.first, asked.last)
    headers = {"Content-Disposition": f'attachment; filename="audit.{asked.format.value}"'}
    return Response(
        stream_with_context(written(entries, asked.format)), mimetype=MEDIA_TYPES[asked.format], headers=headers
    )
