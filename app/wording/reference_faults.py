"""Why a file is no master data, in a sentence that says what to do."""

from collections.abc import Mapping

from app.wording.catalogue import marked, say

_SENTENCES = {
    "not_utf_8": marked("The text is not in UTF-8. Save the sheet as CSV UTF-8."),
    "not_csv": marked("The file is no CSV, or a quotation mark in it is wrong. Save the sheet as CSV UTF-8."),
    "no_such_sheet": marked("There is no such sheet. A file is named after its sheet: {sheets}."),
    "columns": marked("The columns must be {columns}, in this order."),
    "cells": marked("Row {row} has more or fewer cells than there are columns."),
    "cell": marked("In row {row}, {column} cannot be “{value}”."),
    "not_above_zero": marked("In row {row}, {column} must be above zero, not “{value}”."),
}


def reference_fault_sentence(locale: str, reason: str, values: Mapping[str, object]) -> str:
    """Why a file was not read as master data. ``values`` are those of the refusal."""
    said = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return say(locale, _SENTENCES[reason], **said)
