"""Who may use which route of the exchange; and no key of one door opens another."""

from app.access import EXCHANGE_CLIENTS, audiences
from tests.exchange.partner import partner, refused
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import visiting

FOR_CLIENTS = {("GET", "/3/footprints"), ("GET", "/3/footprints/<id_>"), ("POST", "/3/events")}
PUBLIC = {
    ("POST", "/auth/token"),
    ("GET", "/.well-known/openid-configuration"),
    ("GET", "/exchange/recycled-aluminium/1.0.0/data-model.json"),
    ("GET", "/exchange/recycled-aluminium/1.0.0/documentation"),
}


def routes(house: House, audience: str | None) -> set[tuple[str, str]]:
    known = audiences(house.app)
    return {
        (method, rule.rule)
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("exchange.") and known[rule.endpoint] == audience
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_for_clients_or_for_everybody_and_no_other_door_has_such_an_audience(house: House) -> None:
    assert routes(house, EXCHANGE_CLIENTS) == FOR_CLIENTS
    assert routes(house, None) == PUBLIC
    ours = {name for name, audience in audiences(house.app).items() if audience == EXCHANGE_CLIENTS}
    assert all(name.startswith("exchange.") for name in ours)


def test_a_token_opens_neither_the_api_nor_a_page(house: House) -> None:
    come_in = partner(house)
    assert come_in.send("GET", "/api/v1/lots").status_code == 401
    assert come_in.send("GET", "/lots").status_code == 303
    assert come_in.send("POST", "/admin/keys").status_code in (400, 401)


def test_neither_a_key_nor_a_session_opens_the_exchange(house: House) -> None:
    come_in, admin = partner(house), visiting(house, "admin")
    for key in house.keys.values():
        come_in.token = key
        refused(come_in.send("GET", "/3/footprints"), 401, "BadRequest")
    refused(admin.client.get("/3/footprints", base_url=PUBLIC_URL), 401, "BadRequest")
