"""What the service says of a certificate to whoever scanned its code: one of six values, never a bare yes or no."""

from dataclasses import dataclass
from datetime import date, datetime

from certificates.content import Certificate


@dataclass(frozen=True, slots=True)
class Replacement:
    """The certificate that took the place of another, once it is issued."""

    number: str
    verify_url: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a certificate may be shown: ``certificate`` in its public form; the PDF only where it may be had.

    ``digest`` is that of the payload it was read from: the same digest, the same certificate.
    """

    certificate: Certificate
    pdf_available: bool
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Genuine:
    """As issued, in the books, and within its dates."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class Expired:
    """Genuine, but past its last day."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class Revoked:
    """Taken back, with the reason."""

    shown: Shown
    at: datetime
    reason: str
    replacement: Replacement | None


@dataclass(frozen=True, slots=True)
class Superseded:
    """Replaced by another certificate; ``replacement`` is None until that one is issued."""

    shown: Shown
    at: datetime
    replacement: Replacement | None


@dataclass(frozen=True, slots=True)
class Altered:
    """A stored document no longer matches its digest: nothing of it may be believed or shown."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No certificate has this code."""


Verdict = Genuine | Expired | Revoked | Superseded | Altered | Unknown
