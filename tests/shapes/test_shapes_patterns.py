"""Patterns that see values of rows: none begins a long repetition anew at each character of a word."""

from __future__ import annotations

import ast
import importlib
import re
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.shapes.evidence.sampling import columns_of

_ROOT = Path(datalint.__file__).parent
#: Methods that look for a pattern at each character, and repetitions that are as good as without an end.
_LOOKING = ("search", "findall", "finditer", "sub", "subn", "split")
_LONG = 1_000


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns of modules that are looked for anywhere in a text."""
    for package in ("shapes", "setup"):
        for path in sorted((_ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            called = (each for each in ast.walk(tree) if isinstance(each, ast.Attribute) and each.attr in _LOOKING)
            names = {each.value.id for each in called if isinstance(each.value, ast.Name)}
            module = ".".join(path.relative_to(_ROOT.parent).with_suffix("").parts)
            for name in sorted(names - {"re"}):
                found = getattr(importlib.import_module(module), name, None)
                if hasattr(found, "fullmatch"):
                    yield f"{module}.{name}", found


def long_beginnings(tree: Any, *, last: bool = True) -> list[Any]:
    """Return the repetitions without an end that a pattern may begin with, and that something must follow.

    An anchor lets none be tried anew, and what is ``last`` in a pattern is found as soon as it is tried.
    """
    found: list[Any] = []
    for place, (operation, value) in enumerate(tree):
        ends = last and place == len(tree) - 1
        if operation in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            least, most, inner = value
            if most < _LONG:
                found += long_beginnings(inner, last=ends)
            elif not ends:
                found.append(inner)
            if least:
                return found
        elif operation is kinds.SUBPATTERN:
            return found + long_beginnings(value[3], last=ends)
        elif operation is kinds.BRANCH:
            return found + [each for branch in value[1] for each in long_beginnings(branch, last=ends)]
        else:
            return found
    return found


@pytest.mark.parametrize(
    ("text", "is_long"),
    [(r"\w+\(", True), (r"a?(?:b|\s*c)", True), (r"\w{2,9}\(", False), (r"_{2,}|a", False), (r"^\s*a", False)],
)
def test_such_a_beginning_is_found(text: str, *, is_long: bool) -> None:
    assert bool(long_beginnings(parser.parse(text))) is is_long


def test_no_pattern_that_is_looked_for_begins_with_a_long_repetition() -> None:
    # Here and not for parametrize: every process of the tests would read all modules.
    looked_for = dict(patterns())
    assert len(looked_for) > 25
    assert [name for name, each in looked_for.items() if long_beginnings(parser.parse(each.pattern))] == []


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("print_all(docks)", True),
        ("y = load('docks')", True),
        ("(a boat) and load(", False),
        ("load(a boat) in dock (4)", False),
        ("The boat left (at noon)", False),
        ("Boats:\n\n  import docks", True),
        ("0" * 900, False),
        ("(" * 900, False),
    ],
)
def test_programs_are_recognised(text: str, *, is_code: bool) -> None:
    assert columns_of([{"written": text}])[0].code is is_code
