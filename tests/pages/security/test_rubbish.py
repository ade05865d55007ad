"""Rubbish in addresses, queries and forms: told as such, never a failure of ours, and the books stay as they are."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.lookups.ledger_check import check_ledger
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor

DONE = (200, 303)
PART = re.compile(r"<[^>]+>")
PARTS = (
    "1",
    "S26-1118",
    "GMC-2026-000001",
    "D-116",
    "remelt",
    "9" * 20,
    "-1",
    "%00",
    "%ED%A0%80",
    "%0d%0aX-A:1",
    "'\"><b>",
)
PARTS += ("x" * 3000, "%2e%2e%2f%2e%2e%2fconfig.py", "..%2f..%2fconfig.py", "\uff11\uff12", "admin")
NAMES = ("after", "q", "lot", "lots", "customer", "delivery", "replaces", "saved", "done", "status", "kind", "place")
NAMES += ("number", "check", "slip", "vehicle", "site", "from", "to", "format", "next", "lang", "all", "left")
VALUES = ("%00", "%FF%FE", "-1", "9" * 15, "9" * 30, "x" * 3000, "%25_%5C", "';--", "https://[", "\u0967", "9999-99-99")
WORDS = (
    "",
    "0",
    "-1",
    "1e9",
    "NaN",
    "9" * 40,
    "\uff11\uff12\uff0c\uff13",
    "T26-1202",
    "S26-1118",
    "MC",
    "\x00",
    "\ud7ff",
    "yes",
    "remelt",
)
FIELDS = (
    "number",
    "lot",
    "kg",
    "units",
    "site",
    "to",
    "customer",
    "reason",
    "code",
    "name",
    "login",
    "password",
    "role",
)
FIELDS += ("inputs.0.lot", "inputs.x", "inputs", "inputs.0", "outputs.0.kg", "outputs.0.kind", "lines.0.lot", "lines.")
FIELDS += (
    "deliveries.0",
    "deliveries",
    "footprint.kg_per_kg",
    "footprint",
    "valid_from",
    "value",
    "key",
    "scan",
    "current",
)
FIELDS += (
    "lots",
    "layout",
    "copies",
    "skip",
    "expires",
    "owner",
    "." * 50,
    "a" + ".0" * 300,
    "weighed_at",
    "slip_number",
)


EXAMPLES = 60  # of each route and database


def rules(house: House, method: str) -> list[str]:
    return sorted(
        rule.rule
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and method in (rule.methods or ()) and rule.rule != "/sign-out"
    )


@pytest.fixture(scope="module")
def attacker(lived_in: House) -> Visitor:
    """Somebody with every right there is: nothing is stopped by a role before it is looked at."""
    visitor = Visitor(lived_in)
    assert visitor.sign_in("admin").status_code == 303
    visitor.open("/me")
    return visitor


def answered(visitor: Visitor, method: str, path: str, words: dict[str, str] | None = None) -> int:
    headers = {"Referer": PUBLIC_URL + "/", "Sec-Fetch-Site": "same-origin"}
    answer = visitor.client.open(path, method=method, data=words, base_url=PUBLIC_URL, headers=headers)
    answer.get_data()  # what is streamed fails only while it is read
    assert answer.status_code < 500, (method, path, words, answer.status_code)
    return answer.status_code


def deeds(house: House) -> int:
    with house.records.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM deeds").scalar_one())


def filled(rule: str, parts: Callable[[], str]) -> str:
    return PART.sub(lambda found: "sites" if "any(" in found[0] else parts(), rule)


def test_no_address_and_no_query_is_a_failure_of_ours(lived_in: House, attacker: Visitor) -> None:
    before = deeds(lived_in)
    absurd = ["&".join(f"{name}={value}" for name in NAMES) for value in VALUES] + [
        "a=1&" * 500,
        "q=a&q=b&after=1&after=2",
    ]
    for rule in rules(lived_in, "GET"):
        for part in PARTS if "<" in rule else ("",):
            answered(attacker, "GET", filled(rule, lambda part=part: part))  # type: ignore[misc]
        for query in absurd:
            answered(attacker, "GET", f"{filled(rule, lambda: PARTS[1])}?{query}")
    assert deeds(lived_in) == before
    assert answered(attacker, "GET", "/me") == 200  # and the attacker was somebody all the while


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_no_form_is_a_failure_of_ours(lived_in: House, attacker: Visitor, data: st.DataObject) -> None:
    typed = st.one_of(st.sampled_from(WORDS), st.text(max_size=30))
    for rule in rules(lived_in, "POST"):
        words = data.draw(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), typed, max_size=8))
        words["do"] = data.draw(
            st.sampled_from(("record", "add", "remove.inputs.0", "more", "calculate", "choose", "x"))
        )
        known = {"csrf_token": attacker.token(), "form_key": data.draw(st.text(max_size=5))}
        path = filled(rule, lambda: quote(data.draw(st.sampled_from(("S26-1118", "1", "remelt", "plant", "\u0661")))))
        before = deeds(lived_in)
        status = answered(attacker, "POST", path, words | known)
        assert status in DONE or deeds(lived_in) == before, (path, words)


def test_after_all_of_it_the_books_are_right(lived_in: House, attacker: Visitor) -> None:
    assert check_ledger(lived_in.records).differences == ()
    assert answered(attacker, "GET", "/me") == 200
