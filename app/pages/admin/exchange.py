"""Clients of the data exchange: made for a customer, their secret shown once, ended."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, service
from app.lookups.exchange import all_clients
from app.operations.exchange.clients import ClientMade, create_client, end_client
from app.pages.lots.listing import called_things
from app.pages.staff.door import page
from app.pages.staff.forms import Form, acted, sent
from app.pages.staff.rendering import render
from app.schemas.exchange.clients import ExchangeClientSchema
from app.schemas.forms import load

ADDRESS = "/admin/exchange"


@page(ADDRESS, Role.ADMIN, writes=True)
def exchange_clients() -> str:
    """Every client, and a form for one more."""
    return _clients(Form(), None)


def _clients(form: Form, made: ClientMade | None) -> str:
    return render(
        "exchange.html", "admin", form=form, made=made, clients=all_clients(service().records), **called_things()
    )


@page(ADDRESS, Role.ADMIN, post=True)
def exchange_client_now() -> AnyResponse:
    """Make a client and show its secret, this once: it is kept nowhere, not even with the form's key."""
    form = sent()
    made: list[ClientMade] = []

    def deed() -> str:
        held, wanted = service(), load(ExchangeClientSchema(), form.words)
        # The last one: a deed that collided with another is tried again, and the first client never came to be.
        made[:] = [create_client(held.records, doer(), held.outbound.seal, wanted)]
        return ADDRESS

    answer = acted(form, deed, lambda told: _clients(told, None))
    return Response(_clients(Form(), made[0]), mimetype="text/html") if made else answer


@page(f"{ADDRESS}/<int:client_id>/end", Role.ADMIN, post=True)
def end_exchange_client_now(client_id: int) -> AnyResponse:
    """End a client: its tokens end with it."""

    def deed() -> str:
        end_client(service().records, doer(), client_id)
        return f"{ADDRESS}?done={client_id}"

    return acted(sent(), deed, lambda form: _clients(form, None))
