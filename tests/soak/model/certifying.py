"""Certificates of the model: who may hold a delivery, and what is claimed for it."""

from dataclasses import dataclass
from math import floor

from app.operations.issue_certificate import IssueCertificate
from tests.soak.model.books import Books, Certificate, Lot, Reasons
from tests.soak.model.method import AVOIDED, CERTIFIABLE, UNIT_KG


@dataclass(frozen=True)
class Line:
    """What a certificate says of one delivery, grams."""

    mass_g: int
    post_consumer_g: int
    pre_consumer_g: int
    closed_loop_g: int
    by_mass_g: int
    by_unit_g: int | None
    claimed_g: int


def certify(books: Books, words: IssueCertificate, number: str | None) -> Reasons:
    """``number`` is what the service called it, None where it refused."""
    if any(delivery not in books.lots for delivery in words.deliveries):
        return {"malformed"}
    reasons: Reasons = set()
    replaced = books.certificates.get(words.replaces) if words.replaces else None
    if replaced and replaced.customer != words.customer:
        reasons.add("other_customer")
    if replaced and replaced.status != "issued":
        reasons.add("already_revoked")
    for delivery in words.deliveries:
        reasons |= _uncertifiable(books, books.lots[delivery], words.customer, replaced)
    if not reasons and number:
        if replaced:
            replaced.status = "superseded"
        books.certificates[number] = Certificate(number, words.customer, words.deliveries)
    return reasons


def _uncertifiable(books: Books, lot: Lot, customer: str, replaced: Certificate | None) -> Reasons:
    reasons: Reasons = set()
    if lot.place[0] == "site" or not lot.metal.mass_g:
        reasons.add("wrong_place")
    elif lot.place[1] != customer:
        reasons.add("other_customer")
    if lot.kind not in CERTIFIABLE:
        reasons.add("kind_not_allowed")
    if books.holder(lot.number) not in (None, replaced):
        reasons.add("already_certified")
    if books.flagged(lot.number):
        reasons.add("flag_open")
    return reasons


def revoke(books: Books, number: str) -> Reasons:
    certificate = books.certificates[number]
    if certificate.status != "issued":
        return {"already_revoked"}
    certificate.status = "revoked"
    return set()


def lines(books: Books, certificate: Certificate) -> list[Line]:
    """What a certificate has to say, delivery by delivery."""
    return [_line(books, books.lots[delivery], certificate.customer) for delivery in certificate.deliveries]


def _line(books: Books, lot: Lot, customer: str) -> Line:
    post = closed = pre = 0
    for origin, grams in lot.metal.grams.items():
        entered = books.origins[origin - 1]
        post += grams if entered.scrap_class == "post_consumer" else 0
        pre += grams if entered.scrap_class == "pre_consumer" else 0
        closed += grams if entered.scrap_class == "post_consumer" and entered.customer == customer else 0
    by_mass_g = floor(post * AVOIDED)
    per_unit = UNIT_KG.get(lot.item or "")
    by_unit_g = floor((lot.units or 0) * per_unit * 1000) if per_unit is not None and lot.units is not None else None
    claimed_g = by_mass_g if by_unit_g is None else min(by_mass_g, by_unit_g)
    return Line(lot.metal.mass_g, post, pre, closed, by_mass_g, by_unit_g, claimed_g)
