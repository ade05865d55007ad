"""Refusals and problems of fields as sentences: what is wrong, and with which record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.carbon.factors import JAPAN
from app.ledger.grams import kilograms_text
from app.wording.catalogue import marked, say

# By the ledger's code, or code/reason where one code covers several cases.
REFUSALS = {
    "not_enough_metal": marked("Lot {lot} has {remaining} kg left; {asked} kg were asked for."),
    "not_enough_metal/units": marked("Lot {lot} has {remaining} units left; {asked} were asked for."),
    "not_enough_metal/weightless": marked("{asked} units of lot {lot} would weigh less than a gram."),
    "not_enough_metal/reserved": marked("Of {remaining} kg left of lot {lot}, {reserved} kg are held for a quote."),
    "not_enough_metal/reserved_units": marked(
        "Of {remaining} units left of lot {lot}, {reserved} are held for a quote."
    ),
    "not_enough_metal/at_once": marked("Somebody else has just taken this metal. Look at the lot again."),
    "more_out_than_in": marked("{out} kg came out of {inn} kg that went in. Check the weights."),
    "more_out_than_in/transfer": marked("{out} kg arrived of {inn} kg that were sent. Check the weights."),
    "wrong_place": marked("Lot {lot} is at {place}, not at {site}."),
    "wrong_place/delivered": marked("Lot {lot} was delivered to {customer} and is not at a site."),
    "wrong_place/already_there": marked("Lot {lot} is at {site} already."),
    "wrong_place/furnace": marked("Lot {lot} is a heel and stays in furnace {furnace}."),
    "wrong_place/not_delivered": marked("Lot {lot} has not been delivered; it is at {place}."),
    "duplicate_number/lot": marked("The lot number {number} has been used before."),
    "duplicate_number/transformation": marked("The step number {number} has been used before."),
    "duplicate_number/transfer": marked("The transfer number {number} has been used before."),
    "duplicate_number/dispatch": marked("The delivery note number {number} has been used before."),
    "duplicate_number/return": marked("The return number {number} has been used before."),
    "duplicate_number/quote": marked("The quote number {number} has been used before."),
    "already_ordered": marked("Quote {number} has been ordered or withdrawn already."),
    "kind_not_allowed/quote": marked("Lot {lot} is not what this line asks for."),
    "duplicate_number/write_off": marked("The write-off number {number} has been used before."),
    "duplicate_slip": marked("Weighing slip {slip_number} is already registered at {site}."),
    "duplicate_slip/at_once": marked("This weighing slip has just been registered by somebody else."),
    "kind_not_allowed/input": marked("Lot {lot} is of kind {kind}, which does not go into the step {step}."),
    "kind_not_allowed/output": marked("The step {step} does not make lots of kind {kind}."),
    "kind_not_allowed/scrap_class": marked("The item {item} cannot be scrap of class {scrap_class}."),
    "kind_not_allowed/heel_stays": marked("Lot {lot} is the heel of furnace {furnace} and cannot be moved."),
    "kind_not_allowed/certificate": marked("Lot {lot} is of kind {kind}, which is not certified."),
    "kind_not_allowed/not_entered": marked("Lot {lot} was made by a step or a move. Reverse that instead."),
    "before_it_existed": marked("Lot {lot} was not there before {since}; the time given is {at}."),
    "heel_left_out": marked("Furnace {furnace} still holds lot {lot} ({remaining} kg). The next heat takes all of it."),
    "units_required": marked("Lot {lot} is counted in units. Give units, not kilograms."),
    "units_required/output": marked("The item {item} is counted in units. Give units beside the kilograms."),
    "no_units": marked("Lot {lot} has no units. Give kilograms."),
    "no_units/output": marked("{item} has no unit factor and takes no units."),
    "already_certified": marked("Delivery {lot} is stated in certificate {certificate}."),
    "already_certified/at_once": marked("Another certificate has just taken one of these deliveries."),
    "already_reversed": marked("{number} has been reversed already."),
    "already_reversed/import": marked("Every lot of {number} has been reversed already."),
    "already_reversed/at_once": marked("Somebody else has just reversed this."),
    "already_reversed/flag": marked("What flagged lot {lot} has been reversed; there is nothing to accept any more."),
    "already_accepted": marked("The flag on lot {lot} was accepted by {person} already."),
    "downstream_exists": marked("{number} cannot be reversed while this stands: {records}. Reverse that first."),
    "flag_open": marked("Lot {lot} is flagged: {rule}. Another person has to accept the flag first."),
    "already_revoked": marked("Certificate {certificate} has been revoked or replaced already."),
    "no_factors_in_force": marked("No factor {key} is in force on {day}."),
    "other_customer": marked("Delivery {lot} belongs to another customer."),
    "other_customer/replaces": marked("Certificate {certificate} belongs to another customer."),
}
FALLBACKS = {
    "duplicate_number": marked("This number has been used before."),
    "already_revoked": marked("This certificate has been revoked or replaced already."),
}
PROBLEMS = {
    "unknown_customers": marked("There is no customer {value}."),
    "unknown_items": marked("There is no item {value}."),
    "unknown_scrap_classes": marked("There is no scrap class {value}."),
    "unknown_sites": marked("There is no site {value}."),
    "unknown_alloys": marked("There is no alloy {value}."),
    "unknown_lot": marked("There is no lot {value}."),
    "unknown_certificate": marked("There is no certificate {value}."),
    "in_future": marked("{value} is in the future."),
    "in_past": marked("{value} is in the past."),
    "before_sent": marked("It cannot arrive before it was sent."),
    "attached_already": marked("Certificate {value} goes with this quote already."),
    "certificate_altered": marked("Certificate {value} is not what was issued. It is not sent out."),
    "no_footprint": marked("There is no footprint statement of {number}."),
    "no_quote_pack": marked("There is no such PDF: {number}."),
    "no_energy_in_sorting": marked("Sorting is outside the footprint, and so is its energy."),
    "certificate_expired": marked("Certificate {value} is past its date."),
    "nothing_to_send": marked("There is nothing to send yet: attach a certificate, hold metal or upload the quote."),
    "no_file": marked("Choose a file."),
    "pdf_broken": marked("This is no PDF that can be read."),
    "pdf_locked": marked("This PDF is locked with a password. Save it without one."),
    "pdf_too_long": marked("This PDF has more than 60 pages."),
    "pdf_too_large": marked("This file is larger than 10 MB."),
    "out_of_date": marked("The document was valid until {value} only."),
    "not_above_tare": marked("The gross weight must be more than tare and deduction together."),
    "no_furnace_here": marked("The step {step} takes no furnace."),
    "one_heel": marked("A furnace keeps one heel only."),
    "only_for_products": marked("Only lots of kind product have an item."),
    "no_item_given": marked("Choose an item."),
    "required": marked("This is missing."),
    "twice": marked("Lot {value} is named twice."),
    "under_one_kilogram": marked("A delivered lot has at least 1 kg."),
    "longer_than_three_years": marked("A certificate is valid for three years at most, until {value}."),
    "doubled": marked("This name stands twice in the same object."),
    "cannot_print": marked("The document's font cannot show: {characters}"),
    "does_not_fit": marked("This does not fit its place on the document. Make it shorter."),
    "factor_in_past": marked("There are records up to {day}. Version {version} may count from the day after that."),
    "factor_changed": marked("Version {version} is there already with other values. Give a new version."),
    "factor_overlaps": marked("Version {version} begins before version {other} has ended."),
    "factor_ends_early": marked("Version {version} ends before it begins."),
    "factor_at_once": marked("Another version of this factor has just been loaded. Load the file again."),
    "in_row_before": marked("Delivery {value} is named in row {row} already."),
    "outside_the_columns": marked("“{value}” stands below no column name."),
    "ended_since": marked(
        "Certificate {certificate} was issued for this row and has been revoked or replaced since. "
        "Use --again to issue another."
    ),
    "void": marked("Certificate {number} is void: {reason}"),
    "no_lot": marked("There is no lot {number}."),
    "no_transformation": marked("There is no step {number}."),
    "no_dispatch": marked("There is no delivery note {number}."),
    "no_certificate": marked("There is no certificate {number}."),
    "no_transfer": marked("There is no transfer {number}."),
    "no_return": marked("There is no return {number}."),
    "no_write_off": marked("There is no write-off {number}."),
    "no_flag": marked("There is no flag {number}."),
    "no_person": marked("There is nobody called {number}."),
    "no_row": marked("There is no row {number}."),
    "no_key": marked("There is no key {number} in force."),
    "no_import": marked("There is no import {number}."),
    "no_upload": marked("There is no such file any more."),
    "no_quote": marked("There is no quote {number}."),
    "no_quote_line": marked("There is no such line: {number}."),
    "no_reservation": marked("This metal is not held any more."),
    "not_quoted": marked("Only ingot, billet and products are quoted."),
    "units_of_this_item": marked("Give units: this item is counted."),
    "no_units_of_this": marked("Give kilograms: this is not counted in units."),
    "longer_than_a_year": marked("A year at most."),
    "nothing_held": marked("Nothing is held for this quote. Reserve metal first."),
    "no_exchange_client": marked("There is no exchange client {number} in force."),
    "not_https": marked("Give an address that begins with https://, without a user name, query or fragment."),
    "callback_half": marked("Give the address, our name there and its secret together, or none of them."),
    "too_many_footprints": marked("More than {most} footprints meet this. Narrow it down, or use the list."),
    "no_photo": marked("There is no photo {number}."),
    "login_taken": marked("{value} is somebody's login already."),
    "password_length": marked("A password has {least} to {most} characters."),
    "wrong_password": marked("This is not your password."),
    "own_role": marked("You cannot take your own role away. Another administrator has to."),
    "last_admin": marked("This is the last administrator. Make another one first."),
    "too_many_labels": marked("Print {most} labels at most at once."),
    "code_taken": marked("{value} is there already."),
    "no_such_factor": marked("There is no factor {value}."),
    "too_many_rows": marked("There are more than {most} rows."),
    "too_many_photos": marked("Attach {most} photos at most."),
    "photo_too_large": marked("{file} is too large."),
    "not_a_photo": marked("{file} is not a photo we can read. Attach JPEG, PNG or WebP."),
    "changed_meanwhile": marked(
        "Somebody else has changed this since you opened it. There stands now: {value}. Saved again, yours counts."
    ),
    "same_person": marked("You recorded this yourself. Another person has to accept it."),
    "key_reused": marked("This idempotency key was used for another request. Use a new one."),
    "not_a_key": marked("Give a key of 1 to 255 printable ASCII characters."),
}
# What a flag says, by its rule.
RULES = {
    "weight-outside-band": marked("weight outside the usual band"),
    "vehicle-again": marked("the same vehicle again within the span"),
    "yield-outside-band": marked("yield outside the usual band"),
    "measured-below-average": marked("measured energy far below the works' average"),
    "bought-metal-below": marked("footprint lower than is usual"),
    "transfer-short": marked("less arrived than was sent"),
    "write_off": marked("a write-off waits for a second person"),
}
STATUSES = {
    400: marked("The request cannot be read as JSON."),
    401: marked("A key that is in force is needed."),
    403: marked("Your role may not do this."),
    404: marked("There is nothing here."),
    405: marked("This address does not take that method."),
    413: marked("The request is too large."),
    415: marked("Send application/json."),
    422: marked("Some fields need correcting."),
    429: marked("Too many requests. Wait a little."),
    500: marked("Something went wrong with us. Nothing was changed."),
    503: marked("The service cannot answer now. Try again shortly."),
}


def refusal_sentence(locale: str, code: str, reason: str, values: Mapping[str, object]) -> str:
    """Why the ledger refuses."""
    sentence = REFUSALS.get(f"{code}/{reason}") or REFUSALS.get(code) or FALLBACKS[code]
    if code in FALLBACKS and "{" in sentence and not values:
        sentence = FALLBACKS[code]
    shown = _shown(values)
    if "rule" in values:
        shown["rule"] = rule_words(locale, str(values["rule"]))
    return say(locale, sentence, **shown)


def rule_words(locale: str, rule: str) -> str:
    """What a flag's rule says, in words."""
    return say(locale, RULES[rule]) if rule in RULES else rule


