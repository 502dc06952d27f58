"""A shape that the user declares with ``--columns prompt=question,response=answer``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.shapes.base import Field, Part, Shape, having
from datalint.shapes.context_aims import aims_of
from datalint.shapes.fields import Fields
from datalint.shapes.guess import ANSWERER, FIRST_TURNS, NESTED, keys_of
from datalint.shapes.key_paths import has_key, top_of
from datalint.shapes.mapped_reading import reader
from datalint.shapes.side_keys import is_technical

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: Meanings that a column may be mapped to.
MEANINGS = (
    "system", "prompt", "context", "response", "chosen", "rejected", "text", "messages", ANSWERER, "labels", "category",
)  # fmt: skip
#: Its name as a shape, and the meanings whose keys a row may lack and still be of it.
NAME = "mapped"
OPTIONAL = ("system", "prompt", "context", ANSWERER)
#: The names of prompts alone, which nobody answers, and of texts with labels of their words, which are no texts.
PROMPTS = "mapped-prompts"
LABELS = "mapped-labels"
#: The shape names of all rows that are read by ``--columns`` or by a guess.
NAMES = (NAME, PROMPTS, LABELS)
_TYPES = ("string", "array", "object")
#: Sets of keys whose contexts are remembered.
_REMEMBERED = 256
#: A response may be a label that is no text, or null, which is read as an empty one.
_RESPONSES = (*_TYPES, "integer", "number", "boolean", "null")
#: The meanings of prompts and of answers to them, which rows of an evaluation set may lack.
_ANSWERED: Final = frozenset(("response", "labels", "category", *OPTIONAL)) - {ANSWERER}
#: Meanings whose texts are read many rows at a time, in the order in which they are read.
_PARTS: Final[tuple[Part, ...]] = ("system", "prompt", "context", "response", "text")


def unanswered(columns: Mapping[str, str]) -> Shape | None:
    """Return the shape of rows that lack the response or the labels that are mapped; None if no prompt has any."""
    meanings = {meaning for meaning, value in columns.items() if keys_of(meaning, value)}
    learned = meanings & {"response", "labels"}
    if "prompt" not in meanings or not learned or not meanings <= _ANSWERED:
        return None
    return make({meaning: value for meaning, value in columns.items() if meaning not in learned})


def guessed(guess: Guess) -> Shape:
    """Return the shape of rows whose keys have the meanings of a guess."""
    shape = make(dict(guess.columns), named=False)
    assert shape is not None
    required = tuple(dict.fromkeys(guess.required))
    fits = _having(required, ())
    labels = [top_of(key) for meaning, key in guess.columns if meaning == "labels"]
    if labels and guess.over:
        # A row in which nobody found anything may lack its labels. It is no text of a known shape, whose file has none.
        required = tuple(key for key in required if key not in labels)
        fits = _having_some_of(guess, frozenset(required), fits)
    name = "multiple-choice" if guess.choices else shape.name
    schema = shape.schema | {"required": _of_rows(required)}
    return shape._replace(name=name, schema=schema, fits=fits, unordered=guess.unordered)


def _of_rows(keys: Sequence[str]) -> list[str]:
    """Return the keys that are those of rows, whatever the rows are: one with a dot may reach into an object."""
    return [key for key in dict.fromkeys(keys) if NESTED not in key]


def _having_some_of(
    guess: Guess, required: frozenset[str], whole: Callable[[Collection[str]], bool]
) -> Callable[[Collection[str]], bool]:
    """Return a test of keys: those of ``whole``, or the ``required`` ones with others of the guess alone."""

    def fits(keys: Collection[str]) -> bool:
        return whole(keys) or (required.issubset(keys) and len(keys) > len(required) and guess.keys.issuperset(keys))

    return fits


def make(columns: Mapping[str, str], *, named: bool = True) -> Shape | None:
    """Return the shape that ``columns`` (meaning → key) declares; None when only a category is mapped.

    ``named`` says that where no context is mapped, keys that are named so are read as one.

    Raises:
        DatalintError: for a meaning that isn't one, or a mapping that leaves nothing to learn from.
    """
    parts = _parts_of(columns)
    if not parts:
        return None
    preference = _is_preference(parts)
    prompts = not preference and parts.keys() <= {*OPTIONAL}
    taken = tuple(key for meaning, value in columns.items() for key in keys_of(meaning, value))
    either = _alternatives(parts, prompts=prompts)
    later = parts.get("messages", ())[FIRST_TURNS:]
    required = _required(parts, optional=(*either, *later))
    if not required and not either:
        required = [*parts["prompt"][:1]]
    title = ", ".join(f"{meaning}={key}" for meaning, key in columns.items())
    fields = _fields(parts, taken, named=named)
    return Shape(
        name=PROMPTS if prompts else LABELS if "labels" in parts else NAME,
        title=f"columns as mapped ({title})",
        kind="preference" if preference else "rl" if prompts else "text" if "text" in parts else "sft",
        fits=_having(required, either),
        schema=_schema(parts, required, later),
        read=reader(parts, fields, preference=preference, answerer=columns.get(ANSWERER, "")),
        keys=taken,
        fields=_answered(fields, parts) if _are_texts(parts) else None,
        reads=tuple(
            each
            for meaning, keys in parts.items()
            if meaning != "labels"
            for key in keys
            for each in {top_of(key), key}
        ),
        marks=tuple(map(top_of, parts.get("labels", ()))),
        aims=aims_of(parts.get("context", ())),
        always=(),
    )


def _parts_of(columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the keys of each meaning other than a category, empty if nothing else is mapped.

    Raises:
        DatalintError: as :func:`make` does.
    """
    for meaning in columns:
        if meaning not in MEANINGS:
            raise DatalintError(f"--columns maps {meaning!r}; it can map {', '.join(MEANINGS)}")
    parts = {meaning: keys for meaning, value in columns.items() if (keys := keys_of(meaning, value))}
    parts.pop("category", None)
    if ANSWERER in columns and "messages" not in parts:
        raise DatalintError(f"--columns maps {ANSWERER}, the speaker who answers in messages; add messages=KEY")
    if not parts:
        return {}
    if not _is_preference(parts) and parts.keys().isdisjoint(("prompt", "response", "text", "messages")):
        raise DatalintError("--columns maps no text; add prompt=KEY and response=KEY (or text=KEY, or messages=KEY)")
    if "context" in parts and "prompt" not in parts:
        raise DatalintError("--columns maps a context, which is read next to a prompt; add prompt=KEY")
    if "labels" in parts and "prompt" not in parts:
        raise DatalintError("--columns maps labels, which are those of a text or its words; add prompt=KEY")
    return parts


