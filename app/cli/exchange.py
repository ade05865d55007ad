"""exchange client create|end, deliver, fill: the data exchange from the shell."""

import sys
import time

import click
from flask.cli import with_appcontext

from app.cli.shell import doer, held, locale, person, refusals, tell
from app.lookups.exchange import all_clients, exchange_client
from app.operations.exchange.clients import create_client, end_client
from app.operations.exchange.delivery import deliver_due
from app.operations.footprints.publish import fill_footprints
from app.operations.problems import NotFound
from app.schemas.exchange.clients import ExchangeClientSchema
from app.schemas.forms import load
from app.wording.catalogue import marked, say

WATCH_S = 5.0


@click.group()
def exchange() -> None:
    """データ交換 The data exchange (PACT): clients, and events to them."""


@exchange.group()
def client() -> None:
    """お客様のシステム Customers' software."""


@client.command("create")
@click.option("--customer", required=True, help="フットプリントを見せる相手のお客様 whose footprints it sees")
@click.option("--expires", default="", help="使えなくなる最初の日 the first day on which it may not come in any more")
@click.option(
    "--callback-url",
    default="",
    help="イベントの送り先の基底アドレス the base address of its host system, which events are sent to",
)
@click.option(
    "--callback-token-url",
    default="",
    help="トークンの発行先（省略時は基底アドレス/auth/token） where tokens are given there; the base with /auth/token",
)
@click.option(
    "--callback-client-id",
    default="",
    help="先方での当社のID（シークレットは標準入力から） our name there; our secret there is read from standard input",
)
@with_appcontext
def client_create(customer: str, expires: str, **callback: str) -> None:
    """クライアントを作る Make a client and print its secret, once, on the last line."""
    words = {"customer": customer, "expires": expires, **callback}
    if callback["callback_url"]:
        words["callback_secret"] = sys.stdin.readline().rstrip("\n")
    with refusals():
        wanted = load(ExchangeClientSchema(), {name: text for name, text in words.items() if text})
        made = create_client(held().records, doer(), held().outbound.seal, wanted)
    tell(
        "Client {client_id} of {customer} may come in. Its secret is on the last line.",
        client_id=made.client_id,
        customer=customer,
    )
    click.echo(made.secret)


@client.command("end")
@click.argument("client_id")
@with_appcontext
def client_end(client_id: str) -> None:
    """クライアントを終了する End a client: it comes in no more and is sent nothing more."""
    with refusals():
        found = exchange_client(held().records, client_id)
        if found is None:
            raise NotFound("exchange_client", client_id)
        end_client(held().records, doer(), found.id)
    tell("Client {client_id} has been ended.", client_id=client_id)


@client.command("list")
@with_appcontext
def client_list() -> None:
    """クライアントの一覧 Every client: name, customer, where its events go, its state, what did not arrive."""
    with refusals():
        clients = all_clients(held().records)
    for each in clients:
        state, late = marked("Ended") if each["ended_at"] else marked("In force"), each["undelivered"]
        said = [each["client_id"], each["customer_code"], each["callback_url"] or "-", say(locale(), state)]
        if late:
            sentence = marked("{waiting} events wait, {given_up} were given up")
            waits = say(locale(), sentence, waiting=late.waiting, given_up=late.given_up)
            said.append(f"{waits}{say(locale(), ': ')}{late.last_error or '-'}")
        click.echo("\t".join(said))


@exchange.command("deliver")
@click.option(
    "--watch",
    is_flag=True,
    help="止めるまで送り続ける（省略時は一度だけ） go on until interrupted; else deliver what is due now, and end",
)
@with_appcontext
def deliver(watch: bool) -> None:
    """イベントを送る Deliver events that are due to customers' host systems."""
    while True:
        with refusals():
            done = deliver_due(held().records, held().outbound, person(), held().clock)
        if not watch or done.arrived or done.waiting or done.given_up:
            tell(
                "{arrived} events arrived, {waiting} will be tried again, {given_up} were given up.",
                arrived=done.arrived,
                waiting=done.waiting,
                given_up=done.given_up,
            )
        if not watch:
            return
        time.sleep(WATCH_S)


@exchange.command("fill")
@with_appcontext
def fill() -> None:
    """発行済み証明書のフットプリントを作る Make the footprints of certificates issued before there were any."""
    with refusals():
        made = fill_footprints(held().records, doer())
    tell("{n} footprints were made for certificates issued before.", n=made)
