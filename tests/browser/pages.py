"""Every page in every state worth looking at: who opens it, where, and what they do there first."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from playwright.sync_api import Page

from tests.browser.filled import Filled
from tests.house import PASSWORD


def look(page: Page) -> None:
    """Nothing but look."""


def press(page: Page) -> None:
    """Press the main button of the page's last form, as it stands."""
    with page.expect_navigation():
        page.locator("main form[method=post]").last.locator(".button.main, .button.danger").last.click()


@dataclass(frozen=True)
class Shown:
    """A page in a state. ``empty`` is in books that hold nothing; ``address`` may name something of the filled ones."""

    name: str
    address: str
    role: str | None
    act: Callable[[Page], None] = look
    empty: bool = False

    def address_in(self, filled: Filled | None) -> str:
        return self.address.format(**(asdict(filled) if filled else {}))


def wrong_password(page: Page) -> None:
    page.fill("[name=login]", "nobody")
    page.fill("[name=password]", "not this one")
    press(page)


def session_over(page: Page) -> None:
    """The session ends while something is being typed."""
    page.fill("[name=slip_number]", "W11-0099")
    page.context.clear_cookies()
    press(page)


def signed_in_again(page: Page) -> None:
    session_over(page)
    page.fill("[name=login]", "logistics")
    page.fill("[name=password]", PASSWORD)
    press(page)


def slip(page: Page) -> None:
    page.select_option("[name=customer]", "TRUCK-M")
    page.check("[name=item][value=truck-body]", force=True)
    words = {"units": "1", "gross_kg": "10450", "tare_kg": "8000", "deduction_kg": "50", "vehicle": "富士100か9999"}
    for name, text in words.items():
        page.fill(f"[name={name}]", text)


def waiting(page: Page) -> None:
    """Two slips wait on the device: one with a fault, one that somebody else has entered."""
    common = {"customer": "TRUCK-M", "item": "truck-body", "gross_kg": "10450", "weighed_at": "2026-11-20T10:20"}
    own = common | {"form_key": "own", "by": "logistics", "slip_number": "W11-0071", "tare_kg": "99999"}
    other = common | {"form_key": "other", "by": "yard2", "slip_number": "W11-0072", "tare_kg": "8000"}
    page.evaluate("entries => localStorage.setItem('unsent', entries)", json.dumps([own, other]))
    page.reload()
    page.locator("#list .note").first.wait_for()
    page.wait_for_function("JSON.parse(localStorage.getItem('unsent'))[0].fault")


def same_slip(page: Page) -> None:
    page.fill("[name=slip_number]", "W11-0007")
    slip(page)
    press(page)


def charged(page: Page) -> None:
    """A heat of two customers' scrap and primary metal, as it stands before it is recorded."""
    for lot in ("S26-1139", "S26-1140", "P26-0094"):
        page.fill("[name=scan]", lot)
        page.keyboard.press("Enter")
        page.locator("#inputs b").get_by_text(lot, exact=True).wait_for()
    page.select_option("[name='outputs.0.kind']", "billet")
    for name, text in {"inputs.2.kg": "2000", "outputs.0.kg": "9138", "outputs.0.alloy": "A6N01"}.items():
        page.fill(f"[name='{name}']", text)
    page.fill("[name='outputs.0.pieces']", "14")
    page.locator("#expected .bar").wait_for()


def sent(page: Page) -> None:
    page.fill("[name=scan]", "B26-1031")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def previewed(page: Page) -> None:
    page.locator("[name='deliveries.0']").check()
    press(page)


def key_made(page: Page) -> None:
    page.fill("[name=owner]", "scales")
    press(page)


def client_made(page: Page) -> None:
    page.select_option("[name=customer]", "TRUCK-M")
    words = {"url": "https://pact.example.com", "client_id": "loop", "secret": PASSWORD}
    for name, text in words.items():
        page.fill(f"[name=callback_{name}]", text)
    press(page)


def with_reason(page: Page) -> None:
    page.fill("[name=reason]", "x")
    press(page)


def recomputed(page: Page) -> None:
    page.locator("button[name=check]").click()
    page.locator("main [role=status]").wait_for()


