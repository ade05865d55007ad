"""Footprints come and go with their certificate: one a line, never changed, deprecated when that ends."""

import json

import pytest
from sqlalchemy.exc import DBAPIError

from app.operations import issue_certificate as issuing
from app.operations.footprints.publish import fill_footprints
from app.operations.recover_certificates import recover_certificates
from tests.campaign import certificate, delivered
from tests.exchange.partner import CALLBACK, certified, client_of, events, partner, six_bodies
from tests.exchange.published import ONE, faults
from tests.house import House


class Killed(BaseException):
    """A worker that dies: no handler catches it."""


def die(*_: object) -> None:
    raise Killed


def audit(house: House, kind: str) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in house.send("GET", "/audit", "auditor").text.splitlines()]
    return [(each["action"], each["subject"]) for each in lines if each["subject_kind"] == kind]


def test_each_line_of_a_certificate_has_a_footprint_of_its_own(house: House) -> None:
    six_bodies(house)
    lots = [delivered(house, "D-1", "T"), delivered(house, "D-2", "T")]
    issued = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": lots}, "sales")
    buyer = partner(house)
    found = buyer.footprints()
    assert [each["extensions"][0]["data"]["deliveredLot"] for each in found] == lots
    assert {each["pcf"]["pcfExcludingBiogenicUptake"] for each in found} == {issued["cfp"]["kg_co2e_per_kg"]}
    assert {each["status"] for each in found} == {"Active"}
    assert {action for action, _ in audit(house, "footprint")} == {"publish"}
    for each in found:
        one = buyer.get(f"/3/footprints/{each['id']}")
        assert faults(ONE, one) == []
        assert one["data"] == each
        assert buyer.get(f"/3/footprints/{each['id'].upper()}")["data"] == each


def test_a_replacement_names_the_footprint_before_it_which_is_deprecated(house: House) -> None:
    six_bodies(house)
    lots = [delivered(house, f"D-{n}", "T") for n in (1, 2)]
    first = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": lots}, "sales")
    buyer = partner(house)
    before = {each["extensions"][0]["data"]["deliveredLot"]: each["id"] for each in buyer.footprints()}
    again = {"customer": "TRUCK-M", "deliveries": lots[::-1], "replaces": first["number"]}
    house.post("/certificates", again, "sales")
    assert {each["id"] for each in buyer.footprints(status="Deprecated")} == set(before.values())
    active = buyer.footprints(status="active")  # the match is case-insensitive
    assert [each["precedingPfIds"] for each in active] == [[before[lots[1]]], [before[lots[0]]]]
    assert len(buyer.footprints()) == 4


def test_a_replacement_of_another_lot_names_all_it_takes_the_place_of(house: House) -> None:
    six_bodies(house)
    one, two = delivered(house, "D-1", "T"), delivered(house, "D-2", "T")
    first = certificate(house, one)
    buyer = partner(house)
    [before] = buyer.footprints()
    certificate(house, two, replaces=first["number"])
    [after] = buyer.footprints(status="Active")
    assert after["precedingPfIds"] == [before["id"]]


def test_a_revoked_certificates_footprint_is_deprecated_and_still_there(house: House) -> None:
    six_bodies(house)
    issued = certified(house, "D-1")
    buyer = partner(house)
    [before] = buyer.footprints()
    house.post(f"/certificates/{issued['number']}/revocation", {"reason": "wrong lot"}, "sales")
    [after] = buyer.footprints()
    assert after == before | {"status": "Deprecated"}
    assert buyer.footprints(status="Active") == []
    assert audit(house, "footprint") == [("publish", before["id"]), ("deprecate", before["id"])]


def test_a_worker_killed_half_way_leaves_one_footprint_a_line_once_recovered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    six_bodies(house)
    buyer, delivery = partner(house), delivered(house, "D-1", "T")
    with monkeypatch.context() as dying:
        dying.setattr(issuing, "finish", die)
        with pytest.raises(Killed):
            certificate(house, delivery)
    assert buyer.footprints() == []
    for _ in range(2):
        recover_certificates(house.records, house.service.press, house.doer())
        assert len(buyer.footprints()) == 1


