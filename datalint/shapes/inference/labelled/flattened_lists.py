"""Lists of labelled parts of a text that a table has in numbered columns: ``opinions/0/target`` and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import CLASS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import last_word

#: The name of a list, the number of an item and the name of what is said of it.
_NUMBERED: Final = lazy_pattern(r"([^\W\d_][\w -]{1,39}?)[./_\[]{1,2}(\d{1,2})\]?[./_]{1,2}([^\W\d_][\w -]{0,39})")
#: Words of the names of what stands at a place in a text, which is no label.
_PLACES: Final = frozenset("from to start end begin offset id ids position index".split())
#: Columns that are learned at most.
_MOST: Final = 8


def flattened_lists(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for the only text and the columns of its numbered parts, which have a label each.

    It is never clear: rows with fewer parts have empty columns, which a list would not have.
    """
    named = {each.key: match for each in columns if (match := _NUMBERED.fullmatch(each.key)) is not None}
    if len(rows) < LEAST_ROWS or len({match[1] for match in named.values()}) != 1:
        return None
    # A label may be a constant in the last of the columns, which few rows fill.
    parts = [each for each in columns if each.key in named and each.holds in (Holds.TEXT, Holds.LABEL, Holds.OTHER)]
    parts = [each for each in parts if last_word(named[each.key][3]) not in _PLACES][:_MOST]
    labels = [each for each in parts if each.holds is Holds.LABEL and has_word(named[each.key][3], CLASS)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.key not in named and not is_about(each)]
    if not labels or len(parts) < 2 or len(texts) != 1 or not all(can_be_typed(each.key) for each in parts):
        return None
    if texts[0].length <= LONG or texts[0].distinct < VARIED:
        return None
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(each.key for each in parts)})


def is_flattened(guess: Guess) -> bool:
    """Return whether a guess learns such columns."""
    learned = dict(guess.columns).get("response", "").split(JOIN)
    return len(learned) > 1 and all(_NUMBERED.fullmatch(key) is not None for key in learned)
