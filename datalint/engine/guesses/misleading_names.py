"""Rows whose keys are named as a prompt and its response, and mean something else, as the prompt holds no text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of
from datalint.shapes.mapped import guessed
from datalint.shapes.sink import Sink

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Keys of a row that are looked at, and values in a prompt.
_MOST: Final = 64
_VALUES: Final = 1_000
#: Share of the rows whose prompt holds no text.
_NEARLY_ALL: Final = 0.9


def may_lack_prompt(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether nothing of the prompt of a row is read, as it is lists of numbers."""
    if known.fields is None or len(row) > _MOST:
        return False
    fields = fields_of(known, row)
    prompts = [row[key] for key, part in fields if part == "prompt"]
    if not prompts or not any(part == "response" for _, part in fields) or any(map(_has_text, prompts)):
        return False
    return not _asks(known, row)


def promptless(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return what is proposed instead of a known shape if hardly any row has a prompt; None for other rows."""
    if sum(may_lack_prompt(known, row) for row in rows) < _NEARLY_ALL * len(rows):
        return None
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.translated_keys import infer

    fields = fields_of(known, rows[0])
    taken = {key for key, part in fields if part in ("prompt", "response")}
    others = [{key: value for key, value in row.items() if key not in taken} for row in rows]
    found = (guess for guess in (infer(others), infer(rows)) if guess is not None and _asks(guessed(guess), rows[0]))
    guess = next(found, Guess(()))
    return guess.about(rows)._replace(clear=False, basis="")


def _asks(shape: Shape, row: Mapping[str, Any]) -> bool:
    """Whether a shape reads anything of a row that is asked."""
    sink = Sink()
    sink.begin(0)
    shape.read(dict(row), sink)
    return any(map(str.strip, sink.asked))


def _has_text(value: object) -> bool:
    """Whether a value is a text, or anything else that may be read as one; of a long list, the first values count."""
    waiting, seen = [value], 0
    while waiting and seen < _VALUES:
        item, seen = waiting.pop(), seen + 1
        if isinstance(item, str):
            return True
        if isinstance(item, dict | list):
            waiting += [*(item.values() if isinstance(item, dict) else item)][:_VALUES]
    return not isinstance(value, dict | list) or not value
