"""The texts that the cells of a workbook share."""

from typing import IO

from app.schemas.weighing_slips.archive import bomb
from app.schemas.weighing_slips.limits import MOST_SHARED_TEXTS
from app.schemas.weighing_slips.markup import Markup, named


class _SharedTexts(Markup):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.ends[named("si")] = self._end_item

    def _end_item(self) -> None:
        self.texts.append("".join(self.pieces))
        self.pieces.clear()
        if len(self.texts) > MOST_SHARED_TEXTS:
            raise bomb()


def shared_texts(stream: IO[bytes]) -> list[str]:
    """The texts in the order cells number them. Raises NotATable where there are absurdly many."""
    table = _SharedTexts()
    for _ in table.feed(stream):
        pass
    return table.texts
