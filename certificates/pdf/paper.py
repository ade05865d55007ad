"""The sheet: A4, its margins and columns in mm from the top left corner, and the colours of design.md."""

WIDTH = 210.0
HEIGHT = 297.0
LEFT = 18.0
RIGHT = 192.0
LABEL_WIDTH = 36.0
BODY = 58.0  # the second column: 36 + 4 from the margin
BODY_WIDTH = RIGHT - BODY
TOP = 12.0
FOOT = 281.0
POINT = 25.4 / 72  # one point in mm

Colour = tuple[float, float, float]


def _rgb(text: str) -> Colour:
    red, green, blue = (round(int(text[i : i + 2], 16) / 255, 4) for i in (0, 2, 4))
    return red, green, blue


INK = _rgb("14181b")
INK_2 = _rgb("4b5459")
LINE = _rgb("c9cfd3")
PAPER = _rgb("ffffff")
GREEN = _rgb("0a6b4a")
LOOP = GREEN
OTHER = _rgb("639d88")
PRIMARY = _rgb("d5dadd")
RETURNS = _rgb("e9edef")
REST = _rgb("cfe0d9")
OUTLINE = _rgb("7a848a")
