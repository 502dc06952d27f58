"""Declarations and arguments of tools, which every shape has in its own form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.conversion.model import ToolCall, UnfitError

Row = dict[str, Any]
#: Keys of a tool of OpenAI that every shape with tools has.
_DECLARED: Final = frozenset(("name", "description", "parameters"))


def as_list(tools: Any) -> Any:
    """Return tools as a list, which some shapes write as JSON text."""
    if not isinstance(tools, str):
        return tools
    try:
        return json.loads(tools)
    except ValueError:
        raise UnfitError("its tools are not JSON") from None


def listed(value: Any) -> list[Any]:
    """Return a list as it is, and anything else as a list of it alone."""
    return value if isinstance(value, list) else [value]


def functions(tools: Any, losses: set[str]) -> Iterator[Row]:
    """Yield the functions among tools, each with its ``name`` and perhaps ``description`` and ``parameters``.

    Raises:
        UnfitError: for a tool that is no function.
    """
    for tool in listed(as_list(tools)):
        function = tool.get("function", tool) if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise UnfitError("a tool is no function with a name")
        losses |= {f'the key "{excerpt(key, 40)}" of tools' for key in function.keys() - _DECLARED - {"type"}}
        yield {key: value for key, value in function.items() if key in _DECLARED and value is not None}


def declared(name: Any, description: Any, parameters: Any) -> Row:
    """Return a tool as OpenAI has it.

    Raises:
        UnfitError: if it has no name.
    """
    if not isinstance(name, str):
        raise UnfitError("a tool is no function with a name")
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": {key: value for key, value in function.items() if value is not None}}


def call_object(call: ToolCall) -> Row:
    """Return the arguments of a call as an object.

    Raises:
        UnfitError: if they are no tools.
    """
    arguments = call.arguments
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            arguments = None
    if not isinstance(arguments, dict):
        raise UnfitError("the arguments of a tool call are no object")
    return arguments


def made_call(name: Any, arguments: Any, mark: Any = None) -> ToolCall:
    """Return a call.

    Raises:
        UnfitError: if it has no name.
    """
    if not isinstance(name, str):
        raise UnfitError("a tool call has no name")
    return ToolCall(name, {} if arguments is None else arguments, mark if isinstance(mark, str) else None)
