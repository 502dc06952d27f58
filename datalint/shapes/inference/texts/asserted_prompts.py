"""Test cases of promptfoo: the only variable (``vars``) is a prompt, whose answer is checked (``assert``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import NESTED, Guess, can_be_typed
from datalint.support.names.column_names import Strength, strength

_VARIABLES: Final = "vars"
_ASSERTED: Final = "assert"


def asserted_prompts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the only variable of test cases as the prompt; None for rows without assertions, or with more variables.

    A category is another variable, and no prompt. What is asserted checks an answer, and is none: a red team asserts no
    value at all.
    """
    if not {_VARIABLES, _ASSERTED} <= {each.key for each in columns} or not all(map(_is_test, rows)):
        return None
    names = {name for row in rows for name in row[_VARIABLES] if strength(name, "category") < Strength.HEAD}
    path = f"{_VARIABLES}{NESTED}{next(iter(names), '')}"
    if len(names) != 1 or not can_be_typed(path) or not all(names <= row[_VARIABLES].keys() for row in rows):
        return None
    return Guess.of({"prompt": path}, clear=True, basis="names")


def _is_test(row: Mapping[str, Any]) -> bool:
    """Return whether a row has texts as variables, and the types of assertions."""
    variables, asserted = row.get(_VARIABLES), row.get(_ASSERTED)
    if not isinstance(variables, dict) or not isinstance(asserted, list):
        return False
    return all(isinstance(each, str) for each in variables.values()) and all(
        isinstance(each, dict) and isinstance(each.get("type"), str) for each in asserted
    )
