"""Lists of objects that quote a text, such as its aspects: they are learned before a rating of the whole text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.spans.annotations import are_annotations, are_words

#: Meanings of a guess about a text and its rating.
_RATED: Final = frozenset(("prompt", "response", "category"))


def with_quoting_objects(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about a text that learns the only list of objects that quote it, instead of a number.

    A number comes with a text from the page that it was on, and such a list was made by somebody who annotated the
    text. A number that is named as a class is learned as before.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or len(rows) < LEAST_ROWS or not {"prompt", "response"} <= found.keys() <= _RATED:
        return guess
    columns = columns_of(rows)
    learned = next((each for each in columns if each.key == found["response"]), None)
    if learned is None or learned.holds is not Holds.NUMBER or is_class(learned):
        return guess
    lists = [each for each in columns if each.holds is Holds.OBJECT and not each.sparse and can_be_typed(each.key)]
    lists = [each for each in lists if are_annotations(rows, found["prompt"], each)]
    if len(lists) != 1 or not _quote(rows, found["prompt"], lists[0].key):
        return guess
    kept = {meaning: key for meaning, key in found.items() if key != learned.key}
    return Guess.of(kept | {"response": lists[0].key}, clear=guess.clear, basis="values" if guess.clear else "")


def _quote(rows: Sequence[Mapping[str, Any]], text: str, key: str) -> bool:
    """Whether the values under a name in the objects of a list are, most of them, words of the text of their row."""
    names = {name for row in rows for each in row.get(key) or () for name in each}
    return any(are_words(rows, text, key, name) for name in names)
