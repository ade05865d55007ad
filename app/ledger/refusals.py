"""What the ledger refuses, and why: one stable word each, with the values a sentence about it needs."""

from enum import StrEnum


class Code(StrEnum):
    """The words other programs rely on (the HTTP contract, 409)."""

    NOT_ENOUGH_METAL = "not_enough_metal"
    MORE_OUT_THAN_IN = "more_out_than_in"
    WRONG_PLACE = "wrong_place"
    DUPLICATE_NUMBER = "duplicate_number"
    DUPLICATE_SLIP = "duplicate_slip"
    KIND_NOT_ALLOWED = "kind_not_allowed"
    BEFORE_IT_EXISTED = "before_it_existed"
    HEEL_LEFT_OUT = "heel_left_out"
    UNITS_REQUIRED = "units_required"
    NO_UNITS = "no_units"
    ALREADY_CERTIFIED = "already_certified"
    ALREADY_REVOKED = "already_revoked"
    ALREADY_REVERSED = "already_reversed"
    ALREADY_ACCEPTED = "already_accepted"
    ALREADY_ORDERED = "already_ordered"
    DOWNSTREAM_EXISTS = "downstream_exists"
    FLAG_OPEN = "flag_open"
    NO_FACTORS_IN_FORCE = "no_factors_in_force"
    OTHER_CUSTOMER = "other_customer"


class Refused(Exception):
    """The books will not take this deed, and nothing has changed.

    ``code`` is the stable word; ``reason`` tells apart the cases one word covers and picks the sentence;
    ``values`` fill it: numbers of lots as text, masses in grams under names that end in ``_g``.
    """

    def __init__(self, code: Code, reason: str = "", **values: object) -> None:
        super().__init__(f"{code}{'/' + reason if reason else ''} {values}")
        self.code = code
        self.reason = reason
        self.values = values
