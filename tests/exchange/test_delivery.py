"""Events arrive, or wait: over verified TLS to the registered address alone, tried again with pauses, then given up."""

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from app.current import EXTENSION
from app.operations.exchange import delivery
from app.operations.exchange.clients import Callback, end_client
from app.operations.exchange.delivery import ABANDONED_AFTER, IN_HAND, Delivered, Outbound, deliver_due
from app.operations.exchange.host_system import HostSystems
from app.operations.exchange.sealing import Seal
from tests.exchange.host import NAME, SECRET, TOKEN, Recipient, serving_recipient
from tests.exchange.partner import certified, events, partner, request_created, six_bodies
from tests.exchange.published import FULFILLED_EVENT, PUBLISHED_EVENT, faults
from tests.exchange.served import ROOT, Served, environment
from tests.house import House, opened


class Killed(BaseException):
    """A process that dies: no handler catches it."""


@pytest.fixture
def trusting(house: House, authority_file: Path) -> House:
    """A house that trusts the tests' authority besides the public ones."""
    outbound = replace(house.service.outbound, systems=HostSystems(authority_file))
    house.service = replace(house.service, outbound=outbound)
    house.app.extensions[EXTENSION] = house.service
    return house


@pytest.fixture
def told(trusting: House, recipient: Recipient) -> House:
    """A house with one event that waits to be delivered."""
    six_bodies(trusting)
    partner(trusting, callback=recipient.callback)
    certified(trusting, "D-1")
    return trusting


def deliver(house: House, outbound: Outbound | None = None) -> Delivered:
    return deliver_due(house.records, outbound or house.service.outbound, "tester", house.clock)


def why(house: House) -> str:
    [event] = events(house)
    return str(event["last_error"])


def audited(house: House) -> list[str]:
    lines = [json.loads(line) for line in house.send("GET", "/audit", "auditor").text.splitlines()]
    return [each["action"] for each in lines if each["subject_kind"] == "exchange_event"]


def test_what_was_published_is_told_once_under_a_token_of_theirs(told: House, recipient: Recipient) -> None:
    assert deliver(told) == Delivered(arrived=1)
    assert deliver(told) == Delivered()
    [event] = recipient.events
    assert faults(PUBLISHED_EVENT, event) == []
    assert event["data"]["pfIds"] == [each["id"] for each in partner(told).footprints()]
    assert event["id"] == events(told)[0]["uuid"]
    assert [path for path, _ in recipient.asked] == ["/auth/token", "/3/events"]
    assert recipient.asked[1][1] == f"Bearer {TOKEN}"
    assert audited(told) == ["send", "arrived"]


def test_a_request_is_fulfilled_with_footprints_as_they_stand_when_it_is_sent(
    trusting: House, recipient: Recipient
) -> None:
    six_bodies(trusting)
    issued = certified(trusting, "D-1")
    buyer = partner(trusting, callback=recipient.callback)
    asked = request_created({"geography": ["JP"]}, source=recipient.address)
    assert buyer.event(asked).status_code == 200
    trusting.post(f"/certificates/{issued['number']}/revocation", {"reason": "wrong lot"}, "sales")
    deliver(trusting)
    fulfilled = recipient.answering("RequestFulfilledEvent", asked["id"])
    assert faults(FULFILLED_EVENT, fulfilled) == []
    assert [each["status"] for each in fulfilled["data"]["pfs"]] == ["Deprecated"]


def test_another_authoritys_certificate_is_refused_before_anything_is_said(told: House, recipient: Recipient) -> None:
    public_only = replace(told.service.outbound, systems=HostSystems(None))
    assert deliver(told, public_only) == Delivered(waiting=1)
    assert "CERTIFICATE_VERIFY_FAILED" in why(told)
    assert recipient.asked == []


def test_a_certificate_of_another_name_is_refused(trusting: House, recipient: Recipient) -> None:
    six_bodies(trusting)
    callback = Callback(f"https://127.0.0.1:{recipient.port}", NAME, SECRET)
    partner(trusting, callback=callback)
    certified(trusting, "D-1")
    assert deliver(trusting) == Delivered(waiting=1)
    assert "CERTIFICATE_VERIFY_FAILED" in why(trusting)


def test_a_redirect_is_not_followed_but_tried_again_later(
    told: House, recipient: Recipient, authority: trustme.CA
) -> None:
    with serving_recipient(authority) as elsewhere:
        recipient.location, recipient.events_status = f"{elsewhere.address}/3/events", 307
        assert deliver(told) == Delivered(waiting=1)
        assert elsewhere.asked == []
    assert "a redirect is not followed" in why(told)


