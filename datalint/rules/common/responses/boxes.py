r"""Boxes of final answers, ``\boxed{…}``, whose braces are not balanced."""

from __future__ import annotations

from typing import Final

from datalint.api import Chunk, NamedTuple, counted
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.turns import learned_texts, without_code

_MARK: Final = "\\boxed"
_BOX: Final = lazy_pattern(r"\\boxed\s{0,9}\{")
#: Characters that open or close a group; a backslash takes the next one with it.
_SIGN: Final = lazy_pattern(r"\\.|[{}]")
#: What may be wrong with the last box of a text.
_CLOSED_TWICE, _OPEN = "closed twice", "open"
#: Characters behind a box, perhaps with white space before a brace.
_NEAR: Final = 10
#: Examples that are kept.
_MOST: Final = 200


class Boxes(NamedTuple):
    """How many responses have a box, in how many the last one is closed twice or never, and the first such examples."""

    boxed: int = 0
    closed_twice: int = 0
    open: int = 0
    first: tuple[int, ...] = ()


def fault_of(text: str) -> str:
    r"""Return what is wrong with the braces of the last box of a text outside code, empty for nothing.

    A brace that was opened before the box may be closed behind it, as in ``\text{It is \boxed{7}}``.
    """
    # Few texts have a fault, and only theirs are searched for code.
    return _fault(text) and _fault(without_code(text))


def _fault(text: str) -> str:
    start = end = -1
    for box in _BOX.finditer(text):
        start, end = box.span()
    if start < 0:
        return ""
    depth = 1
    for sign in _SIGN.finditer(text, end):
        depth += _step(sign[0])
        if depth == 0:
            # Only the brace right behind the box was meant for it: others may be of the text that follows.
            is_twice = text[sign.end() : sign.end() + _NEAR].lstrip().startswith("}")
            is_fault = is_twice and _has_words(text[end : sign.end()]) and not _is_enclosed(text, start)
            return _CLOSED_TWICE if is_fault else ""
    return _OPEN if _has_words(text[end:]) else ""


def _has_words(inside: str) -> bool:
    """Return whether a box has a letter or digit: in a row of signs, a brace may be one of them."""
    return any(map(str.isalnum, inside))


def _is_enclosed(text: str, place: int) -> bool:
    depth = 0
    for sign in _SIGN.finditer(text, 0, place):
        depth = max(depth + _step(sign[0]), 0)
    return depth > 0


def _step(sign: str) -> int:
    return (sign == "{") - (sign == "}")


def find_boxes(chunk: Chunk) -> Boxes:
    """Count the boxes of a chunk's responses."""
    turns = chunk.turns
    said = learned_texts(chunk) & (turns["role"] != "text")
    if not said.any():
        return Boxes()
    boxed = picked(turns, said & turns["text"].str.contains(_MARK, literal=True), "example", "text")
    faults = [(example, fault) for example, text in boxed.rows() if (fault := fault_of(text))]
    closed_twice = sum(fault == _CLOSED_TWICE for _, fault in faults)
    first = tuple(dict.fromkeys(example for example, _ in faults))[:_MOST]
    return Boxes(boxed.height, closed_twice, len(faults) - closed_twice, first)


def joined_boxes(one: Boxes, other: Boxes, rows: int) -> Boxes:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    first = (*one.first, *(example + rows for example in other.first))[:_MOST]
    return Boxes(one.boxed + other.boxed, one.closed_twice + other.closed_twice, one.open + other.open, first)


def faults_in_words(boxes: Boxes) -> str:
    r"""Return in words in how many responses the last box has unbalanced braces; empty for none."""
    said = []
    if boxes.closed_twice:
        said.append(f"is followed by a closing brace that nothing opened in {boxes.closed_twice:,}")
    if boxes.open:
        said.append(f"is never closed in {boxes.open:,}")
    return f"the last \\boxed{{…}} {' and '.join(said)} of {counted(boxes.boxed, 'response')} with one" if said else ""
