"""Secrets of other companies' systems, sealed: they have to be said again, so a hash will not do.

The key comes of the service's own secret, which lies beside the database and not in it: a backup alone opens nothing.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

PURPOSE = b"exchange callbacks\0"


class CannotOpen(Exception):
    """The service has another secret than when this was sealed: it has to be entered again."""


class Seal:
    """Seals and opens, with one key."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(PURPOSE + secret_key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, secret: str) -> str:
        """A secret as it may be kept."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret. Raises CannotOpen."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise CannotOpen("the callback's secret was sealed under another SECRET_KEY") from error
