"""Runs migrations on the engine that ``app.records.migrations`` passes in."""

from alembic import context

from app.records import audit, certificates, dispatches, entries, flags, keys, series, transfers, transformations
from app.records.base import Base

TABLES = (audit, certificates, dispatches, entries, flags, keys, series, transfers, transformations)

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=False)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
