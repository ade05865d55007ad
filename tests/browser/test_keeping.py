"""The auditor reads everything and changes nothing; the administrator keeps people, keys, customers and factors."""

from playwright.sync_api import expect

from tests.browser.filled import fill
from tests.browser.living import signed_in
from tests.browser.visit import Visit
from tests.house import PASSWORD

READ = ("/", "/incoming", "/lots", "/lots/B26-1031", "/steps", "/steps/H26-1031", "/transfers", "/dispatches", "/flags")
CERTIFIED = ("/certificates", "/certificates/GMC-2026-000001", "/dispatches/D-116", "/imports", "/me")
WRITE = ("/weigh-in", "/steps/new/remelt", "/dispatches/new", "/certificates/new", "/admin")
OWN = {"/sign-out", "/me/password"}


def test_an_auditor_reads_all_writes_nothing_and_recomputes_the_books(visit: Visit) -> None:
    fill(visit.house)
    page = visit.page("auditor", site=None)
    for address in (*READ, *CERTIFIED):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        forms = page.locator("form[method=post]").evaluate_all("all => all.map((each) => each.getAttribute('action'))")
        assert set(forms) <= OWN, address
    for address in WRITE:
        answer = page.goto(address)
        assert answer
        assert answer.status == 403, address
    page.goto("/")
    visit.follow(page, "Audit")
    visit.press(page, "Recompute now")
    expect(page.locator("main [role=status]")).to_have_text(visit.word("{n} differences", n=0))
    with page.expect_download() as log:
        page.get_by_role("button", name="CSV").click()
    assert log.value.suggested_filename == "audit.csv"


def test_an_administrator_makes_a_person_who_comes_in(visit: Visit) -> None:
    page = visit.page("admin")
    page.goto("/admin")
    visit.follow(page, "People")
    page.fill("[name=login]", "yard-2")
    page.fill("[name=name]", "Yard two")
    page.select_option("[name=role]", "logistics")
    page.select_option("[name=site]", "KB")
    page.fill("[name=password]", PASSWORD)
    visit.press(page, "Save")
    visit.told(page, "yard-2", visit.word("saved"))
    theirs = signed_in(visit.device(), "yard-2")
    expect(theirs.locator("main")).to_contain_text("Yard two")


def test_a_key_is_shown_this_once_and_works(visit: Visit) -> None:
    page = visit.page("admin")
    page.goto("/admin/keys")
    page.fill("[name=owner]", "scales")
    page.select_option("[name=role]", "auditor")
    visit.press(page, "Make a key")
    key = page.locator(".secret").inner_text()
    answer = page.request.get("/api/v1/lots", headers={"Authorization": f"Bearer {key}"})
    assert answer.status == 200
    page.goto("/admin/keys")
    assert key not in page.content()
    expect(page.locator(".secret")).to_have_count(0)


def test_a_customer_and_the_next_version_of_a_factor_are_kept(visit: Visit) -> None:
    page = visit.page("admin")
    page.goto("/admin/customers")
    page.fill("[name=code]", "BUS-N")
    page.fill("[name=name_ja]", "例示バス株式会社")
    page.fill("[name=name_en]", "Example Bus Co.")
    visit.press(page, "Save")
    visit.told(page, "BUS-N", visit.word("saved"))
    page.goto("/admin/factors")
    rows = page.locator("main tbody tr").count()
    page.select_option("[name=key]", index=0)
    page.fill("[name=value]", "11.5")
    page.fill("[name=valid_from]", "2027-04-01")
    page.fill("[name=source]", "association 2027")
    visit.press(page, "Save")
    expect(page.locator("main tbody tr")).to_have_count(rows + 1)
