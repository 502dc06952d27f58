"""Reading of shapes whose turns are under top-level keys of their own: the choice of these keys, and their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.answer_values import answer_text, is_data, is_parts
from datalint.shapes.api_objects import answer_in
from datalint.shapes.base import Field, Part, Shape
from datalint.shapes.contexts import read_context
from datalint.shapes.message_schema import ROLES, turns_schema
from datalint.shapes.messages import WEIGHT_KEYS, read_message, read_messages, read_turns
from datalint.shapes.paired_keys import are_paired
from datalint.shapes.parallel import objects_of, place_in
from datalint.shapes.sink import Sink
from datalint.shapes.text_objects import first_solution, place_of_answer, place_of_text, steps_of, text_at
from datalint.shapes.turn_keys import STANDARD_KEYS
from datalint.support.names.turn_pairs import PAIRS
from datalint.support.text_lists import are_texts

Fields = Callable[[tuple[str, ...]], tuple[Field, ...]]
#: Keys of prompts that are turns if they are lists; those of a document are its sentences.
_IN_TURN: Final = frozenset(("instruction", "input", "prompt", "query", "question", "user_input", "inputs"))
#: Characters from which on, on average, the texts of a list are turns and no words.
_TURN: Final = 12
#: Sets of keys whose fields are remembered for each shape.
_REMEMBERED: Final = 256

#: A side of a row: a text, or a list of messages.
TEXT_OR_MESSAGES: Final[dict[str, Any]] = {
    "type": ["string", "array"],
    "if": {"type": "array"},
    "then": turns_schema(roles=ROLES),
}


def choose(*groups: tuple[Part, Sequence[str]]) -> Fields:
    """Return a function from a row's keys to its fields, in the order of ``groups``.

    A group is a part and the keys that may hold it: of contexts all that the row has, except for a part of another one
    that is marked in it, else the first.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def fields(keys: tuple[str, ...]) -> tuple[Field, ...]:
        return tuple(_chosen(groups, keys))

    return fields


def _chosen(groups: Sequence[tuple[Part, Sequence[str]]], keys: tuple[str, ...]) -> Iterator[Field]:
    present = set(keys)
    for part, names in groups:
        found = [name for name in names if name in present]
        if part == "context":
            # Of a ``paragraph`` and a ``paragraph_sentence``, the ``sentence`` is the part with the answer.
            found = [name for name in found if not any(f"{other}_{name}" in present for other in found)]
        for name in found if part == "context" else found[:1]:
            present.discard(name)
            yield Field(name, part)


def field_reader(fields: Fields, *features: str, given: bool = False) -> Callable[[dict[str, Any], Sink], None]:
    """Return the reader of a shape with these fields, whose rows have ``features``.

    ``given`` says that no turn of a prompt is learned, as in :func:`read_given`.
    """

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.update(features)
        read_fields(value, fields(present_keys(value)), sink, given=given)

    return read


