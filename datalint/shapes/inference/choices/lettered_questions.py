"""Questions that have their options in them, and the letter of the right one under another key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CLASS, has_word
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength

#: Rows that are looked at, and the share of these whose question must have options.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9
#: Different letters at most, and options of a question at least.
_MOST: Final = 10
_LEAST: Final = 2
#: Characters of a question that are looked at.
_LOOKED_AT: Final = 10_000
#: A letter before an option: ``(A)``, ``B.`` or ``c)``.
_OPTION: Final = re.compile(r"(?:^|(?<=[\s(\[]))(\w)[).:\]]")


def lettered_questions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions with their options in them and which one is right; None for all others."""
    rights = [each for each in columns if each.holds is Holds.LABEL and each.length == 1 and _is_right(each.key)]
    asked = [each for each in columns if each.holds is Holds.TEXT and strength(each.key, "prompt") is Strength.WHOLE]
    if len(rows) < LEAST_ROWS or len(rights) != 1 or len(asked) != 1:
        return None
    question, right = asked[0].key, rights[0].key
    letters = {str(row.get(right)).strip().casefold() for row in rows if row.get(right)}
    some = [row for row in rows if row.get(right)][:_ROWS]
    if not _LEAST <= len(letters) <= _MOST or sum(
        _has_options(row, question, letters) for row in some
    ) < _NEARLY_ALL * len(some):
        return None
    return Guess.of({"prompt": question, "response": right}, clear=True, basis="values")


def _is_right(key: str) -> bool:
    """Whether a key holds which option is right, by its name."""
    return names_right_option(key) and not has_word(key, CLASS)


def _has_options(row: Mapping[str, Any], question: str, letters: set[str]) -> bool:
    text = str(row.get(question))[:_LOOKED_AT]
    return len(letters.intersection(found.casefold() for found in _OPTION.findall(text))) >= _LEAST
