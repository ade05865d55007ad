"""Every state of the page, built from the sample certificates."""

from datetime import UTC, date, datetime

from app.lookups.verdict import Altered, Expired, Genuine, Replacement, Revoked, Shown, Superseded, Unknown
from app.pages.verify.rendering import render_page
from app.pages.verify.states import NoDocument, State, Unchecked
from certificates.content import Certificate, Party
from certificates.privacy import public_form
from tests.certificates.cases import SAMPLES

CODE = "9R6Z4T7K2M8Q0V5X3C1B7N9W4D"
HOST = "loop.example.jp"
ISSUER = Party(None, "見本軽金属株式会社", "Example Light Metal Co., Ltd.")
CHECKED = datetime(2026, 11, 24, 1, 42, tzinfo=UTC)
DONE = datetime(2026, 11, 18, 7, 20, tzinfo=UTC)
REPLACEMENT = Replacement("GMC-2026-000014", f"https://{HOST}/C/{CODE}", date(2026, 11, 18))
REASON = "納品した製品に不適合が見つかり、回収したため。"
LOCALES = ("ja", "en")


def shown(certificate: Certificate | None = None) -> Shown:
    return Shown(certificate or SAMPLES["truck_body"](), True)


def unnamed(certificate: Certificate | None = None) -> Shown:
    return Shown(public_form(certificate or SAMPLES["truck_body"]()), False)


SHOWING: dict[str, State] = {
    "valid": Genuine(shown()),
    "expired": Expired(shown()),
    "revoked": Revoked(shown(), DONE, REASON, REPLACEMENT),
    "superseded": Superseded(shown(), DONE, REPLACEMENT),
}
SILENT: dict[str, State] = {
    "altered": Altered(),
    "unknown": Unknown(),
    "unchecked": Unchecked(),
    "no-document": NoDocument(),
}
STATES = {**SHOWING, **SILENT}


def rendered(state: State, locale: str = "ja") -> str:
    return render_page(state, locale=locale, checked_at=CHECKED, host=HOST, path=f"/c/{CODE}", issuer=ISSUER)
