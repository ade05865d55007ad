"""Answer a request once: the first outcome is kept with the deed, in its own transaction, and given again for good.

Nothing lies between a deed and the memory of its answer: whoever lost the answer asks again and gets the same one.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from app.operations.again import tried_again
from app.records.deeds import Doer
from app.records.joined import JoinedRecords
from app.records.outcomes import Claim, Outcome, Scope
from app.records.unit import Records

REFUSED = 400

# Does what was asked on the records it is given, going on from what an earlier try made (its number) where it did.
Perform = Callable[[Records, str | None], Outcome]


class OtherWords(Exception):
    """A key that was used before came with another request."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with a key: where the key counts, and a digest of the request's words."""

    scope: Scope
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome, and whether it is one that was given before."""

    outcome: Outcome
    replayed: bool


@tried_again
def answer_once(records: Records, doer: Doer, asked: Asked, perform: Perform) -> Answer:
    """Do what was asked unless it was done before. Raises OtherWords, Unavailable and what ``perform`` raises."""
    with records.reading() as books:
        known = books.outcomes.find(asked.scope)
    if known is None:
        return _first(records, doer, asked, perform)
    return _known(records, doer, asked, known, perform)


def _first(records: Records, doer: Doer, asked: Asked, perform: Perform) -> Answer:
    with ExitStack() as unit:
        books = unit.enter_context(records.writing(doer))
        # The key is locked before any lot, so that of two requests with one key the second waits here.
        known = books.outcomes.claim(asked.scope, asked.fingerprint, doer.now)
        joined = JoinedRecords(records, books, asked.scope, unit.close)
        outcome = None if known else perform(joined, None)
        if outcome and joined.open and joined.agreed and outcome.status < REFUSED:
            books.outcomes.keep(asked.scope, outcome)
            joined.close()
            return Answer(outcome, False)
    if known:
        return _known(records, doer, asked, known, perform)
    assert outcome is not None
    return _keep(records, doer, asked, outcome)


def _known(records: Records, doer: Doer, asked: Asked, known: Claim, perform: Perform) -> Answer:
    if known.fingerprint != asked.fingerprint:
        raise OtherWords()
    if known.outcome is not None:
        return Answer(known.outcome, True)
    return _keep(records, doer, asked, perform(records, known.subject))


def _keep(records: Records, doer: Doer, asked: Asked, outcome: Outcome) -> Answer:
    """Keep an outcome beside whose deed nothing is left to commit; one that is there already goes before."""
    with records.writing(doer) as books:
        known = books.outcomes.claim(asked.scope, asked.fingerprint, doer.now)
        if known and known.fingerprint != asked.fingerprint:
            raise OtherWords()
        if known and known.outcome:
            return Answer(known.outcome, True)
        books.outcomes.keep(asked.scope, outcome)
        books.commit_answer()
    return Answer(outcome, False)


def half_way(records: Records, subject: str) -> None:
    """End the first transaction of a deed that has two, remembering with the key what it made."""
    if isinstance(records, JoinedRecords):
        records.close_half_way(subject)
