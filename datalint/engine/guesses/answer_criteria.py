"""Evaluation sets with the facts or points that an answer must state instead of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.detect import Detector
from datalint.support.text_lists import are_texts

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: Parts of the names of such keys, so that few rows are looked at twice.
_PARTS: Final = ("expect", "must", "should", "point", "fact")
#: Words of the names of such keys: for what an answer says, and for an expectation. Words and phrases that are searched
#: for in an answer only check it.
_CONTAINED: Final = frozenset(("fact", "facts", "point", "points"))
_EXPECTED: Final = frozenset("expected must should key reference required gold golden".split())
#: The meanings of a prompt that nobody answers, and the shapes of such rows.
_ASKED: Final = frozenset(("system", "prompt", "context", "category"))
_SHAPES: Final = frozenset(("prompt-only", "unknown"))
#: The keys of a prompt without the output that its shape needs.
_INSTRUCTION: Final = "instruction"
_INPUT: Final = "input"
#: Rows that are looked at, and the share of them that must have such a value.
_ROWS: Final = 50
_GIVEN: Final = 0.9
_LONGEST: Final = 60


def with_contained(rows: Iterator[dict[str, Any]], guess: Guess | None, detector: Detector) -> Guess | None:
    """Return the guess that learns what an answer must state; None if there is an answer, or no such key."""
    first = [row for row in islice(rows, _ROWS) if row]
    known = detector.shape(first[0])
    if known.name not in _SHAPES:
        return None
    from datalint.shapes.guess import Guess
    from datalint.support.names.column_names import fold_name

    names = {key: "_".join((key.lower(), *fold_name(key))) for key in first[0] if len(key) <= _LONGEST}
    keys = [key for key, name in names.items() if any(part in name for part in _PARTS)]
    if not keys:
        return None
    found = {} if guess is None else dict(guess.columns)
    if guess is None and known.fields is not None:
        found = {field.part: field.key for field in known.fields(tuple(first[0]))}
    if "prompt" not in found and all(isinstance(row.get(_INSTRUCTION), str) for row in first):
        found = {"prompt": _INSTRUCTION} | ({"context": _INPUT} if any(row.get(_INPUT) for row in first) else {})
    answered = {key for key in keys if {*fold_name(key)} & _EXPECTED and {*fold_name(key)} & _CONTAINED}
    named = [key for key in answered if sum(_is_given(row.get(key)) for row in first) >= _GIVEN * len(first)]
    if "prompt" not in found or len(named) != 1 or (guess is not None and guess.clear and not found.keys() <= _ASKED):
        return None
    if found.get("response") not in (None, named[0], found.get("category")):
        return None
    kept = {meaning: key for meaning, key in found.items() if meaning in _ASKED and key != named[0]}
    whole = Guess.of(kept | {"response": named[0]}, clear=True, basis="names")
    return whole.about(first, known.name)


def _is_given(value: object) -> bool:
    """Whether a value is a text, or a list of texts."""
    return are_texts(value) or (isinstance(value, str) and bool(value.strip()))
