"""Keys of the intents of a chatbot, which the reader that parts their texts and the shape that reads them share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

#: What a user may say, next to a name.
SAID: Final = (
    *("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples"),
    *("questions", "examples"),
)
#: The name, the first that a row has.
NAMES: Final = ("tag", "intent", "label", "class", "name", "action", "category")
#: Keys of other layouts, which no intent has.
FOREIGN: Final = ("messages", "conversations", "prompt", "instruction", "question")
#: The names that make questions and examples what a user may say: questions about a text have others.
_SURE: Final = ("tag", "intent")
#: Keys of the answers, next to which the examples of a name are what a user may say too.
ANSWERS: Final = ("responses", "answers", "response", "answer")


def names_of(said: str, keys: Collection[str]) -> tuple[str, ...]:
    """Return the keys of the name next to the texts under ``said``, in a row with these ``keys``."""
    if said == "examples" and any(key in keys for key in ANSWERS):
        return NAMES
    return _SURE if said in ("questions", "examples") else NAMES
