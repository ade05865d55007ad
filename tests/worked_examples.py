"""The worked examples of the method: deeds in order, what each gives, and what is left at the end, to the gram."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.carbon.factors import JAPAN

DATA = Path(__file__).parent / "data"
START = datetime(2026, 10, 1, 9, tzinfo=JAPAN)
EXAMPLES: list[dict[str, Any]] = json.loads((DATA / "worked_examples.json").read_text("utf-8"))
NAMES = [example["name"] for example in EXAMPLES]


def deeds(example: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], datetime, dict[str, Any] | None]]:
    """(verb, words, when, expected) of each deed; entries on 1 October, one hour more for each deed after."""
    at = START
    for deed, expected in zip(example["deeds"], example["expect"], strict=True):
        [(verb, words)] = deed.items()
        if verb != "enter":
            at += timedelta(hours=1)
        yield verb, words if isinstance(words, dict) else {"number": words}, at, expected