def present_keys(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys with a value that is not null: tables write a null under every key that another row has."""
    return tuple(key for key, item in value.items() if item is not None)


def fields_of(shape: Shape, row: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of a row of a shape; none if its turns are under no keys of their own."""
    return () if shape.fields is None else shape.fields(present_keys(row))


def keys_of(fields: Iterable[Field], part: str) -> list[str]:
    """Return the keys of the fields of a part, in their order."""
    return [field.key for field in fields if field.part == part]


def read_fields(value: dict[str, Any], fields: Sequence[Field], sink: Sink, *, given: bool = False) -> None:
    """Read the turns under the keys of ``fields``; those of a prompt with :func:`read_given` if ``given``."""
    tools = value.get("tools")
    if tools and tools != "[]":
        sink.features.add("tools")
    asked = next((key for key, part in fields if part == "prompt"), "")
    answered = next((key for key, part in fields if part == "response"), "")
    in_turn = asked in _IN_TURN and are_in_turn(value.get(asked), value.get(answered))
    for key, part in fields:
        item: Any = value[key]
        path = f"$.{key}"
        if in_turn and key == asked:
            sink.prompt(item[0], f"{path}[0]")
        elif in_turn and key == answered:
            read_in_turn(value[asked], item, (f"$.{asked}", path), sink)
        elif part == "system":
            if isinstance(item, str) and item:
                sink.add("system", item, path)
        elif part == "history":
            read_history(item, path, sink)
        elif part == "context":
            read_context(item, path, sink, whole=are_paired(asked, key))
        elif part == "text":
            if isinstance(item, str):
                sink.add("text", item, path)
        elif part in ("chosen", "rejected"):
            read_side(item, path, sink, response=True, side=part)
        elif given and part == "prompt":
            read_given(item, path, sink)
        else:
            read_side(item, path, sink, response=part == "response")


def is_said_in_turn(prompt: str) -> bool:
    """Return whether a list under the key of a prompt may be what a user says in turn, and no sentences of a text."""
    from datalint.support.names.column_names import Strength, strength

    return strength(prompt, "prompt") is not Strength.NONE


def are_in_turn(prompts: object, responses: object) -> bool:
    """Return whether two lists of texts are the two sides of a conversation, or questions with an answer each."""
    if not (are_texts(prompts, 2) and are_texts(responses) and len(prompts) == len(responses)):
        return False
    return sum(map(len, prompts)) >= _TURN * len(prompts)


def read_in_turn(prompts: Sequence[str], responses: Sequence[str], paths: tuple[str, str], sink: Sink) -> None:
    """Read the texts of two lists as turns, whose first prompt is read: a response, the next prompt and so on."""
    for index, (prompt, response) in enumerate(zip(prompts, responses, strict=True)):
        if index:
            sink.prompt(prompt, f"{paths[0]}[{index}]")
        sink.response(response, f"{paths[1]}[{index}]")


def read_side(value: Any, path: str, sink: Sink, *, response: bool, side: str = "") -> None:
    """Read one side: a text, a list of messages (or one message), or a list of texts that are all right.

    Of several ``solutions`` the first one is read.
    """
    if not response and isinstance(value, list) and value and all(map(are_texts, value)):
        value = [text for texts in value for text in texts]
    if response and (solution := first_solution(value, path)) is not None:
        sink.response(solution[0], path + solution[1], side)
    elif isinstance(value, list) and value and all(isinstance(item, str | int | float) for item in value):
        text = "\n".join(map(as_text, value))
        sink.response(text, path, side) if response else sink.prompt(text, path)
    elif response and isinstance(value, dict) and (said := answer_in(value)) is not None:
        read_message({"role": "assistant", **said[1]}, f"{path}{said[0]}.content", sink, side=side)
    elif response and (place := place_of_answer(value, side=bool(side))) is not None:
        answer = value if place.startswith(".") else value[0]
        sink.response(answer[place.rpartition(".")[2]], path + place, side)
    elif response and (answer := answer_text(value)) != value:
        sink.response(answer, path, side)
    elif response and (steps := steps_of(value)):
        sink.response("\n".join(steps), path, side)
    elif (place := place_of_text(value)) is not None:
        text = text_at(value, place)
        sink.response(text, path + place, side) if response else sink.prompt(text, path + place)
    elif is_parts(value):
        role = "assistant" if response else "user"
        read_message({"role": role, "content": value}, path, sink, side=side)
    elif isinstance(value, list) and (is_data(value) or (response and _are_lists(value))):
        sink.response(as_text(value), path, side) if response else sink.prompt(as_text(value), path)
    elif isinstance(value, list):
        read_turns(value, path, sink, side=side)
    elif isinstance(value, dict) and isinstance(value.get("messages"), list):
        read_messages(value["messages"], f"{path}.messages", sink, side=side)
    elif (turns := objects_of(value)) and (keys := _turn_keys(turns[0])) is not None and keys[0] in turns[0]:
        for number, turn in enumerate(turns):
            _read_turn(turn, place_in(value, path, number), keys, sink, side)
    elif isinstance(value, dict) and (keys := _turn_keys(value)) is not None:
        _read_turn(value, f"{path}.{{}}".format, keys, sink, side)
    elif isinstance(value, dict | list) and value:
        # An object is written out as the JSON that the model reads, or learns to write.
        sink.response(as_text(value), path, side) if response else sink.prompt(as_text(value), path)
    elif response:
        sink.response(value, path, side)
    else:
        sink.prompt(value, path)


def read_given(value: Any, path: str, sink: Sink) -> None:
    """Read a prompt of which no turn is learned: what the assistant says there are examples, or earlier turns."""
    sink.given = True
    read_side(value, path, sink, response=False)
    sink.given = False


def _turn_keys(value: dict[str, Any]) -> tuple[str, str] | None:
    """Return the keys of the speaker and the text of an object that is a turn; None if it is data.

    Data may have a key named ``value`` or ``content`` too: without a speaker, only a text is a turn, and one under
    ``value`` only if nothing else is said of it.
    """
    for role, content in STANDARD_KEYS:
        said = isinstance(value.get(content), str) and (content != "value" or value.keys() - WEIGHT_KEYS == {content})
        if content in value and (role in value or said):
            return role, content
    return None


def _read_turn(turn: dict[str, Any], place: Callable[[str], str], keys: tuple[str, str], sink: Sink, side: str) -> None:
    """Read one message; ``place`` returns the path of one of its keys."""
    role, content = keys
    said, speaker = turn.get(content), turn.get(role)
    if isinstance(said, str):
        sink.add(speaker if isinstance(speaker, str) else "assistant", said, place(content), side)


def _are_lists(value: list[Any]) -> bool:
    """Whether a list holds lists, such as the spellings of each answer, and no messages."""
    return bool(value) and all(isinstance(each, list) for each in value)


def read_history(history: Any, path: str, sink: Sink) -> None:
    """Read earlier turns: pairs of a prompt and its response, messages, alternating texts, or one text.

    Alternating texts end with a response; an odd number of them has no certain speakers, and they are joined.
    """
    if isinstance(history, str) or (are_texts(history) and len(history) % 2):
        text = history if isinstance(history, str) else "\n".join(history)
        if text:
            sink.prompt(text, path)
        return
    for index, item in enumerate(history if isinstance(history, list) else ()):
        place = f"{path}[{index}]"
        if isinstance(item, str):
            (sink.response if index % 2 else sink.prompt)(item, place)
        elif isinstance(item, list) and len(item) == 2:
            sink.prompt(item[0], f"{place}[0]")
            sink.response(item[1], f"{place}[1]")
        elif isinstance(item, dict):
            _read_exchange(item, place, sink)


def _read_exchange(item: dict[str, Any], path: str, sink: Sink) -> None:
    """Read an item of a history that is a prompt with its response, or a message."""
    if (turn := _turn_keys(item)) is not None:
        role, content = turn
        if isinstance(item.get(role), str) and isinstance(item[content], str):
            sink.add(item[role], item[content], f"{path}.{content}")
        return
    for asked, answered in PAIRS:
        if isinstance(item.get(asked), str) and isinstance(item.get(answered), str):
            sink.prompt(item[asked], f"{path}.{asked}")
            sink.response(item[answered], f"{path}.{answered}")
            return