YARD = (
    Shown("home-logistics", "/", "logistics"),
    Shown("home-empty", "/", "logistics", empty=True),
    Shown("weigh-in", "/weigh-in", "logistics", slip),
    Shown("weigh-in-empty", "/weigh-in", "logistics", empty=True),
    Shown("weigh-in-wrong", "/weigh-in", "logistics", press),
    Shown("weigh-in-refused", "/weigh-in", "logistics", same_slip),
    Shown("weigh-in-saved", "/weigh-in?saved={saved}", "logistics"),
    Shown("incoming", "/incoming", "logistics"),
    Shown("incoming-empty", "/incoming", "auditor", empty=True),
    Shown("unsent", "/unsent", "logistics"),
    Shown("unsent-waiting", "/unsent", "logistics", waiting),
    Shown("metal-in", "/metal-in", "logistics"),
    Shown("metal-in-wrong", "/metal-in", "plant", press),
    Shown("labels", "/labels?lots=S26-1136", "logistics"),
    Shown("labels-wrong", "/labels?lots=NOPE", "logistics", press),
    Shown("imports", "/imports", "logistics"),
    Shown("imports-empty", "/imports", "logistics", empty=True),
    Shown("import", "/imports/{taken}", "logistics"),
    Shown("import-refused", "/imports/{taken}", "logistics", press),
    Shown("import-choose", "/imports/new", "logistics"),
    Shown("import-choose-wrong", "/imports/new", "logistics", press),
    Shown("import-preview", "/imports/uploads/{good}", "logistics"),
    Shown("import-preview-faults", "/imports/uploads/{faulty}", "logistics"),
    Shown("import-preview-before", "/imports/uploads/{before}", "logistics"),
    Shown("transfers", "/transfers", "logistics"),
    Shown("transfers-empty", "/transfers", "logistics", empty=True),
    Shown("transfer-new", "/transfers/new?lot=B26-1031", "logistics"),
    Shown("transfer-new-wrong", "/transfers/new", "logistics", press),
    Shown("transfer", "/transfers/M26-0001", "logistics"),
    Shown("return-new", "/returns/new?lot=D-121-1", "logistics"),
    Shown("return-new-wrong", "/returns/new", "logistics", press),
    Shown("return", "/returns/R26-0001", "logistics"),
    Shown("write-off-new", "/write-offs/new?lot=P26-0093", "logistics"),
    Shown("write-off-new-wrong", "/write-offs/new", "logistics", press),
    Shown("write-off", "/write-offs/WO26-0001", "logistics"),
)
WORKS = (
    Shown("home-plant", "/", "plant"),
    Shown("steps", "/steps", "plant"),
    Shown("steps-empty", "/steps", "plant", empty=True),
    Shown("step", "/steps/H26-1031", "plant"),
    Shown("step-refused", "/steps/H26-1031", "plant", with_reason),
    Shown("heat-empty", "/steps/new/remelt", "plant", empty=True),
    Shown("heat", "/steps/new/remelt", "plant", charged),
    Shown("heat-wrong", "/steps/new/remelt", "plant", press),
    Shown("sort", "/steps/new/sort", "plant"),
    Shown("cast", "/steps/new/cast", "plant"),
    Shown("extrude", "/steps/new/extrude", "plant"),
    Shown("fabricate", "/steps/new/fabricate?lot=B26-1031", "plant"),
    Shown("flags", "/flags", "plant"),
    Shown("flags-all", "/flags?all=1", "auditor"),
    Shown("flags-empty", "/flags", "plant", empty=True),
)
LOTS = (
    Shown("lots", "/lots", "plant"),
    Shown("lots-none", "/lots?q=NOPE", "plant"),
    Shown("lot-scrap", "/lots/S26-1118", "logistics"),
    Shown("lot-flagged", "/lots/S26-1140", "logistics"),
    Shown("lot-billet", "/lots/B26-1031", "plant"),
    Shown("lot-product", "/lots/T26-1202", "sales"),
    Shown("lot-delivered", "/lots/D-116-1", "sales"),
    Shown("footprint", "/lots/T26-1202/footprint", "sales"),
    Shown("footprint-billet", "/lots/B26-1031/footprint", "plant"),
    Shown("lot-wrong", "/lots/S26-1139", "logistics", press),
    Shown("find", "/find", "plant"),
    Shown("find-some", "/find?q=26-1", "plant"),
    Shown("find-none", "/find?q=NOPE", "plant"),
)
SALES = (
    Shown("home-sales", "/", "sales"),
    Shown("dispatches", "/dispatches", "sales"),
    Shown("dispatches-empty", "/dispatches", "sales", empty=True),
    Shown("dispatch-new", "/dispatches/new", "sales", sent),
    Shown("dispatch-new-wrong", "/dispatches/new", "sales", press),
    Shown("dispatch", "/dispatches/D-121", "sales"),
    Shown("dispatch-refused", "/dispatches/D-116", "sales", with_reason),
    Shown("certificates", "/certificates", "sales"),
    Shown("certificates-empty", "/certificates", "sales", empty=True),
    Shown("certificates-none", "/certificates?q=NOPE", "sales"),
    Shown("certificate-customers", "/certificates/new", "sales"),
    Shown("certificate-new", "/certificates/new?customer=TRUCK-M", "sales"),
    Shown("certificate-new-wrong", "/certificates/new?customer=TRUCK-M", "sales", press),
    Shown("certificate-new-none", "/certificates/new?customer=TRUCK-M", "sales", empty=True),
    Shown("certificate-preview", "/certificates/new?customer=TRUCK-M", "sales", previewed),
    Shown("certificate-replace", "/certificates/new?replaces={number}", "sales"),
    Shown("certificate", "/certificates/{number}", "sales"),
    Shown("certificate-revoked", "/certificates/GMC-2026-000002", "auditor"),
    Shown("certificate-superseded", "/certificates/GMC-2026-000003", "sales"),
    Shown("certificate-expired", "/certificates/GMC-2026-000005", "sales"),
    Shown("revocation", "/certificates/{number}/revocation", "sales"),
    Shown("revocation-wrong", "/certificates/{number}/revocation", "sales", press),
    Shown("revocation-too-late", "/certificates/GMC-2026-000002/revocation", "sales"),
)
QUOTES = (
    Shown("quotes", "/quotes", "sales"),
    Shown("quotes-empty", "/quotes", "sales", empty=True),
    Shown("quote-new", "/quotes/new", "sales"),
    Shown("quote-new-wrong", "/quotes/new", "sales", press),
    Shown("quote", "/quotes/Q26-0001", "sales"),
    Shown("quote-ordered", "/quotes/Q26-0002", "auditor"),
    Shown("quote-certificate-revoked", "/quotes/Q26-0003", "sales"),
    Shown("quote-what-if", "/quotes/Q26-0003?kg=2100&percent=60&item=truck-body&units=3", "sales"),
    Shown("what-if", "/what-if", "sales"),
    Shown("what-if-found", "/what-if?kg=687.286&percent=100&item=truck-body&units=1", "auditor"),
    Shown("what-if-wrong", "/what-if?kg=x&percent=101", "sales"),
)
KEEPING = (
    Shown("home-auditor", "/", "auditor"),
    Shown("audit", "/ledger", "auditor"),
    Shown("audit-recomputed", "/ledger", "auditor", recomputed),
    Shown("home-admin", "/", "admin"),
    Shown("admin", "/admin", "admin"),
    Shown("people", "/admin/people", "admin"),
    Shown("people-wrong", "/admin/people", "admin", press),
    Shown("person", "/admin/people/plant", "admin"),
    Shown("keys", "/admin/keys", "admin"),
    Shown("keys-made", "/admin/keys", "admin", key_made),
    Shown("keys-wrong", "/admin/keys", "admin", press),
    Shown("exchange", "/admin/exchange", "admin"),
    Shown("exchange-made", "/admin/exchange", "admin", client_made),
    Shown("exchange-wrong", "/admin/exchange", "admin", press),
    Shown("customers", "/admin/customers", "admin"),
    Shown("customers-wrong", "/admin/customers", "admin", press),
    Shown("customer", "/admin/customers/TRUCK-M", "admin"),
    Shown("sites", "/admin/sites", "admin"),
    Shown("site", "/admin/sites/MC", "admin"),
    Shown("items", "/admin/items", "admin"),
    Shown("item", "/admin/items/truck-body", "admin"),
    Shown("factors", "/admin/factors", "admin"),
    Shown("factors-wrong", "/admin/factors", "admin", press),
    Shown("me", "/me", "plant"),
    Shown("me-wrong", "/me", "plant", press),
)
OPEN = (
    Shown("sign-in", "/sign-in", None),
    Shown("sign-in-wrong", "/sign-in", None, wrong_password),
    Shown("sign-in-ended", "/weigh-in", "logistics", session_over),
    Shown("send-again", "/weigh-in", "logistics", signed_in_again),
    Shown("not-for-your-role", "/weigh-in", "plant"),
    Shown("nothing-here", "/nothing/here", "plant"),
    Shown("no-such-lot", "/lots/NOPE", "plant"),
    Shown("nothing-here-signed-out", "/nothing/here", None),
    Shown("look-up", "/verify", None),
    Shown("look-up-unfilled", "/verify?number=GMC-2026-000001&check=", None),
    Shown("look-up-none", "/verify?number=GMC-2026-000001&check=AAAAAAAA", None),
)
PUBLIC = (
    Shown("public-valid", "/c/{code}", None),
    Shown("public-unnamed", "/c/{unnamed}", None),
    Shown("public-revoked", "/c/{revoked}", None),
    Shown("public-superseded", "/c/{superseded}", None),
    Shown("public-expired", "/C/{expired}", None),
    Shown("public-unknown", "/c/00000000000000000000000000", None),
    Shown("public-altered", "/c/altered", None),
    Shown("public-unchecked", "/c/unchecked", None),
    Shown("public-no-document", "/c/{unnamed}.pdf", None),
)
STAFF = (*YARD, *WORKS, *LOTS, *SALES, *QUOTES, *KEEPING, *OPEN)
ALL = (*STAFF, *PUBLIC)
