"""People in: who may sign in, and with what."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load

from app.operations.people import PersonWanted
from app.schemas.fields import NOT_A_CHOICE, REQUIRED, TOO_LONG, Day, Text
from app.schemas.shapes import Strict
from app.wording.catalogue import marked

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}")
NOT_A_LOGIN = marked("Use letters a to z, digits and . _ @ + -, two to eighty of them.")
ROLES = ("logistics", "plant", "sales", "auditor", "admin")


def folded_login(written: str) -> str | None:
    """A login as it is kept: the same in full-width and capital letters; None where it is none."""
    login = unicodedata.normalize("NFKC", written[:300]).strip().lower()
    return login if LOGIN.fullmatch(login) else None


class Login(fields.Field[str]):
    """What somebody signs in as: the same in full-width and capital letters."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        login = folded_login(str(value))
        if login is None:
            raise ValidationError(NOT_A_LOGIN)
        return login


class Secret(fields.Field[str]):
    """A password, as typed: nothing is taken off it. Its own length is looked at where it is chosen."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def __init__(self, *, longest: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if self.longest is not None and len(str(value)) > self.longest:
            raise ValidationError(TOO_LONG)
        return str(value)


class RoleName(fields.Field[str]):
    """One of the roles."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if value not in ROLES:
            raise ValidationError(NOT_A_CHOICE)
        return str(value)


# What nobody may read but the person who typed it: not shown again, not kept for later, not shortened.
SECRETS = ("current", "password", "callback_secret")


class PasswordSchema(Strict):
    """The password there is, and the one to be."""

    current = Secret(required=True)
    password = Secret(required=True)


class PersonSchema(Strict):
    """A person to be made."""

    login = Login(required=True)
    name = Text(required=True, longest=200)
    role = RoleName(required=True)
    site = Text(longest=40)
    password = Secret(required=True)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> PersonWanted:
        return PersonWanted(data["login"], data["name"], data["role"], data.get("site"), data.get("password"))


class PersonChangeSchema(Strict):
    """A person as they shall be; without a password the one there is stays."""

    name = Text(required=True, longest=200)
    role = RoleName(required=True)
    site = Text(longest=40)
    password = Secret()
    active = Text(longest=3)


class KeySchema(Strict):
    """An API key to be made."""

    owner = Text(required=True, longest=200)
    role = RoleName(required=True)
    expires = Day()
