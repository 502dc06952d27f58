"""Notes about other versions of the summary that is learned, such as a longer one, which are not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.side_keys import use_of

#: Parts of the names of summaries, and keys of a row.
_NAMES: Final = ("summary", "tldr")
_MOST: Final = 64
#: Rows that are looked at, the share of them that have another summary at least, and characters of one.
_ROWS: Final = 100
_MANY: Final = 0.5
_LEAST: Final = 20


def other_summaries(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the summaries of a row that are not read next to one that is; empty for none."""
    if len(first) > _MOST or shape.kind != "sft" or shape.fields is None:
        return ""
    parts = fields_of(shape, first)
    asked = keys_of(parts, "prompt")
    answers = keys_of(parts, "response")
    if len(asked) != 1 or len(answers) != 1 or not _is_summary(answers[0]):
        return ""
    read = {key for key, _ in parts}
    others = [key for key in first if key not in read and _is_summary(key) and can_be_typed(key)]
    some = list(islice(rows, _ROWS)) if others else []
    others = [key for key in others if sum(map(_is_text, (row.get(key) for row in some))) >= _MANY * len(some)]
    if not others:
        return ""
    option = Guess.of({"prompt": asked[0], "response": others[0]}).option
    more = f" and {len(others) - 1} more are" if len(others) > 1 else " is"
    learned, other = excerpt(answers[0], 40), excerpt(others[0], 40)
    return f'the summary under "{learned}" is learned, and "{other}"{more} not read; to learn that instead: {option}'


def _is_summary(key: str) -> bool:
    return any(name in key.lower() for name in _NAMES) and use_of(key) != "metadata"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) >= _LEAST
