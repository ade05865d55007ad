"""Who may do what. Every route names its audience; a test fails on one that does not."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    LOGISTICS = "logistics"
    PLANT = "plant"
    SALES = "sales"
    AUDITOR = "auditor"
    ADMIN = "admin"


SIGNED_IN = frozenset(Role)
# Customers' programs. They have no role: each sees what is its customer's, and nothing else is there for it.
EXCHANGE_CLIENTS = "exchange clients"
Audience = frozenset[Role] | str | None


def may(role: Role, audience: frozenset[Role], reads: bool) -> bool:
    """Whether a role may use a route: ``admin`` may do all, ``auditor`` may read all and write nothing."""
    if role is Role.ADMIN:
        return True
    if role is Role.AUDITOR:
        return reads
    return role in audience


def opened_to(view: View, audience: Audience) -> View:
    """Name a view's audience: roles, EXCHANGE_CLIENTS, or None for everybody."""
    view.audience = audience  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open a route to everybody."""
    return opened_to(view, None)


def audiences(app: Flask) -> dict[str, Any]:
    """The audience of every endpoint, as ``opened_to`` names it; "unlisted" for the test that asks."""
    return {name: getattr(view, "audience", "unlisted") for name, view in app.view_functions.items()}
