"""Each case of the public PACT V3 conformance document, over real TLS against a real server process.

Source: WBCSD, "PACT Tech Specs V3 Test Cases - Expected Results" (pact-conformance-service, 2025), cases 1 to 40. Where
the document and the specification differ in a status (an invalid token: 400 or 401), the specification's is asserted.
"""

import re
import secrets
import ssl
import urllib.error
from typing import Any
from uuid import uuid4

import pytest

from tests.exchange.partner import request_created
from tests.exchange.published import ERROR, FULFILLED_EVENT, LIST, ONE, REJECTED_EVENT, faults
from tests.exchange.served import Answer, Served

PUBLISHED = "org.wbcsd.pact.ProductFootprint.PublishedEvent.3"
FULFILLED = "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3"
REJECTED = "org.wbcsd.pact.ProductFootprint.RequestRejectedEvent.3"
INVALID = "very-invalid-access-token"


def listed(answer: Answer) -> list[dict[str, Any]]:
    """What a list gave, valid by the published schema."""
    assert answer.status == 200, answer.body
    assert answer.headers.get_content_type() == "application/json"
    assert faults(LIST, answer.json) == []
    return list(answer.json["data"])


def refused(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.json["code"]) == (status, code)
    assert faults(ERROR, answer.json) == []


def event(service: Served, type_: str, data: dict[str, Any]) -> dict[str, Any]:
    return request_created(data, type=type_, source=service.recipient.address)


def plain(service: Served, method: str, path: str, body: bytes | None = None) -> None:
    """The same over plain HTTP: the connection is refused, or nothing is told."""
    headers = {"Authorization": f"Bearer {service.token}", "Content-Type": "application/cloudevents+json"}
    with pytest.raises((urllib.error.URLError, OSError, ssl.SSLError)):
        service.open(method, f"http://localhost:{service.port}{path}", body, headers)


def test_case_1_obtain_auth_token_with_valid_credentials(service: Served) -> None:
    answer = service.ask_token()
    assert answer.status == 200
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 3600)
    assert answer.json["access_token"]


def test_case_2_obtain_auth_token_with_invalid_credentials(service: Served) -> None:
    answer = service.ask_token("nobody", "wrong")
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_case_3_get_pcf_using_get_footprint(service: Served) -> None:
    wanted = service.footprints()[0]
    answer = service.get(f"/3/footprints/{wanted['id']}")
    assert answer.status == 200
    assert faults(ONE, answer.json) == []
    assert answer.json["data"] == wanted


def test_case_4_get_all_pcfs_using_list_footprints(service: Served) -> None:
    assert len(listed(service.get("/3/footprints"))) == 5


def test_case_5_pagination_link_implementation_of_action_list_footprints(service: Served) -> None:
    first = service.get("/3/footprints", limit=1)
    found = re.fullmatch(rf'<({re.escape(service.address)}/3/footprints\?[^>]*)>; rel="next"', first.headers["Link"])
    assert found
    for _ in range(2):  # it may be called more than once
        [second] = listed(service.get(found[1]))
        assert second == service.footprints()[1]


def test_case_6_attempt_list_footprints_with_invalid_token(service: Served) -> None:
    refused(service.get("/3/footprints", token=INVALID), 401, "BadRequest")


def test_case_7_attempt_get_footprint_with_invalid_token(service: Served) -> None:
    refused(service.get(f"/3/footprints/{service.footprints()[0]['id']}", token=INVALID), 401, "BadRequest")


def test_case_8_attempt_get_footprint_with_non_existent_pf_id(service: Served) -> None:
    refused(service.get("/3/footprints/00000000-0000-0000-0000-000000000000"), 404, "NotFound")
    refused(service.get(f"/3/footprints/random-string-as-id-{secrets.token_hex(8)}"), 404, "NotFound")


def test_case_9_attempt_authentication_through_http(service: Served) -> None:
    with pytest.raises((urllib.error.URLError, OSError)):
        service.ask_token(address=f"http://localhost:{service.port}")


def test_case_10_attempt_list_footprints_through_http(service: Served) -> None:
    plain(service, "GET", "/3/footprints")


def test_case_11_attempt_get_footprint_through_http(service: Served) -> None:
    plain(service, "GET", f"/3/footprints/{service.footprints()[0]['id']}")


def test_cases_12_and_13_a_request_is_taken_and_fulfilled_by_a_callback(service: Served) -> None:
    product_ids = service.footprints()[0]["productIds"]
    asked = request_created(
        {"productId": product_ids, "comment": "Please send PCF data for this year."}, source=service.recipient.address
    )
    answer = service.event(asked)
    assert (answer.status, answer.body) == (200, b"")
    fulfilled = service.recipient.answering("RequestFulfilledEvent", asked["id"])
    assert faults(FULFILLED_EVENT, fulfilled) == []
    assert fulfilled["source"] == service.address
    assert fulfilled["data"]["pfs"] == listed(service.get("/3/footprints", productId=product_ids[0]))
    assert {each for pf in fulfilled["data"]["pfs"] for each in pf["productIds"]} <= set(product_ids)


def test_cases_14a_and_14b_a_request_for_nothing_of_ours_is_rejected_by_a_callback(service: Served) -> None:
    asked = request_created({"productId": ["urn:pact:null"]}, source=service.recipient.address)
    assert service.event(asked).status == 200
    rejected = service.recipient.answering("RequestRejectedEvent", asked["id"])
    assert faults(REJECTED_EVENT, rejected) == []
    assert rejected["data"]["error"]["code"] == "NotFound"


