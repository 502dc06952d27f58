"""Replies with a label that says whether they are right for their context, such as safe or unsafe: it is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The keys of what a reply follows, of the reply, and of its label.
_CONTEXT: Final = "context"
_REPLY: Final = "response"
_LABEL: Final = "label"
#: Different labels at most, and characters of the longest.
_MOST: Final = 4
_LONGEST: Final = 30
#: Rows at least, the share of them that must have a label, and the share that has the second most frequent one.
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.9
_RARER: Final = 0.02
#: Characters of what denies a label, such as ``un`` in "unsafe" and ``not `` in "not toxic".
_DENIAL: Final = 4
#: Characters of a label that another one may deny, in letters, and in signs that are whole words.
_WORD: Final = 4
_SIGNS: Final = 2
#: Other pairs of labels that deny each other.
_PAIRS: Final = (
    *(("0", "1"), ("0.0", "1.0"), ("no", "yes"), ("false", "true"), ("wrong", "right"), ("bad", "good")),
    *(("harmful", "harmless"), ("fail", "pass"), ("reject", "accept"), ("rejected", "accepted")),
)


def may_be_judged(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may be a reply to a context with a label that judges it."""
    if known.name != "prompt-completion" or not isinstance(row.get(_REPLY), str):
        return False
    return isinstance(row.get(_CONTEXT), str) and _text_of(row.get(_LABEL)) is not None


def judged_replies(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the label of a reply to a context is learned, if one label denies another.

    A label that sorts the rows, such as their topic, is not learned: the reply is.
    """
    found = [_text_of(row.get(_LABEL)) for row in rows]
    labels = Counter(label for label in found if label is not None)
    if len(rows) < _LEAST or labels.total() < _NEARLY_ALL * len(rows) or not 2 <= len(labels) <= _MOST:
        return None
    usual = [label for label, count in labels.items() if count >= _RARER * len(rows)]
    if not any(_denies(one, other) for one in usual for other in usual):
        return None
    from datalint.shapes.guess import Guess

    meanings = {"prompt": _CONTEXT, "context": _REPLY, "response": _LABEL, "category": _LABEL}
    guess = Guess.of(meanings, clear=True, basis="values")
    return guess.about(rows, known.name)


def _text_of(value: object) -> str | None:
    """Return a label in lower case; None for what is none."""
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, bool) else str(value)
    text = value.strip().lower() if isinstance(value, str) and len(value) <= _LONGEST else ""
    return text or None


def _denies(one: str, other: str) -> bool:
    """Whether a label is another one with a few signs before it, or both are known to deny each other."""
    longer = one.removesuffix(other)
    least = _WORD if other.isascii() else _SIGNS
    return (one != longer != "" and len(longer) <= _DENIAL and len(other) >= least) or (other, one) in _PAIRS
