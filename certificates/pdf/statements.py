"""方式と注記: the long statements, in full and in both languages."""

from collections.abc import Iterator

from certificates import wording
from certificates.pdf.paper import INK_2, LEFT, RIGHT
from certificates.pdf.pen import Pen
from certificates.pdf.table import Strip, title_strip
from certificates.wording import Text

_TEXT = 42.0
_STATEMENTS = (
    (Text("方式", "Chain of custody"), wording.CHAIN_OF_CUSTODY),
    (Text("用途", "Use"), wording.DISCLAIMER),
)


def statements(pen: Pen, number: int) -> Iterator[Strip]:
    """The heading, then a strip for each statement."""
    yield _heading(number)
    for label, sentence in _STATEMENTS:
        yield _statement(pen, label, sentence)


def _heading(number: int) -> Strip:
    title = title_strip(number, Text("方式と注記", "Method and statements"))

    def draw(pen: Pen, y: float) -> None:
        title.draw(pen, y)
        pen.rule(LEFT, y + title.height, RIGHT)

    return Strip(title.height, draw)


def _statement(pen: Pen, label: Text, sentence: Text) -> Strip:
    japanese, english = pen.lines(sentence.ja, RIGHT - _TEXT, 8), pen.lines(sentence.en, RIGHT - _TEXT, 6.5)

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 4.4, label.ja, 8, bold=True)
        pen.note(LEFT, y + 7.4, label.en, 6.5)
        below = pen.paragraph(_TEXT, y + 4.4, japanese, 8, 4)
        pen.paragraph(_TEXT, below - 0.5, english, 6.5, 2.9, colour=INK_2)

    return Strip(2.8 + 4 * len(japanese) + 2.9 * len(english), draw)
