"""What a script of the pages says by itself, where templates should hand it the words."""

import re

from tests.rules.words import JAPANESE, Found, has_word

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
COMMENT = re.compile(r"(?:^|\s)//.*")
SHOWN = re.compile(r"(?:\.(?:textContent|inner\w+|title|placeholder|alt|aria\w+) \+?= |alert\(|confirm\()(.*)")
LOOKED_UP = re.compile(r'(?:replace|replaceAll|toLocaleString|getElementById)\([^)]*\)|\["\w+"\]')


def untranslated(script: str) -> list[Found]:
    """Literals that are shown as they stand, and Japanese anywhere."""
    found = []
    for number, line in enumerate(script.splitlines(), start=1):
        code = COMMENT.sub("", line)
        shown = SHOWN.search(code)
        said = _literals(LOOKED_UP.sub("", shown[1])) if shown else []
        found += [Found(number, text) for text in said if has_word(text)]
        found += [Found(number, text) for text in _literals(code) if JAPANESE.search(text) and text not in said]
    return found


def _literals(code: str) -> list[str]:
    return [double or single or template for double, single, template in LITERAL.findall(code)]
