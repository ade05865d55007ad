"""Flags: what is possible but unlikely, and another person's word that it is right."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, person, service
from app.lookups.corrections import one_flag
from app.lookups.deeds import list_flags
from app.lookups.people import people_called
from app.operations.accept_flag import accept_flag
from app.pages.lots.listing import cursor
from app.pages.staff.door import page
from app.pages.staff.forms import Form, require, submitted
from app.pages.staff.rendering import render
from app.schemas.corrections import ReasonSchema

SHOWN = 50


@page("/flags")
def flags() -> str:
    """Open flags; all of them, where asked for."""
    return _shown(Form(), 0)


def _shown(form: Form, of: int) -> str:
    everything = request.args.get("all") == "1"
    found = list_flags(service().records, not everything, cursor(), SHOWN + 1)
    more = f"after={found[SHOWN - 1]['id']}{'&all=1' if everything else ''}" if len(found) > SHOWN else ""
    return render(
        "flags.html",
        "",
        flags=found[:SHOWN],
        people=people_called(service().records, [flag[by] for flag in found for by in ("recorded_by", "accepted_by")]),
        more=more,
        everything=everything,
        form=form,
        of=of,
        may_accept=Role(person().role) in (Role.LOGISTICS, Role.PLANT, Role.ADMIN),
        done=request.args.get("done"),
    )


@page("/flags/<int:flag_id>/acceptance", Role.LOGISTICS, Role.PLANT, post=True)
def accept(flag_id: int) -> AnyResponse:
    """Accept what was flagged, with a reason."""

    def deed(wanted: dict[str, str]) -> str:
        accept_flag(service().records, doer(), flag_id, wanted["reason"])
        return f"/flags?done={require(one_flag(service().records, flag_id), 'flag', str(flag_id))['lot']}"

    return submitted(ReasonSchema(), deed, lambda form: _shown(form, flag_id))
