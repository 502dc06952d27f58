"""Lists of tools that system prompts contain as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from datalint.api import Record
from datalint.support.call_tags import TOOLS_TAGS
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.written_lists import parse_list

_ROLES: Final = ("system", "developer")
_DECODER: Final = json.JSONDecoder()
_SPACE: Final = lazy_pattern(r"\s+")
#: Keys of which an object with a name has one if it describes a tool: a product has a description, too.
_OF_TOOL: Final = ("parameters", "input_schema")


def written_tools(record: Record) -> Iterator[tuple[str, list[Any]]]:
    """Yield the JSON path of each system prompt and the tools that it lists, none if any part cannot be parsed."""
    for role, text, path, _ in record.turns:
        if role in _ROLES and "{" in text:
            yield path, _between_tags(text) if TOOLS_TAGS[0] in text else _objects(text)


def _between_tags(text: str) -> list[Any]:
    found: list[Any] = []
    for piece in text.split(TOOLS_TAGS[0])[1:]:
        listed, closing, _ = piece.partition(TOOLS_TAGS[1])
        # A prompt may name the tags before it uses them.
        if closing and listed.lstrip().startswith(("[", "{")):
            tools = _listed(listed)
            if tools is None:
                return []
            found += tools
    return found


def _listed(text: str) -> list[Any] | None:
    """Return the tools of a list, of an object, or of several objects; None if the text is something else."""
    found: list[Any] = []
    place = _after_space(text, 0)
    while place < len(text):
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            value = parse_list(text)
            return [value] if isinstance(value, dict) else value
        found += value if isinstance(value, list) else [value]
        place = _after_space(text, place)
    return found


def _after_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return place if space is None else space.end()


def _objects(text: str) -> list[Any]:
    """Return the tools that a text contains as JSON, with other text before and between them (Glaive)."""
    found: list[Any] = []
    place = text.find("{")
    while place >= 0:
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return []
        if isinstance(value.get("function"), dict) or ("name" in value and any(key in value for key in _OF_TOOL)):
            found.append(value)
        place = text.find("{", place)
    return found
