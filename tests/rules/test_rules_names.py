"""Rules are named by themselves and by the profiles: nothing else in the package knows one by code or name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import datalint
from datalint.rules.index import INDEX

PACKAGE = Path(datalint.__file__).parent
#: What may be a rule's code or name.
WORDS = re.compile(r"[A-Z]{3}\d{3}|[a-z\d]+(?:-[a-z\d]+)+")
#: A name of one word, such as ``secret``, is a word of the language.
NAMES = {name for name, _, _ in INDEX.values() if "-" in name}

#: Packages that file problems by kind: what a reader sees in bytes, and a validator in a row, has the name of the rule
#: that reports it, so that neither needs a table of the other's names.
BY_KIND = ("sources", "shapes")
#: Words that are a rule's name and something else: a measure, a kind of pair, a kind of problem.
ALSO = {
    "compare/base.py": {"git-lfs-pointer"},
    # The name of a container as well.
    "fixes/writing.py": {"json-array"},
    "engine/map/acceptances.py": {"invalid-acceptance"},
    "engine/reduce/measures/readiness.py": {"leaked-prompt"},
    "engine/reduce/run_notes.py": {"near-duplicate"},
    "report/compare/view.py": {"near-duplicate"},
}


@cache
def literals(path: Path) -> list[str]:
    """Return the texts in a module's code, docstrings left out; none of a module without a word that is looked for."""
    source = path.read_text(encoding="utf-8")
    if not (INDEX.keys() | NAMES).intersection(WORDS.findall(source)):
        return []
    nodes = list(ast.walk(ast.parse(source)))
    documents = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    ]


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] != "rules"]


def test_no_module_outside_the_rules_has_the_code_of_one() -> None:
    """Examples in the help of a command are sentences, so they are not a code alone."""
    found = {
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in modules()
        for text in literals(path)
        if text.strip() in INDEX
    }
    assert found == set()


def test_no_module_outside_the_rules_has_the_name_of_one() -> None:
    found: dict[str, set[str]] = {}
    for path in modules():
        where = path.relative_to(PACKAGE)
        if where.parts[0] not in BY_KIND and (names := NAMES.intersection(literals(path))):
            found[where.as_posix()] = names
    assert found == ALSO
