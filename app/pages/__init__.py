"""What people see in a browser. Law: a page asks and shows; it decides nothing about metal, money or validity.

staff        what all pages behind a sign-in share
verify       the public page behind a certificate's QR code
sign_in, home, lots, flags, logistics, plant, sales, admin   pages by who uses them
"""

from flask import Flask

from app.pages import audit, flags, home, look_up, sign_in
from app.pages.admin import exchange, master_data, people
from app.pages.logistics import imports, labels, moves, weigh_in
from app.pages.lots import footprint, listing, one
from app.pages.plant import steps
from app.pages.sales import certificates, dispatches, quote_papers, quotes, what_if
from app.pages.staff import door

ROOMS = (
    audit,
    certificates,
    dispatches,
    exchange,
    flags,
    footprint,
    home,
    imports,
    labels,
    listing,
    look_up,
    master_data,
    moves,
    one,
    people,
    quote_papers,
    quotes,
    sign_in,
    steps,
    weigh_in,
    what_if,
)


def install(app: Flask, https: bool) -> None:
    """Register every page: importing a room adds its pages to the blueprint."""
    door.install(app, https)
