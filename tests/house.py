"""The whole service for a test: the application on a database, a key for each role, and a clock that can be set."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access import Role
from app.carbon.factors import JAPAN
from app.current import EXTENSION, Service
from app.factory import create_app
from app.operations.create_key import create_key
from app.operations.load_reference import load_reference
from app.operations.people import PersonWanted, create_person
from app.records.deeds import Doer
from app.records.migrations import upgrade
from app.records.unit import Records
from app.schemas.reference_files import own_files, read_sheets
from config import Config

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 20, 12, tzinfo=JAPAN)
PUBLIC_URL = "https://loop.example.jp"


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class House:
    """The application with what a test needs to use it as each of its people."""

    app: Flask
    service: Service
    clock: Clock
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def records(self) -> Records:
        return self.service.records

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def person(self, role: str, login: str = "", site: str | None = None) -> str:
        """Somebody of a role who may sign in with PASSWORD; returns the login."""
        login = login or f"{role}-person"
        create_person(self.records, self.doer(), PersonWanted(login, login, role, site, PASSWORD))
        return login

    def doer(self, person: str = "tester") -> Doer:
        return Doer(person, self.clock())

    def send(self, method: str, path: str, role: str = "admin", **options: Any) -> TestResponse:
        """A request under /api/v1 with the key of a role."""
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Accept-Language": "en", **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def post(self, path: str, body: Any, role: str = "admin", status: int | None = 201) -> Any:
        """POST JSON and return the reply's JSON; the status is checked unless it is None."""
        answer = self.send("POST", path, role, json=body)
        assert status is None or answer.status_code == status, (path, answer.status_code, answer.text)
        return answer.get_json(force=True)

    def get(self, path: str, role: str = "auditor", status: int = 200) -> Any:
        """GET JSON."""
        answer = self.send("GET", path, role)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer.get_json(force=True)


def furnish(url: str) -> None:
    """Tables and master data for an empty database."""
    upgrade(url)
    records = Records(url)
    load_reference(records, Doer("tests", NOW), read_sheets(own_files()))
    records.dispose()


def settings(url: str, folder: Path, public_url: str = PUBLIC_URL) -> Config:
    """A configuration for tests."""
    return Config(
        data_dir=folder,
        database_url=url,
        host="127.0.0.1",
        port=8000,
        public_url=public_url,
        secret_key="k" * 40,
        issuer_name_ja="見本軽金属株式会社",
        issuer_name_en="Example Light Metal Co., Ltd.",
        verifier=None,
        font_dir=None,
        shell_locale="en",
        recover_at_start=False,
        workers=1,
    )


@contextmanager
def opened(url: str, folder: Path, public_url: str = PUBLIC_URL) -> Iterator[House]:
    """The service on a furnished database."""
    app = create_app(settings(url, folder, public_url))
    clock = Clock()
    service: Service = replace(app.extensions[EXTENSION], clock=clock)
    app.extensions[EXTENSION] = service
    house = House(app, service, clock)
    for role in Role:
        house.keys[role.value] = create_key(service.records, house.doer(), role.value, f"{role.value}-person")
    try:
        yield house
    finally:
        service.records.dispose()
