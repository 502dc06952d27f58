"""Reading of rows by keys that are mapped or guessed to mean something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.records.canonical import as_text
from datalint.shapes.base import Field
from datalint.shapes.contexts import read_context
from datalint.shapes.dialogue_reading import read_dialogue
from datalint.shapes.fields import Fields, are_in_turn, is_said_in_turn, read_in_turn, read_side
from datalint.shapes.key_paths import are_of_one_list, first_of, list_of, value_of
from datalint.shapes.messages import add_system
from datalint.shapes.numbered_turns import read_numbered_turns
from datalint.shapes.paired_keys import are_paired
from datalint.shapes.parallel import objects_of
from datalint.shapes.sink import Sink
from datalint.support.names.thought_keys import is_thought
from datalint.support.text_lists import are_texts


def reader(parts: Mapping[str, Sequence[str]], fields: Fields, *, preference: bool, answerer: str) -> Any:
    """Return the function that reads a row: ``parts`` are the keys of each meaning, ``fields`` those that a row has."""
    # What was said before a prompt that a response answers; a prompt without one begins the conversation.
    later = "response" in parts
    turns = parts.get("messages", ())
    sides = (*parts.get("prompt", ()), *parts.get("response", ()))
    single = len(parts.get("prompt", ())) == len(parts.get("response", ())) == 1
    single = single and (are_of_one_list(*sides) or is_said_in_turn(sides[0]))

    def read(value: dict[str, Any], sink: Sink) -> None:
        if preference:
            sink.features.add("preference")
        own = _ordered(fields(tuple(value)), value)
        in_turn = single and "labels" not in parts and are_in_turn(*(value_of(value, key) for key in sides))
        first = sum(part == "system" or not later for _, part in own)
        for key, part in (*own[:first], *((key, "messages") for key in turns[:1]), *own[first:]):
            item, path = value_of(value, key), f"$.{list_of(value, key)}"
            if in_turn and key == sides[0]:
                sink.prompt(item[0], f"{path}[0]")
            elif in_turn and key == sides[1]:
                read_in_turn(value_of(value, sides[0]), item, (f"$.{list_of(value, sides[0])}", path), sink)
            elif part == "system" and isinstance(item, str) and item:
                add_system(item, path, value_of(value, turns[0]) if turns else None, sink)
            elif part == "messages" and len(turns) > 1:
                read_numbered_turns([(value_of(value, each), f"$.{each}") for each in turns], sink)
            elif part == "messages" and (isinstance(item, list) or objects_of(item)):
                read_dialogue(item, path, sink, answered=later, answerer=answerer)
            elif part == "messages":
                read_side(item, path, sink, response=False)
            elif part == "text" and isinstance(item, str):
                sink.add("text", item, path)
            elif part == "prompt":
                read_side(_sentences(item) if "labels" in parts else item, path, sink, response=False)
            elif part == "context":
                marked = _options_of(item)
                item = item if marked is None else marked[1]
                read_context(item, path, sink, whole=bool(sides) and are_paired(sides[0], key))
            elif part == "response" and len(parts["response"]) == 1:
                # An empty list or object says that there is nothing to extract, which is learned too.
                answer = as_text(item) if item in ([], {}) else item
                if (marked := _options_of(item)) is not None:
                    answer = "\n".join(marked[0])
                read_side("" if answer is None else answer, path, sink, response=True)
        for meaning in ("chosen", "rejected"):
            for key in parts.get(meaning, ()):
                # A side is one answer: of several in a list, the first one is read.
                item, path = first_of(value, key)
                read_side(item, f"$.{path}", sink, response=True, side=meaning)
        if len(several := parts.get("response", ())) > 1:
            sink.response(_joined(value, several), f"$.{several[0]}")

    return read


def _joined(value: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Return the values under several keys, each after its key; a key without a value says nothing, and is left out."""
    given = ((key, value_of(value, key)) for key in keys)
    texts = ((key, _said(key, item)) for key, item in given if item is not None)
    return "\n".join(f"{key}: {text}" for key, text in texts if text.strip())


def _said(key: str, item: object) -> str:
    """Return a value as text; of reasoning that is a list of its steps, one on each line, as a person writes them."""
    return "\n".join(item) if are_texts(item) and is_thought(key) else as_text(item)


def _ordered(own: tuple[Field, ...], value: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return fields without the empty parts of a prompt that has several, of which the first begins it."""
    several = [field for field in own if field.part == "prompt"]
    if len(several) < 2:
        return own
    filled = [field for field in several if value_of(value, field.key) not in (None, "")] or several[:1]
    rest = [Field(field.key, "context") for field in filled[1:]]
    return tuple(
        each
        for field in own
        if field.part != "prompt" or field is several[0]
        for each in ((filled[0], *rest) if field is several[0] else (field,))
    )


def _sentences(value: Any) -> Any:
    """Return sentences that are lists of words as texts, and any other value unchanged."""
    if not isinstance(value, list) or not all(isinstance(each, list) for each in value):
        return value
    return [" ".join(map(as_text, each)) for each in value]


def _options_of(item: object) -> tuple[list[str], list[str]] | None:
    """Return the right options of a list whose options have marks, and all of them; None for any other value."""
    if not isinstance(item, list):
        return None
    from datalint.shapes.marked_lists import right_of

    return right_of(item)
