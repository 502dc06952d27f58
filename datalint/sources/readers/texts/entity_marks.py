"""Entities that are marked within a text, as Rasa does: ``[Oslo](city)``, ``[Oslo]{"entity": "city", "role": "to"}``.

Rasa's parser reads every such mark in an example as an entity, however few there are.
"""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

#: A mark: the words, and the name of the entity, which may have the value that they stand for, or an object with both;
#: an address on the web is neither.
_MARK: Final = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,200})\]"
    r"(?:\((?P<label>[^\W\d][\w.-]{0,60})(?::(?!//)(?P<value>[^()\n]{1,200}))?\)|(?P<object>\{[^{}\n]{1,400}\}))"
)
#: The key of the name in such an object, and of the value.
_NAME: Final = "entity"
_VALUE: Final = "value"
#: What every mark has, in bytes of JSON.
_SIGNS: Final = (b"](", b"]{")


def may_have_marks(text: bytes) -> bool:
    """Return whether a text as JSON has the signs of a mark."""
    return any(sign in text for sign in _SIGNS)


def without_marks(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a text without its marks, and the entities, each with its place in what is returned.

    The words are not repeated, so that entities of texts that differ in case alone are equal.
    """
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    end = length = 0
    for match in _MARK.finditer(text):
        named = _named(match)
        if not named:
            continue
        parts += [text[end : match.start()], match["words"]]
        begins = length + match.start() - end
        length = begins + len(match["words"])
        entities.append({"start": begins, "end": length, **named})
        end = match.end()
    return "".join([*parts, text[end:]]), entities


def _named(match: re.Match[str]) -> dict[str, Any]:
    """Return what a mark says of its words, the name as their label; empty if it has no name."""
    if match["object"] is None:
        value = {} if match["value"] is None else {_VALUE: match["value"]}
        return {"label": match["label"], **value}
    try:
        said = orjson.loads(match["object"])
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(said.get(_NAME), str):
        return {}
    others = {key: value for key, value in said.items() if key in ("role", "group", _VALUE)}
    return {"label": said[_NAME], **others}
