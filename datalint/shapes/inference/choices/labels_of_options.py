"""Labels that count the texts of a list: the options of a prompt, which a guess leaves out, or learns instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import PARTS, has_word
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.by_place import are_options, says_place

_FEW_ROWS: Final = 5
#: Mean characters of an option at least: shorter texts may be tags of the prompt.
_WRITTEN: Final = 15
_LABELLED: Final = frozenset(("prompt", "response", "category"))


def with_options(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about a prompt that reads the options which a label counts, and learns it; others as they are.

    Every row has a list of as many texts, which are written out, and the label is the place of one of them. The guess
    has the label or the list as the response.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() <= _LABELLED or len(rows) < _FEW_ROWS:
        return guess
    columns = [each for each in columns_of(rows) if each.key != found["prompt"] and can_be_typed(each.key)]
    lists = [each for each in columns if _lists_options(each, rows)]
    if len(lists) != 1:
        return guess
    options = lists[0].key
    labels = [found["response"]]
    if labels == [options]:
        labels = [each.key for each in columns if is_class(each) or names_right_option(each.key)]
    labels = [key for key in labels if says_place(key, options, rows)]
    if len(labels) != 1:
        return guess
    # The place of an option sorts nothing.
    read = {"prompt": found["prompt"], "context": options, "response": labels[0]}
    return Guess.of(read, clear=guess.clear, basis=guess.basis)


def _lists_options(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the values of a column are lists of one length, whose texts are written out and differ."""
    if column.holds is not Holds.LIST or has_word(column.key, PARTS) or not are_options(column, rows):
        return False
    lists = [value for row in rows if isinstance(value := row.get(column.key), list)]
    texts = [text for each in lists for text in each if isinstance(text, str)]
    return len({*map(len, lists)}) == 1 and sum(map(len, texts)) >= _WRITTEN * len(texts)