def _is_preference(parts: Collection[str]) -> bool:
    return "chosen" in parts and "rejected" in parts


def _required(parts: Mapping[str, Sequence[str]], optional: Collection[str]) -> list[str]:
    """Return the keys that every row has."""
    needed = (key for meaning, keys in parts.items() if meaning not in OPTIONAL for key in keys)
    return [key for key in needed if key not in optional]


def _schema(parts: Mapping[str, Sequence[str]], required: Sequence[str], later: Collection[str]) -> dict[str, Any]:
    """Return the JSON Schema of rows; ``later`` are the keys of turns that may be missing, as responses may.

    A list of messages that is all of an example may not be empty, as in the known shapes.
    """
    alone = parts["messages"] if parts.keys() <= {"messages", "system"} and len(parts["messages"]) == 1 else ()
    more = {"minItems": 1, "x-rule": {"minItems": "empty-messages"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": _of_rows(required),
        "properties": {
            key: {"type": list(_RESPONSES if meaning == "response" or key in later else _TYPES)}
            | (more if key in alone else {})
            for meaning, keys in parts.items()
            if meaning != "context"
            for key in keys
            if NESTED not in key
        },
    }


def _alternatives(parts: Mapping[str, Sequence[str]], *, prompts: bool) -> tuple[str, ...]:
    """Return the keys of several texts, or of several parts of a prompt without a response: a row has one at least."""
    keys = parts.get("text", parts["prompt"] if prompts else ())
    return tuple(keys) if len(keys) > 1 else ()


def _having(required: Sequence[str], either: Sequence[str]) -> Callable[[Collection[str]], bool]:
    """Return a test of keys: all that are ``required``, and one of ``either`` if there are any."""
    if not any(NESTED in key for key in (*required, *either)):
        whole, some = having(*required), frozenset(either)
        return (lambda keys: whole(keys) and not some.isdisjoint(keys)) if some else whole
    return lambda keys: (
        all(has_key(keys, key) for key in required) and (not either or any(has_key(keys, key) for key in either))
    )


def _are_texts(parts: Mapping[str, Sequence[str]]) -> bool:
    """Whether turns are texts under keys of their own, so that many rows can be read at once."""
    several = any(len(keys) > 1 for meaning, keys in parts.items() if meaning != "context")
    nested = any(NESTED in key for keys in parts.values() for key in keys)
    return parts.keys() <= {*_PARTS, "labels"} and not several and not nested


def _fields(parts: Mapping[str, Sequence[str]], taken: Sequence[str], *, named: bool) -> Fields:
    """Return a function from a row's keys to its fields; contexts that are not mapped go by their names."""
    mapped = parts.get("context")

    @lru_cache(maxsize=_REMEMBERED)
    def fields(keys: tuple[str, ...]) -> tuple[Field, ...]:
        from datalint.support.names.column_names import Strength, strength

        found: list[Field] = []
        for part in _PARTS:
            if part == "context" and mapped is None and named and "prompt" in parts:
                near = [key for key in keys if key not in taken and strength(key, "context") >= Strength.HEAD]
                found += [Field(key, part) for key in near if not is_technical(key)]
            else:
                found += [Field(key, part) for key in parts.get(part, ()) if has_key(keys, key)]
        return tuple(found)

    return fields


def _answered(fields: Fields, parts: Mapping[str, Sequence[str]]) -> Fields:
    """Return ``fields`` of keys among which every response is; others, whose answer is null, are read one by one."""
    responses = frozenset(parts.get("response", ()))
    return lambda keys: fields(keys) if responses.issubset(keys) else ()