def test_cases_13_and_14_of_the_document_answers_to_requests_are_taken(service: Served) -> None:
    pfs = service.footprints()[:1]
    for type_, data in (
        (FULFILLED, {"requestEventId": "test-run-id-12345", "pfs": pfs}),
        (REJECTED, {"requestEventId": "test-run-id-12345", "error": {"code": "NotFound", "message": "none"}}),
    ):
        assert service.event(event(service, type_, data)).status == 200


def test_case_15_receive_notification_of_pcf_update(service: Served) -> None:
    assert service.event(event(service, PUBLISHED, {"pfIds": [str(uuid4())]})).status == 200


def test_case_16_attempt_action_events_with_invalid_token(service: Served) -> None:
    refused(service.event(event(service, PUBLISHED, {"pfIds": [str(uuid4())]}), INVALID), 401, "BadRequest")


def test_case_17_attempt_action_events_through_http(service: Served) -> None:
    plain(service, "POST", "/3/events", b"{}")


def test_case_18_open_id_connect_based_authentication_flow(service: Served) -> None:
    found = service.open("GET", f"{service.address}/.well-known/openid-configuration").json
    assert found["token_endpoint"] == f"{service.address}/auth/token"
    assert service.ask_token(address=found["token_endpoint"].removesuffix("/auth/token")).status == 200


def test_case_19_open_id_connect_based_authentication_flow_with_incorrect_credentials(service: Served) -> None:
    assert service.ask_token(secret="wrong").status == 401


def test_case_20_filter_by_product_id(service: Served) -> None:
    wanted = service.footprints()[0]["productIds"][0]
    found = listed(service.get("/3/footprints", productId=wanted))
    assert found
    assert all(wanted in each["productIds"] for each in found)


def test_case_21_filter_by_company_id(service: Served) -> None:
    wanted = service.footprints()[0]["companyIds"][0]
    assert len(listed(service.get("/3/footprints", companyId=wanted))) == 5


def test_case_22_filter_by_geography(service: Served) -> None:
    found = listed(service.get("/3/footprints", geography="JP"))
    assert [each["pcf"]["geographyCountry"] for each in found] == ["JP"] * 5


def test_case_23_filter_by_classification(service: Served) -> None:
    wanted = service.footprints()[0]["productClassifications"][0]
    assert len(listed(service.get("/3/footprints", classification=wanted))) == 5


def test_case_24_filter_by_valid_on(service: Served) -> None:
    wanted = service.footprints()[0]["validityPeriodStart"]
    found = listed(service.get("/3/footprints", validOn=wanted))
    assert found
    assert all(each["validityPeriodStart"] <= wanted <= each["validityPeriodEnd"] for each in found)


def test_case_25_filter_by_valid_after(service: Served) -> None:
    found = listed(service.get("/3/footprints", validAfter="2026-11-18T15:00:00.000Z"))
    assert len(found) == 5
    assert all(each["validityPeriodStart"] > "2026-11-18T15:00:00Z" for each in found)


def test_case_26_filter_by_valid_before(service: Served) -> None:
    found = listed(service.get("/3/footprints", validBefore="2029-10-04T15:00:00.000Z"))
    assert len(found) == 5
    assert all(each["validityPeriodEnd"] < "2029-10-04T15:00:00Z" for each in found)


def test_case_27_filter_by_status(service: Served) -> None:
    found = {status: listed(service.get("/3/footprints", status=status)) for status in ("Active", "Deprecated")}
    assert [len(each) for each in found.values()] == [4, 1]
    assert all(each["status"] == status for status, some in found.items() for each in some)


def test_case_28_filter_by_status_and_product_id(service: Served) -> None:
    wanted = service.footprints()[0]["productIds"][0]
    assert len(listed(service.get("/3/footprints", status="Active", productId=wanted))) == 4


def test_case_29_filter_by_several_values_using_or_logic(service: Served) -> None:
    several = [service.footprints()[0]["companyIds"][0], secrets.token_hex(4), secrets.token_hex(4)]
    assert len(listed(service.get("/3/footprints", companyId=several))) == 5


@pytest.mark.parametrize(
    ("case", "query"),
    [
        (30, {"productId": "urn:bogus:product:8f2c"}),
        (31, {"companyId": "urn:bogus:company:8f2c"}),
        (32, {"geography": "XX"}),
        (33, {"classification": "urn:bogus:classification:8f2c"}),
        (34, {"validOn": "1900-01-01T00:00:00Z"}),
        (35, {"validAfter": "2099-12-31T23:59:59Z"}),
        (36, {"validBefore": "1900-01-01T00:00:00Z"}),
        (37, {"status": "BogusStatus8f2c"}),
        (38, {"companyId": "urn:bogus:company:8f2c", "productId": "urn:bogus:product:8f2c"}),
        (39, {"companyId": ["urn:bogus:company:1", "urn:bogus:company:2", "urn:bogus:company:3"]}),
    ],
)
def test_cases_30_to_39_a_filter_that_nothing_meets_gives_an_empty_list(
    service: Served, case: int, query: dict[str, Any]
) -> None:
    assert listed(service.get("/3/footprints", **query)) == [], case


def test_case_40_a_malformed_published_event_is_refused(service: Served) -> None:
    refused(service.event(event(service, PUBLISHED, {"pfIds": ["urn:gtin:4712345060507"]})), 400, "BadRequest")


def test_a_client_that_does_not_trust_the_certificate_tells_us_nothing(service: Served) -> None:
    trusting = service.context
    service.context = ssl.create_default_context()
    try:
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            service.ask_token()
    finally:
        service.context = trusting
