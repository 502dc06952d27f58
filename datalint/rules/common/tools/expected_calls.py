"""Calls of tools that are right, next to a request, with which those of the model are compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.api import Record
from datalint.rules.common.tools.calls import Call, parse, read_call

#: The shape of rows with a key of such calls, and what its name ends with.
_SHAPE: Final = "prompt-answer"
_ENDS: Final = ("_call", "_calls")
#: Keys of which a call has one; an object with a name alone may be anything.
_OF_CALL: Final = frozenset(("arguments", "args", "input", "parameters", "function"))
#: Names that say that no tool is to be called.
_NO_CALL: Final = frozenset(("none", "null", "no_tool", "no_call", "no_tool_call", "no_function", "n/a", ""))


def expected_calls(record: Record) -> list[Call]:
    """Return the calls that are expected of the model, in order. Their arguments may be a part of those of a call."""
    return record.once(_expected) if record.shape == _SHAPE else []


def _expected(record: Record) -> list[Call]:
    keys = {path.removeprefix("$.").partition("[")[0] for role, _, path, _ in record.turns if role == "assistant"}
    return [call for key in keys if key.endswith(_ENDS) for call in _of_key(record.value.get(key), f"$.{key}")]


def _of_key(value: Any, path: str) -> Iterator[Call]:
    read = parse(value).value if isinstance(value, str) else value
    for index, item in enumerate(read if isinstance(read, list) else [read]):
        if not isinstance(item, dict) or item.keys().isdisjoint(_OF_CALL):
            continue
        # JSON text has no paths within, and neither has a single call a number.
        place = f"{path}[{index}]" if value is read and isinstance(read, list) else path
        call = read_call(item, place)
        if call.name is not None and call.name.strip().lower() not in _NO_CALL:
            yield call
