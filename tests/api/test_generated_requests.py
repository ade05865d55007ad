"""Generated requests against the service's own OpenAPI document: no 5xx, and nothing that is not documented."""

from collections import Counter
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as with_examples
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from tests.campaign import certificate, delivered, three_bodies
from tests.house import House

CHECKS = (
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
)
ROLES = ("admin", "logistics", "plant", "sales", "auditor")
EACH = {"sqlite": 55, "postgresql": 8}
LEAST = {"sqlite": 2_000, "postgresql": 200}


def known_numbers(house: House) -> None:
    """Something in the books for numbers to be found."""
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))


def test_generated_requests_get_only_documented_answers(
    house: House, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    known_numbers(house)
    kind = request.node.callspec.params["database_url"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", house.app)
    seen: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = cast(Any, found).ok()
        for generation in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            _run(house, operation, generation, EACH[kind], seen)
    with capsys.disabled():
        print(f"\n{kind}: {sum(seen.values())} generated requests: {dict(sorted(seen.items()))}")
    assert sum(seen.values()) >= LEAST[kind]
    assert not [status for status in seen if status >= 500]


def _run(house: House, operation: Any, generation: Any, count: int, seen: Counter[int]) -> None:
    """Send generated cases of one operation with the key of one role after the other."""

    @settings(
        max_examples=count,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @with_examples(operation.as_strategy(generation_mode=generation), st.sampled_from(ROLES))
    def send(case: Any, role: str) -> None:
        # Its client asks for packed answers and then reads them as they are; test_packing looks at those.
        headers = {"Authorization": f"Bearer {house.keys[role]}", "Accept-Encoding": "identity"}
        answer = case.call(headers=headers)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    send()
