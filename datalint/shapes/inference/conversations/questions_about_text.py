"""Questions with their answers in a list next to the text that they are about: examples, and no turns of a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import QUESTIONS, has_word
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.paired_lists import listed_pairs

#: Words of the names of lists that are conversations, in which a question may ask on.
_SPOKEN: Final = (
    *("conversation", "conversations", "dialogue", "dialogues", "dialog", "dialogs", "chat", "chats", "turn", "turns"),
    *("history", "exchange", "exchanges", "utterances", "messages", "talk", "interview", "session", "rounds"),
)
#: Names of what questions are about, and characters of such a text on average.
_ABOUT: Final = ("context", "text")
_PASSAGE: Final = 60


def without_questions_about_text(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return no guess for rows that it takes for conversations, and that are a text with questions about it.

    Each question is an example of its own. The text would be read as a system prompt, or not at all.
    """
    found = {} if guess is None else dict(guess.columns)
    spoken = found.get("messages", "")
    if not spoken or has_word(spoken, _SPOKEN):
        return guess
    asked = [pair for row in rows if (pair := listed_pairs(row)) is not None and pair[0] == spoken]
    if 2 * len(asked) <= len(rows) or not all(has_word(each, QUESTIONS) for _, each, _ in asked):
        return guess
    return None if any(_is_passage(rows, key) for key in rows[0] if key != spoken) else guess


def _is_passage(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether a key has the name of a text, and a text in each row."""
    if not any(strength(key, each) >= Strength.HEAD for each in _ABOUT):
        return False
    texts = [row[key] for row in rows if isinstance(row.get(key), str)]
    return len(texts) == len(rows) and sum(map(len, texts)) >= _PASSAGE * len(rows)