def field_sentence(locale: str, reason: str, values: Mapping[str, object]) -> str:
    """What is wrong with a field; a reason that is a sentence already (a field's own) is said as it is."""
    return say(locale, PROBLEMS.get(reason, reason), **_shown(values))


def unprintable_sentence(locale: str, characters: str) -> str:
    """Why a text is not printed: characters without a glyph, or, where there are none, too many of them."""
    return field_sentence(locale, "cannot_print" if characters else "does_not_fit", {"characters": characters})


def status_sentence(locale: str, status: int) -> str:
    """What an HTTP status means here."""
    return say(locale, STATUSES.get(status, STATUSES[400 if status < 500 else 500]))


def _shown(values: Mapping[str, object]) -> dict[str, Any]:
    """Values as people read them: grams as kilograms, moments in Japan time. ``in`` is no name for Python."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        plain = name.removesuffix("_g")
        plain = "inn" if plain == "in" else plain
        if name.endswith("_g") and isinstance(value, int):
            shown[plain] = kilograms_text(value)
        elif isinstance(value, datetime):
            shown[plain] = f"{value.astimezone(JAPAN):%Y-%m-%d %H:%M}"
        elif isinstance(value, date):
            shown[plain] = value.isoformat()
        else:
            shown[plain] = "—" if value is None else str(value)
    return shown
