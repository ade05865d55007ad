"""The matrix role x page, whole: an unlisted page, or one without an audience, fails; every form needs its token."""

import re

import pytest

from app.access import Role, audiences
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting

LOGISTICS, PLANT, SALES = {"logistics"}, {"plant"}, {"sales"}
STAFF = {"logistics", "plant", "sales", "auditor"}
AUDITOR = {"auditor"}
NOBODY: set[str] = set()
# Who may besides the administrator. Pages that only read are the auditor's too, wherever they are somebody's.
MATRIX: dict[tuple[str, str], set[str]] = {
    ("GET", "/"): STAFF,
    ("GET", "/admin"): NOBODY,
    ("GET", "/admin/X"): NOBODY,
    ("POST", "/admin/X"): NOBODY,
    ("GET", "/admin/X/X"): NOBODY,
    ("POST", "/admin/X/X"): NOBODY,
    ("GET", "/admin/exchange"): NOBODY,
    ("POST", "/admin/exchange"): NOBODY,
    ("POST", "/admin/exchange/X/end"): NOBODY,
    ("GET", "/admin/factors"): NOBODY,
    ("POST", "/admin/factors"): NOBODY,
    ("GET", "/admin/keys"): NOBODY,
    ("POST", "/admin/keys"): NOBODY,
    ("POST", "/admin/keys/X/end"): NOBODY,
    ("GET", "/admin/people"): NOBODY,
    ("POST", "/admin/people"): NOBODY,
    ("GET", "/admin/people/X"): NOBODY,
    ("POST", "/admin/people/X"): NOBODY,
    ("GET", "/certificates"): SALES | AUDITOR,
    ("POST", "/certificates"): SALES,
    ("GET", "/certificates/X"): SALES | AUDITOR,
    ("GET", "/certificates/X.pdf"): SALES | AUDITOR,
    ("POST", "/certificates/X/finish"): SALES,
    ("GET", "/certificates/X/revocation"): SALES,
    ("POST", "/certificates/X/revocation"): SALES,
    ("GET", "/certificates/new"): SALES,
    ("POST", "/certificates/new"): SALES,
    ("GET", "/dispatches"): STAFF,
    ("POST", "/dispatches"): LOGISTICS | SALES,
    ("GET", "/dispatches/X"): STAFF,
    ("POST", "/dispatches/X/reversal"): LOGISTICS | SALES,
    ("GET", "/dispatches/new"): LOGISTICS | SALES,
    ("GET", "/find"): STAFF,
    ("GET", "/flags"): STAFF,
    ("POST", "/flags/X/acceptance"): LOGISTICS | PLANT,
    ("GET", "/imports"): STAFF,
    ("GET", "/imports/X"): STAFF,
    ("POST", "/imports/X/undo"): LOGISTICS,
    ("GET", "/imports/new"): LOGISTICS,
    ("POST", "/imports/new"): LOGISTICS,
    ("GET", "/imports/template.xlsx"): LOGISTICS,
    ("GET", "/imports/uploads/X"): LOGISTICS,
    ("POST", "/imports/uploads/X"): LOGISTICS,
    ("GET", "/imports/uploads/X/faulty.xlsx"): LOGISTICS,
    ("GET", "/incoming"): STAFF,
    ("GET", "/labels"): LOGISTICS | PLANT,
    ("POST", "/labels.pdf"): LOGISTICS | PLANT,
    ("GET", "/ledger"): AUDITOR,
    ("GET", "/ledger/audit"): AUDITOR,
    ("GET", "/lots"): STAFF,
    ("GET", "/lots/X"): STAFF,
    ("GET", "/lots/X.csv"): STAFF,
    ("GET", "/lots/X/footprint"): STAFF,
    ("GET", "/lots/X/footprint.pdf"): STAFF,
    ("GET", "/lots/X.json"): STAFF,
    ("POST", "/lots/X/reversal"): LOGISTICS | PLANT,
    ("POST", "/lots/X/undo"): LOGISTICS | PLANT,
    ("GET", "/me"): STAFF,
    ("POST", "/me/password"): STAFF,
    ("GET", "/metal-in"): LOGISTICS | PLANT,
    ("POST", "/metal-in"): LOGISTICS | PLANT,
    ("GET", "/photos/X.jpg"): STAFF,
    ("POST", "/returns"): LOGISTICS,
    ("GET", "/quotes"): SALES | AUDITOR,
    ("POST", "/quotes"): SALES,
    ("GET", "/quotes/X"): SALES | AUDITOR,
    ("POST", "/quotes/X/certificates"): SALES,
    ("POST", "/quotes/X/certificates/X/removal"): SALES,
    ("POST", "/quotes/X/file"): SALES,
    ("POST", "/quotes/X/packs"): SALES,
    ("GET", "/quotes/X/packs/X.pdf"): SALES | AUDITOR,
    ("GET", "/what-if"): SALES | AUDITOR,
    ("POST", "/quotes/X/lines/X/reservation"): SALES,
    ("POST", "/quotes/X/order"): SALES,
    ("POST", "/quotes/X/reservations/X"): SALES,
    ("POST", "/quotes/X/withdrawal"): SALES,
    ("GET", "/quotes/new"): SALES,
    ("GET", "/returns/X"): STAFF,
    ("POST", "/returns/X/reversal"): LOGISTICS,
    ("GET", "/returns/new"): LOGISTICS,
    ("POST", "/sign-out"): STAFF,
    ("GET", "/steps"): STAFF,
    ("GET", "/steps/X"): STAFF,
    ("POST", "/steps/X/reversal"): PLANT,
    ("GET", "/steps/new/X"): PLANT,
    ("POST", "/steps/new/X"): PLANT,
    ("GET", "/transfers"): STAFF,
    ("POST", "/transfers"): LOGISTICS,
    ("GET", "/transfers/X"): STAFF,
    ("POST", "/transfers/X/reversal"): LOGISTICS,
    ("GET", "/transfers/new"): LOGISTICS,
    ("GET", "/unsent"): LOGISTICS,
    ("GET", "/weigh-in"): LOGISTICS,
    ("POST", "/weigh-in"): LOGISTICS,
    ("GET", "/weigh-in/known"): LOGISTICS,
    ("POST", "/write-offs"): LOGISTICS,
    ("GET", "/write-offs/X"): STAFF,
    ("POST", "/write-offs/X/reversal"): LOGISTICS,
    ("GET", "/write-offs/new"): LOGISTICS,
}
PUBLIC = {("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/verify"), ("GET", "/L/X"), ("GET", "/static/X")}
PUBLIC |= {("GET", "/service-worker.js")}


