"""Lists of words with a label of two of them, such as two events: which ones is asked too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess, can_be_typed

#: Names of lists of words, and of the few of them that a label is about.
_LISTS: Final = ("words", "tokens")
_POINTED: Final = ("events", "mentions", "arguments")
_LABEL: Final = "label"
#: Keys of a row, items of such a list and values of a label at most, and rows for each value on average at least.
_MOST_KEYS: Final = 64
_MOST: Final = 4
_MOST_VALUES: Final = 12
_OFTEN: Final = 4
_NEARLY_ALL: Final = 0.9


def with_pointed(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about words and their label with the ones that the label is about; a proposal if there is none."""
    if not rows or len(rows[0]) > _MOST_KEYS or not any(key in rows[0] for key in _LISTS):
        return guess
    words = [key for key in _LISTS if _are_lists(rows, key, str, 0)]
    pointed = [key for key in _POINTED if key not in words and _are_lists(rows, key, object, _MOST)]
    if len(words) != 1 or len(pointed) != 1:
        return guess
    if guess is not None:
        found = dict(guess.columns)
        if found.get("prompt") != words[0] or "response" not in found or "context" in found:
            return guess
        learned = {key: value for key, value in found.items() if key != "prompt"}
        return Guess.of({"prompt": words[0], "context": pointed[0], **learned}, clear=guess.clear, basis=guess.basis)
    labels = {key: _values(rows, key) for key in rows[0] if re.split(r"[\W_]+", key.lower())[-1] == _LABEL}
    few = [key for key, count in labels.items() if 1 < count <= min(_MOST_VALUES, len(rows) // _OFTEN)]
    if not few or len(few) < len(labels) or not all(map(can_be_typed, few)):
        return None
    # The others are coarser, such as whether there is a relation at all.
    finest = max(few, key=labels.__getitem__)
    return Guess.of({"prompt": JOIN.join((*words, *pointed)), "response": finest, "category": finest})


def _are_lists(rows: Sequence[Mapping[str, Any]], key: str, kind: type, most: int) -> bool:
    """Whether nearly all rows have a list under a key, with items of one kind, ``most`` of them (0 for any number)."""
    lists = [value for row in rows if isinstance(value := row.get(key), list) and value]
    lists = [each for each in lists if not most or len(each) <= most]
    return sum(all(isinstance(item, kind) for item in each) for each in lists) >= _NEARLY_ALL * len(rows)


def _values(rows: Sequence[Mapping[str, Any]], key: str) -> int:
    """Return how many labels rows have under a key, as many as rows for what is no label."""
    values = [row.get(key) for row in rows]
    return len(set(values)) if all(isinstance(each, str | int) for each in values) else len(rows)
