"""The XML inside an .xlsx, streamed: no tree is built, so a part costs what its longest row costs.

openpyxl's own reader builds a tree a row, silently drops rows that come out of order, and with defusedxml reads a
tenth as many rows a second.
"""

from collections.abc import Callable, Iterator
from typing import IO, Never
from xml.parsers.expat import ParserCreate, XMLParserType

from openpyxl.xml.constants import SHEET_MAIN_NS

from app.schemas.weighing_slips.limits import BLOCK_BYTES
from app.schemas.weighing_slips.reasons import FileReason, NotATable


def named(local: str) -> str:
    """A spreadsheet element's name as the parser tells it, whatever prefix the file uses."""
    return f"{SHEET_MAIN_NS} {local}"


_TEXT, _VALUE, _PHONETIC = named("t"), named("v"), named("rPh")


class Markup:
    """One part being parsed: what to do as an element starts and ends, by its name.

    ``pieces`` gathers the text of values and strings, without the readings in kana beside them (rPh).
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            _TEXT: self.listen,
            _VALUE: self.listen,
            _PHONETIC: self._start_phonetic,
        }
        self.ends: dict[str, Callable[[], None]] = {
            _TEXT: self.stop_listening,
            _VALUE: self.stop_listening,
            _PHONETIC: self._end_phonetic,
        }
        self._in_phonetic = False
        self._parser = _parser(self._start, self._end)

    def feed(self, stream: IO[bytes]) -> Iterator[None]:
        """Parse block by block, pausing after each."""
        while block := stream.read(BLOCK_BYTES):
            self._parser.Parse(block, False)
            yield
        self._parser.Parse(b"", True)
        yield

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if start := self.starts.get(name):
            start(attributes)

    def _end(self, name: str) -> None:
        if end := self.ends.get(name):
            end()

    def listen(self, _: dict[str, str]) -> None:
        """Gather text from here on."""
        if not self._in_phonetic:
            self._parser.CharacterDataHandler = self.pieces.append

    def stop_listening(self) -> None:
        """Gather no more."""
        self._parser.CharacterDataHandler = None

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._in_phonetic = True

    def _end_phonetic(self) -> None:
        self._in_phonetic = False


def _parser(start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> XMLParserType:
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    # ECMA-376 part 2: a package's XML has no DTD. Without one there are no entities to expand.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> Never:
    raise NotATable(FileReason.DAMAGED)
