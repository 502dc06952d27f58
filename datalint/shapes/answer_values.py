"""Values of an answer: its text next to places, the parts of one message, and objects that are data."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.messages import PART_TYPES
from datalint.support.text_lists import are_texts

#: Keys of the place of an answer in its passage, of its other spellings, of its sources or of how sure its writer is;
#: the length of a pair of a place and a text.
_PLACES: Final = frozenset(
    """answer_start start offset span_start answer_end aliases answer_text provenance answer_confidence""".split()
)
_SPAN: Final = 2
#: Keys of the thing that a value belongs to, such as a slot; a message may have a value too.
_VALUED: Final = frozenset(("slot", "attribute", "attr", "field", "property", "key", "act", "intent", "entity"))
#: Keys of turns that data does not have.
_OF_TURNS: Final = frozenset(("role", "from", "content"))


def answer_text(value: Any) -> Any:
    """Return the text of an answer that is given with its place in a passage, or the value itself.

    SQuAD's are ``{"text": [...], "answer_start": [...]}``, others' ``{"start": 7, "str": "…"}``, DROP's
    ``{"spans": [...], "types": [...]}``, ROPES' ``{"text": [...]}``, a list of objects with ``text``, or lists of a
    place and a text. Of several
    the first counts, and of the spellings of one (TriviaQA's ``{"value": "…", "aliases": [...]}``) the usual one.
    """
    first = value[0] if isinstance(value, list) and value else value
    alone = isinstance(first, dict) and first.keys() == {"text"} and are_texts(first["text"])
    placed = isinstance(first, dict) and (alone or not _PLACES.isdisjoint(first))
    found = first if placed else {}
    texts = next((found[key] for key in ("text", "str", "answer_text", "value", "answer") if key in found), None)
    if isinstance(texts, str | list):
        return texts if isinstance(texts, str) else next((text for text in texts if isinstance(text, str)), "")
    if isinstance(first, dict) and first.keys() == {"spans", "types"} and are_texts(first["spans"]):
        return first["spans"][0]
    if isinstance(first, list) and first is not value and len(first) == _SPAN and isinstance(first[1], str):
        return first[1] if isinstance(first[0], int) else value
    return first if isinstance(value, list) and isinstance(first, str) and len(value) == 1 else value


def is_parts(value: object) -> bool:
    """Return whether a value is the content of one message as a list of parts, and no list of messages.

    Objects with a type of another kind, such as entities of a text, are no parts.
    """
    first = value[0] if isinstance(value, list) and value else None
    if not isinstance(first, dict) or not first.keys().isdisjoint(("role", "from", "content")):
        return False
    return isinstance(kind := first.get("type"), str) and kind in PART_TYPES


def is_data(value: list[Any]) -> bool:
    """Return whether a list holds objects that are no messages, such as the answers to a question with their types."""
    first = value[0] if value else None
    if not isinstance(first, dict):
        return False
    if "value" not in first or not _VALUED.isdisjoint(first):
        return _OF_TURNS.isdisjoint(first)
    return not any(isinstance(item, dict) and not _OF_TURNS.isdisjoint(item) for item in value)
