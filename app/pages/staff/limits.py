"""What a request may be at all: so large, of so many fields, without the character that no database keeps."""

from collections.abc import Iterable

from flask import current_app, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

MOST_FIELDS = 4000  # a step of five hundred lots has half of that
NUL = "\0"  # PostgreSQL keeps any character but this one; no keyboard has it


def require_readable_address() -> None:
    """Refuse an address that names nothing in any book; and let in as large a body as this page takes.

    The size has to be known before anything looks into the form, and the first who does looks for the token.
    """
    largest = getattr(current_app.view_functions[request.endpoint or ""], "largest", None)
    if largest is not None:
        request.max_content_length = largest
    _require_text([request.path, *(word for pair in request.args.items(multi=True) for word in pair)])


def require_readable_form() -> None:
    """Refuse a form with more fields than any page has, or with what cannot be kept."""
    typed = list(request.form.items(multi=True))
    if len(typed) > MOST_FIELDS:
        raise RequestEntityTooLarge()
    _require_text(word for pair in typed for word in pair)
    _require_text(file.filename or "" for _, file in request.files.items(multi=True))


def _require_text(words: Iterable[str]) -> None:
    if any(NUL in word for word in words):
        raise BadRequest()
