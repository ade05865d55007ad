"""How many queries a question takes, however long the way was."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.campaign import bodies, certificate, delivered, scrap, three_bodies
from tests.house import House


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The SELECTs that run meanwhile."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(house.records.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(house.records.engine, "before_cursor_execute", note)


def recast(house: House, depth: int) -> str:
    """A product whose metal went through so many steps; its lot number."""
    scrap(house, f"S{depth}")
    lot, kg = f"S{depth}", 2400
    for step in range(depth - 1):
        made = f"N{depth}-{step}"
        output = {"number": made, "kind": "ingot", "kg": str(kg - 1), "alloy": "A6N01"}
        heat = {"kind": "remelt", "site": "MC", "ended_at": f"2026-10-02T{step + 1:02d}:00:00+09:00"}
        if step == depth - 2:
            output["kind"] = "billet"
        house.post("/transformations", heat | {"inputs": [{"lot": lot, "kg": str(kg)}], "outputs": [output]})
        lot, kg = made, kg - 1
    bodies(house, f"T{depth}", lot, str(kg), str(kg - 100))
    return f"T{depth}"


def test_origins_and_lineage_take_as_many_queries_at_depth_12_as_at_depth_2(house: House) -> None:
    counts, answer = {}, {}
    for depth in (2, 12):
        product = recast(house, depth)
        for path in (f"/lots/{product}", f"/lots/{product}/lineage"):
            with counted(house) as statements:
                answer = house.get(path)
            counts[depth, path.removeprefix(f"/lots/{product}")] = len(statements)
        assert answer["origins"][0]["origin"] == f"S{depth}"
        assert len(answer["upstream"]) == depth
    assert counts[2, ""] == counts[12, ""]
    assert counts[2, "/lineage"] == counts[12, "/lineage"]


def test_the_page_behind_the_qr_is_one_indexed_read(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"))
    # The first look at a document digests it; from then on its row's version tells that it is the same (PostgreSQL).
    assert house.client.get(f"/c/{issued['code']}").status_code == 200
    for ending in ("", ".json", ".pdf"):
        with counted(house) as statements:
            assert house.client.get(f"/c/{issued['code'].lower()}{ending}").status_code == 200
        assert len(statements) <= (2 if ending == ".pdf" else 1), statements