def test_an_event_is_tried_again_with_pauses_that_double_and_given_up_after_72_hours(
    told: House, recipient: Recipient
) -> None:
    recipient.events_status = 500
    begun, tried = told.clock.now, []
    while (done := deliver(told)) != Delivered(given_up=1):
        if done == Delivered(waiting=1):
            tried.append(told.clock.now - begun)
        told.clock.now += timedelta(minutes=1)
    minutes = [int(each.total_seconds() // 60) for each in tried]
    assert minutes == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1743, 2463, 3183]
    assert told.clock.now - begun <= ABANDONED_AFTER
    told.clock.now += timedelta(days=30)
    assert deliver(told) == Delivered()
    assert audited(told)[-1] == "given_up"
    assert "answered 500" in why(told)


def test_what_failed_arrives_once_the_other_side_is_well_again(told: House, recipient: Recipient) -> None:
    recipient.token_status = 503
    assert deliver(told) == Delivered(waiting=1)
    recipient.token_status = 200
    assert deliver(told) == Delivered()  # not before its pause is over
    told.clock.now += timedelta(minutes=1)
    assert deliver(told) == Delivered(arrived=1)
    assert len(recipient.events) == 1


def test_a_process_that_dies_half_way_leaves_the_event_to_the_next(
    told: House, recipient: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(delivery, "_settle", die)
        with pytest.raises(Killed):
            deliver(told)
    assert deliver(told) == Delivered()  # it is still in the dead one's hand
    told.clock.now += IN_HAND
    assert deliver(told) == Delivered(arrived=1)
    assert len({event["id"] for event in recipient.events}) == 1  # at least once, under the same id
    assert len(recipient.events) == 2


def test_nobody_answers_and_nothing_is_lost(trusting: House) -> None:
    six_bodies(trusting)
    partner(trusting, callback=Callback("https://localhost:1", NAME, SECRET))
    certified(trusting, "D-1")
    assert deliver(trusting) == Delivered(waiting=1)
    assert "refused" in why(trusting).lower()


def test_a_client_that_was_ended_is_sent_nothing(told: House, recipient: Recipient) -> None:
    end_client(told.records, told.doer(), events(told)[0]["client_id"])
    assert deliver(told) == Delivered(given_up=1)
    assert recipient.asked == []
    certified(told, "D-2")
    assert len(events(told)) == 1


def test_a_client_whose_time_is_over_is_sent_nothing(trusting: House, recipient: Recipient) -> None:
    six_bodies(trusting)
    partner(trusting, callback=recipient.callback, expires_at=trusting.clock.now + timedelta(hours=1))
    certified(trusting, "D-1")
    trusting.clock.now += timedelta(hours=1)
    assert deliver(trusting) == Delivered(given_up=1)
    certified(trusting, "D-2")
    assert len(events(trusting)) == 1
    assert recipient.asked == []


def test_our_secret_there_is_sealed_and_opens_under_the_services_own_alone(told: House, recipient: Recipient) -> None:
    with told.records.engine.connect() as connection:
        [kept] = connection.exec_driver_sql("SELECT callback_secret FROM exchange_clients").scalars()
    assert SECRET not in kept
    other = replace(told.service.outbound, seal=Seal("another secret key of the service, long enough"))
    assert deliver(told, other) == Delivered(waiting=1)
    assert "another SECRET_KEY" in why(told)
    assert recipient.asked == []


def test_the_shell_makes_clients_and_delivers_what_waits(service: Served, authority_file: Path) -> None:
    def shell(*words: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "exchange", *words]
        env = environment(service, authority_file)
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, input=said, check=False)

    callback = ("--callback-url", service.recipient.address, "--callback-client-id", NAME)
    made = shell("client", "create", "--customer", "TRUCK-K", *callback, said=f"{SECRET}\n")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1].startswith("pact_")
    with opened(f"sqlite:///{service.folder / 'ledger.db'}", service.folder, service.address) as house:
        certified(house, "D-20", "TRUCK-K")
    sent = shell("deliver")
    assert (sent.returncode, sent.stdout) == (0, "1 events arrived, 0 will be tried again, 0 were given up.\n")
    assert len(service.recipient.of_type("PublishedEvent")) == 1
    assert shell("fill").stdout == "0 footprints were made for certificates issued before.\n"
    [name] = [line.split("\t")[0] for line in shell("client", "list").stdout.splitlines() if "TRUCK-K" in line]
    assert shell("client", "end", name).stdout == f"Client {name} has been ended.\n"
    refused = shell("client", "create", "--customer", "NOBODY")
    assert (refused.returncode, "There is no customer NOBODY." in refused.stderr) == (1, True)
    assert shell("client", "end", "nobody").returncode == 1


def test_two_who_deliver_at_once_send_each_event_once(trusting: House, recipient: Recipient) -> None:
    six_bodies(trusting)
    partner(trusting, callback=recipient.callback)
    for n in range(4):
        certified(trusting, f"D-{n}")
    done: list[Delivered] = []
    threads = [threading.Thread(target=lambda: done.append(deliver(trusting))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.arrived for each in done) == len({event["id"] for event in recipient.events}) == 4
    assert len(recipient.events) == 4


def test_nobody_waits_behind_a_system_that_does_not_answer(trusting: House, recipient: Recipient) -> None:
    six_bodies(trusting)
    partner(trusting, callback=Callback("https://localhost:1", NAME, SECRET))
    partner(trusting, callback=recipient.callback)
    for n in range(3):
        certified(trusting, f"D-{n}")
    assert deliver(trusting) == Delivered(arrived=3, waiting=1)
    assert deliver(trusting) == Delivered(waiting=1)


def test_whoever_watches_delivers_what_comes_up(service: Served, authority_file: Path) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "exchange", "deliver", "--watch"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(service, authority_file)) as watching:
        before = len(service.recipient.of_type("PublishedEvent"))
        with opened(f"sqlite:///{service.folder / 'ledger.db'}", service.folder, service.address) as house:
            certified(house, "D-30")
        until = time.monotonic() + 30
        while len(service.recipient.of_type("PublishedEvent")) == before and time.monotonic() < until:
            time.sleep(0.2)
        watching.terminate()
    assert len(service.recipient.of_type("PublishedEvent")) == before + 1
