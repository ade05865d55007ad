"""Where lines end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import wording
from certificates.pdf import breaking

SENTENCES = [
    wording.BASELINE, wording.FOOTPRINT, wording.DISCLAIMER, wording.CHAIN_OF_CUSTODY, wording.CAPS, wording.CLAIM,
]  # fmt: skip


def _measure(text: str) -> float:
    return sum(1.0 if ord(character) > 0xFF else 0.5 for character in text)


@pytest.mark.parametrize("sentence", [*(s.ja for s in SENTENCES), *(s.en for s in SENTENCES)])
@pytest.mark.parametrize("width", [12, 18, 25, 36, 47])
def test_no_line_is_too_long_begins_with_a_closing_mark_or_splits_a_figure(sentence: str, width: int) -> None:
    lines = breaking.lines(sentence, width, _measure)
    assert "".join(lines).replace(" ", "") == sentence.replace(" ", "")
    assert all(_measure(line) <= width for line in lines)
    assert not any(line[0] in "、。）」・％" or line[-1] in "（「" for line in lines)
    assert not any(line.startswith(("kg", "%")) for line in lines)


@pytest.mark.parametrize("sentence", [s.ja for s in SENTENCES])
def test_the_last_line_is_never_a_character_alone(sentence: str) -> None:
    for width in range(15, 60):
        lines = breaking.lines(sentence, width, _measure)
        assert len(lines) == 1 or _measure(lines[-1]) > 2


@given(st.text(max_size=60), st.integers(5, 40))
def test_any_text_is_broken_without_losing_a_character(text: str, width: int) -> None:
    lines = breaking.lines(text, width, _measure)
    assert "".join("".join(lines).split()) == "".join(text.split())
