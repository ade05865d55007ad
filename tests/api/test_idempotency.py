"""The same key is answered the same way for good, whatever happens in between; other words are 422."""

import threading
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.campaign import SENT, WEIGHED, delivered, primary, scrap, three_bodies
from tests.house import House

METAL = {"kind": "primary", "kg": "10", "alloy": "Al99.7", "site": "MC", "received_at": WEIGHED}


def send(house: House, path: str, body: Any, key: str = "k1", role: str = "admin", **options: Any) -> TestResponse:
    return house.send("POST", path, role, json=body, headers={"Idempotency-Key": key}, **options)


def count(house: House, table: str) -> int:
    with house.records.reading() as books:
        return int(books.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def replayed(first: TestResponse, second: TestResponse) -> bool:
    assert (first.status_code, first.data, first.mimetype) == (second.status_code, second.data, second.mimetype)
    assert "Idempotent-Replayed" not in first.headers
    return second.headers.get("Idempotent-Replayed") == "true"


def test_a_second_click_changes_nothing_and_gets_the_first_answer(house: House) -> None:
    first = send(house, "/metal-lots", METAL)
    scrap(house, "A")
    assert first.status_code == 201
    assert replayed(first, send(house, "/metal-lots", METAL))
    assert (count(house, "lots"), count(house, "audit_log")) == (2, 2 + count(house, "api_keys") + 1)


def test_the_answer_stays_the_first_one_after_the_record_has_changed(house: House) -> None:
    first = send(house, "/metal-lots", METAL | {"number": "P"})
    house.post("/lots/P/reversal", {"reason": "x"})
    second = send(house, "/metal-lots", METAL | {"number": "P"})
    assert replayed(first, second)
    assert second.get_json()["remaining_kg"] == "10"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/metal-lots", METAL | {"kg": "0"}, 422),
        ("/metal-lots", METAL | {"site": "NOWHERE"}, 422),
        ("/lots/NOTHING/reversal", {"reason": "x"}, 404),
        ("/lots/P/reversal", {"reason": "x"}, 409),
    ],
)
def test_refusals_are_kept_too(house: House, path: str, body: Any, status: int) -> None:
    primary(house, "P")
    if status == 409:
        house.post("/lots/P/reversal", {"reason": "before"})
    first = send(house, path, body)
    assert first.status_code == status
    assert replayed(first, send(house, path, body))
    assert first.mimetype == "application/problem+json"


def test_a_refusal_is_still_given_once_it_would_not_be_refused_any_more(house: House) -> None:
    transfer = {"lot": "P", "to": "NG", "kg": "10", "sent_at": WEIGHED, "received_at": WEIGHED}
    first = send(house, "/transfers", transfer)
    primary(house, "P")
    assert first.status_code == 422
    assert replayed(first, send(house, "/transfers", transfer))
    assert send(house, "/transfers", transfer, key="k2").status_code == 201


def test_the_same_key_with_other_words_is_422(house: House) -> None:
    send(house, "/metal-lots", METAL)
    other = send(house, "/metal-lots", METAL | {"kg": "11"})
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_key_reused")
    assert count(house, "lots") == 1


def test_the_same_words_spaced_and_ordered_otherwise_are_the_same(house: House) -> None:
    first = send(house, "/metal-lots", METAL)
    words = ', "'.join(f'{name}":  "{value}"' for name, value in reversed(METAL.items()))
    headers = {"Idempotency-Key": "k1"}
    again = house.send("POST", "/metal-lots", data='{"' + words + "}", headers=headers, content_type="application/json")
    assert replayed(first, again)


def test_another_path_of_the_same_route_is_other_words(house: House) -> None:
    primary(house, "P")
    primary(house, "Q")
    assert send(house, "/lots/P/reversal", {"reason": "x"}).status_code == 201
    assert send(house, "/lots/Q/reversal", {"reason": "x"}).status_code == 422


