"""What is wrong is told with the name of its field: a list of nothing but "Fill this in" would help nobody."""

import re
from pathlib import Path

import pytest

from app.wording.names import FIELDS
from tests.house import House
from tests.pages.visitor import visiting

TEMPLATES = Path(__file__).parents[3] / "app/pages/templates/staff"
FIELD = re.compile(r"""m\.(?:field|area|choice|radios)\(form, (?:p ~ )?"([^"]+)\"""")


def test_every_field_of_a_form_has_its_name() -> None:
    found = {name for template in TEMPLATES.iterdir() for name in FIELD.findall(template.read_text("utf-8"))}
    assert len(found) > 50
    assert {name for name in found if name.split(".")[-1] not in FIELDS} == set()


@pytest.mark.parametrize(("locale", "named"), [("en", "Slip no.: "), ("ja", "計量票番号：")])
def test_the_summary_names_the_field_and_leads_to_it(house: House, locale: str, named: str) -> None:
    visitor = visiting(house, "logistics", locale=locale)
    visitor.open("/weigh-in")
    visitor.send("/weigh-in", {"units": "3"})
    assert f'<a href="#f-slip_number">{named}' in visitor.page


def test_one_of_many_is_named_with_its_row(house: House) -> None:
    visitor = visiting(house, "plant")
    visitor.open("/steps/new/remelt")
    visitor.send("/steps/new/remelt", {"outputs.1.kind": "billet", "outputs.0.kg": "1", "do": "record"})
    assert '<a href="#f-outputs-1-kg">Mass 2: ' in visitor.page
