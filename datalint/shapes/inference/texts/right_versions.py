"""A text, and the right version of it next to what a model made: `original_text`, `oracle_text` and `model_text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import OUTPUTS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.shapes.inference.labelled.scored_pairs import are_alike
from datalint.support.names.column_names import fold_name
from datalint.support.names.model_names import is_model

#: Words of the names of what is given, and of what is right, before the word that both names have.
_GIVEN: Final = frozenset((("original",), ("source",), ("src",), ("input",), ("raw",)))
_RIGHT: Final = frozenset((("oracle",), ("gold",), ("golden",), ("reference",), ("ground", "truth")))
#: The meanings of a proposal that may be corrected.
_SIDES: Final = frozenset(("prompt", "context", "response", "category"))


def with_right_version(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a proposal that learns the right version of the prompt; any other guess as it is.

    It is about proposals that learn a label and read the versions next to the prompt. What a model made of it is
    neither read nor learned.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or len(rows) < LEAST_ROWS or not {"prompt", "context", "response"} <= found.keys() <= _SIDES:
        return guess
    columns = {each.key: each for each in columns_of(rows)}
    *given, kind = fold_name(found["prompt"])
    if (*given,) not in _GIVEN or found["prompt"] not in columns:
        return guess
    read = keys_of("context", found["context"])
    right = [key for key in read if fold_name(key)[:-1] in _RIGHT and fold_name(key)[-1] == kind]
    learned = keys_of("response", found["response"])
    # A text that is learned may have been written about both.
    if len(right) != 1 or not can_be_typed(right[0]) or any(_is_text(columns.get(key)) for key in learned):
        return guess
    pair = [column for key in (found["prompt"], right[0]) if (column := columns.get(key)) is not None]
    if not all(map(_is_text, pair)) or not are_alike(pair, rows):
        return guess
    rest = [key for key in read if key not in right and not (is_model(key) or has_word(key, OUTPUTS))]
    kept = {meaning: found[meaning] for meaning in ("prompt", "category") if meaning in found}
    return Guess.of(kept | ({"context": JOIN.join(rest)} if rest else {}) | {"response": right[0]})


def _is_text(column: SampledColumn | None) -> bool:
    return column is not None and column.holds is Holds.TEXT and column.length > LONG and column.distinct >= VARIED
