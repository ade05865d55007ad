"""Files of weighing slips for the tests, from few arguments."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.names import Names, fold
from app.schemas.weighing_slips.slips import SlipFile, read_slips

DATA = Path(__file__).parents[2] / "data"
OCTOBER = (DATA / "weighing_slips_2026-10.csv").read_bytes()
BAD = (DATA / "weighing_slips_bad.csv").read_bytes()
HEADER = [str(column) for column in Column]

GOOD = {
    Column.SLIP_NUMBER: "W10-0001",
    Column.WEIGHED_AT: "2026/10/1 9:05",
    Column.CUSTOMER: "TRUCK-M",
    Column.ITEM: "トラックボデー",
    Column.UNITS: "2",
    Column.VEHICLE: "富士744か4050",
    Column.GROSS: "12150",
    Column.TARE: "10080",
    Column.DEDUCTION: "",
    Column.NET: "2070",
    Column.ALLOY: "A6N01",
    Column.SCRAP_CLASS: "使用済",
    Column.SITE: "MC",
    Column.BAY: "B-1",
}


def folded(**codes: str) -> dict[str, str]:
    """Folded name to code, from code=names parted by |; _ in a code stands for -."""
    pairs = [(code.replace("_", "-"), names) for code, names in codes.items()]
    return {fold(name): code for code, names in pairs for name in (code, *names.split("|")) if name}


NAMES = Names(
    customers=folded(
        RAIL_E="見本旅客鉄道株式会社|Example Railway Co.", TRUCK_M="例示運輸株式会社", TRUCK_K="架空物流株式会社"
    ),
    items=folded(
        truck_body="トラックボデー|Truck body", shinkansen_car="新幹線車両", offcuts="工程端材", profile="押出形材"
    ),
    scrap_classes={
        fold("使用済"): "post_consumer",
        "post_consumer": "post_consumer",
        fold("工程端材"): "pre_consumer",
        fold("社内"): "internal",
    },
    alloys=folded(A5083="", A6063="", A6N01="A6005C", mixed="混合"),
    sites=folded(MC="溶解工場", KB="鋳造工場（蒲原）"),
    item_classes={
        "truck-body": frozenset({"post_consumer", "internal"}),
        "shinkansen-car": frozenset({"post_consumer", "internal"}),
        "offcuts": frozenset({"pre_consumer", "internal"}),
        "profile": frozenset(),
    },
)


def read(data: bytes) -> SlipFile:
    return read_slips(data, NAMES)


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("cp932"), newline="")))


def slip(**changed: str) -> list[str]:
    """A good row with some cells changed, by the name of the column: slip(GROSS="abc")."""
    row = {**GOOD, **{Column[name]: written for name, written in changed.items()}}
    return [row[column] for column in Column]


def as_csv(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode(encoding)


def slips_csv(*rows: list[str], encoding: str = "utf-8") -> bytes:
    return as_csv([HEADER, *rows], encoding)


def as_xlsx(rows: Sequence[Sequence[object]], **sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with the rows on its first sheet and the named sheets behind it."""
    book = Workbook()
    for title, content in {"計量票": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    del book["Sheet"]
    return saved(book)


def saved(book: Workbook) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def rezipped(data: bytes, **parts: bytes) -> bytes:
    """A workbook with some parts put in place of its own: rezipped(data, **{"xl/workbook.xml": b"…"})."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        contents = {name: old.read(name) for name in old.namelist()} | parts
        for name, content in contents.items():
            new.writestr(name, content)
    return written.getvalue()
