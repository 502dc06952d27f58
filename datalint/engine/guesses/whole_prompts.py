"""Prompts that were made of a template and a short text, which is also kept under a key of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.contexts import LONG_CONTEXT
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of a prompt, what it is about, and a response.
_SHAPES: Final = frozenset(("alpaca", "prompt-completion"))
_PARTS: Final = frozenset(("prompt", "context", "response"))
#: Keys of a row that are looked at.
_MOST: Final = 64
#: Rows that are needed, the share of those whose prompt has the text, and that of different texts. A text that many
#: rows share, such as the name of a language, says what to do with the prompt.
_LEAST: Final = 20
_WITHIN: Final = 0.98
_VARIED: Final = 0.8


def may_be_whole(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the prompt of a row contains all the short text that it is about."""
    return known.name in _SHAPES and len(row) <= _MOST and _is_within(row, *_keys(known, row))


def whole_prompts(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that reads only the prompts, if these contain the texts that they are about.

    A long text within the prompt is read once in any case.
    """
    if len(rows) < _LEAST:
        return None
    asked, about = _keys(known, rows[0])
    filled = [row for row in rows if row.get(about) not in (None, "")]
    if len(filled) < _LEAST or sum(_is_within(row, asked, about) for row in filled) < _WITHIN * len(filled):
        return None
    texts = {row[about].strip() for row in filled if isinstance(row[about], str)}
    if len(texts) < _VARIED * len(filled):
        return None
    from datalint.shapes.guess import Guess, can_be_typed

    found: dict[str, str] = {part: key for key, part in fields_of(known, rows[0]) if part != "context"}
    if not all(map(can_be_typed, found.values())):
        return None
    return Guess.of(found, clear=True, basis="values").about(rows, known.name)


def _keys(known: Shape, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the keys of the prompt and of its context, both empty if a row has others or several of them."""
    fields = fields_of(known, row)
    asked, about = keys_of(fields, "prompt"), keys_of(fields, "context")
    if len(asked) == len(about) == 1 and len(fields) == len(_PARTS) and {part for _, part in fields} == _PARTS:
        return asked[0], about[0]
    return "", ""


def _is_within(row: Mapping[str, Any], asked: str, about: str) -> bool:
    prompt, text = row.get(asked), row.get(about)
    if not isinstance(prompt, str) or not isinstance(text, str):
        return False
    text = text.strip()
    return len(text) < min(LONG_CONTEXT, len(prompt)) and text in prompt and has_words(text, 2)
