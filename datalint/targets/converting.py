"""What conversion for a target does to a row after its shape: the form of tool arguments, and keys that are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt
from datalint.targets.conditions import CheckedRow, messages
from datalint.targets.judge import format_of
from datalint.targets.spec import Target


def shape_for(target: Target) -> str:
    """Return the shape that rows are converted to for a target.

    Raises:
        DatalintError: when conversion writes none that it reads.
    """
    if not target.convert_to:
        names = ", ".join(dict.fromkeys(each.shape for each in target.formats if each.shape))
        reads = f"reads {names}, and " if names else ""
        raise DatalintError(f"{target.name} {reads}names no shape to convert to; choose one with --to")
    return target.convert_to


def for_target(row: dict[str, Any], target: Target) -> tuple[dict[str, Any], set[str]]:
    """Return a row as the target reads it, the same object where nothing changes, and what it lost."""
    losses: set[str] = set()
    read = format_of(target, row)
    if read is None:
        return row, losses
    if target.other_keys == "rejects":
        known = {*read.keys, *read.optional}
        refused = [key for key in row if key not in known]
        losses |= {f'key "{excerpt(key, 40)}"' for key in refused}
        row = {key: value for key, value in row.items() if key in known} if refused else row
    if any(_changed(target.arguments, function) for function in _functions(row, target)):
        row = json.loads(json.dumps(row))  # a copy, all the way down
        for function in _functions(row, target):
            if _changed(target.arguments, function):
                function["arguments"] = _in_form(target.arguments, function["arguments"])
    return row, losses


def _functions(row: dict[str, Any], target: Target) -> Iterator[dict[str, Any]]:
    for _, message in messages(CheckedRow(row, (), format_of(target, row))):
        calls = message.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            function = call.get("function") if isinstance(call, dict) else None
            if isinstance(function, dict) and "arguments" in function:
                yield function


def _changed(form: str, function: dict[str, Any]) -> bool:
    return bool(_in_form(form, function["arguments"]) is not function["arguments"])


def _in_form(form: str, arguments: Any) -> Any:
    """Return arguments in the form that a target reads, the same object where they cannot or need not change."""
    if form == "string" and isinstance(arguments, dict):
        return json.dumps(arguments, ensure_ascii=False)
    if form == "object" and isinstance(arguments, str):
        try:
            value = json.loads(arguments)
        except (ValueError, RecursionError):
            return arguments
        return value if isinstance(value, dict) else arguments
    return arguments
