"""Questions with a list of options that are objects with a mark of their own, whatever their keys are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about, named_as
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.marked_lists import right_of
from datalint.support.names.column_names import Strength, strength

#: Rows that are enough, rows that are looked at, and the share of them that must agree.
_FEW_ROWS: Final = 5
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9
#: Mean characters of an option at most: longer texts are answers that somebody wrote.
_LONGEST: Final = 200


def marked_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question and its options, of which the marked ones are right; None for other rows.

    The options are mapped twice: all of them are read, and the right ones are learned.
    """
    if len(rows) < _FEW_ROWS:
        return None
    lists = [each for each in columns if each.holds in (Holds.OBJECT, Holds.CHAT) and _are_marked(each.key, rows)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    asked = [each for each in (*named_as(texts, "prompt"), *named_as(texts, "text")) if _names_question(each.key)]
    if len(lists) != 1 or not asked or not can_be_typed(lists[0].key):
        return None
    options = lists[0].key
    found = {"prompt": asked[0].key, "context": options, "response": options}
    return Guess.of(found, clear=True, basis="values")


def _names_question(key: str) -> bool:
    return strength(key, "prompt") >= Strength.HEAD or strength(key, "text") is Strength.WHOLE


def _are_marked(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all lists under a key are options with a mark."""
    lists = [value for row in rows[:_ROWS] if (value := row.get(key))]
    marked = [found[1] for each in lists if (found := right_of(each)) is not None]
    texts = [text for each in marked for text in each]
    return bool(texts) and len(marked) >= _NEARLY_ALL * len(lists) and sum(map(len, texts)) <= _LONGEST * len(texts)
