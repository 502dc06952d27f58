"""Compute the size of Arrow values as Python objects before they are created.

A few bytes of Arrow can represent very many values: dictionaries, views and lists may refer to one value any number of
times, and a column of nulls takes no bytes.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from datalint.sources.tables.arrow_types import is_text

#: Bytes that are counted per value in addition to its text: the reference in a Python list.
VALUE: Final = 8


def batch_weight(batch: Any) -> int:
    """Return the size of a validated ``pyarrow`` record batch: the bytes of texts and numbers, plus :data:`VALUE` each.

    It is exact for texts, lists and structs, and an upper bound for rare types.
    """
    return int(batch.num_rows) * VALUE + sum(map(_weight, batch.columns))


def _weight(array: Any) -> int:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.types as types  # type: ignore[import-untyped]

    kind, count = array.type, len(array)
    if isinstance(kind, pa.BaseExtensionType):
        return _weight(array.storage)
    if is_text(kind):
        return count * VALUE + int(_lengths(array).sum())
    if types.is_struct(kind):
        return count * VALUE + sum(map(_weight, array.flatten()))
    if types.is_map(kind):
        return _weight(array.view(pa.list_(pa.struct([kind.key_field, kind.item_field]))))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return count * VALUE + _weight(array.flatten())
    if types.is_dictionary(kind):
        return count * VALUE + _dictionary(array)
    if _is(kind, "is_run_end_encoded"):
        return count * (VALUE + _most(array.values))
    if types.is_union(kind):
        inner = [array.field(place) for place in range(kind.num_fields)]
        return count * VALUE + (sum(map(_weight, inner)) if kind.mode == "sparse" else count * max(map(_most, inner)))
    if _is(kind, "is_list_view", "is_large_list_view"):
        items = int(np.asarray(array.sizes.fill_null(0)).sum())
        values = array.values
        # Views that share no values have at most as many items as there are values.
        return count * VALUE + (_weight(values) if items <= len(values) else items * _most(values))
    return count * VALUE + (0 if types.is_null(kind) else int(array.nbytes))


def _is(kind: Any, *names: str) -> bool:
    """Return whether a type is one of ``names``; old versions of pyarrow lack some of the functions."""
    import pyarrow.types as types

    return any(getattr(types, name, _never)(kind) for name in names)


def _never(_: Any) -> bool:
    return False


def _lengths(array: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the number of bytes of each text, 0 for null."""
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    if not _is(array.type, "is_string_view", "is_binary_view"):
        return np.asarray(pc.binary_length(array).fill_null(0), dtype=np.int64)
    # pyarrow has no function for the lengths: they are the first four bytes of each 16-byte view.
    views = np.frombuffer(array.buffers()[1], "<i4")[::4][array.offset : array.offset + len(array)]
    return np.where(np.asarray(array.is_valid()), views, 0).astype(np.int64)


def _most(array: Any) -> int:
    """Return the maximum size of one value of an array."""
    import pyarrow.types as types

    if is_text(array.type):
        return VALUE + int(_lengths(array).max(initial=0))
    return 2 * VALUE if types.is_primitive(array.type) or types.is_null(array.type) else _weight(array)


def _dictionary(array: Any) -> int:
    values = array.dictionary
    if not is_text(values.type):
        return len(array) * _most(values)
    lengths = _lengths(values)
    return int(lengths[np.asarray(array.indices.drop_null(), dtype=np.int64)].sum()) if len(lengths) else 0
