"""Strokes that both flow pictures are made of, as SVG. No style attribute: the page's policy would not apply it."""

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from app.pages.verify.shares import NAMES
from certificates.flow import Picture, Point, Ribbon

LINE = 19  # from one line of a label to the next
RADIUS = 6  # the inner bend of a pipe
RUN = 6  # what a pipe runs before it bends
TAIL = 10  # and after
_NARROW = frozenset(" \u00a0,.:'")
_FULL_WIDTH = 0x2E80  # from here on characters are as wide as they are high

Place = Callable[[Point], Point]


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, without trailing zeros."""
    return f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, content: str, style: str, end: bool = False) -> Markup:
    """A line of text: style "b" bold, "m" main, "n" note; ``end`` where x is its right edge."""
    anchor = Markup(' text-anchor="end"') if end else ""
    return Markup('<text x="{}" y="{}" class="{}"{}>{}</text>').format(number(x), number(y), style, anchor, content)


def rectangle(x: float, y: float, width: float, height: float, style: str) -> Markup:
    """A filled rectangle."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
        number(x), number(y), number(width), number(height), style
    )


def line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A leader from a bar to its label."""
    return Markup('<path d="M{} {}L{} {}" class="lead"/>').format(*map(number, (x1, y1, x2, y2)))


def path(data: str, style: str) -> Markup:
    """A filled outline."""
    return Markup('<path d="{}" class="{}"/>').format(data, style)


def ribbon(band: Ribbon, place: Place, mixed: str = "branch") -> Markup:
    """A band: a straight one as its four corners, a bent one with its curves. ``mixed`` is the style of a branch."""
    points = [place(point) for point in band.outline]
    p = [f"{number(x)} {number(y)}" for x, y in points]
    style = mixed if band.column is None else NAMES[band.column]
    if band.is_straight:
        return path(f"M{p[0]}L{p[3]}L{p[4]}L{p[7]}Z", style)
    return path(f"M{p[0]}C{p[1]} {p[2]} {p[3]}L{p[4]}C{p[5]} {p[6]} {p[7]}Z", style)


def pipe(x: float, y: float, thickness: float, downwards: bool) -> Markup:
    """Returns, bent away: to the right where the metal runs downwards, else down."""
    bend, t = RADIUS + thickness, number(thickness)
    inner, outer, long = number(RADIUS), number(bend), number(thickness)
    if downwards:
        data = (
            f"M{number(x)} {number(y)}v{RUN}a{outer} {outer} 0 0 0 {outer} {outer}h{TAIL}v-{long}"
            f"h-{TAIL}a{inner} {inner} 0 0 1 -{inner} -{inner}v-{RUN}z"
        )
    else:
        data = (
            f"M{number(x)} {number(y)}h{RUN}a{outer} {outer} 0 0 1 {outer} {outer}v{TAIL}h-{t}"
            f"v-{TAIL}a{inner} {inner} 0 0 0 -{inner} -{inner}h-{RUN}z"
        )
    return path(data, "pipe")


def pipe_reach(thickness: float) -> float:
    """How far along a pipe's outer bend comes from its bar, and across from its start."""
    return RUN + RADIUS + thickness


def branch_style(drawn: Picture) -> str:
    """Branches are a pale green; where nothing is recycled they have the grey of the metal they branch from."""
    columns = {band.column for band in (*drawn.inlets, *drawn.strata)}
    return NAMES[3] if columns == {3} else "branch"


def picture(width: float, height: float, title: str, identity: str, strokes: Iterable[Markup]) -> Markup:
    """The whole picture, with the sentence a reader hears in its place."""
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" class="flow" role="img" aria-labelledby="{i}">'
        '<title id="{i}">{t}</title>{s}</svg>'
    ).format(w=number(width), h=number(height), i=identity, t=title, s=Markup("").join(strokes))


def width_of(content: str, bold: bool = False) -> float:
    """About how wide 14 px text is in any of the page's fonts; rather more than less."""
    return sum(_width_of(character, bold) for character in content)


def _width_of(character: str, bold: bool) -> float:
    if ord(character) >= _FULL_WIDTH:
        return 14.4
    return 5 if character in _NARROW else 8.4 if bold else 7.5


def broken(words: str, room: float, bold: bool = False) -> Iterator[str]:
    """As ``folded``, but a word wider than ``room`` (a number of forty characters) ends wherever the line does."""
    for line in folded(words, room, bold):
        rest = line
        while width_of(rest, bold) > room and len(rest) > 1:
            end = next(n for n in range(len(rest), 0, -1) if n == 1 or width_of(rest[:n], bold) <= room)
            yield rest[:end]
            rest = rest[end:]
        yield rest


def folded(words: str, room: float, bold: bool = False) -> Iterator[str]:
    """``words`` in lines of about ``room``, broken at spaces only: a figure and its unit are one word."""
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, bold) > room:
            yield line
            longer = word
        line = longer
    yield line
