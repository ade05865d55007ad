"""The pages' scripts: all that a page loads share one scope, where a name declared twice stops the second."""

import re
from collections import Counter
from pathlib import Path

STATIC = Path(__file__).parents[2] / "app" / "pages" / "static"
ALONE = "service-worker.js"  # no page loads it
DECLARED = re.compile(r"^(?:async\s+)?(?:const|let|var|class|function)\b\*?\s*(\{[^}]*\}|\[[^\]]*\]|\w+)", re.MULTILINE)


def declared(script: str) -> set[str]:
    """The names that a script declares at its top level; what is indented is inside of something."""
    return {name for found in DECLARED.findall(script) for name in re.findall(r"\w+", found)}


def test_no_name_is_declared_at_the_top_of_two_scripts() -> None:
    scripts = [path for path in STATIC.glob("*.js") if path.name != ALONE]
    counted = Counter(name for path in scripts for name in declared(path.read_text("utf-8")))
    assert [name for name, count in counted.items() if count > 1] == []


def test_the_rule_sees_every_kind_of_declaration() -> None:
    script = "const a = 1;\nlet b;\nasync function c() {\n  const inner = 2;\n}\nclass d {}\nconst { e, f } = a;\n"
    assert declared(script) == set("abcdef")
