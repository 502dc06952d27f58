r"""Nearly all texts are JSON objects with the same keys, or nearly all prompts or texts are lists of messages.

## What it does
Counts the texts of plain texts and of texts with a label, and those that are a JSON object. If nearly all are, all with
the same keys, and one of these has sentences, one note says so, with these keys.

Also counts the turns of users in all shapes, and the plain texts, that are a JSON list of messages (`role` and
`content`, or `from` and `value`). If nearly all are, one note says so.

## Why it matters
The model reads keys, quotation marks and escapes (`\ud83d\ude00` is twelve characters for one emoji), and often names,
links and dates that were meant for a program. At inference time, it gets the text alone.

A trainer applies the chat template to a list of messages. It takes the same list as JSON text for the words of one user
message: roles are lost, and the system prompt is no system prompt.

## Bad
```jsonl vary=25
{"text": "{\"user\": \"u{n}\", \"review\": \"The film about {w} is too long.\"}", "label": "bad"}
```

```jsonl vary=25
{"prompt": "[{\"role\": \"user\", \"content\": \"How many {w} are in {n} boxes of 12?\"}]", "answer": "12 * {n}"}
```

## Good
```jsonl vary=25
{"user": "u{n}", "text": "The film about {w} is too long.", "label": "bad"}
```

```jsonl vary=25
{"prompt": [{"role": "user", "content": "How many {w} are in {n} boxes of 12?"}], "answer": "12 * {n}"}
```

## What to do
Parse the texts, and write lists of messages as lists, and of objects the text that the model should read. Put other
values of the objects under keys of their own. In Parquet, a list of messages is a column of lists of structs. In JSON
Lines, `jq -c '.prompt |= fromjson' FILE` parses the texts under the key `prompt`.

## Known limits
Objects in prompts of conversations and instructions are not looked at: a program that calls a model may write JSON.
Where the training code parses the lists before it applies the chat template, the note says nothing new. Objects of
numbers, codes and names only are data, which may be what is to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, excerpt, frozen, listed, option, rule
from datalint.rules.common.frames import is_one_of, picked
from datalint.rules.common.responses.nearly_all import Share, joined, nearly_all, share_of

#: Shapes whose texts are what somebody wrote.
_SHAPES: Final = ("text", "text-label", "mapped-labels")
#: Who says them.
_ROLES: Final = ("text", "user")
#: Spaces of a value from which it is a sentence, and the share of the objects in which a key has one.
_SPACES: Final = 3
_SENTENCES: Final = 0.5
#: Characters of a text that is parsed, and keys that are named.
_READ: Final = 100_000
_NAMED: Final = 4
#: Keys of a message: of who says it, and of what is said.
_MESSAGE: Final = (("role", "content"), ("from", "value"))
#: How such texts become lists.
_LISTS: Final = "in JSON Lines, `jq -c '.KEY |= fromjson' FILE` makes lists of those under a key"
#: What a list of objects begins with.
_LIST: Final = r"^\s*\[\s*\{"


class Counts(NamedTuple):
    """Texts of a chunk or dataset that are JSON.

    Attributes:
        objects: the texts that are objects.
        keys: the number of sentences under each key that all objects have; None without an object.
        messages: the turns of users that are lists of messages.
        chats: the plain texts that are.
    """

    objects: Share
    keys: dict[str, int] | None
    messages: Share
    chats: Share


@frozen
class JsonTextOptions(Options):
    """When the texts of a dataset are JSON."""

    share: float = option(0.9, "share of texts that are JSON objects", source="a few may be empty or cut")
    least: int = option(20, "texts below which nothing is reported", source="shares of fewer are chance")


@rule("QUA048", "json-text", severity=Severity.INFO, since="0.1")
def json_text(data: Dataset, options: JsonTextOptions) -> Iterator[Hit]:
    """Yield one hit, at the first text that is an object, if nearly all are; the same for lists of messages."""
    if data.measured is None:
        return
    found, keys, *listed_turns = data.measured
    for turns, what in zip(listed_turns, ("prompt", "text"), strict=True):
        if (lists := nearly_all(turns, options.share, options.least, what)) is not None:
            share, first = lists
            yield Hit(f"{share} are lists of messages, written as JSON text; {_LISTS}", at=first, key="messages")
    objects = nearly_all(found, options.share, options.least, "text")
    if objects is None or not keys or max(keys.values()) < _SENTENCES * found.having:
        return
    share, first = objects
    # In the order of the first object, those with sentences before the others.
    ordered = sorted(keys, key=lambda key: keys[key] < _SENTENCES * found.having)
    named = [f'"{excerpt(key, 30)}"' for key in ordered]
    which = "key" if len(named) == 1 else "keys"
    yield Hit(f"{share} are JSON objects with the {which} {listed(named, len(named), _NAMED)}", at=first, key="all")


@json_text.measure
def count_json(chunk: Chunk, options: JsonTextOptions) -> Counts:
    """Count the texts of a chunk, those that are JSON objects, and the turns that are lists of messages."""
    objects, keys = _objects(chunk)
    return Counts(objects, keys, _messages(chunk, "user"), _messages(chunk, "text"))


def _objects(chunk: Chunk) -> tuple[Share, dict[str, int] | None]:
    """Return the texts that are objects, and the number of sentences under each key that all of these have."""
    turns, shapes = chunk.turns, chunk.examples["shape"]
    of_shape = is_one_of(shapes, _SHAPES)[turns["example"]]
    turns = picked(turns, of_shape & is_one_of(turns["role"], _ROLES), "example", "text")
    found: list[dict[str, Any] | None] = []
    if turns.height:  # most data has none, and each query has a fixed cost
        inner = turns["text"].str.strip_chars()
        may = inner.str.starts_with("{") & inner.str.ends_with("}")
        found = [_object(text) if is_one else None for text, is_one in zip(inner, may, strict=True)]
    keys: dict[str, int] | None = None
    for each in found:
        if each is not None:
            keys = _both(keys, {key: _is_sentence(value) for key, value in each.items()})
    has = pl.Series([each is not None for each in found], dtype=pl.Boolean)
    return share_of(chunk, turns["example"], has), keys


@json_text.merge
def add(one: Counts, other: Counts) -> Counts:
    """Add up two counts."""
    messages, chats = joined(one.messages, other.messages), joined(one.chats, other.chats)
    return Counts(joined(one.objects, other.objects), _both(one.keys, other.keys), messages, chats)


def _messages(chunk: Chunk, role: str) -> Share:
    """Return the turns of a role that are lists of messages."""
    turns = picked(chunk.turns, is_one_of(chunk.turns["role"], (role,)), "example", "text")
    may = turns["text"].str.contains(_LIST)
    if may.any():
        may = pl.Series(
            [begins and _is_messages(text) for text, begins in zip(turns["text"], may, strict=True)], dtype=pl.Boolean
        )
    return share_of(chunk, turns["example"], may)


def _is_messages(text: str) -> bool:
    """Whether a text is a JSON list of messages."""
    value = _parsed(text)
    return isinstance(value, list) and all(
        isinstance(each, dict) and any(isinstance(each.get(who), str) and said in each for who, said in _MESSAGE)
        for each in value
    )


def _both(one: dict[str, int] | None, other: dict[str, int] | None) -> dict[str, int] | None:
    """Return the sums of two counts under the keys that both have."""
    if one is None or other is None:
        return other if one is None else one
    return {key: count + other[key] for key, count in one.items() if key in other}


def _is_sentence(value: Any) -> int:
    return int(isinstance(value, str) and value.count(" ") >= _SPACES)


def _object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that a text is; None for another text, and for an object without a key."""
    value = _parsed(text)
    return value if isinstance(value, dict) and value else None


def _parsed(text: str) -> Any:
    """Return the value that a text is as JSON; None for another text, and for a long one."""
    if len(text) > _READ:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
