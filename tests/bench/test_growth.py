"""Growth in short: what a lot keeps of its past levels off, and nothing is lost on the way."""

from app.ledger.metal import Metal, together
from app.lookups.ledger_check import check_ledger
from tests.bench.growth import played
from tests.house import House

LEVEL = 11  # a quarter of a quarter … of 2.4 t is under a gram by then
LOTS = 10


def test_content_levels_off_once_a_share_is_under_a_gram(house: House) -> None:
    generations = list(played(house.records, house.doer(), LEVEL + 4))
    rows = [each.rows for each in generations]
    assert rows[:4] == [LOTS, 2 * LOTS, 3 * LOTS, 4 * LOTS]
    assert len(set(rows[LEVEL - 1 :])) == 1
    assert rows[-1] <= LEVEL * LOTS
    assert check_ledger(house.records).differences == ()


def test_after_hundreds_of_generations_a_lot_still_has_the_origins_of_a_dozen() -> None:
    returned, rows = Metal((), 0), []
    for n in range(300):
        fresh = [Metal(((LOTS * n + k, 2_400_000 + 1_237 * k),), 0) for k in range(LOTS)]
        charge = together([*fresh, returned])
        billet, _ = charge.pour(charge.mass_g * 97 // 100)
        returned, product = billet.pour(billet.mass_g // 4)
        assert returned.mass_g + product.mass_g == billet.mass_g
        rows.append(len(product.content))
    assert max(rows[:20]) == max(rows)
    assert rows[-1] < 12 * LOTS
