"""Right answers next to texts that a known shape reads alone or with another label: which is meant is for the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.detect import Detector
from datalint.shapes.formats.text_label import LABELS

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: The shapes whose keys have names that any text and any class may have, and the key of the text.
_SHAPES: Final = frozenset(("text", "text-label"))
_TEXT: Final = "text"
#: Labels that are learned next to an answer that is not named as the right one; other classes sort the texts.
_LEARNED: Final = ("label", "class")
#: Parts of the names of right answers, so that hardly any row is looked at twice.
_PARTS: Final = tuple("expect truth true reference gold gt correct answer response output completion reply".split())
#: Names of answers that need no word for what is right.
_ANSWERS: Final = frozenset("answer answers response responses output completion reply".split())
#: Keys of a row, characters of a key, rows that are looked at, and the share of them that must have an answer.
_MOST: Final = 64
_LONGEST: Final = 60
_ROWS: Final = 50
_GIVEN: Final = 0.8


def with_right_answer(first: Mapping[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the proposal that the right answer to a text is learned, where its known shape does not read it.

    None if there is no such answer, or several, or if it is what the shape learns. It may be a list of anything, such
    as the relations that a text states.
    """
    named = [key for key in first if key != _TEXT and _may_be_right(key)] if len(first) <= _MOST else []
    if not named or not isinstance(first.get(_TEXT), str):
        return None
    known = detector.shape(dict(first))
    if known.name not in _SHAPES:
        return None
    alike = [row for row in islice(rows, _ROWS) if row and detector.shape(row).name == known.name]
    label = next((key for key in LABELS if key in first), "") if known.name != _TEXT else ""
    right = [key for key in named if key not in LABELS and _is_right(key, label) and _is_given(alike, key, label)]
    if len(right) != 1 or _are_equal(alike, label, right[0]):
        return None
    from datalint.shapes.guess import Guess, can_be_typed

    found = {"prompt": _TEXT, "response": right[0]} | ({"category": label} if label else {})
    if not can_be_typed(right[0]):
        return None
    return Guess.of(found).about(alike, known.name, detector.by_keys(dict(first)))


def _may_be_right(key: str) -> bool:
    return len(key) <= _LONGEST and any(part in key.lower() for part in _PARTS)


def _is_right(key: str, label: str) -> bool:
    """Return whether a key names the right answer, or next to a ``label`` that may sort texts, any answer."""
    from datalint.shapes.evidence.checking import checks, describes, is_right
    from datalint.support.names.column_names import Strength, fold_name, strength

    words = fold_name(key)
    if checks(key) or describes(key):
        return False
    if is_right(key) or (len(words) > 1 and words[0] == "correct" and strength(key, "response") >= Strength.HEAD):
        return True
    alone = words in (("gold",), ("ground", "truth"), ("groundtruth",), ("expected",))
    return alone or (label not in _LEARNED and "".join(words) in _ANSWERS)


def _is_given(rows: Sequence[Mapping[str, Any]], key: str, label: str) -> bool:
    """Return whether nearly all rows have an answer under a key, which a link is none.

    A number is one where no ``label`` is, or where the label is a number too: another one may be a mark of the row.
    """
    from datalint.shapes.evidence.sampled import FACTS, Holds, filled
    from datalint.shapes.evidence.sampling import columns_of

    holds = {each.key: each.holds for each in columns_of(rows)}
    kind = holds.get(key, Holds.NOTHING)
    usable = kind is holds.get(label, kind) if kind is Holds.NUMBER else kind not in FACTS
    return usable and filled(rows, key) >= _GIVEN * len(rows)


def _are_equal(rows: Sequence[Mapping[str, Any]], label: str, key: str) -> bool:
    """Return whether the label and the right answer are the same in all rows, so that either is learned."""
    return bool(label) and all(str(row.get(label)) == str(row.get(key)) for row in rows)
