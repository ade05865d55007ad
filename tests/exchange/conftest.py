"""An authority for TLS, host systems of recipients, and this service as a real server process behind TLS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.exchange.host import Recipient, serving_recipient
from tests.exchange.served import Served, serving


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who issues the certificates of the tests' servers."""
    return trustme.CA()


@pytest.fixture(scope="session")
def authority_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as a file to be trusted."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def recipient(authority: trustme.CA) -> Iterator[Recipient]:
    """A data recipient's host system."""
    with serving_recipient(authority) as served:
        yield served


@pytest.fixture(scope="module")
def service(
    authority: trustme.CA, authority_file: Path, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """This service as gunicorn runs it, behind TLS, with three certificates and a client of their recipient."""
    with serving(authority, authority_file, migrated_sqlite, tmp_path_factory.mktemp("served")) as served:
        yield served
