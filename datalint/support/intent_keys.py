"""Keys of the intents of a chatbot, which the reader that parts their texts and the shape that reads them share."""

from __future__ import annotations

from typing import Final

#: What a user may say, next to a name.
SAID: Final = ("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples", "questions")
#: The name, the first that a row has.
NAMES: Final = ("tag", "intent", "label", "class", "name", "action", "category")
#: Keys of other layouts, which no intent has.
FOREIGN: Final = ("messages", "conversations", "prompt", "instruction", "question")
#: The names that make questions what a user may say: questions about a text have others.
_OF_QUESTIONS: Final = ("tag", "intent")


def names_of(said: str) -> tuple[str, ...]:
    """Return the keys of the name next to the texts under ``said``."""
    return _OF_QUESTIONS if said == "questions" else NAMES
