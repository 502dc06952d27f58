"""Note on answers with numbers in their names, of which one is read: ``neutral_comment1`` and ``neutral_comment2``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.places import joined
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.side_keys import use_of

#: Keys of a row, rows that are looked at, and the share of them that have another answer at least.
_MOST: Final = 64
_ROWS: Final = 100
_SOME: Final = 0.05
#: Answers that are named.
_NAMED: Final = 2


def numbered_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on more answers to a prompt, under the name of the one that is learned; empty for none.

    Prompts with numbers as well are those of other pairs.
    """
    if len(first) > _MOST or shape.kind != "sft" or shape.fields is None:
        return ""
    parts = fields_of(shape, first)
    answers = keys_of(parts, "response")
    read = {key for key, _ in parts}
    if len(answers) != 1 or not (stem := _stem(answers[0])) or any(map(_stem, read - {*answers})):
        return ""
    others = [key for key in first if key not in read and _stem(key) == stem and use_of(key) != "metadata"]
    some = list(islice(rows, _ROWS)) if others else []
    others = [key for key in others if sum(_is_text(row.get(key)) for row in some) > _SOME * len(some)]
    if not others:
        return ""
    shown = [f'"{excerpt(key, 40)}"' for key in others]
    named = joined(shown, _NAMED)
    more, be = ("more answers", "are") if len(others) > 1 else ("one more answer", "is")
    return f"{named} {be} not read, {more} to the same prompt: write each as a row of its own to learn it"


def _stem(key: str) -> str:
    """Return a key without the number at its end; empty for a key without one, or with nothing else."""
    bare = key.rstrip("0123456789")
    return "" if bare == key else bare.rstrip("_- ")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and " " in value.strip()
