"""What is wrong with a file of weighing slips, in a sentence that names the value and says what to do."""

from collections.abc import Mapping

from app.ledger.grams import kilograms_text
from app.wording.catalogue import marked, say

_CELL_SENTENCES = {
    "missing": marked("This cell is blank. Fill it in."),
    "duplicate": marked(
        "Slip “{written}” is already in row {first_row} of this file, at site {site}. "
        "Remove one of the two or correct its number."
    ),
    "unknown": marked("“{written}” is not registered. Write a registered code or name."),
    "not one of the item's classes": marked("“{written}” is no scrap class of the item {item}. Write one of its own."),
    "not a slip number": marked(
        "“{written}” is not a slip number. Use the letters A to Z, digits, and . _ - after the first character."
    ),
    "not a number": marked("“{written}” is not a number. Write only the figure, such as 12150 or 12,150.5."),
    "not a whole number": marked("“{written}” is not a whole number. Write it without decimals."),
    "more than three decimals": marked("“{written}” has more than three decimals. Write kilograms to the gram."),
    "negative": marked("“{written}” is below zero. Write it without the minus sign, or correct it."),
    "zero": marked("“{written}” is zero. Write a figure above zero."),
    "absurdly large": marked("“{written}” is absurdly large. Correct the figure."),
    "not above tare": marked(
        "The gross weight of {gross_kg} kg is not above tare and deduction ({tare_kg} kg and {deduction_kg} kg). "
        "Correct the weights."
    ),
    "does not add up": marked(
        "The net weight “{written}” does not add up: gross less tare less deduction is {net_kg} kg. "
        "Correct it or leave it blank."
    ),
    "not a date": marked("“{written}” is not a date. Write it as 2026/10/1 9:05 or 令和8年10月1日 9時5分."),
    "no such day": marked("“{written}” is a day or time that does not exist. Correct the date."),
    "too long": marked("“{written}” is too long. Shorten it to {most} characters at most."),
    "a formula": marked("“{written}” is a formula or an Excel error. Write the value itself."),
    "unprintable characters": marked("“{written}” holds characters that cannot be printed. Type it again."),
    "outside the columns": marked(
        "“{written}” stands below no column name. Name the column or remove the value. "
        "In CSV, quote figures with commas."
    ),
}

_FILE_SENTENCES = {
    "empty": marked("The file is empty. Export the slips again."),
    "no slips": marked("The file has column names but no slips. Export the slips again."),
    "too large": marked("The file is larger than {most_mb} MB. Split it."),
    "too many rows": marked("The file has more than {most} rows. Split it."),
    "too many columns": marked("Row {row} has more than {most} columns. Remove what is not part of the slips."),
    "not a spreadsheet": marked("The file is neither CSV nor .xlsx. Export the slips as one of the two."),
    "old or locked Excel file": marked(
        "The file is an old Excel file (.xls) or locked with a password. Save it as .xlsx without a password."
    ),
    "unknown encoding": marked(
        "The text is neither in UTF-8 nor in CP932 (Shift_JIS). Save the file as CSV UTF-8 or as .xlsx."
    ),
    "broken quotes": marked("In row {row} a quotation mark is wrong or never closed. Correct the row."),
    "zip bomb": marked(
        "The file unpacks to more than {most_mb} MB or too many parts. Copy the slips alone to a new workbook."
    ),
    "damaged workbook": marked(
        "The .xlsx file cannot be read: it is damaged or not a workbook. Save it again in Excel."
    ),
    "several sheets": marked(
        "Several sheets have contents ({sheets}). Leave one sheet with the slips, hide the others."
    ),
    "no header": marked(
        "The first row does not hold the column names. Begin the file with {columns}, as CSV or .xlsx."
    ),
    "header missing": marked("Columns are missing: {columns}. Add them."),
    "header twice": marked("Columns stand there twice: {columns}. Remove the second."),
    "unknown column": marked("Columns are not known: {columns}. Remove or rename them."),
}

_BETWEEN = {"ja": "、", "en": ", "}


def fault_sentence(locale: str, reason_value: str, values: Mapping[str, object]) -> str:
    """Why a cell was refused. ``values`` are those of the fault; masses end in ``_g`` and are said in kilograms."""
    return say(locale, _CELL_SENTENCES[reason_value], **_said(locale, values))


def file_fault_sentence(locale: str, reason_value: str, values: Mapping[str, object]) -> str:
    """Why a file was not read as a table of weighing slips. ``values`` are those of the refusal."""
    return say(locale, _FILE_SENTENCES[reason_value], **_said(locale, values))


def _said(locale: str, values: Mapping[str, object]) -> dict[str, object]:
    said: dict[str, object] = {}
    for name, value in values.items():
        if name.endswith("_g") and isinstance(value, int):
            said[name.removesuffix("_g") + "_kg"] = kilograms_text(value)
        elif isinstance(value, tuple):
            said[name] = _BETWEEN[locale].join(map(str, value))
        else:
            said[name] = value
    return said
