"""A reader of Thrift's compact protocol, as far as Parquet's metadata needs it.

The encoding is described in https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md. Like the
generated readers, this one skips a field of an unexpected type, uses the last of several fields with the same number,
and truncates integers to their width, so that hostile bytes mean the same to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

I32: Final = 5
I64: Final = 6
BINARY: Final = 8
STRUCT: Final = 12
_TRUE, _FALSE, _BYTE, _I16, _DOUBLE, _LIST, _SET, _MAP = 1, 2, 3, 4, 7, 9, 10, 11
_WIDTHS: Final = {_I16: 16, I32: 32, I64: 64}
_DEEPEST: Final = 64

#: The fields of a struct to read, by number: :data:`I32`, :data:`I64`, the fields of an inner struct, or a list with
#: the fields of the structs in a list. A list with a kind is skipped if its items have that kind, and refused
#: otherwise: generated readers do not look at the kind, so that they would read the following bytes differently.
Fields = Mapping[int, Any]


class BadThriftError(ValueError):
    """Bytes that violate the protocol."""


class ShortError(Exception):
    """The bytes end before the value does."""


class ThriftReader:
    """Reads values from ``data``; ``place`` is the position of the next one.

    Raises:
        ShortError: if the bytes end within a value.
        BadThriftError: if they violate the protocol.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def struct(self, fields: Fields) -> dict[int, Any]:
        """Return the ``fields`` that a struct has: integers, and dicts and lists of dicts of them."""
        found: dict[int, Any] = {}
        self._struct(fields, found, 0)
        return found

    def _struct(self, fields: Fields, found: dict[int, Any], level: int) -> None:
        if level > _DEEPEST:
            raise BadThriftError("nested too deeply")
        number = 0
        while head := self._byte():
            kind, step = head & 15, head >> 4
            number = _signed(number + step, 16) if step else self._integer(_I16)
            wanted = fields.get(number)
            if wanted is not None and wanted == kind:
                found[number] = self._integer(kind)
            elif kind == STRUCT and isinstance(wanted, Mapping):
                self._struct(wanted, found.setdefault(number, {}), level + 1)
            elif kind == _LIST and isinstance(wanted, list) and isinstance(wanted[0], int):
                self._skip_list(wanted[0], level + 1)
            elif kind == _LIST and isinstance(wanted, list):
                self._structs(wanted[0], found.setdefault(number, []), level + 1)
            else:
                self._skip(kind, level + 1)

    def _structs(self, fields: Fields, found: list[dict[int, Any]], level: int) -> None:
        """Read structs into ``found``: over those of an earlier list with the same number, as generated readers do."""
        _, size = self._list_head()  # the kind of the items does not matter to generated readers either
        del found[size:]
        for at in range(size):
            if at == len(found):
                found.append({})
            self._struct(fields, found[at], level)

    def _skip_list(self, expected: int, level: int) -> None:
        kind, size = self._list_head()
        if kind != expected and size:
            raise BadThriftError(f"a list of type {kind}")
        self._skip_items(kind, size, level=level)

    def _skip(self, kind: int, level: int) -> None:
        """Skip the value of a field; a boolean takes no bytes."""
        if kind not in (_TRUE, _FALSE):
            self._skip_item(kind, level)

    def _skip_item(self, kind: int, level: int) -> None:
        if kind in _WIDTHS:
            self._varint()
        elif kind in (_BYTE, _TRUE, _FALSE):
            self._advance(1)
        elif kind == _DOUBLE:
            self._advance(8)
        elif kind == BINARY:
            self._advance(self._varint())
        elif kind == STRUCT:
            self._struct({}, {}, level)
        elif kind in (_LIST, _SET):
            self._skip_items(*self._list_head(), level=level)
        elif kind == _MAP:
            self._skip_map(level)
        else:
            raise BadThriftError(f"a value of type {kind}")

    def _skip_items(self, *kinds_and_size: int, level: int) -> None:
        if level > _DEEPEST:
            raise BadThriftError("nested too deeply")
        *kinds, size = kinds_and_size
        for _ in range(size):
            for kind in kinds:
                self._skip_item(kind, level + 1)

    def _skip_map(self, level: int) -> None:
        if size := self._varint():
            kinds = self._byte()
            self._skip_items(kinds >> 4, kinds & 15, size, level=level)

    def _list_head(self) -> tuple[int, int]:
        head = self._byte()
        return head & 15, self._varint() if head >> 4 == 15 else head >> 4

    def _byte(self) -> int:
        self._advance(1)
        return self._data[self.place - 1]

    def _advance(self, size: int) -> None:
        self.place += size
        if self.place > len(self._data):
            raise ShortError

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & 0xFFFFFFFFFFFFFFFF
        raise BadThriftError("an integer of more than ten bytes")

    def _integer(self, kind: int) -> int:
        value = self._varint()
        if kind != I64:
            value &= 0xFFFFFFFF
        return _signed((value >> 1) ^ -(value & 1), _WIDTHS[kind])


def _signed(value: int, bits: int) -> int:
    half = 1 << (bits - 1)
    return ((value + half) & ((1 << bits) - 1)) - half
