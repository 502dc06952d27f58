"""Notes about texts that each have a question and its answer: ``Q: …`` on one line, and ``A: …`` on another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of
from datalint.support.lazy_pattern import lazy_pattern

#: Shapes of texts under other keys, and with a label: texts alone may be meant to be learned whole.
_SHAPES: Final = frozenset(("text-label", "mapped"))
#: The beginning of a question, and of its answer on a later line.
_ASKED: Final = lazy_pattern(r"\s{0,9}(?:Q|Question|Pregunta|Pergunta|Frage|问|问题)\s?[:：]\s?\S")
_ANSWERED: Final = lazy_pattern(
    r"^\s{0,9}(?:A|Answer|Respuesta|Resposta|Antwort|答|答案|回答)\s?[:：]\s?\S", re.MULTILINE
)
#: Rows and characters that are looked at, rows at least, and the share of them that must be so.
_ROWS: Final = 100
_LOOKED_AT: Final = 4_000
_LEAST: Final = 3
_NEARLY_ALL: Final = 0.9
#: Keys of a row.
_MOST_KEYS: Final = 64


def asked_texts(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on such texts, which are read whole; empty for others."""
    if shape.name not in _SHAPES or shape.fields is None or len(first) > _MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    keys = [key for key, part in fields if part in ("text", "prompt") and _is_asked(first.get(key))]
    if len(keys) != 1:
        return ""
    some = [row.get(keys[0]) for row in islice(rows, _ROWS)]
    if len(some) < _LEAST or sum(map(_is_asked, some)) < _NEARLY_ALL * len(some):
        return ""
    named = f'"{excerpt(keys[0], 40)}"'
    remedy = "to learn the answers, write them as prompt and completion"
    return f"each text under {named} has a question and its answer; {remedy}"


def _is_asked(text: object) -> bool:
    """Whether a text begins with a question, and has an answer on another line."""
    return (
        isinstance(text, str)
        and _ASKED.match(text) is not None
        and _ANSWERED.search(text, text.find("\n") + 1, _LOOKED_AT) is not None
    )
