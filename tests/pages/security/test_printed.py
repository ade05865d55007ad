"""What was typed is printed on a certificate as it was typed, or it is told why it is not."""

import re

import pypdfium2

from tests.campaign import certificate, delivered, three_bodies
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting

LONGEST = 200  # characters of a name
MARKUP = '<b>&amp;"><img src=x>{{7*7}}</b>'


def named(admin: Visitor, address: str, name: str) -> None:
    admin.open(address)
    assert admin.send(address, {"name_ja": name, "name_en": name}).status_code == 200


def test_markup_in_names_and_quotes_is_printed_as_it_was_typed(house: House) -> None:
    three_bodies(house)
    admin = visiting(house, "admin")
    named(admin, "/admin/customers/TRUCK-M", MARKUP)
    number = certificate(house, delivered(house, "D-1", "T"), quote=MARKUP)["number"]
    pdf = admin.client.get(f"/certificates/{number}.pdf", base_url=PUBLIC_URL).data
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    printed = re.sub(r"\s+", "", "".join(pages))
    assert printed.count(re.sub(r"\s+", "", MARKUP)) >= 2


def test_the_longest_name_of_a_site_is_printed_in_full_at_its_steps(house: House) -> None:
    three_bodies(house)
    admin = visiting(house, "admin")
    named(admin, "/admin/sites/MC", "熔" * LONGEST)
    number = certificate(house, delivered(house, "D-1", "T"))["number"]
    pdf = pypdfium2.PdfDocument(admin.client.get(f"/certificates/{number}.pdf", base_url=PUBLIC_URL).data)
    evidence = "".join(pdf[1].get_textpage().get_text_range().split())
    assert evidence.count("熔") >= 2 * LONGEST


def test_what_the_font_cannot_show_says_so(house: House) -> None:
    told = "font cannot show: "
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    named(visiting(house, "admin"), "/admin/sites/MC", "𠮷\U0001f69a")
    refused = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": [delivery]}, "sales", status=422)
    assert told in str(refused["errors"])
    sales = visiting(house, "sales", site=None)
    sales.open(f"/certificates/new?customer=TRUCK-M&delivery={delivery}")
    answer = sales.send("/certificates/new")
    assert (answer.status_code, told in sales.text()) == (422, True)
