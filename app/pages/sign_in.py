"""Sign in and out, and one's own password."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.current import doer, locale, now, person, request_id, service
from app.operations.people import choose_password
from app.operations.sign_in import WrongPassword, count_own_try, sign_in, sign_out, token_hash
from app.operations.tries import SPAN, TooManyTries
from app.pages.staff.door import enter, leave, open_page, own_address, page, session_token, signed_in
from app.pages.staff.errors import resume
from app.pages.staff.forms import Form, sent, submitted
from app.pages.staff.rendering import render
from app.records.deeds import Doer
from app.schemas.people import PasswordSchema, folded_login
from app.wording.catalogue import marked, say

KEPT = "kept."
WRONG = marked("Login or password is wrong.")
TOO_MANY = marked("Too many tries. Wait {minutes} minutes and try again.")


@open_page("/sign-in")
def sign_in_form() -> str | AnyResponse:
    """Where to sign in; whoever has is sent on."""
    after = own_address(request.args.get("next"))
    if signed_in():
        return redirect(after, 303)
    return render("sign_in.html", form=Form(), after=after, kept=[], ended=False)


@open_page("/sign-in", post=True)
def sign_in_now() -> AnyResponse:
    """Begin a session and go on, with what was typed before it had ended."""
    typed = request.form.get("login", "")
    login = folded_login(typed) or "?"
    after = own_address(request.form.get("after"))
    kept = [(name.removeprefix(KEPT), text) for name, text in request.form.items(multi=True) if name.startswith(KEPT)]
    try:
        stranger = Doer(login, now(), request_id())
        entered = sign_in(
            service().records, stranger, login, request.form.get("password", ""), request.remote_addr or "?"
        )
    except WrongPassword:
        return _again(typed, after, kept, say(locale(), WRONG), 401)
    except TooManyTries:
        return _again(typed, after, kept, _too_many(), 429)
    enter(entered.token)
    if kept:
        return Response(resume(after, kept), mimetype="text/html")
    return redirect(after, 303)


def _again(login: str, after: str, kept: list[tuple[str, str]], sentence: str, status: int) -> Response:
    form = Form({"login": login})
    form.wrong("login", sentence, status)
    html = render("sign_in.html", form=form, after=after, kept=kept, ended=False)
    return Response(html, status, mimetype="text/html")


@page("/sign-out", post=True, own=True)
def sign_out_now() -> AnyResponse:
    """End this session, here and wherever its cookie may be."""
    token = leave()
    if token:
        sign_out(service().records, doer(), person().name, token)
    return redirect("/sign-in", 303)


@page("/me")
def me() -> str:
    """Who one is here, and one's password."""
    return _me(Form())


def _me(form: Form) -> str:
    return render("me.html", form=form, done=request.args.get("done"))


@page("/me/password", post=True, own=True)
def new_password() -> AnyResponse:
    """Choose another password; one's other sessions end."""

    def deed(wanted: dict[str, str]) -> str:
        kept = token_hash(session_token())
        choose_password(service().records, doer(), wanted["current"], wanted["password"], kept)
        return "/me?done=password"

    try:
        count_own_try(service().records, doer(), request.remote_addr or "?")
    except TooManyTries:
        form = sent()
        form.wrong("current", _too_many(), 429)
        return Response(_me(form), form.status, mimetype="text/html")
    return submitted(PasswordSchema(), deed, _me)


def _too_many() -> str:
    return say(locale(), TOO_MANY, minutes=int(SPAN.total_seconds() // 60))
