"""Signing in and out: throttled, rotated, ended on the server; what was typed before a session ended is not lost."""

from datetime import timedelta

import pytest

from app.operations.sign_in import LASTS, TRIES_OF_ONE
from app.operations.tries import SPAN, TRIES_FROM_ONE
from tests.house import PASSWORD, PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting


def cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("__Host-session", domain="loop.example.jp")
    assert found
    return found.value


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back(house: House) -> None:
    visitor = Visitor(house)
    login = house.person("plant")
    answer = visitor.client.get("/steps?kind=cast", base_url=PUBLIC_URL)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=%2Fsteps%3Fkind%3Dcast")
    visitor.open(answer.headers["Location"])
    done = visitor.send("/sign-in", {"login": login, "password": PASSWORD}, follow=False)
    assert done.headers["Location"] == "/steps?kind=cast"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "javascript:x"]
)
def test_nobody_is_sent_to_another_host(house: House, elsewhere: str) -> None:
    visitor = Visitor(house)
    login = house.person("plant")
    visitor.open("/sign-in?next=" + elsewhere)
    assert visitor.form("/sign-in").words["after"] == "/"
    assert visitor.sign_in(login, after=elsewhere).headers["Location"] == "/"


def test_login_in_full_width_capitals_is_the_same_person(house: House) -> None:
    house.person("plant", "hanako")
    assert Visitor(house).sign_in("ＨＡＮＡＫＯ").status_code == 303


def test_a_wrong_password_tells_neither_which_was_wrong(house: House) -> None:
    house.person("plant", "hanako")
    visitor = Visitor(house)
    answers = [visitor.sign_in(login, "wrong password").text for login in ("hanako", "nobody.here")]
    assert all("Login or password is wrong." in text for text in answers)


def test_guessing_is_slowed_for_everybody_and_stops_after_a_while(house: House) -> None:
    house.person("plant", "hanako")
    for _ in range(TRIES_OF_ONE):
        assert Visitor(house).sign_in("hanako", "wrong password").status_code == 401
    assert Visitor(house).sign_in("hanako").status_code == 429
    house.clock.now += SPAN + timedelta(seconds=1)
    assert Visitor(house).sign_in("hanako").status_code == 303


def test_one_address_cannot_try_many_logins(house: House) -> None:
    visitor = Visitor(house)
    for n in range(TRIES_FROM_ONE):
        assert visitor.sign_in(f"nobody-{n}", "wrong password").status_code == 401
    assert visitor.sign_in("one-more", "wrong password").status_code == 429


def test_a_session_from_before_is_not_the_one_after(house: House) -> None:
    visitor = Visitor(house)
    login = house.person("plant")
    visitor.open("/sign-in")
    before = cookie(visitor)
    visitor.sign_in(login)
    assert cookie(visitor) != before
    stranger = Visitor(house)
    stranger.client.set_cookie("__Host-session", before, domain="loop.example.jp", secure=True)
    assert stranger.client.get("/", base_url=PUBLIC_URL).status_code == 303


def test_signing_out_ends_the_session_wherever_its_cookie_went(house: House) -> None:
    visitor = visiting(house, "plant")
    stolen = cookie(visitor)
    visitor.open("/me")
    visitor.send("/sign-out")
    thief = Visitor(house)
    thief.client.set_cookie("__Host-session", stolen, domain="loop.example.jp", secure=True)
    assert thief.client.get("/", base_url=PUBLIC_URL).status_code == 303


def test_a_session_ends_with_the_shift(house: House) -> None:
    visitor = visiting(house, "plant")
    house.clock.now += LASTS
    assert visitor.client.get("/", base_url=PUBLIC_URL).status_code == 303


def test_what_was_typed_when_the_session_had_ended_is_sent_after_signing_in_again(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    slip = {"slip_number": "W-1", "customer": "TRUCK-M", "item": "truck-body", "units": "3", "alloy": "mixed"}
    weights = {"gross_kg": "10,450", "tare_kg": "8000", "deduction_kg": "50"}
    house.clock.now += LASTS
    answer = visitor.send("/weigh-in", slip | weights, follow=False)
    assert answer.status_code == 401
    assert "what you typed is kept" in answer.text
    again = visitor.send("/sign-in", {"login": "logistics-person", "password": PASSWORD}, follow=False)
    assert "10,450" in again.text
    assert visitor.send("/weigh-in").status_code == 200
    [lot] = house.get("/lots?q=W-1")["items"]
    assert lot["mass_kg"] == "2400"


def test_another_sites_form_is_not_kept_for_anybody(house: House) -> None:
    visitor = Visitor(house)
    answer = visitor.client.post(
        "/weigh-in", data={"slip_number": "EVIL"}, base_url=PUBLIC_URL, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 401
    assert "EVIL" not in answer.text


def test_a_password_is_changed_by_whoever_knows_the_one_there_is(house: House) -> None:
    visitor, other = visiting(house, "plant"), Visitor(house)
    other.sign_in("plant-person")
    visitor.open("/me")
    wrong = visitor.send("/me/password", {"current": "not this one", "password": "another good one"})
    assert "This is not your password." in wrong.text
    visitor.open("/me")
    assert visitor.send("/me/password", {"current": PASSWORD, "password": "another good one"}).status_code == 200
    assert visitor.client.get("/", base_url=PUBLIC_URL).status_code == 200
    assert other.client.get("/", base_url=PUBLIC_URL).status_code == 303
    assert Visitor(house).sign_in("plant-person", "another good one").status_code == 303


def test_nobody_guesses_the_password_of_a_session_left_open(house: House) -> None:
    visitor = visiting(house, "plant")
    for n in range(TRIES_OF_ONE):
        visitor.open("/me")
        assert (
            visitor.send("/me/password", {"current": f"guess {n}", "password": "another good one"}).status_code == 422
        )
    visitor.open("/me")
    answer = visitor.send("/me/password", {"current": PASSWORD, "password": "another good one"})
    assert (answer.status_code, "Too many tries." in answer.text) == (429, True)
    house.clock.now += SPAN
    visitor = Visitor(house)
    assert visitor.sign_in("plant-person").status_code == 303
    visitor.open("/me")
    assert visitor.send("/me/password", {"current": PASSWORD, "password": "another good one"}).status_code == 200


def test_a_person_shut_out_is_out_at_once(house: House) -> None:
    admin, visitor = visiting(house, "admin"), visiting(house, "plant")
    admin.open("/admin/people/plant-person")
    admin.send("/admin/people/plant-person", {"active": None})
    assert visitor.client.get("/", base_url=PUBLIC_URL).status_code == 303
    assert Visitor(house).sign_in("plant-person").status_code == 401


def test_an_administrator_cannot_take_away_their_own_role(house: House) -> None:
    admin = visiting(house, "admin")
    admin.open("/admin/people/admin-person")
    assert "You cannot take your own role away." in admin.send("/admin/people/admin-person", {"role": "plant"}).text


def test_a_whole_shift_behind_one_address_signs_in(house: House) -> None:
    house.person("logistics", "yard")
    assert {Visitor(house).sign_in("yard").status_code for _ in range(TRIES_FROM_ONE + 2)} == {303}
