"""Keys of the intents of a chatbot, which the reader that parts their texts and the shape that reads them share."""

from __future__ import annotations

from typing import Final

#: What a user may say, next to a name.
SAID: Final = ("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples")
#: The name, the first that a row has.
NAMES: Final = ("tag", "intent", "label", "class", "name", "action", "category")
#: Keys of other layouts, which no intent has.
FOREIGN: Final = ("messages", "conversations", "prompt", "instruction", "question")
