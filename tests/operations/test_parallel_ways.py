"""A body that was extruded and fabricated beside a profile that was only extruded, on one certificate."""

import pytest

from tests.campaign import MADE, SENT, billet, scrap
from tests.house import House


def worked(house: House, kind: str, inputs: dict[str, str], output: dict[str, object]) -> None:
    taken = [{"lot": lot, "kg": kg} for lot, kg in inputs.items()]
    step = {"kind": kind, "site": "MC", "ended_at": MADE, "inputs": taken, "outputs": [output | {"alloy": "A6N01"}]}
    house.post("/transformations", step)


def issued(house: House) -> dict[str, str]:
    scrap(house, "A", "2400", customer="RAIL-E")
    scrap(house, "B", "1300")
    billet(house, "L", {"A": "2400"}, "2304")
    billet(house, "M", {"B": "1300"}, "1250")
    for taken, made, kg in (("L", "E", "2304"), ("M", "P", "1250")):
        worked(house, "extrude", {taken: kg}, {"number": made, "kind": "product", "item": "profile", "kg": kg})
    worked(
        house, "fabricate", {"E": "2304"},
        {"number": "T", "kind": "product", "item": "truck-body", "units": 3, "kg": "2280"},
    )  # fmt: skip
    note = {"number": "D-1", "customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT}
    sent = house.post("/dispatches", note | {"lines": [{"lot": "T", "units": 2}, {"lot": "P", "kg": "1000"}]})
    deliveries = [lot["number"] for lot in sent["lots"]]
    found: dict[str, str] = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": deliveries}, "sales")
    return found


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("ja", "この証明書の製品2,520 kgは、最後に通った工程で分けると、製作 1,520 kg、押出 1,000 kgです。"),
        ("en", "By the last step each went through, the 2,520 kg on this certificate are: "
               "Fabricate 1,520 kg, Extrude 1,000 kg."),
    ],
)  # fmt: skip
def test_the_sentence_of_the_way_says_how_much_left_by_which_step(house: House, locale: str, sentence: str) -> None:
    page = house.client.get(f"/c/{issued(house)['code']}", headers={"Accept-Language": locale}).text
    assert sentence in page.replace("\u00a0", " ")
