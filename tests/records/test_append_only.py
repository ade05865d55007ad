"""Raw SQL that edits or removes what happened is refused by both databases."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.campaign import delivered, primary, three_bodies
from tests.house import House

APPEND_ONLY = ("movements", "embodied_movements", "losses", "deeds", "audit_log", "reversals", "returns", "write_offs")
COLUMN = {
    "movements": "mass_g",
    "embodied_movements": "co2_g",
    "losses": "mass_g",
    "deeds": "person",
    "audit_log": "person",
    "reversals": "reason",
    "returns": "reason",
    "write_offs": "reason",
}


def everything(house: House) -> None:
    """A row in each of the tables."""
    three_bodies(house)
    house.post("/returns", {"lot": delivered(house, "D-1", "T"), "site": "MC"})
    primary(house, "P")
    house.post("/lots/P/reversal", {"reason": "entered twice"})
    flag = house.post("/write-offs", {"lot": "T", "units": 1, "reason": "gone"})["flags"][0]["id"]
    house.post(f"/flags/{flag}/acceptance", {"reason": "so it is"}, "plant")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "words", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"]
)
def test_what_happened_is_never_edited_or_removed(house: House, table: str, words: str) -> None:
    everything(house)
    if words.startswith("TRUNCATE") and house.records.engine.dialect.name == "sqlite":
        words = "DELETE FROM {table}"  # SQLite has no TRUNCATE: deleting all rows is the nearest it knows
    with pytest.raises(DBAPIError, match="append-only"), house.records.engine.begin() as connection:
        connection.exec_driver_sql(words.format(table=table, column=COLUMN[table]))
