"""Reading of rows in named lists: with the name of their list, and with their pieces joined to one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.encoding import decode_legacy
from datalint.sources.json_layout import WHITE
from datalint.sources.readers.documents.unnamed_elements import Nameless

#: The key of the pieces of a text, the keys of a piece, and those of its kind.
_PIECES: Final = "data"
_OF_A_PIECE: Final = frozenset(("text", "entity", "slot_name"))
_NAMES: Final = ("slot_name", "entity")
#: The codec that maps bytes of any encoding to characters, and back.
_ANY: Final = "latin-1"


@dataclass(frozen=True, slots=True)
class InLists:
    """A layout of objects as rows: an object that begins at or after ``begins[i]`` is in the list named ``names[i]``.

    The name becomes the value of ``key``, unless that is empty. If ``pieces`` is true, an object is a list of pieces of
    a text, which are joined. ``items`` are the names of the items of an element that is a list, or if ``paired`` is
    true, of a key of an object and its value.
    """

    begins: Places
    names: tuple[bytes, ...]
    key: str = ""
    pieces: bool = False
    items: tuple[str, ...] = ()
    paired: bool = False

    def row(self, element: bytes, place: int) -> bytes:
        """Return the row of an element that begins at ``place`` of the content; another layout is returned as it is."""
        found = (Nameless(self.items, paired=self.paired).row(element) if self.items else element).strip(WHITE)
        if self.pieces:
            found = _joined(found) or found
        inner = found[1:-1].strip(WHITE)
        if not self.key or found[:1] != b"{" or found[-1:] != b"}" or not inner or _has(found, self.key):
            return found
        index = int(np.searchsorted(self.begins, place, side="right")) - 1
        return b'{%b,"%b":%b}' % (inner, self.key.encode(), self.names[index])

    def within(self, start: int, stop: int) -> InLists:
        """Return the same for elements that begin from ``start`` to before ``stop``."""
        first = max(int(np.searchsorted(self.begins, start, side="right")) - 1, 0)
        after = max(int(np.searchsorted(self.begins, stop)), first + 1)
        return InLists(
            self.begins[first:after], self.names[first:after], self.key, self.pieces, self.items, self.paired
        )


def are_pieces(row: Any) -> bool:
    """Return whether a row has only the pieces of a text, some of them with a name of their kind."""
    pieces = row.get(_PIECES) if isinstance(row, dict) and len(row) == 1 else None
    if not isinstance(pieces, list) or not pieces:
        return False
    return all(isinstance(each, dict) and each.keys() <= _OF_A_PIECE for each in pieces) and all(
        all(isinstance(value, str) for value in each.values()) and "text" in each for each in pieces
    )


def entity_of(piece: dict[str, str]) -> str:
    """Return the name of the kind of a piece; empty for the text between."""
    return next((piece[key] for key in _NAMES if piece.get(key)), "")


def _has(element: bytes, key: str) -> bool:
    """Return whether an object has a key, whatever the encoding of its texts."""
    if b'"%b"' % key.encode() not in element:
        return False
    try:
        return key in orjson.loads(element.decode(_ANY))
    except orjson.JSONDecodeError:
        return True


def _joined(element: bytes) -> bytes:
    """Return the row of a text in pieces: the text, and the places of those with a name; empty for another layout.

    Bytes that are not UTF-8 but text of another encoding stay as they are, for what reads the row.
    """
    try:
        return _row_of(orjson.loads(element))
    except orjson.JSONDecodeError:
        pass
    if decode_legacy(element) is None:
        return b""
    try:
        return _row_of(orjson.loads(element.decode(_ANY))).decode().encode(_ANY)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return b""


def _row_of(value: Any) -> bytes:
    if not are_pieces(value):
        return b""
    text, entities = "", []
    for piece in value[_PIECES]:
        start, text = len(text), text + piece["text"]
        if name := entity_of(piece):
            entities.append({"start": start, "end": len(text), "label": name})
    return orjson.dumps({"text": text, "entities": entities})
