"""Arrow types: view texts as bytes, decode dictionaries, and recognise types that JSON has too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_BYTES: Final = {"string": "binary", "large_string": "large_binary", "string_view": "binary_view"}


def is_text(kind: Any) -> bool:
    """Return whether a type is that of texts or bytes of variable length."""
    return str(kind) in _BYTES or str(kind) in _BYTES.values()


def is_json(kind: Any) -> bool:
    """Return whether the Python values of a type are JSON values."""
    import pyarrow.types as types  # type: ignore[import-untyped]

    if types.is_struct(kind):
        return all(is_json(kind.field(index).type) for index in range(kind.num_fields))
    if types.is_list(kind) or types.is_large_list(kind):
        return is_json(kind.value_type)
    return any(
        test(kind)
        for test in (
            types.is_string,
            types.is_large_string,
            types.is_integer,
            types.is_floating,
            types.is_boolean,
            types.is_null,
        )
    ) and not types.is_float16(kind)


def check_names(kind: Any) -> None:
    """Raise UnicodeDecodeError if a name in a schema or type is not UTF-8."""
    fields = kind if hasattr(kind, "names") else [kind.field(place) for place in range(kind.num_fields)]
    for each in fields:
        assert isinstance(each.name, str)
        check_names(each.type)


def text_columns(schema: Any) -> tuple[str, ...]:
    """Return the names of the columns of texts in a schema."""
    import pyarrow as pa

    return tuple(each.name for each in schema if pa.types.is_string(each.type) or pa.types.is_large_string(each.type))


def as_bytes(array: Any) -> Any:
    """Return a view of an array with bytes in place of texts, as far as pyarrow supports it.

    Its views of nested arrays without a type of their own (``null``) have wrong lengths.
    """
    import pyarrow as pa

    kind = array.type if _has_null(array.type) else _replaced(array.type, _bytes_type)
    try:
        return array if kind is array.type else array.view(kind)
    except pa.ArrowNotImplementedError:
        return array


def without_dictionaries(batch: Any) -> Any:
    """Return a record batch with texts in place of dictionary references; a copy would keep the entire dictionary."""
    import pyarrow as pa

    stored = batch.schema.types
    kinds = [_replaced(kind, _text_type) for kind in stored]
    changed = [new is not old for new, old in zip(kinds, stored, strict=True)]
    if not any(changed):
        return batch
    fields = [each.with_type(kind) for each, kind in zip(batch.schema, kinds, strict=True)]
    try:
        columns = [
            column.cast(kind) if cast else column
            for column, kind, cast in zip(batch.columns, kinds, changed, strict=True)
        ]
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return batch
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def _bytes_type(kind: Any) -> Any:
    import pyarrow as pa

    name = _BYTES.get(str(kind))
    return kind if name is None else getattr(pa, name)()


def _has_null(kind: Any) -> bool:
    """Return whether a type, or a type within it, is that of values that are all null."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        return _has_null(kind.value_type)
    return types.is_null(kind) or any(_has_null(kind.field(place).type) for place in range(kind.num_fields))


def _text_type(kind: Any) -> Any:
    import pyarrow.types as types

    return kind.value_type if types.is_dictionary(kind) and is_text(kind.value_type) else kind


def _replaced(kind: Any, leaf: Callable[[Any], Any]) -> Any:
    """Return a type with its inner types replaced by ``leaf``; the same object if nothing changes."""
    import pyarrow as pa
    import pyarrow.types as types

    if (found := leaf(kind)) is not kind:
        return found
    if types.is_dictionary(kind):
        value = _replaced(kind.value_type, leaf)
        return kind if value is kind.value_type else pa.dictionary(kind.index_type, value, kind.ordered)
    if types.is_map(kind):
        key, item = (each.with_type(_replaced(each.type, leaf)) for each in (kind.key_field, kind.item_field))
        return kind if (key, item) == (kind.key_field, kind.item_field) else pa.map_(key, item)
    if types.is_struct(kind):
        old = [kind.field(place) for place in range(kind.num_fields)]
        new = [each.with_type(_replaced(each.type, leaf)) for each in old]
        return kind if new == old else pa.struct(new)
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        field = kind.value_field.with_type(_replaced(kind.value_field.type, leaf))
        if field == kind.value_field:
            return kind
        if types.is_fixed_size_list(kind):
            return pa.list_(field, kind.list_size)
        return pa.list_(field) if types.is_list(kind) else pa.large_list(field)
    return kind
