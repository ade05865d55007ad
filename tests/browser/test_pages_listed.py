"""Every address that answers with a page is in the list of pages to be looked at: a new page without an entry fails."""

from flask import Flask

from tests.browser.pages import ALL
from tests.browser.stage import Stage

# What is no page: files, what scripts ask for, and addresses that only lead on.
FILES = {
    "audit_file", "certificate_document", "faulty", "footprint_document", "import_template", "label", "lot_csv",
    "lot_json", "pack_document", "service_worker", "show_photo", "static", "what_is_known",
}  # fmt: skip
OTHERS = ("/api/", "/health/", "/3/", "/exchange/", "/.well-known/")


def pages_of(app: Flask) -> set[str]:
    """The endpoints that answer GET with a page for people; /C/ in capitals, as codes have it, is /c/."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    names = {rule.endpoint for rule in rules if not rule.rule.startswith(OTHERS)}
    return {name.lower() for name in names if name.split(".")[-1] not in FILES and not name.endswith(("_json",))}


def test_every_page_is_looked_at(stage: Stage) -> None:
    app = stage.living.house.app
    matcher = app.url_map.bind("localhost")
    looked_at = {
        matcher.match(shown.address_in(stage.filled).split("?")[0])[0].lower()
        for shown in ALL
        if not shown.name.startswith("nothing-here")
    }
    assert pages_of(app) - looked_at == set()


def test_no_page_is_listed_twice() -> None:
    names = [shown.name for shown in ALL]
    assert len(names) == len(set(names))
