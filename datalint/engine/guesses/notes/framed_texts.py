"""Notes about texts that are read whole, although all of them have the same headings: parts with names of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.support.chat_texts.recognized import are_conversations
from datalint.support.enumerations import enumerated
from datalint.support.lazy_pattern import lazy_pattern

#: Rows and characters that are looked at, and rows at least.
_ROWS: Final = 100
_LOOKED_AT: Final = 4_000
_LEAST_ROWS: Final = 20
#: Headings of a text, at least and at most.
_LEAST: Final = 3
_MOST: Final = 8
#: The shape and the key of texts that are read alone.
_TEXT: Final = "text"
#: A heading at the beginning of a line: up to three words with a capital, and a colon.
_HEADING: Final = lazy_pattern(r"(?m)^([A-Z][A-Za-z]{1,20}(?: [A-Za-z]{1,20}){0,2}):(?=\s)")


def framed_texts(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on texts that all consist of parts with the same headings; empty for none.

    Conversations with roles for headings are read as such, or have a note of their own.
    """
    if shape.name != _TEXT or len(_headings(first.get(_TEXT))) < _LEAST:
        return ""
    texts = [row.get(_TEXT) for row in islice(rows, _ROWS)]
    frames = {_headings(text) for text in texts}
    if (
        len(texts) < _LEAST_ROWS
        or len(frames) != 1
        or are_conversations([text for text in texts if isinstance(text, str)])
    ):
        return ""
    names = [f'"{excerpt(name, 40)}"' for name in frames.pop()]
    return (
        f"only the text is read, whose parts are {enumerated(names)} in all of the first "
        f"{len(texts)} rows; to learn the last parts alone, write them as response and the others as prompt"
    )


def _headings(text: object) -> tuple[str, ...]:
    """Return the headings of a text that begins with one; none if one is repeated, or there are too many."""
    if not isinstance(text, str) or not _HEADING.match(text):
        return ()
    found = tuple(match[1] for match in _HEADING.finditer(text, 0, _LOOKED_AT))
    return found if len({*found}) == len(found) <= _MOST else ()
