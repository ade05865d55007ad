"""Units of work that are parts of one that is open already: what they do lasts with the whole, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.records.deeds import Doer
from app.records.outcomes import Scope
from app.records.unit import Books, DeedWithoutAudit, Records, Shelves


class PartOfBooks(Books):
    """The books as one part of a larger unit of work sees them: its commit is a promise that the whole keeps."""

    def __init__(self, whole: Books, doer: Doer) -> None:
        super().__init__(whole.connection, whole.memory, doer)
        self.agreed = False
        self._whole = whole

    def commit(self) -> None:
        if not self.audit.written:
            raise DeedWithoutAudit("nothing is written without a row in the audit log")
        self._whole.audit.written += self.audit.written
        self.agreed = True


class JoinedRecords(Records):
    """Records whose every unit of work is part of ``whole``, until that is closed; after that, units of their own."""

    def __init__(self, records: Records, whole: Books, scope: Scope, close: Callable[[], None]) -> None:
        self.engine = records.engine
        self._scope = scope
        self._records = records
        self._whole: Books | None = whole
        self._close = close
        self._parts: list[PartOfBooks] = []

    @property
    def open(self) -> bool:
        """Whether the whole is still to be committed or left."""
        return self._whole is not None

    @property
    def agreed(self) -> bool:
        """Whether something was done, and every part of it was done to its end."""
        return bool(self._parts) and all(part.agreed for part in self._parts)

    def close(self) -> None:
        """Commit the whole and let go of its locks; what comes after stands in units of work of its own."""
        if self._whole is not None:
            self._whole.commit()
            self._close()
            self._whole = None

    def close_half_way(self, subject: str) -> None:
        """Close the whole after the first of two transactions, remembering with the key what it made."""
        if self._whole is not None:
            self._whole.outcomes.remember_subject(self._scope, subject)
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Shelves]:
        """The books as they stand within the whole. Raises Unavailable."""
        if self._whole is not None:
            yield self._whole
            return
        with self._records.reading() as books:
            yield books

    @contextmanager
    def writing(self, doer: Doer) -> Iterator[Books]:
        """A part of the whole. Raises Unavailable."""
        if self._whole is not None:
            part = PartOfBooks(self._whole, doer)
            self._parts.append(part)
            yield part
            return
        with self._records.writing(doer) as books:
            yield books
