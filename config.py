"""Settings, read from the environment here and nowhere else."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SECRET_KEY_LEAST = 32


class BadSetting(ValueError):
    """A setting that the service must not start with; the message names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the service can be told from outside; ``from_environment`` gives the defaults of the README."""

    data_dir: Path
    database_url: str
    host: str
    port: int
    public_url: str
    secret_key: str
    issuer_name_ja: str
    issuer_name_en: str
    verifier: str | None
    font_dir: Path | None
    shell_locale: str | None
    recover_at_start: bool
    workers: int
    postgres_bin: Path | None = None
    trusted_proxies: int = 0
    exchange_ca_file: Path | None = None
    deliver_in_background: bool = False


def from_environment(environment: Mapping[str, str] | None = None) -> Config:
    """The configuration an environment describes. Raises BadSetting."""
    env = os.environ if environment is None else environment
    data_dir = Path(env.get("DATA_DIR") or "instance").absolute()
    port = _port(env.get("PORT") or "8000")
    return Config(
        data_dir=data_dir,
        database_url=_database_url(env.get("DATABASE_URL"), data_dir),
        host=env.get("HOST") or "127.0.0.1",
        port=port,
        public_url=_public_url(env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"),
        secret_key=_secret_key(env.get("SECRET_KEY"), data_dir),
        issuer_name_ja=env.get("ISSUER_NAME_JA") or "見本軽金属株式会社",
        issuer_name_en=env.get("ISSUER_NAME_EN") or "Example Light Metal Co., Ltd.",
        verifier=env.get("VERIFIER") or None,
        font_dir=Path(env["FONT_DIR"]) if env.get("FONT_DIR") else None,
        shell_locale=env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG"),
        recover_at_start=env.get("FLASK_RUN_FROM_CLI") != "true",
        workers=_count("WEB_CONCURRENCY", env.get("WEB_CONCURRENCY") or "2"),
        postgres_bin=Path(env["POSTGRES_BIN"]) if env.get("POSTGRES_BIN") else None,
        trusted_proxies=_count("TRUSTED_PROXIES", env.get("TRUSTED_PROXIES") or "0", least=0),
        exchange_ca_file=Path(env["EXCHANGE_CA_FILE"]) if env.get("EXCHANGE_CA_FILE") else None,
        deliver_in_background=env.get("FLASK_RUN_FROM_CLI") != "true",
    )


def _count(name: str, text: str, least: int = 1) -> int:
    if not text.isdecimal() or int(text) < least:
        raise BadSetting(f"{name} must be a whole number of {least} or more, not {text!r}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _public_url(text: str) -> str:
    """The code in a QR is upper-case, so the address must survive that: scheme and host only, no path."""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise BadSetting(f"PUBLIC_URL must be http(s)://host[:port] without a path, not {text!r}")
    if "@" in parts.netloc:
        raise BadSetting("PUBLIC_URL is printed on every certificate and must not carry a user name")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _database_url(text: str | None, data_dir: Path) -> str:
    """SQLite in the data directory, or PostgreSQL by psycopg where a URL says so."""
    if not text:
        return f"sqlite:///{data_dir / 'ledger.db'}"
    scheme, separator, rest = text.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and separator:
        return text
    raise BadSetting(f"DATABASE_URL must be a postgresql:// or sqlite:// address, not {scheme!r}")


def _secret_key(given: str | None, data_dir: Path) -> str:
    """The given secret, or one made once and kept in the data directory, readable by its owner alone."""
    if given:
        if len(given) < SECRET_KEY_LEAST:
            raise BadSetting(f"SECRET_KEY must have at least {SECRET_KEY_LEAST} characters")
        return given
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path)
    with os.fdopen(descriptor, "w") as kept:
        kept.write(secrets.token_urlsafe(48))
    return _kept_secret(path)


def _kept_secret(path: Path) -> str:
    secret = path.read_text().strip()
    if len(secret) < SECRET_KEY_LEAST:
        raise BadSetting(f"{path} is damaged: delete it, or set SECRET_KEY")
    return secret


def running_python() -> str:
    """The interpreter this process runs on, for starting the server beside it."""
    return sys.executable


def server_environment() -> dict[str, str]:
    """The environment for the server: this one, without the mark that says it is a command's."""
    return {name: value for name, value in os.environ.items() if name != "FLASK_RUN_FROM_CLI"}


def child_environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with a few variables more, for a program it starts."""
    return {**os.environ, **more}
