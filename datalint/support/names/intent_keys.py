"""Keys of the intents of a chatbot, which the reader that parts their texts and the shape that reads them share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.support.names.metadata_keys import LINKS, SPLITS

#: What a user may say, next to a name.
SAID: Final = (
    *("patterns", "utterances", "phrases", "training_phrases", "trainingPhrases", "user_examples"),
    *("question_patterns", "sample_utterances", "sampleUtterances"),
    *("userSays", "questions", "examples", "text"),
)
#: Keys of the pieces of a text, as Dialogflow writes it.
_PIECES: Final = ("data", "parts")
#: Keys of turns, which are no texts of an intent.
_SPEAKERS: Final = frozenset(("speaker", "sender"))
#: The name, the first that a row has.
NAMES: Final = ("tag", "intent", "label", "class", "displayName", "name", "action", "category")
#: Keys of other layouts, which no intent has.
FOREIGN: Final = ("messages", "conversations", "prompt", "instruction", "question")
#: Keys of a text that is alone in its row, next to which a list is of its labels or marks.
ALONE: Final = frozenset(("text", "message", "sentence", "content"))
#: Other keys of the name, next to what a user may say by its name and the answers to it.
_NAMES_BETWEEN: Final = ("context", "topic", "subject", "title", "key", "id")
_CERTAIN: Final = frozenset(SAID[: SAID.index("userSays") + 1])
#: The names that make questions and examples what a user may say: questions about a text have others.
_SURE: Final = ("tag", "intent")
#: Keys of a class with its examples: next to any other key, these may be examples of what that says.
_LABELLED: Final = frozenset(("id", "examples", "source", "language", *NAMES, *SPLITS, *LINKS))
#: The key of the entities that are marked in a text of an intent.
ENTITIES: Final = "entities"
#: Keys of the answers, next to which the examples of a name are what a user may say too.
ANSWERS: Final = ("responses", "answers", "response", "answer")


def names_of(said: str, keys: Collection[str]) -> tuple[str, ...]:
    """Return the keys of the name next to the texts under ``said``, in a row with these ``keys``.

    A list under ``text`` is what a user may say only next to a name and answers. Examples are, next to answers, or
    if nothing else says what they are examples of: a description makes the name that of a term or a tool.
    """
    if said == "text" and not any(key in keys for key in ANSWERS):
        return ()
    if said in _CERTAIN and any(key in keys for key in ANSWERS):
        return (*NAMES, *_NAMES_BETWEEN)
    if said == "examples" and (any(key in keys for key in ANSWERS) or _LABELLED.issuperset(keys)):
        return NAMES
    return _SURE if said in ("questions", "examples", "text") else NAMES


def text_of(item: object) -> object:
    """Return what a user may say: a text, or that of an object, which may be in pieces; None for none."""
    if not isinstance(item, dict):
        return item
    if not _SPEAKERS.isdisjoint(item):
        return None
    pieces = next((item[key] for key in _PIECES if isinstance(item.get(key), list)), None)
    if "text" in item or not pieces:
        return item.get("text")
    texts = [piece.get("text") if isinstance(piece, dict) else None for piece in pieces]
    found = [text for text in texts if isinstance(text, str)]
    return "".join(found) if len(found) == len(texts) else None


def are_texts(value: object) -> bool:
    """Return whether a value is a list of texts of an intent."""
    return isinstance(value, list) and all(isinstance(text_of(item), str) for item in value)
