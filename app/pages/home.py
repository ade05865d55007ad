"""The start page by role, the find page, and what a label's address leads to."""

from urllib.parse import quote

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.factors import japan_day
from app.current import locale, now, person, service
from app.lookups.find import find, scanned
from app.lookups.master_data import named_rows
from app.lookups.work import today, waiting
from app.pages.staff import navigation
from app.pages.staff.door import open_page, page
from app.pages.staff.figures import today as today_words
from app.pages.staff.rendering import ADDRESSES, render


@page("/")
def home() -> str:
    """Today's work, and what needs attention."""
    role, records = Role(person().role), service().records
    main = navigation.main_work(role)
    return render(
        "home.html",
        "home",
        day_words=today_words(locale(), japan_day(now())),
        site=named_rows(records, "sites").get(person().site or ""),
        items=named_rows(records, "items"),
        customers=named_rows(records, "customers"),
        main=main,
        work=[each for each in navigation.work(role) if each is not main],
        today=today(records, now(), person().site),
        waiting=waiting(records, now(), person().site),
    )


@page("/find")
def find_anything() -> str | AnyResponse:
    """One box for everything; what is meant exactly is opened at once."""
    text = request.args.get("q", "")
    found = find(service().records, text)
    if len(found.exact) == 1 and not found.lots:
        kind, number = found.exact[0]
        return redirect(ADDRESSES[kind] + quote(number), 303)
    return render("find.html", "", q=text, found=found)


@open_page("/L/<number>")
def label(number: str) -> AnyResponse:
    """What a lot's label leads a phone to."""
    return redirect("/lots/" + quote(scanned(number).upper()), 303)
