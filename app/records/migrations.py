"""Brings a database to the newest tables, with Alembic."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.records.unit import Records, answering

SCRIPTS = Path(__file__).parents[2] / "migrations"


def _config(engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at ``url`` up to a revision."""
    _migrate(url, command.upgrade, revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Migrate the database at ``url`` down to a revision."""
    _migrate(url, command.downgrade, revision)


def _migrate(url: str, move: Callable[[Config, str], None], revision: str) -> None:
    records = Records(url)
    try:
        move(_config(records.engine), revision)
    finally:
        records.dispose()


def known_revisions() -> set[str]:
    """The revisions this version knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def revision_of(connection: Connection) -> str | None:
    """Which tables a database has, or None where it has none of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def at_head(records: Records) -> bool:
    """Whether the database has exactly the tables this version was written for. Raises Unavailable."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with answering(), records.engine.connect() as connection:
        return revision_of(connection) == head
