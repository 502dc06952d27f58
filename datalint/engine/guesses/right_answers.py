"""Answers next to which each row has the right one: whether the two agree, and which is learned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.failed_answers import SHAPES
from datalint.engine.guesses.notes.sampling import LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.detect import Detector
from datalint.shapes.fields import fields_of, keys_of, present_keys
from datalint.shapes.guess import PARTS
from datalint.shapes.side_keys import is_reference
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.shapes.base import Field, Shape
    from datalint.shapes.guess import Guess

#: Words at the end of the key of an answer, words before them that say that it is right, and such keys without them.
_ANSWERS: Final = frozenset("answer answers response responses output solution completion reply".split())
_RIGHT: Final = frozenset("correct expected right true".split())
_TRUTHS: Final = ("ground_truth", "groundtruth", "groundTruth")
_WORD: Final = r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*"
#: Characters of a key, and rows, that are looked at.
_KEY: Final = 64
_ROWS: Final = 2_000
#: Share of the rows that have the right answer and another one, at least.
_GIVEN: Final = 0.8
#: Characters of a brief answer, and the share of the rows that must have two of them.
_BRIEF: Final = 80
_NEARLY_ALL: Final = 0.9
#: Share of the rows in which both differ, from which on those that are read are failures, and a note counts them.
_FAILED: Final = 0.9
_NOTED: Final = 0.1
#: Share of the words of the shorter answer that the other one has as well, at least, if both may say the same.
_SHARED: Final = 0.5


class RightAnswers(NamedTuple):
    """How the answers that are read compare with the right ones of their rows.

    ``given`` and ``right`` are the keys of both, ``rows`` those that have both, and ``differing`` those in which they
    differ.
    """

    given: str
    right: str
    rows: int
    differing: int
    fields: tuple[Field, ...]


def learned_right(first: Mapping[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that the right answers are learned, where nearly all of those that are read differ; else None.

    Rows of failures have a wrong answer next to the right one.
    """
    if not _right_key(first):
        return None  # before the rows are read
    some = list(islice(rows, _ROWS))
    found = right_answers(first, detector.shape(dict(first)), some)
    if found is None or found.differing < _FAILED * found.rows:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    keys = {part: keys_of(found.fields, part) for part in PARTS} | {"response": [found.right]}
    if not all(can_be_typed(key) for named in keys.values() for key in named):
        return None
    columns = {part: JOIN.join(named) for part, named in keys.items() if named}
    return Guess.of(columns, clear=True, basis="values").about(some, *SHAPES)


def differing_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on learned answers that differ from the right ones of their rows; empty for none."""
    found = right_answers(first, shape, list(islice(rows, ROWS))) if _right_key(first) else None
    if found is None or found.differing < _NOTED * found.rows:
        return ""
    from datalint.shapes.guess import Guess

    prompts = keys_of(found.fields, "prompt")
    option = Guess.of({"prompt": prompts[0], "response": found.right}).option if len(prompts) == 1 else ""
    said = f"differs from it in {found.differing} {of_rows(found.rows)}"
    named = f'"{excerpt(found.right, 40)}" is not learned, and "{excerpt(found.given, 40)}", which is, {said}'
    return f"{named}; to learn the former: {option}" if option else named


def right_answers(
    first: Mapping[str, Any], shape: Shape, some: list[dict[str, Any]] | list[Mapping[str, Any]]
) -> RightAnswers | None:
    """Return how the answers of rows like the ``first`` compare with the right ones; None without two brief answers.

    Answers as brief as a name or a number differ in their meaning, and longer ones may differ in words alone.
    """
    right = _right_key(first)
    if not right or shape.name not in SHAPES or shape.fields is None:
        return None
    # The right answer may be read in rows that lack the other one.
    fields = shape.fields(tuple(key for key in present_keys(dict(first)) if key != right))
    given = keys_of(fields, "response")
    if len(given) != 1 or all(field.part != "prompt" for field in fields) or len(some) < LEAST:
        return None
    read = keys_of(fields_of(shape, first), "response")
    if read != given or not all(field.part in PARTS for field in fields):
        return None
    pairs = [(one, other) for row in some if (one := _text(row.get(given[0]))) and (other := _text(row.get(right)))]
    if len(pairs) < max(LEAST, _GIVEN * len(some)):
        return None
    if sum(max(map(len, pair)) <= _BRIEF for pair in pairs) < _NEARLY_ALL * len(pairs):
        return None
    if 2 * sum((len(one) == 1) != (len(other) == 1) for one, other in pairs) > len(pairs):
        return None  # the letter of an option, and its text
    return RightAnswers(given[0], right, len(pairs), sum(not _agree(*pair) for pair in pairs), fields)


def _right_key(first: Mapping[str, Any]) -> str:
    """Return the only key that names the right answer; empty for none, or several."""
    found = [key for key in first if _is_right(key)] if len(first) <= MOST_KEYS else []
    return found[0] if len(found) == 1 else ""


def _is_right(key: str) -> bool:
    """Return whether a key names the right answer: ``correct_answer``, ``gold_answer``, ``ground_truth``."""
    words = [word.lower() for word in re.findall(_WORD, key[:_KEY])]
    if key in _TRUTHS:
        return True
    return len(words) > 1 and words[-1] in _ANSWERS and (words[-2] in _RIGHT or is_reference(key))


def _text(value: object) -> str:
    """Return a text or a number as text, without what differs in the way of writing it; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(re.findall(r"\w+(?:[.,:/]\w+)*", str(value).casefold()))


def _agree(one: str, other: str) -> bool:
    """Return whether two answers may say the same: one has the other one, or most of its words."""
    if one in other or other in one:
        return True
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) >= _SHARED * min(len(mine), len(theirs))
