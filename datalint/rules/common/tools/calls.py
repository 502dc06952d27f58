"""Tool calls of a row, in every dialect that trainers read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.api import NamedTuple, Record

#: ShareGPT and ms-swift: turns whose text is the call.
_CALL_ROLES: Final = frozenset(("function_call", "tool_call"))
_CALL_PARTS: Final = frozenset(("tool_call", "tool_calls", "function_call"))
_THINKING_END: Final = "</think>"
_ARGUMENT_KEYS: Final = ("arguments", "input", "args")
_ID_KEYS: Final = ("call_id", "toolUseId", "id")


class Absent:
    """Stands for arguments that a call does not have."""


ABSENT: Final = Absent()


class ParsedJson(NamedTuple):
    """A value read from JSON text, or why it can't be: ``error`` is None when it could."""

    value: Any
    error: str | None


class Call(NamedTuple):
    """One tool call.

    ``path`` is the JSON path of the arguments, or of the text that holds the whole call. ``raw`` is what stands
    there; ``value`` the arguments themselves, read from JSON if ``raw`` is a string, and :data:`ABSENT` where
    there are none. ``error`` says why they could not be read. ``place`` is the path of the call as a whole, ``turn``
    that of its message, and ``id`` what a result refers to, None where the call has no such text.
    """

    path: str
    name: str | None
    raw: Any
    value: Any
    error: str | None
    place: str = ""
    turn: str = ""
    id: str | None = None

    @property
    def is_encoded_twice(self) -> bool:
        """Whether the arguments are JSON text that holds JSON text of an object or a list."""
        return (
            self.error is None
            and isinstance(self.value, str)
            and self.value is not self.raw
            and isinstance(parse(self.value).value, dict | list | str)
        )


def parse(text: str) -> ParsedJson:
    """Read JSON text as strictly as a provider would: no NaN, no single quotes."""
    import orjson

    try:
        # A lone surrogate is another rule's; no JSON syntax depends on it.
        return ParsedJson(orjson.loads(text.encode("utf-8", "replace")), None)
    except orjson.JSONDecodeError as error:
        return ParsedJson(None, _reason(text, error.msg.partition(":")[0], error.pos))


def calls(record: Record) -> list[Call]:
    """Return every tool call of the row, in order."""
    return record.once(_calls)


def _calls(record: Record) -> list[Call]:
    return list(_found(record))


def _found(record: Record) -> Iterator[Call]:
    for path, message in record.messages():
        for call in _of_message(message, path):
            yield call._replace(turn=path)


def _of_message(message: dict[str, Any], path: str) -> Iterator[Call]:
    for key in ("tool_calls", "function_call"):
        listed = message.get(key)
        for index, call in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(call, dict):
                yield read_call(call, f"{path}.{key}[{index}]")
    for key in ("function_call", "tool_call"):
        if isinstance(message.get(key), dict):
            yield read_call(message[key], f"{path}.{key}")
    for key, role in (("value", message.get("from")), ("content", message.get("role")), ("parts", None)):
        content = message.get(key)
        if isinstance(role, str) and role in _CALL_ROLES and isinstance(content, str):
            yield from _of_text(content.rpartition(_THINKING_END)[2], f"{path}.{key}")
        elif isinstance(content, list):
            for index, part in enumerate(content):
                if isinstance(part, dict):
                    yield from _of_part(part, f"{path}.{key}[{index}]")


def read_call(call: dict[str, Any], path: str) -> Call:
    """Return the call that an object is, in any dialect; ``path`` is that of the object."""
    place, identity = path, next((call[key] for key in _ID_KEYS if isinstance(call.get(key), str)), None)
    inner = call.get("function")
    if isinstance(inner, dict):
        call, path = inner, f"{path}.function"
    key = next((key for key in _ARGUMENT_KEYS if key in call), "arguments")
    raw = call.get(key, ABSENT)
    name = call.get("name")
    # OpenAI's arguments are JSON text, Anthropic's and Bedrock's input and Gemini's args never are.
    value, error = parse(raw) if isinstance(raw, str) and key == "arguments" else ParsedJson(raw, None)
    return Call(
        f"{path}.{key}", name if isinstance(name, str) else None, raw, value, error, place, "", identity or None
    )


def _of_part(part: dict[str, Any], path: str) -> Iterator[Call]:
    kind = part.get("type")
    if isinstance(part.get("toolUse"), dict):
        yield read_call(part["toolUse"], f"{path}.toolUse")
    elif isinstance(part.get("functionCall"), dict):
        call = read_call(part["functionCall"], f"{path}.functionCall")
        # Gemini's calls without arguments have no args.
        yield call._replace(raw={}, value={}) if call.value in (ABSENT, None) else call
    elif kind == "tool_use":
        yield read_call(part, path)
    elif isinstance(kind, str) and kind in _CALL_PARTS:
        if isinstance(part.get("value"), str):
            yield from _of_text(part["value"], f"{path}.value")
        else:
            inner = part.get("value")
            yield read_call(inner if isinstance(inner, dict) else part, path)


def _of_text(text: str, path: str) -> Iterator[Call]:
    """Read a text that is one call, or a list of calls, with ``name`` and ``arguments``."""
    parsed = parse(text)
    if parsed.error is not None:
        yield Call(path, None, text, None, parsed.error, path)
        return
    for call in parsed.value if isinstance(parsed.value, list) else [parsed.value]:
        if isinstance(call, dict):
            yield read_call(call, path)._replace(path=path, place=path)
        else:
            yield Call(path, None, text, call, None, path)


def _reason(text: str, message: str, position: int) -> str:
    stripped = text.strip()
    if not stripped:
        return "they are empty; a call without arguments has {}"
    if position >= len(text.rstrip()) or "unexpected end" in message:
        return f"they are cut off after {len(text):,} characters"
    if stripped[0] in "{[" and ("'" in text[:3] or text[position : position + 1] == "'"):
        return "they look like a Python dict, not JSON (use json.dumps)"
    if text[position:].startswith(("None", "True", "False")):
        return "they contain Python's None, True or False, not JSON's null, true or false"
    return f"{message} at character {position + 1}"