def test_issuing_under_one_key_twice_makes_one_footprint(house: House) -> None:
    six_bodies(house)
    buyer, delivery = partner(house), delivered(house, "D-1", "T")
    body = {"customer": "TRUCK-M", "deliveries": [delivery]}
    for _ in range(2):
        answer = house.send("POST", "/certificates", "sales", json=body, headers={"Idempotency-Key": "once"})
        assert answer.status_code == 201
    assert len(buyer.footprints()) == 1


def test_a_preview_makes_none(house: House) -> None:
    six_bodies(house)
    wanted = issuing.IssueCertificate("TRUCK-M", (delivered(house, "D-1", "T"),), None, None)
    held = house.service
    issuing.rehearse_certificate(held.records, held.press, held.issuer, house.doer(), wanted)
    assert partner(house).footprints() == []


def test_a_client_sees_its_own_customers_and_is_told_of_no_others(house: House) -> None:
    six_bodies(house)
    for n, customer in enumerate(("TRUCK-M", "TRUCK-K")):
        certified(house, f"D-{n}", customer)
    ours, theirs = partner(house), partner(house, "TRUCK-K")
    [mine], [others] = ours.footprints(), theirs.footprints()
    assert mine["id"] != others["id"]
    unknown = ours.get("/3/footprints/00000000-0000-0000-0000-000000000000", 404)
    assert (
        ours.get(f"/3/footprints/{others['id']}", 404)
        == unknown
        == {
            "code": "NotFound",
            "message": "There is no such footprint.",
        }
    )
    for name, value in (("productId", others["productIds"][0]), ("companyId", others["companyIds"][0])):
        assert {each["id"] for each in ours.footprints(**{name: value})} <= {mine["id"]}


def test_certificates_of_before_are_filled_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    six_bodies(house)
    with monkeypatch.context() as earlier:
        earlier.setattr(issuing, "publish_footprints", lambda *_: None)
        certified(house, "D-1")
        ended = certified(house, "D-2")
    house.post(f"/certificates/{ended['number']}/revocation", {"reason": "wrong lot"}, "sales")
    buyer = partner(house)
    assert buyer.footprints() == []
    assert [fill_footprints(house.records, house.doer()) for _ in range(2)] == [1, 0]
    assert len(buyer.footprints(status="Active")) == 1


def test_host_systems_are_told_when_footprints_appear_and_when_they_end(house: House) -> None:
    six_bodies(house)
    client_of(house, callback=CALLBACK)
    client_of(house, "TRUCK-K", CALLBACK)
    client_of(house)
    issued = certified(house, "D-1")
    [pf] = partner(house).footprints()
    assert [json.loads(each["footprints"]) for each in events(house)] == [[pf["id"]]]
    house.post(f"/certificates/{issued['number']}/revocation", {"reason": "wrong lot"}, "sales")
    told = events(house)
    assert {each["type"] for each in told} == {"org.wbcsd.pact.ProductFootprint.PublishedEvent.3"}
    assert [json.loads(each["footprints"]) for each in told] == [[pf["id"]]] * 2


GUARDED = (
    "UPDATE footprints SET payload = '{}'",
    "UPDATE footprints SET deprecated_at = created_at, payload = '{}'",
    "UPDATE footprints SET deprecated_at = created_at, customer_code = 'RAIL-E'",
    "UPDATE footprints SET deprecated_at = NULL",
    "DELETE FROM footprints",
    "DELETE FROM exchange_clients",
    "DELETE FROM exchange_events",
)


@pytest.mark.parametrize("statement", GUARDED)
def test_the_database_itself_lets_nothing_of_a_footprint_change(house: House, statement: str) -> None:
    six_bodies(house)
    client_of(house, callback=CALLBACK)
    certified(house, "D-1")
    with pytest.raises(DBAPIError, match="append-only"), house.records.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_footprint_is_deprecated_once(house: House) -> None:
    six_bodies(house)
    certified(house, "D-1")
    with house.records.engine.begin() as connection:
        done = connection.exec_driver_sql("UPDATE footprints SET deprecated_at = created_at")
    assert done.rowcount == 1
    with pytest.raises(DBAPIError, match="append-only"), house.records.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE footprints SET deprecated_at = created_at")
