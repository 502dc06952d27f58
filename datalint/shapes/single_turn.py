"""Shapes of one prompt and one response under keys of their own, made from the names of these keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from datalint.core.kind import Kind
from datalint.shapes.base import Categories, Shape
from datalint.shapes.fields import choose, field_reader
from datalint.shapes.message_schema import ROLES, turns_schema
from datalint.shapes.side_keys import CONTEXT
from datalint.shapes.text_objects import TEXT_OBJECT

#: Keys of a system prompt, over trainers.
SYSTEM: Final = ("system", "system_prompt")
#: Keys that trainers join to a text without asking for its type: there a number is an error.
_TEXTS_ONLY: Final = frozenset(("completion", "output", "response"))
_TEXTS: Final = ["string", "array"]
_SCALARS: Final = ["string", "number", "boolean", "array", "object"]
#: Keys that may hold messages, of which an empty list has none. Elsewhere it is a list without answers.
_MESSAGE_KEYS: Final = frozenset(("prompt", "completion"))
#: A list of messages, distinguished from a list of answers and from content parts by its first item.
_MESSAGES: Final[dict[str, Any]] = {
    "if": {
        "type": "array",
        "anyOf": [
            {"maxItems": 0},
            {
                "prefixItems": [
                    {
                        "not": {
                            "anyOf": [
                                {"type": ["string", "number", "boolean", "array"]},
                                {"type": "object", "required": ["type"], "not": {"required": ["role"]}},
                                {
                                    "type": "object",
                                    "not": {"anyOf": [{"required": [key]} for key in ("role", "from", "content")]},
                                },
                            ]
                        }
                    }
                ]
            },
        ],
    },
    "then": turns_schema(roles=ROLES),
}


def one_of(keys: Sequence[str]) -> dict[str, Any]:
    """Return the schema of rows in which one of ``keys`` holds something, whatever the others hold."""
    given = [{"required": [key], "properties": {key: {"not": {"type": "null"}}}} for key in keys]
    return {"anyOf": given, "x-keys": list(keys)}


def _value(key: str, types: list[str], *, several: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": [*types, "null"] if several else types}
    if key in _MESSAGE_KEYS:
        return schema | _MESSAGES
    return schema | {"if": {"minItems": 1}, "then": _MESSAGES}


def _prompt(key: str, *, several: bool, objects: bool) -> dict[str, Any]:
    schema = _value(key, _TEXTS, several=several)
    return {"if": TEXT_OBJECT, "then": {}, "else": schema} if objects else schema


def single_turn(
    name: str,
    title: str,
    *,
    prompt: Sequence[str],
    response: Sequence[str],
    context: Sequence[str] = (),
    kind: Kind = "sft",
    fits: Callable[[Collection[str]], bool] | None = None,
    categories: tuple[Categories, ...] = ("label", "responses"),
    objects: bool = False,
) -> Shape:
    """Return the shape whose prompt is under the first of the keys ``prompt``, and so for the response.

    ``context`` are keys of what the model reads next to the prompt in this shape, in addition to the usual ones.
    ``objects`` says that a prompt may be an object with its text.
    """
    taken = {*SYSTEM, *prompt, *response, *context}
    fields = choose(
        ("system", SYSTEM),
        ("history", ("history",)),
        ("prompt", prompt),
        ("context", (*context, *(key for key in CONTEXT if key not in taken))),
        ("response", response),
    )
    prompts, responses = frozenset(prompt), frozenset(response)

    def has_both(keys: Collection[str]) -> bool:
        return not prompts.isdisjoint(keys) and not responses.isdisjoint(keys)

    return Shape(
        name=name,
        title=title,
        kind=kind,
        fits=fits or has_both,
        schema=_schema(title, prompt, response, objects=objects),
        read=field_reader(fields, given=kind == "rl"),
        keys=(*prompt, *response, *context, *SYSTEM, "tools", "history", "id"),
        family="single turn",
        fields=fields,
        lists=tuple(key for key in (*prompt, *response) if key in _MESSAGE_KEYS),
        categories=categories,
    )


def _schema(title: str, prompt: Sequence[str], response: Sequence[str], *, objects: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {
            **{key: _prompt(key, several=len(prompt) > 1, objects=objects) for key in prompt},
            **{
                key: _value(key, _TEXTS if key in _TEXTS_ONLY else _SCALARS, several=len(response) > 1)
                for key in response
            },
        },
    }
    if several := [one_of(keys) for keys in (prompt, response) if len(keys) > 1]:
        schema["allOf"] = several
    return schema
