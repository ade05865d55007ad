"""The public page behind a certificate's QR code. Law: green only for a certificate that is genuine and valid today.

``present`` turns a verdict into what the page says, ``render_page`` into HTML; ``routes.make_blueprint`` is the door.
"""

from app.pages.verify.rendering import render_page
from app.pages.verify.routes import make_blueprint
from app.pages.verify.states import CannotBeChecked, NoDocument, Unchecked
from app.pages.verify.view import present

__all__ = ["CannotBeChecked", "NoDocument", "Unchecked", "make_blueprint", "present", "render_page"]
