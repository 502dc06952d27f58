"""Names of things under a key that says that they are right, such as ``ground_truth_name``: they are the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.named_languages import in_language_of, language_of, without_language
from datalint.shapes.evidence.sampled import READABLE, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import READ, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: First words of the keys of right answers, and last words of the keys of things by their names.
_GOLD: Final = (("gold",), ("golden",), ("groundtruth",), ("ground", "truth"))
#: First words of the keys of what a model predicted, and of what is right instead.
_PREDICTED: Final = frozenset("predicted pred prediction".split())
_CORRECT: Final = frozenset("correct corrected true actual right gold".split())
_NAMED: Final = frozenset(
    """name names title entity item value function tool api command concept premise lemma theorem definition decl
    declaration""".split()
)
#: Last words of the keys of right answers as they are written, which go before a text that only its values suggest.
_WRITTEN: Final = frozenset("answer answers label labels".split())
_ANSWERS: Final = _WRITTEN | frozenset("response responses output outputs completion reply solution".split())


def with_gold(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about prompts that learns the only right name of the rows, instead of another short text.

    Next to a right answer, such as ``gold_labels_en``, a text that is learned because of its values is unclear, and so
    is one next to a prediction and what corrects it.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is not None and guess.basis == "values" and {"prompt", "response"} <= found.keys() <= READ:
        guess = _with_written(_with_corrected(guess, rows), rows)
        found = dict(guess.columns)
    keys = [key for key in rows[0] if isinstance(key, str) and _is_gold(key)] if rows else []
    if guess is None or len(keys) != 1 or "prompt" not in found or not found.keys() <= READ:
        return guess
    [gold] = keys
    answers = keys_of("response", found.get("response", ""))
    if gold in guess.named or not can_be_typed(gold) or any(map(_is_answer, filter(None, answers))):
        return guess
    column = next((each for each in columns_of(rows) if each.key == gold), None)
    if column is None or not _holds_names(column):
        return guess
    more = {key: value for key, value in found.items() if key != "category" or value not in answers}
    # Another text may be an answer as well.
    return Guess.of(more | {"response": gold}, clear=guess.clear and "response" not in found, basis=guess.basis)


def _with_corrected(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return a guess from values with what corrects a prediction: ``correct_grade`` next to ``predicted_grade``."""
    found = dict(guess.columns)
    words = {fold_name(key): key for key in rows[0] if isinstance(key, str)}
    predicted = {each[1:] for each in words if len(each) > 1 and each[0] in _PREDICTED}
    right = [key for each, key in words.items() if each[1:] in predicted and each[0] in _CORRECT]
    if len(right) != 1 or right[0] in guess.named or not can_be_typed(right[0]):
        return guess
    answers = keys_of("response", found["response"])
    more = {key: value for key, value in found.items() if key != "category" or value not in answers}
    return Guess.of(more | {"response": right[0]}, clear=False, basis="names")


def _with_written(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return a guess from values with the right answer that a name says, in the language of the prompt, if any."""
    found = dict(guess.columns)
    keys = [key for key in rows[0] if isinstance(key, str) and _is_written(key)]
    keys = in_language_of(found["prompt"], keys)
    said = [key for key in keys if language_of(key) == language_of(found["prompt"])]
    answers = keys_of("response", found["response"])
    if len(keys) > 1:
        keys = said
    named = any(last_word(each) in _ANSWERS for each in answers)
    if named or len(keys) != 1 or keys[0] in guess.named or not can_be_typed(keys[0]):
        return guess
    column = next((each for each in columns_of(rows) if each.key == keys[0]), None)
    if column is None or column.holds not in READABLE or column.sparse:
        return guess
    more = {key: value for key, value in found.items() if key != "category" or value not in answers}
    return Guess.of(more | {"response": keys[0]}, clear=False, basis="names")


def _is_written(key: str) -> bool:
    """Return whether a key names a right answer as it is written, perhaps in one language: ``gold_answer_en``."""
    words = without_language(key)
    return words[-1:] != words and words[-1] in _WRITTEN and any(words[: len(first)] == first for first in _GOLD)


def _is_gold(key: str) -> bool:
    words = fold_name(key)
    return words[-1:] != words and words[-1] in _NAMED and any(words[: len(first)] == first for first in _GOLD)


def _is_answer(key: str) -> bool:
    """Return whether a key names an answer or a label itself."""
    return any(strength(key, meaning) >= Strength.HEAD for meaning in ("response", "category", "written"))


def _holds_names(column: SampledColumn) -> bool:
    return column.holds is Holds.LABEL or (column.holds in (Holds.TEXT, Holds.REFERENCE) and column.short)
