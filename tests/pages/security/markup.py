"""What a page is made of, as a browser reads it: whether anything that somebody typed became a part of it."""

import json
from html.parser import HTMLParser

PAYLOADS = (
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}",
    "javascript:alert(1)//'\"><svg onload=alert(1)>{{7*7}}",
    "\"><b x>'",
    "<b x>",
)
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data")


def payload(longest: int, which: int = 0) -> str:
    """Markup for a field of so many characters: the one wanted, or the longest that fits."""
    fitting = [text for text in PAYLOADS if len(text) <= longest]
    return fitting[min(which, len(fitting) - 1)]


class Built(HTMLParser):
    """Everything in a page that no page of ours has."""

    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._nonce = nonce

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.wrong += [f"<{tag} {name}={text}>" for name, text in attrs if _is_foreign(name, text or "")]
        if tag == "script" and (said.get("nonce") != self._nonce or not self._nonce):
            self.wrong.append(f"<script {attrs}>")
        self.wrong += [f"{name}: {text}" for name, text in attrs if name in JSON and not _is_json(text or "")]

    def handle_data(self, data: str) -> None:
        if "alert(1)" in data and "{{7*7}}" not in data and "49" in data:
            self.wrong.append(data)


JSON = ("data-items", "data-words")


def _is_foreign(name: str, text: str) -> bool:
    """A handler, a style, an attribute of the payloads; an address that is a script."""
    scripted = name in ADDRESSES and text.strip().lower().startswith(("javascript:", "vbscript:", "data:text"))
    planted = (name, text) in (("x", ""), ("src", "x"))
    return name.startswith("on") or name == "style" or scripted or planted


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def foreign(page: str, nonce: str) -> list[str]:
    """What of a page is not ours."""
    built = Built(nonce)
    built.feed(page)
    built.close()
    return built.wrong
