"""What was typed when a session ended is shown by its fields' names before it is sent again; secrets are not kept."""

from tests.house import PASSWORD, House
from tests.pages.visitor import Visitor, visiting


def after_its_end(visitor: Visitor, page: str, action: str, words: dict[str, str]) -> None:
    """Fill in a form whose session has ended meanwhile, and sign in again."""
    visitor.open(page)
    filled = visitor.form(action).words | words
    visitor.client.delete_cookie("session", domain="loop.example.jp")
    visitor.client.delete_cookie("__Host-session", domain="loop.example.jp")
    assert visitor.post(action, filled).status_code == 401
    visitor.send("/sign-in", {"login": "logistics-person", "password": PASSWORD})


def test_what_was_typed_is_shown_by_the_names_of_its_fields(house: House) -> None:
    visitor = visiting(house, "logistics")
    after_its_end(visitor, "/weigh-in", "/weigh-in", {"slip_number": "W11-0099", "gross_kg": "10450"})
    assert "Slip no.</th>" in visitor.page
    assert ">gross_kg<" not in visitor.page
    assert visitor.form("/weigh-in").words["gross_kg"] == "10450"


def test_a_password_is_not_kept_in_a_page(house: House) -> None:
    visitor = visiting(house, "logistics")
    after_its_end(visitor, "/me", "/me/password", {"current": PASSWORD, "password": "another long password"})
    assert PASSWORD not in visitor.page
    assert "another long password" not in visitor.page
