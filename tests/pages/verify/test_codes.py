import pytest

from app.pages.verify.codes import code_from
from tests.pages.verify.states import CODE


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), "9R6Z-4T7K-2M8Q-0V5X-3C1B-7N9W-4D", CODE.replace("0", "O"), CODE.replace("1", "i"),
     CODE.replace("1", "l"), f"-{CODE}-"],
)  # fmt: skip
def test_a_code_is_read_in_any_case_without_hyphens_and_with_misread_letters_folded(typed: str):
    assert code_from(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    ["", CODE[:-1], CODE + "0", CODE[:-1] + "U", CODE[:-1] + "*", CODE[:-1] + "ı", CODE[:-1] + "ſ", CODE[:-1] + "９",
     " " + CODE[1:], "-" * 26, CODE[:-1] + "\0"],
)  # fmt: skip
def test_anything_else_is_no_code(typed: str):
    assert code_from(typed) is None
