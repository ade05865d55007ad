"""A file of a hundred thousand slips makes millions of things that nothing can make a circle of."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no circles meanwhile: each look would go through all that is held, a quarter of an import's time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()
