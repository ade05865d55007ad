"""Who may do what. Every route names its audience; a test fails on one that does not."""

from enum import StrEnum


class Role(StrEnum):
    LOGISTICS = "logistics"
    PLANT = "plant"
    SALES = "sales"
    AUDITOR = "auditor"
    ADMIN = "admin"


SIGNED_IN = frozenset(Role)


def may(role: Role, audience: frozenset[Role], reads: bool) -> bool:
    """Whether a role may use a route: ``admin`` may do all, ``auditor`` may read all and write nothing."""
    if role is Role.ADMIN:
        return True
    if role is Role.AUDITOR:
        return reads
    return role in audience