def test_a_key_counts_for_its_owner_and_its_route(house: House) -> None:
    assert send(house, "/metal-lots", METAL, role="plant").status_code == 201
    assert send(house, "/metal-lots", METAL, role="logistics").status_code == 201
    assert send(house, "/scrap-lots", METAL, role="logistics").status_code == 422
    assert count(house, "lots") == 2


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "with blank"])
def test_what_is_no_key_is_422(house: House, key: str) -> None:
    answer = send(house, "/metal-lots", METAL, key=key)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["Idempotency-Key"])


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[" * 30, 400)])
def test_what_is_no_request_at_all_is_not_kept(house: House, body: str, status: int) -> None:
    headers = {"Idempotency-Key": "k1"}
    for _ in range(2):
        answer = house.send("POST", "/metal-lots", data=body, headers=headers, content_type="application/json")
        assert (answer.status_code, "Idempotent-Replayed" in answer.headers) == (status, False)
    assert send(house, "/metal-lots", METAL).status_code == 201


def test_a_role_that_may_not_is_not_kept(house: House) -> None:
    assert send(house, "/metal-lots", METAL, role="sales").status_code == 403
    assert count(house, "outcomes") == 0


def test_a_certificate_is_issued_once_however_often_it_is_asked_for(house: House) -> None:
    three_bodies(house)
    body = {"customer": "TRUCK-M", "deliveries": [delivered(house, "D-1", "T")]}
    first = send(house, "/certificates", body)
    assert first.get_json()["status"] == "issued"
    assert replayed(first, send(house, "/certificates", body))
    assert count(house, "certificates") == 1


def test_a_certificate_that_was_cut_off_between_its_transactions_is_finished_by_the_retry(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_bodies(house)
    body = {"customer": "TRUCK-M", "deliveries": [delivered(house, "D-1", "T")]}

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.current.finish_certificate", die)
        with pytest.raises(KeyboardInterrupt):
            send(house, "/certificates", body)
    assert (count(house, "certificates"), count(house, "certificate_documents")) == (1, 0)
    first = send(house, "/certificates", body)
    assert (first.status_code, first.get_json()["status"]) == (201, "issued")
    assert replayed(first, send(house, "/certificates", body))
    assert count(house, "certificates") == 1
    other = send(house, "/certificates", body | {"quote": "Q-1"})
    assert other.status_code == 422


def test_an_order_that_was_cut_off_before_its_certificate_was_drawn_is_finished_by_the_retry(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_bodies(house)
    line = {"kind": "product", "item": "truck-body", "units": 1}
    house.post("/quotes", {"number": "Q-1", "customer": "TRUCK-M", "valid_until": "2026-12-20", "lines": [line]})
    house.post("/quotes/Q-1/lines/1/reservations", {"lot": "T", "units": 1, "until": "2026-12-20"})
    body = {"number": "D-1", "site": "MC", "dispatched_at": SENT, "certify": True}

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.current.finish_certificate", die)
        with pytest.raises(KeyboardInterrupt):
            send(house, "/quotes/Q-1/order", body)
    assert (count(house, "certificates"), house.get("/quotes/Q-1")["certificates"]) == (1, [])
    first = send(house, "/quotes/Q-1/order", body)
    assert (first.status_code, first.get_json()["number"]) == (201, "D-1")
    assert house.get(f"/certificates/{first.get_json()['certificate']}")["status"] == "issued"
    assert replayed(first, send(house, "/quotes/Q-1/order", body))
    assert (count(house, "certificates"), count(house, "dispatches")) == (1, 1)


def test_of_eight_requests_with_one_key_at_once_one_does_it_and_all_get_its_answer(house: House) -> None:
    answers: list[TestResponse] = []
    threads = [threading.Thread(target=lambda: answers.append(send(house, "/metal-lots", METAL))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 7
    assert count(house, "lots") == 1


def test_the_database_itself_keeps_an_answer_for_good(house: House) -> None:
    send(house, "/metal-lots", METAL)
    for words in ("UPDATE outcomes SET body = 'other'", "DELETE FROM outcomes"):
        with pytest.raises(Exception, match="append-only"), house.records.engine.begin() as connection:
            connection.exec_driver_sql(words)
