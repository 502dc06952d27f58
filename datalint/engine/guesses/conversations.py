"""What is read of conversations in addition to the known shape of their rows, or instead of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import sample
from datalint.engine.guesses.transcripts import holds_text, of_transcripts
from datalint.shapes.dialogues import begins_with_answer
from datalint.shapes.side_keys import use_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

#: Shapes of rows that consist of one list of turns: other readings are of texts under keys of their own.
TURN_LISTS: Final = frozenset(("openai-chat", "openai-rft", "sharegpt", "message-list"))
#: Known shapes of conversations that may have their last answer under another key, and of a context with a response.
SPOKEN: Final = TURN_LISTS | {"prompt-completion"}
#: Those, and the shapes that the keys of such rows fit before their values are looked at.
_REPLACED: Final = SPOKEN | {"conversation-pairs", "chat-text"}
_LONGEST_KEY: Final = 40


def fuller_conversation(
    known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess about transcripts, or about conversations with a first or last turn under a key of its own."""
    if (transcripts := holds_text(known, first)) is not None:
        return of_transcripts(known, transcripts, first, rows, detector)
    if (turns := _answers_first(known, first)) is not None:
        return _opened(turns, first, rows, detector)
    return _answered_beside(known, first, rows, detector)


def _answered_beside(
    known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess about conversations with their last answer under a key of its own."""
    others = [key for key in first if len(key) <= _LONGEST_KEY and use_of(key) in ("learned", "unknown")]
    if not any(key not in known.keys or known.name == "prompt-completion" for key in others):
        return None
    from datalint.support.names.column_names import Strength, strength

    if not any(strength(key, "response") >= Strength.HEAD for key in others):
        return None
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.conversations.separate_replies import separate_replies

    alike = [row for row in sample(first, rows) if row and detector.shape(row).name in SPOKEN]
    guess = separate_replies(columns_of(alike), alike)
    if guess is None or not {each for _, each in guess.columns} <= first.keys():
        return None
    if known.name == "prompt-completion" and "messages" not in dict(guess.columns):
        return None  # a list of messages is read already
    return guess.about(alike, *_REPLACED)


def _answers_first(known: Shape, first: dict[str, Any]) -> str | None:
    """Return the key of the only list of turns of a row, which the assistant begins next to a text that may be asked.

    None for any other row, and for one whose last answer has a key of its own.
    """
    lists = [key for key in first if key in known.keys and isinstance(first[key], list)]
    texts = [key for key in first if len(key) <= _LONGEST_KEY and isinstance(first[key], str)]
    if known.name not in TURN_LISTS or len(lists) != 1 or not texts or not begins_with_answer(first[lists[0]]):
        return None
    from datalint.shapes.inference.conversations.first_turns import is_asked_by_name
    from datalint.support.names.column_names import Strength, strength

    answered = any(strength(key, "response") >= Strength.HEAD for key in texts)
    if answered or not any(map(is_asked_by_name, texts)):
        return None
    return lists[0]


def _opened(turns: str, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess about conversations whose first turn, which the assistant answers, has a key of its own."""
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.conversations.first_turns import with_first_turn

    alike = [row for row in sample(first, rows) if row and detector.shape(row).name in TURN_LISTS]
    guess = with_first_turn(Guess.of({"messages": turns}, clear=True, basis="values"), alike)
    return guess.about(alike, *_REPLACED) if guess is not None and "prompt" in dict(guess.columns) else None
