"""A deed that collided with another is tried again, a bounded number of times, after a pause of random length."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.records.joined import JoinedRecords
from app.records.unit import Collided

Words = ParamSpec("Words")
Done = TypeVar("Done")
TRIES = 4
LONGEST_PAUSE_S = 0.2


def tried_again(deed: Callable[Words, Done]) -> Callable[Words, Done]:
    """Try a deed again where the database gave it up for another's sake; nothing of the first try is left by then.

    Raises Unavailable, as the last try did, after TRIES.
    """

    @wraps(deed)
    def trying(*args: Words.args, **words: Words.kwargs) -> Done:
        if args and isinstance(args[0], JoinedRecords) and args[0].open:
            return deed(*args, **words)  # a part cannot be tried again by itself: the whole is
        for left in range(TRIES - 1, 0, -1):
            try:
                return deed(*args, **words)
            except Collided:
                time.sleep(random.uniform(0, LONGEST_PAUSE_S / left))
        return deed(*args, **words)

    return trying
