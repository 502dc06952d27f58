"""Notes about several responses to a prompt that is read alone, such as those of several models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.places import joined
from datalint.shapes.base import Shape
from datalint.shapes.guess import Guess

#: The shape of prompts that are read alone, and that of those whose key is guessed.
_PROMPTS: Final = "prompt-only"
_MAPPED: Final = "mapped-prompts"
#: Words of the names of responses, and of texts that are one only under such a name.
_NAMES: Final = frozenset(
    """response responses completion completions generation generations output outputs answer answers reply replies
    candidate candidates rollout rollouts""".split()
)
_RESPONSES: Final = ("response", "completion", "generation", "reply", "model_response", "model_output", "model_answer")
_TEXTS: Final = ("text", "content", "answer", "output", "message")
#: Keys of what a response answers: with one, an item is an example of its own.
_ASKS: Final = frozenset("prompt question input instruction query problem messages".split())
#: Rows that are looked at, the share of them that have several responses at least, and keys of a row.
_ROWS: Final = 100
_MANY: Final = 0.5
_MOST: Final = 64
#: Responses of a row that are looked at, how many there are at least, and characters of most of them.
_ITEMS: Final = 50
_SEVERAL: Final = 2
_LEAST: Final = 20


def unread_responses(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on several responses next to the prompt of rows like the ``first``; empty for none."""
    if shape.name == _MAPPED and len(shape.keys) == 1 and len(first) <= _MOST:
        return _of_models(first, shape.keys[0], rows)
    if shape.name != _PROMPTS or len(first) > _MOST:
        return ""
    keys = [key for key, value in first.items() if _count(key, value)]
    some = list(islice(rows, _ROWS)) if keys else []
    keys = [key for key in keys if sum(_count(key, row.get(key)) >= _SEVERAL for row in some) >= _MANY * len(some)]
    if not keys:
        return ""
    most = max(_count(keys[0], row.get(keys[0])) for row in some)
    learn = "write a row for each that should be learned, or a pair of a better and a worse one"
    named = f'"{excerpt(keys[0], 40)}"'
    return f"{named} has up to {most} responses to a prompt, which are not read; to learn them: {learn}"


def _of_models(first: Mapping[str, Any], prompt: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on what several models answer to a prompt, each under its name; empty for none."""
    long = [key for key, value in first.items() if isinstance(value, str) and key != prompt and len(value) >= _LEAST]
    if len(long) < _SEVERAL:
        return ""
    from datalint.support.names.model_names import is_model

    models = [key for key in long if is_model(key)]
    some = list(islice(rows, _ROWS)) if len(models) >= _SEVERAL else []
    models = [key for key in models if sum(isinstance(row.get(key), str) for row in some) >= _MANY * len(some)]
    if len(models) < _SEVERAL:
        return ""
    shown = [f'"{excerpt(key, 40)}"' for key in models]
    named = joined(shown, _SEVERAL)
    option = Guess.of({"prompt": prompt, "response": models[0]}).option
    return f"{named} are answers of models, and none of them is learned; to learn one: {option}"


def _count(key: str, value: object) -> int:
    """Return how many responses a list or an object has, up to a limit; 0 if most of them are none."""
    named = not _NAMES.isdisjoint(re.split(r"[\W_\d]+", key[:_ITEMS].lower()))
    if isinstance(value, dict) and named:
        items = list(islice(value.values(), _ITEMS))
    elif isinstance(value, list):
        items = value[:_ITEMS]
    else:
        return 0
    texts = [text for item in items if (text := _text_of(item, named=named)) is not None]
    if len(texts) < len(items) or 2 * sum(len(text) >= _LEAST for text in texts) <= len(texts):
        return 0
    return len(texts)


def _text_of(item: object, *, named: bool) -> str | None:
    """Return the text of a response, and None for anything else."""
    if isinstance(item, dict):
        known = (*_RESPONSES, *_TEXTS) if named else _RESPONSES
        found = (item[key] for key in known if isinstance(item.get(key), str))
        return next(found, None) if _ASKS.isdisjoint(item) else None
    return item if named and isinstance(item, str) else None
