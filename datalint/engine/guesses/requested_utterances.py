"""Utterances that people were asked for, with their scenario and intent, as in HWU64: the labels are learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The keys of the question, of the utterance, and of its labels.
_ASKED: Final = "question"
_SAID: Final = "answer"
_LABELS: Final = ("scenario", "intent")
#: Rows at least, and the share of different questions at most: few are asked of many people.
_LEAST: Final = 20
_FEW: Final = 0.5


def may_tell_intents(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the answer of a row may have a scenario and an intent, all of them texts."""
    keys = (_ASKED, _SAID, *_LABELS)
    return known.name == "question-answer" and all(isinstance(row.get(key), str) for key in keys)


def told_intents(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns scenario and intent of an utterance, if there are few questions and more answers."""
    asked, said = ({str(row.get(key)) for row in rows} for key in (_ASKED, _SAID))
    if len(rows) < _LEAST or len(asked) > _FEW * len(rows) or len(said) <= len(asked):
        return None
    from datalint.shapes.guess import JOIN, Guess

    found = {"prompt": _SAID, "response": JOIN.join(_LABELS)}
    return Guess.of(found, clear=True, basis="names").about(rows, known.name)
