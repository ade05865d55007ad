"""Why a file is no list of certificates to issue, in a sentence that says what to do."""

from collections.abc import Mapping

from app.wording.catalogue import marked, say

_SENTENCES = {
    "empty": marked("The file is empty."),
    "no slips": marked("The file has column names but no rows."),
    "too large": marked("The file is larger than {most_mb} MB. Split it."),
    "too many rows": marked("The file has more than {most} rows. Split it."),
    "not a spreadsheet": marked("The file is no CSV. Save the list as CSV UTF-8."),
    "unknown encoding": marked("The text is neither in UTF-8 nor in CP932 (Shift_JIS). Save the list as CSV UTF-8."),
    "broken quotes": marked("In row {row} a quotation mark is wrong or never closed. Correct the row."),
    "no header": marked("The first row does not hold the column names. Begin the file with {columns}."),
    "header missing": marked("Columns are missing: {columns}. Add them."),
    "header twice": marked("Columns stand there twice: {columns}. Remove the second."),
    "unknown column": marked("Columns are not known: {columns}. Remove or rename them."),
}


def batch_file_sentence(locale: str, reason_value: str, values: Mapping[str, object]) -> str:
    """Why a file was not read as a list of certificates. ``values`` are those of the refusal."""
    said = {name: ", ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in values.items()}
    return say(locale, _SENTENCES[reason_value], **said)
