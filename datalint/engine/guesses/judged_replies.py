"""Replies with a label that judges them, such as safe or unsafe: the label is learned instead of the reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.evidence.opposites import any_denies

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The keys of the context and the label of a reply, and of the reply.
_CONTEXT: Final = ("context", "label")
_REPLY: Final = "response"
#: The key of a prompt, and keys that say whether its reply is safe.
_PROMPT: Final = "prompt"
_SAFE: Final = ("is_safe", "is_unsafe", "is_harmful", "is_harmless", "is_toxic")
#: Keys of the right label and of the one that a program gave, which are the same labels in a log of a classifier.
_RIGHT: Final = ("ground_truth", "gold_label", "true_label", "gold", "expected")
_PREDICTED: Final = ("prediction", "predicted", "predicted_label", "pred", "pred_label")
#: Different labels at most, and characters of the longest.
_MOST: Final = 4
_LONGEST: Final = 30
#: Rows at least, the share of them that must have a label, and the share that has the second most frequent one.
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.9
_RARER: Final = 0.02
#: The least share of rows with the rarer value of a key that says whether replies are safe.
_RARELY_SAFE: Final = 0.1


def may_be_judged(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may be a reply with a label that judges it."""
    if known.name != "prompt-completion" or not isinstance(row.get(_REPLY), str):
        return False
    pair = _keys(row)
    return pair is not None and isinstance(row.get(pair[0]), str) and _text_of(row.get(pair[1])) is not None


def judged_replies(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the label of a reply, if one label is the negation of another.

    A label that sorts the rows, such as their topic, is not learned: the reply is.
    """
    keys = _keys(rows[0]) if len(rows) >= _LEAST else None
    if keys is None:
        return None
    asked, label = keys
    labels = Counter(each for row in rows if (each := _text_of(row.get(label))) is not None)
    if labels.total() < _NEARLY_ALL * len(rows):
        return None
    if label in _RIGHT:
        # Of a log of mistakes, all rows may have one right label.
        labels += Counter(each for row in rows for key in _PREDICTED if (each := _text_of(row.get(key))) is not None)
    if not 2 <= len(labels) <= _MOST:
        return None
    rarer = _RARELY_SAFE if label in _SAFE else _RARER
    if not any_denies([each for each, count in labels.items() if count >= rarer * len(rows)]):
        return None
    from datalint.shapes.guess import Guess

    meanings = {"prompt": asked, "context": _REPLY, "response": label, "category": label}
    guess = Guess.of(meanings, clear=True, basis="values")
    return guess.about(rows, known.name)


def _keys(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of the prompt or context of a reply and of its label; None for none, or several labels."""
    safe = [key for key in _SAFE if key in row]
    if _PROMPT in row:
        if not safe and any(key in row for key in _PREDICTED):
            safe = [key for key in _RIGHT if key in row]
        return (_PROMPT, safe[0]) if len(safe) == 1 else None
    return _CONTEXT if all(key in row for key in _CONTEXT) else None


def _text_of(value: object) -> str | None:
    """Return a label in lower case; None for a value that is no label."""
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, bool) else str(value)
    text = value.strip().lower() if isinstance(value, str) and len(value) <= _LONGEST else ""
    return text or None