def routes(house: House, public: bool) -> set[tuple[str, str]]:
    known = audiences(house.app)
    return {
        (method, re.sub(r"<[^>]+>", "X", rule.rule))
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and (known[rule.endpoint] is None) == public
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def addressed(path: str) -> str:
    """A path with something in the place of each X that its rule takes."""
    sheet = path.startswith("/admin/X")
    number = (
        "1"
        if re.match(r"/(flags|imports|photos|admin/keys|admin/exchange)", path)
        else "remelt"
        if "steps/new" in path
        else "N"
    )
    path = (
        path.replace("/lines/X/", "/lines/1/")
        .replace("/reservations/X", "/reservations/1")
        .replace("/packs/X", "/packs/1")
    )
    return path.replace("/admin/X", "/admin/sites", 1).replace("X", "MC" if sheet else number)


def test_every_page_is_in_the_matrix(house: House) -> None:
    assert routes(house, public=False) == set(MATRIX)
    assert routes(house, public=True) == PUBLIC


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_sees_what_the_matrix_says_and_no_more(house: House, role: str) -> None:
    visitor = visiting(house, role)
    visitor.open("/me")
    token = visitor.token()
    for (method, path), roles in sorted(MATRIX.items()):
        if path == "/sign-out":
            continue
        allowed = role == "admin" or role in roles
        words = {"csrf_token": token, "form_key": f"{method}{path}"} if method == "POST" else None
        answer = visitor.client.open(
            addressed(path), method=method, data=words, base_url=PUBLIC_URL, headers={"Referer": PUBLIC_URL + "/"}
        )
        assert (answer.status_code != 403) == allowed, (role, method, path, answer.status_code)
        assert answer.status_code < 500, (role, method, path)


def test_nobody_comes_in_without_a_session(house: House) -> None:
    for method, path in sorted(MATRIX):
        answer = house.client.open(addressed(path), method=method, base_url=PUBLIC_URL)
        assert answer.status_code == (303 if method == "GET" else 401), (method, path)
        if method == "GET":
            assert answer.headers["Location"].startswith("/sign-in"), path


def test_no_form_is_taken_without_its_token(house: House) -> None:
    visitor = visiting(house, "admin")
    for path in sorted(path for method, path in MATRIX if method == "POST"):
        for words in ({}, {"csrf_token": "made-up"}):
            answer = visitor.client.post(
                addressed(path), data=words, base_url=PUBLIC_URL, headers={"Referer": PUBLIC_URL + "/"}
            )
            assert answer.status_code == 400, path


def test_signing_in_needs_the_token_too(house: House) -> None:
    login = house.person("plant")
    answer = Visitor(house).client.post("/sign-in", data={"login": login, "password": "x"}, base_url=PUBLIC_URL)
    assert answer.status_code == 400
