"""Several questions about one text in a list: the text does not answer them, but is what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CLASS, QUESTIONS, has_word
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength

#: Questions of a list, on average, at least.
_SEVERAL: Final = 1.5


def about_text(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to write questions about a text, instead of a guess that answers them all with it.

    None for questions that are objects, which have answers of their own, and for those that are longer than the text,
    which is their title then. Questions alone are proposed where nothing says that the text is an answer or a passage:
    one text does not answer several. Any other guess is unchanged.
    """
    found = {} if guess is None else dict(guess.columns)
    asked, answer = found.get("prompt", ""), found.get("response", "")
    column = next((each for each in columns_of(rows) if each.key == asked), None)
    if guess is None or column is None or not has_word(asked, QUESTIONS):
        return guess
    lists = [row[asked] for row in rows if isinstance(row.get(asked), list)]
    if not _is_text(answer):
        one = all(isinstance(row.get(answer), str) for row in rows)
        several = sum(isinstance(each, str) for found in lists for each in found) >= _SEVERAL * len(rows)
        unanswered = one and several and not _may_answer(answer)
        return Guess.of({meaning: key for meaning, key in found.items() if key != answer}) if unanswered else guess
    if lists and any(isinstance(each, dict) for found in lists for each in found):
        return None
    if not lists or sum(map(len, lists)) < _SEVERAL * len(rows):
        return guess
    said = sum(len(text) for row in rows if isinstance(text := row.get(answer), str))
    if said < sum(len(each) for found in lists for each in found if isinstance(each, str)):
        return None
    return Guess.of({"prompt": answer, "response": asked})


def _may_answer(key: str) -> bool:
    """Whether a key is that of answers, of what is written last, or of a class, by its name."""
    return any(strength(key, each) for each in ("response", "written", "category", "act")) or has_word(key, CLASS)


def _is_text(key: str) -> bool:
    """Whether a key is that of a text or a passage by its name, and of no answer."""
    named = any(strength(key, each) >= Strength.HEAD for each in ("text", "context"))
    return named and strength(key, "response") < Strength.HEAD
