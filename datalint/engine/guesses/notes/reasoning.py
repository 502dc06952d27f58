"""Notes about reasoning next to an answer, under a key of its own that no turn is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.detect import UNKNOWN
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import PARTS
from datalint.shapes.parallel import listed
from datalint.support.names.thought_keys import is_thought
from datalint.support.text_lists import are_texts

#: Characters of a text that is more than a name.
_LEAST: Final = 20
#: What surrounds reasoning as a model writes it, whatever the name of its key.
_BEGIN: Final = "<think>"
_END: Final = "</think>"
#: Keys of a row, and items of a list or object, that are looked at, and how deep these are.
_MOST: Final = 256
_DEPTH: Final = 4
#: Last words of the names of lists that may have the reasoning of several answers.
_SEVERAL: Final = frozenset("chains paths traces trajectories rationales explanations".split())


def unread_reasoning(row: Mapping[str, Any], shape: Shape) -> str:
    """Return the key of reasoning in a row that is neither prompt nor response; empty for none.

    Only the answers of single turns are looked at: in preferences and prompts alone, nothing like it is learned, and
    in rows that could not be read, it may be the thought of a person.
    """
    keys = tuple(row)
    if shape is UNKNOWN or shape.kind != "sft" or len(keys) > _MOST:
        return ""
    known = (key for key in keys if is_thought(key) or _is_block(row[key]))
    found = [key for key in known if len(_text_of(row[key])) >= _LEAST]
    turns = shape.turn_keys(keys)
    if len(found) != 1 or not turns or found[0] in turns or _is_said(_text_of(row[found[0]]), row, turns):
        return ""
    from datalint.shapes.evidence.checking import prescribes

    # How an answer is to be written may show the marks of reasoning, and is none.
    return "" if prescribes(found[0]) else found[0]


def ways_to_read(key: str, row: Mapping[str, Any], shape: Shape) -> str:
    """Return the options that learn the reasoning before the answer of a row, and that have it in the prompt.

    Empty if no option reads both. Reasoning with the answer behind it is learned instead of the answer alone.
    """
    from datalint.shapes.guess import can_be_typed

    fields = fields_of(shape, row)
    keys = {part: keys_of(fields, part) for part in PARTS}
    if sum(map(len, keys.values())) < len(fields) or len(keys["prompt"]) != 1 or len(keys["response"]) != 1:
        return ""
    if not all(map(can_be_typed, (key, *(field.key for field in fields)))):
        return ""
    if not all(_is_plain(row[field.key]) for field in fields) or not (_is_plain(row[key]) or _are_steps(key, row[key])):
        return ""
    if _ends_with(row[key], row[keys["response"][0]]):
        whole = keys | {"response": [key]}
        return f"; to learn it, with the answer in it: {_option(whole)}"
    learned = keys | {"response": [key, *keys["response"]]}
    given = keys | {"context": [*keys["context"], key]}
    return f"; to learn it: {_option(learned)}; to have it in the prompt: {_option(given)}"


def _option(keys: Mapping[str, Sequence[str]]) -> str:
    from datalint.shapes.guess import JOIN, Guess

    return Guess.of({part: JOIN.join(named) for part, named in keys.items() if named}).option


def _ends_with(reasoning: object, answer: object) -> bool:
    """Whether reasoning is a block with the answer of its row behind it: ``<think>…</think><answer>Oslo</answer>``."""
    said = str(answer).strip()
    return _is_block(reasoning) and bool(said) and said in str(reasoning).rpartition(_END)[2]


def _is_block(value: object) -> bool:
    return isinstance(value, str) and value.lstrip().startswith(_BEGIN) and _END in value


def _is_said(text: str, row: Mapping[str, Any], turns: Iterable[str]) -> bool:
    """Whether a message of the row has a text in it."""
    messages = (each for key in turns for each in listed(row.get(key)) if isinstance(each, dict))
    return any(isinstance(said := each.get("content", each.get("value")), str) and text in said for each in messages)


def _is_plain(value: object) -> bool:
    """Whether an option reads a value as a shape does: a text or a number, no messages."""
    return isinstance(value, str | int | float)


def _are_steps(key: str, value: object) -> bool:
    """Whether a value is a list of texts that follow each other, and not the several ways that models went."""
    from datalint.support.names.column_names import last_word

    return is_thought(key) and are_texts(value) and (len(value) == 1 or last_word(key) not in _SEVERAL)


def _text_of(value: object) -> str:
    """Return a text, or the texts of a list, also of one of objects, joined; empty for any other value."""
    return "\n".join(_texts(value)).strip()


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) or (isinstance(value, dict) and depth):
        items = value if isinstance(value, list) else value.values()
        for each in islice(items, _MOST) if depth < _DEPTH else ():
            yield from _texts(each, depth + 1)
