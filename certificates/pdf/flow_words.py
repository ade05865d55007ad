"""Words placed beside a picture before any is drawn, so that a layout whose words meet is known and not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from certificates.pdf.paper import INK, INK_2, LEFT, POINT, RIGHT, Colour
from certificates.pdf.pen import Pen

_ASCENT, _DESCENT = 0.86, 0.2  # of the size: what kanji reach, and the tail of a g
_SPACE = 0.7  # mm between two words of a line, or they read as one
_TOUCH = 0.15  # mm; so little is no overlap to an eye

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text: its baseline from the upper edge of the picture's band, x from the left of the sheet."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    colour: Colour = INK
    right: bool = False

    def draw(self, pen: Pen, top: float) -> None:
        pen.text(self.x, top + self.y, self.text, self.size, bold=self.bold, colour=self.colour, right=self.right)

    def box(self, pen: Pen) -> Box:
        """Left, top, right and bottom."""
        wide = pen.width(self.text, self.size, self.bold)
        left = self.x - wide if self.right else self.x
        return left, self.y - _ASCENT * self.size * POINT, left + wide, self.y + _DESCENT * self.size * POINT


def note(x: float, y: float, text: str, size: float) -> Word:
    """English, or a second fact: in ink-2."""
    return Word(x, y, text, size, colour=INK_2)


def stand_apart(pen: Pen, words: Sequence[Word], shapes: Sequence[Box]) -> bool:
    """Whether no two words meet, none stands on one of the ``shapes`` and none runs over the margins."""
    boxes = [word.box(pen) for word in words]
    inside = all(left >= LEFT - _TOUCH and right <= RIGHT + _TOUCH for left, _, right, _ in boxes)
    apart = not any(meet(_wider(one), other) for one, other in combinations(boxes, 2))
    return inside and apart and not any(meet(box, shape) for box in boxes for shape in shapes)


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return left - _SPACE, top, right + _SPACE, bottom


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap so that an eye sees it."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > _TOUCH and down > _TOUCH
