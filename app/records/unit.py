"""The books opened for one unit of work. Leaving without commit undoes everything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import sqlalchemy
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from app.records.audit import Audit, AuditLog
from app.records.availability import collided, unanswered
from app.records.certificates import Certificates
from app.records.connection import Connection
from app.records.deeds import DeedKind, DeedRow, Deeds, Doer
from app.records.digests import teach_sqlite
from app.records.dispatches import Dispatches
from app.records.embodied import Embodied
from app.records.entries import Entries
from app.records.exchange_clients import ExchangeClients
from app.records.exchange_events import ExchangeEvents
from app.records.flags import Flags
from app.records.footprints import Footprints
from app.records.furnaces import Furnaces
from app.records.history import History
from app.records.keys import ApiKeys
from app.records.lineage import Lineage
from app.records.lists import Lists
from app.records.lot_tables import LotRow
from app.records.lots import Lots
from app.records.master_data import MasterData
from app.records.memory import Memory
from app.records.movements import Movements
from app.records.outcomes import Outcomes
from app.records.people import People
from app.records.photos import Photos
from app.records.pinging import only_after_a_rest
from app.records.quote_papers import QuotePapers
from app.records.quotes import Quotes
from app.records.returns import Returns
from app.records.reversals import Reversals
from app.records.series import NumberSeries
from app.records.stock import Stock
from app.records.transfers import Transfers
from app.records.transformations import Transformations
from app.records.uploads import Uploads
from app.records.verification import Verification
from app.records.write_offs import WriteOffs
from app.records.writer_lock import StillWaiting, alone, lock_path

Made = TypeVar("Made")


class Unavailable(RuntimeError):
    """The database does not answer now; nothing was changed, and the same may be tried again."""


class Collided(Unavailable):
    """The database gave this unit of work up for another's sake: a deadlock, a lock waited for too long."""


LOCK_TIMEOUT_MS = 1000  # four tries of it (app.operations.again) are as long as anybody waits for a page
GLANCE = "glance"


class DeedWithoutAudit(RuntimeError):
    """Raised instead of committing a unit of work that changed the books and left no row in the audit log."""


class Shelf(Generic[Made]):
    """A shelf of the books, made when somebody first goes to it: most units of work need three of them."""

    def __init__(self, make: Callable[[Connection], Made]) -> None:
        self._make = make

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, books: "Shelves", _: type) -> Made:
        made = books.__dict__[self._name] = self._make(books.connection)
        return made


class Shelves:
    """What stands in the books, a shelf a noun."""

    api_keys = Shelf(ApiKeys)
    audit_log = Shelf(AuditLog)
    dispatches = Shelf(Dispatches)
    embodied = Shelf(Embodied)
    entries = Shelf(Entries)
    exchange_clients = Shelf(ExchangeClients)
    exchange_events = Shelf(ExchangeEvents)
    flags = Shelf(Flags)
    footprints = Shelf(Footprints)
    furnaces = Shelf(Furnaces)
    history = Shelf(History)
    lineage = Shelf(Lineage)
    lists = Shelf(Lists)
    lots = Shelf(Lots)
    movements = Shelf(Movements)
    outcomes = Shelf(Outcomes)
    people = Shelf(People)
    photos = Shelf(Photos)
    quote_papers = Shelf(QuotePapers)
    quotes = Shelf(Quotes)
    returns = Shelf(Returns)
    reversals = Shelf(Reversals)
    stock = Shelf(Stock)
    transfers = Shelf(Transfers)
    transformations = Shelf(Transformations)
    uploads = Shelf(Uploads)
    verification = Shelf(Verification)
    write_offs = Shelf(WriteOffs)

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory

    @cached_property
    def certificates(self) -> Certificates:
        return Certificates(self.connection, self.memory.digests)

    @cached_property
    def master_data(self) -> MasterData:
        return MasterData(self.connection, self.memory)


class Books(Shelves):
    """The books open for writing, by one person for one deed."""

    def __init__(self, connection: Connection, memory: Memory, doer: Doer) -> None:
        super().__init__(connection, memory)
        self.doer = doer
        self.audit = Audit(connection, doer)
        self.deeds = Deeds(connection, doer)
        self.series = NumberSeries(connection)

    def new_lots_and_deeds(self, kind: DeedKind, happened_at: list[datetime]) -> tuple[list[int], list[int]]:
        """Ids for lots about to be written, and of deeds written for them, one for each moment."""
        lot_ids, deed_ids = self.connection.new_ids_of((LotRow, DeedRow), len(happened_at))
        self.deeds.write_all(kind, deed_ids, happened_at)
        return lot_ids, deed_ids

    def commit(self) -> None:
        """Make the deed last. Refused where no audit row tells of it, or where a statement failed on the way."""
        if not self.audit.written:
            raise DeedWithoutAudit("nothing is written without a row in the audit log")
        self.connection.commit()

    def commit_answer(self) -> None:
        """Make the memory of an answer last, which is no deed: nothing else was changed beside it."""
        self.connection.commit()


class Records:
    """The door to the database: made once per process, passed on, never global."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._glances = _without_transactions(self.engine)
        self._lock_path = lock_path(self.engine)
        self._memory = Memory()

    @contextmanager
    def reading(self) -> Iterator[Shelves]:
        """The books open for reading: one consistent state, no lock taken. Raises Unavailable."""
        with answering(), self.engine.connect() as connection, connection.begin():
            yield Shelves(Connection(connection), self._memory)

    @contextmanager
    def glancing(self) -> Iterator[Shelves]:
        """The books for one question of one statement, which is its own consistent state. Raises Unavailable.

        No transaction is opened round it: on PostgreSQL that would be two more ways to the server and back.
        """
        with answering(), self._glances.connect() as connection:
            yield Shelves(Connection(connection), self._memory)

    @contextmanager
    def writing(self, doer: Doer) -> Iterator[Books]:
        """The books open for one deed; only ``commit`` makes it last. Raises Unavailable."""
        with answering(), alone(self._lock_path), self.engine.connect() as connection:
            writer = connection.execution_options(writing=True)
            try:
                yield Books(Connection(writer), self._memory, doer)
            finally:
                writer.rollback()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No deed begins meanwhile, where deeds queue at a lock (SQLite). Raises Unavailable."""
        with answering(), alone(self._lock_path):
            yield

    def dispose(self) -> None:
        self.engine.dispose()


@contextmanager
def answering() -> Iterator[None]:
    """A database that does not answer is Unavailable to whoever asked; a wrong statement is a fault of ours."""
    try:
        yield
    except StillWaiting as error:
        raise Unavailable(str(error)) from error
    except DBAPIError as error:
        if collided(error):
            raise Collided(str(error.orig)) from error
        if unanswered(error):
            raise Unavailable(str(error.orig)) from error
        raise


def _engine(url: str) -> Engine:
    """An engine whose SQLite transactions are real ones (stack.md: the default ones lose updates without an error)."""
    if not url.startswith("sqlite"):
        options = {"options": f"-c lock_timeout={LOCK_TIMEOUT_MS}"}
        return only_after_a_rest(create_engine(url, connect_args=options))
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": 30})
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _without_transactions(engine: Engine) -> Engine:
    """The same connections, one statement a time, each its own transaction."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{GLANCE: True})
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # By recursive_triggers a row that REPLACE removes is one that was deleted: the guards of the tables are asked.
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "recursive_triggers=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    teach_sqlite(connection)


def _begin_sqlite(connection: sqlalchemy.Connection) -> None:
    if connection.get_execution_options().get(GLANCE):
        return
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
