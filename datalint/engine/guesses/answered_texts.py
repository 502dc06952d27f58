"""Texts with a category that contain a prompt and its answer, found by a mark between the two or by their beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys, and the keys of the text and of the category.
_SHAPE: Final = "text-label"
_TEXT: Final = "text"
_SORTS: Final = "category"
#: The line that an answer begins with, or follows.
_MARK: Final = lazy_pattern(
    r"(?im)^[ \t]{0,8}(?:#{1,6}[ \t]{0,8})?(?:response|assistant|answer)[ \t]{0,8}:"
    r"|^#{1,6}[ \t]{0,8}(?:response|answer)[ \t]{0,8}$"
)
#: Share of the texts that have one mark, and how many of these there are at least.
_NEARLY_ALL: Final = 0.95
_LEAST: Final = 10
#: Characters of an answer on average: a shorter one is a label, or one of several.
_LONG: Final = 30
#: The beginning of an instruction to write something, and words of an instruction to classify the text after it.
_ORDER: Final = lazy_pattern(r"(?i)(?:you are|act as|as an?)\b.{1,150}\b(?:respond|reply|write|generate)\b")
_SORTING: Final = lazy_pattern(r"(?i)\bclass|categor|label|\bone of\b|\bwhether\b|\bwhich\b")
#: Characters of such an instruction, and the most different ones as a share of the rows.
_BEGINNING: Final = 200
_FEW: Final = 0.2
#: Mean characters of texts that contain the result of such an instruction.
_WRITTEN: Final = 1_000
#: Characters of a text that are looked at.
_LOOKED_AT: Final = 20_000


def answered_texts(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that texts with a category are learned as they are; None if they contain no answers."""
    texts = [row[_TEXT][:_LOOKED_AT] for row in rows if isinstance(row.get(_TEXT), str)]
    answers = [answer for text in texts if (answer := _answer(text))]
    least = max(_LEAST, _NEARLY_ALL * len(rows))
    marked = len(answers) >= least and sum(map(len, answers)) >= _LONG * len(answers)
    if not marked and not (len(texts) >= least and _are_ordered(texts)):
        return None
    from datalint.shapes.guess import Guess

    guess = Guess.of({"text": _TEXT, "category": _SORTS}, clear=True, basis="values")
    return guess.about(rows, _SHAPE)


def _answer(text: str) -> str:
    """Return the text after the only mark; empty if there is none, or several as in a dialogue."""
    marks = [*_MARK.finditer(text)]
    alone = len(marks) == 1 and text[: marks[0].start()].strip()
    return text[marks[0].end() :].strip() if alone else ""


def _are_ordered(texts: Sequence[str]) -> bool:
    """Whether long texts all begin with one of few instructions to write something, none of them to classify."""
    orders = Counter(text[:_BEGINNING].partition("\n")[0] for text in texts)
    if len(orders) > _FEW * len(texts) or sum(map(len, texts)) < _WRITTEN * len(texts):
        return False
    return all(_ORDER.match(order) and not _SORTING.search(order) for order in orders)


def is_answered(guess: Guess, rows: Sequence[dict[str, Any]]) -> bool:
    """Return whether a guess learns the answer to a text: the only other key that it reads has the name of a response.

    ``expected_action`` is one of a right answer too. The name is the only evidence in a few rows, such as those that
    are shown to a model.
    """
    from datalint.shapes.evidence.checking import is_right
    from datalint.support.names.column_names import Strength, strength

    found = dict(guess.columns)
    answer = found.get("response", "")
    if found.keys() - {"category"} != {"prompt", "response"} or found["prompt"] != "text" or len(rows) < 2:
        return False
    named = strength(answer, "response") is Strength.WHOLE or is_right(answer)
    return named and all(row.get(answer) for row in rows)
