"""Reversals from the page of a record: with a reason, and naming what stands in the way."""

from collections.abc import Callable
from urllib.parse import quote

from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, service
from app.operations.reverse import reverse
from app.pages.staff.door import page
from app.pages.staff.forms import Form, submitted
from app.schemas.corrections import ReasonSchema


def reversal_page(path: str, noun: str, roles: tuple[Role, ...], shown: Callable[[str, Form], str]) -> None:
    """Register the deed that undoes a record of one noun; ``shown`` is its page, with what is wrong."""

    def undo(number: str) -> AnyResponse:
        def deed(wanted: dict[str, str]) -> str:
            reverse(service().records, doer(), noun, number.upper(), wanted["reason"])
            return f"/{path}/{quote(number)}?done=2"

        return submitted(ReasonSchema(), deed, lambda form: shown(number, form))

    undo.__name__ = f"reverse_{noun}_now"
    undo.__doc__ = "Undo this record, with a reason, while nothing stands that used what it made."
    page(f"/{path}/<number>/reversal", *roles, post=True)(undo)
