"""Where lines end: Japanese at phrases and never before 、 or ）, English between words, a figure never from its unit.

Phrases are found without a dictionary: a new one begins where kana turn to kanji, katakana or Latin, and at brackets.
A phrase longer than a line is broken between characters (kinsoku rules of JIS X 4051 still hold), and a word longer
than a line (a number of sixty characters) wherever the line ends.
"""

import re
from collections.abc import Callable, Iterator

_NOT_AT_START = "、。，．・：；？！）］｝」』】〕〉》”’％‰々ー～―ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ.,:;?!)]}%"
_NOT_AT_END = "（［｛「『【〔〈《“‘([{"
_HIRAGANA = r"\u3040-\u309f"
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PIECE = re.compile(
    rf"[^\s{_WIDE}]+(?:(?<=[\d¹²])\s(?=kg|%|t\b)[^\s{_WIDE}]+)*"  # a word, or a figure with its unit
    rf"|\s+|[{_WIDE}]"
)
_SHORT_LAST = 0.25

Measure = Callable[[str], float]


def lines(text: str, width: float, measure: Measure) -> list[str]:
    """``text`` in lines of at most ``width``, in the unit of ``measure``; a very short last line is evened out."""
    broken = _greedy(text, width, measure)
    count, measured = len(broken), width
    while count > 1 and measure(broken[-1]) < _SHORT_LAST * width and measured > width / 2:
        measured *= 0.97
        tried = _greedy(text, measured, measure)
        if len(tried) > count:
            break
        broken = tried
    return broken


def _greedy(text: str, width: float, measure: Measure) -> list[str]:
    found, line = [], ""
    for phrase in _fitting(text, width, measure):
        if line and measure((line + phrase).rstrip()) > width:
            found.append(line.rstrip())
            line = phrase.lstrip()
        else:
            line += phrase
    return [*found, line.rstrip()] if line.strip() else found


def _fitting(text: str, width: float, measure: Measure) -> Iterator[str]:
    for phrase in phrases(text):
        if measure(phrase.rstrip()) <= width / 2:
            yield phrase
        else:
            for atom in atoms(phrase):
                yield from [atom] if measure(atom.rstrip()) <= width else atom


def phrases(text: str) -> list[str]:
    """The text cut where a line may end if it can help it."""
    found: list[str] = []
    for atom in atoms(text):
        if found and not _begins_phrase(found[-1], atom):
            found[-1] += atom
        else:
            found.append(atom)
    return found


def _begins_phrase(before: str, after: str) -> bool:
    last, first = before[-1], after[0]
    if last.isspace() or last in "、。）」・：" or first in _NOT_AT_END:
        return True
    return bool(re.match(f"[{_HIRAGANA}]", last)) and not re.match(f"[{_HIRAGANA}]", first)


def atoms(text: str) -> list[str]:
    """The text cut wherever a line may end at all: between wide characters and between words."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        glued = found and (piece.isspace() or piece[0] in _NOT_AT_START or found[-1][-1] in _NOT_AT_END)
        if glued:
            found[-1] += piece
        else:
            found.append(piece)
    return found
