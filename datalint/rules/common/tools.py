"""Tool calls and tool declarations of a row, in every dialect that trainers read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from datalint.api import Record

#: ShareGPT and ms-swift: turns whose text is the call.
_CALL_ROLES: Final = frozenset(("function_call", "tool_call"))
_CALL_PARTS: Final = frozenset(("tool_call", "tool_calls", "function_call"))
_THINKING_END: Final = "</think>"


class Absent:
    """Stands for arguments that a call does not have."""


ABSENT: Final = Absent()


class Parsed(NamedTuple):
    """A value read from JSON text, or why it can't be: ``error`` is None when it could."""

    value: Any
    error: str | None


class Call(NamedTuple):
    """One tool call.

    ``path`` is the JSON path of the arguments, or of the text that holds the whole call. ``raw`` is what stands
    there; ``value`` the arguments themselves, read from JSON if ``raw`` is a string, and :data:`ABSENT` where
    there are none. ``error`` says why they could not be read.
    """

    path: str
    name: str | None
    raw: Any
    value: Any
    error: str | None


def parse(text: str) -> Parsed:
    """Read JSON text as strictly as a provider would: no NaN, no single quotes."""
    import orjson

    try:
        # A lone surrogate is another rule's; no JSON syntax depends on it.
        return Parsed(orjson.loads(text.encode("utf-8", "replace")), None)
    except orjson.JSONDecodeError as error:
        return Parsed(None, _reason(text, error.msg.partition(":")[0], error.pos))


def calls(record: Record) -> list[Call]:
    """Return every tool call of the row, in order."""
    return record.once(_calls)


def _calls(record: Record) -> list[Call]:
    return list(_found(record))


def _found(record: Record) -> Iterator[Call]:
    for path, message in record.messages():
        listed = message.get("tool_calls")
        for index, call in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(call, dict):
                yield _of_object(call, f"{path}.tool_calls[{index}]")
        if isinstance(message.get("function_call"), dict):
            yield _of_object(message["function_call"], f"{path}.function_call")
        for key, role in (("value", message.get("from")), ("content", message.get("role"))):
            content = message.get(key)
            if isinstance(role, str) and role in _CALL_ROLES and isinstance(content, str):
                yield from _of_text(content.rpartition(_THINKING_END)[2], f"{path}.{key}")
            elif isinstance(content, list):
                for index, part in enumerate(content):
                    if isinstance(part, dict):
                        yield from _of_part(part, f"{path}.{key}[{index}]")


def declared(record: Record) -> dict[str, Any]:
    """Return the schema of each declared tool's parameters by name.

    A tool that is declared twice maps to None, as it can't be told which declaration holds.
    """
    found: dict[str, Any] = {}
    for tool in _declarations(record.value):
        spec = tool.get("function", tool.get("toolSpec", tool))
        name = spec.get("name") if isinstance(spec, dict) else None
        if isinstance(name, str):
            found[name] = None if name in found else _parameters(spec)
    return found


def _declarations(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    given = value.get("input")
    config = value.get("toolConfig")
    places = (
        value.get("tools"),
        value.get("functions"),
        given.get("tools") if isinstance(given, dict) else None,
        config.get("tools") if isinstance(config, dict) else None,
    )
    for tools in places:
        listed = _plain(tools)
        for tool in listed if isinstance(listed, list) else ():
            item = _plain(tool)
            if isinstance(item, dict):
                yield item


def _parameters(spec: dict[str, Any]) -> Any:
    for key in ("parameters", "input_schema", "inputSchema"):
        if key in spec:
            schema = _plain(spec[key])
            return schema.get("json", schema) if key == "inputSchema" and isinstance(schema, dict) else schema
    return None


def _plain(value: Any) -> Any:
    return parse(value).value if isinstance(value, str) else value


def _of_object(call: dict[str, Any], path: str) -> Call:
    inner = call.get("function")
    if isinstance(inner, dict):
        call, path = inner, f"{path}.function"
    key = "input" if "input" in call and "arguments" not in call else "arguments"
    raw = call.get(key, ABSENT)
    name = call.get("name")
    # OpenAI's arguments are JSON text, Anthropic's and Bedrock's input never is.
    value, error = parse(raw) if isinstance(raw, str) and key == "arguments" else Parsed(raw, None)
    return Call(f"{path}.{key}", name if isinstance(name, str) else None, raw, value, error)


def _of_part(part: dict[str, Any], path: str) -> Iterator[Call]:
    kind = part.get("type")
    if isinstance(part.get("toolUse"), dict):
        yield _of_object(part["toolUse"], f"{path}.toolUse")
    elif kind == "tool_use":
        yield _of_object(part, path)
    elif isinstance(kind, str) and kind in _CALL_PARTS:
        if isinstance(part.get("value"), str):
            yield from _of_text(part["value"], f"{path}.value")
        else:
            inner = part.get("value")
            yield _of_object(inner if isinstance(inner, dict) else part, path)


def _of_text(text: str, path: str) -> Iterator[Call]:
    """Read a text that is one call, or a list of calls, with ``name`` and ``arguments``."""
    parsed = parse(text)
    if parsed.error is not None:
        yield Call(path, None, text, None, parsed.error)
        return
    for call in parsed.value if isinstance(parsed.value, list) else [parsed.value]:
        if isinstance(call, dict):
            yield _of_object(call, path)._replace(path=path)
        else:
            yield Call(path, None, text, call, None)


def _reason(text: str, message: str, position: int) -> str:
    stripped = text.strip()
    if not stripped:
        return "they are empty; a call without arguments has {}"
    if position >= len(text.rstrip()) or "unexpected end" in message:
        return f"they are cut off after {len(text):,} characters"
    if stripped[0] in "{[" and ("'" in text[:3] or text[position : position + 1] == "'"):
        return "they look like a Python dict, not JSON (use json.dumps)"
    if text[position:].startswith(("None", "True", "False")):
        return "they hold Python's None, True or False, not JSON's null, true or false"
    return f"{message} at character {position + 1}"
