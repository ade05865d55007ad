"""Whether a pooled connection still lives, asked only where it has rested: else every request would ask in vain."""

import time

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

REST_S = 1.0
_SINCE = "resting since"


def only_after_a_rest(engine: Engine) -> Engine:
    """Ping connections that were unused for a second or more; one that is dead makes way for a new one.

    Where a server goes within that second, the request that finds out is told so (503), and the pool begins anew.
    """

    @event.listens_for(engine, "checkin")
    def rest(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def wake(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        if time.monotonic() - entry.info.get(_SINCE, time.monotonic()) < REST_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine
