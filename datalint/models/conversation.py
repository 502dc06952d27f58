"""Rows as conversations: the messages and tools that a trainer gives to a chat template."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.core.columns import CALL_ROLES
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.message_keys import WEIGHTS

#: Role, text, JSON path and side of a turn.
Turn = tuple[str, str, str, str]

_STEP: Final = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+)\]")


class Message(NamedTuple):
    """One message: what the template reads, its JSON path, and whether it carries loss."""

    value: dict[str, Any]
    path: str
    role: str
    learned: bool


class Conversation(NamedTuple):
    """The messages of a row, or of one side of a preference.

    ``plain`` conversations are texts that no template reads. ``variables`` are what a row passes to the template
    (``chat_template_kwargs``).
    """

    messages: tuple[Message, ...]
    tools: list[Any] | None = None
    side: str = ""
    path: str = "$"
    plain: bool = False
    variables: Mapping[str, Any] = {}


def conversations(value: dict[str, Any], turns: Sequence[Turn]) -> list[Conversation]:
    """Return the conversations of a row, whose turns are ``(role, text, path, side)``.

    A message that is one in the row (with a role and content) is passed on as it is; all other texts become messages
    with the standard roles, as trainers convert them. Texts of one prompt are joined by a newline. A turn with the role
    ``function_call`` becomes the calls that its text writes.
    """
    tools, variables = _tools(value), _variables(value)
    given = {side for *_, side in turns}
    sides: list[str] = [side for side in ("chosen", "rejected") if side in given]
    found = []
    for side in sides or [""]:
        mine = [(role, text, path, own) for role, text, path, own in turns if own in ("", side)]
        if not mine:
            continue
        plain = all(role == "text" for role, *_ in mine)
        messages = _messages(value, mine)
        path = _common(messages)
        # Where trainers make messages of a row, they make declarations in the standard form of its tools as well.
        declared = tools if any(_at(value, place) is not None for _, _, place, _ in mine) else _declarations(tools)
        found.append(Conversation(tuple(messages), declared, side if len(sides) > 1 else "", path, plain, variables))
    return found


def _messages(value: dict[str, Any], turns: Sequence[Turn]) -> list[Message]:
    messages: list[Message] = []
    made = False  # whether the message before was made of a text
    for role, text, path, _ in turns:
        raw = _at(value, path)
        if raw is not None:
            messages.append(Message(raw, path, role, is_learned(raw, role)))
            made = False
        elif made and role == "user" and messages[-1].role == "user":
            before = messages[-1]
            # Trainers leave out an empty instruction or input, and the line break with it.
            joined = "\n".join(filter(None, (before.value["content"], text)))
            messages[-1] = before._replace(value={"role": "user", "content": joined})
        else:
            owner = _owner(value, path)
            learned = role == "assistant" if owner is None else is_learned(owner, role)
            messages.append(Message(_message(role, text, owner), path, role, learned))
            made = True
    return messages


def _message(role: str, text: str, owner: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the message of a text; a turn whose text is tool calls in JSON has them as trainers give them to a
    template."""
    if owner is not None and owner.get("from", owner.get("role")) in CALL_ROLES and (calls := _calls(text)):
        return {"role": role, "content": "", "tool_calls": calls}
    return {"role": role, "content": text}


def _calls(text: str) -> list[dict[str, Any]]:
    """Return the calls that a text writes as JSON, one or a list; none if it is anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    functions = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
    if not all(isinstance(each.get("name"), str) and "arguments" in each for each in functions):
        return []
    return [
        {"type": "function", "function": {"name": each["name"], "arguments": each["arguments"]}} for each in functions
    ]


def is_learned(message: Mapping[str, Any], role: str) -> bool:
    """Return whether a message carries loss: as its marks say in any dialect, otherwise what the assistant says."""
    if message.get("train_detail"):
        return True
    marks = [message[key] for key in WEIGHTS if isinstance(message.get(key), bool | int | float)]
    return all(mark != 0 for mark in marks) if marks else role == "assistant"


def _at(value: dict[str, Any], path: str) -> dict[str, Any] | None:
    """Return the message that holds the text at ``path``, None where that is no message of the standard form."""
    message = _owner(value, path)
    return message if message is not None and "role" in message and path.endswith(".content") else None


def _owner(value: dict[str, Any], path: str) -> dict[str, Any] | None:
    """Return the object in a list that the text at ``path`` belongs to, None for a text of the row itself."""
    item: Any = value
    for key in _keys(path):
        try:
            item = item[key]
        except (KeyError, IndexError, TypeError):
            return None
    return item if isinstance(item, dict) and item is not value else None


@lru_cache(maxsize=4096)
def _keys(path: str) -> tuple[str | int, ...]:
    """Return the keys that lead to the object which has the last key of a JSON path."""
    return tuple(match[1] if match[1] is not None else int(match[2]) for match in _STEP.finditer(path))[:-1]


def _common(messages: Sequence[Message]) -> str:
    """Return the JSON path of the list that messages are in, or of the text that they are."""
    if not messages:
        return "$"
    head = messages[-1].path.rpartition(".")[0]
    return re.sub(r"\[[0-9]+\]$", "", head) if head.endswith("]") else messages[-1].path


def _tools(value: Mapping[str, Any]) -> list[Any] | None:
    tools = value.get("tools")
    inner = value.get("input")
    if tools is None and isinstance(inner, dict):
        tools = inner.get("tools")
    if isinstance(tools, str):
        # TRL and LLaMA-Factory read a string as JSON.
        try:
            tools = json.loads(tools)
        except (ValueError, RecursionError):
            return None
    if tools is None and isinstance(functions := value.get("functions"), list):
        tools = [{"type": "function", "function": each} for each in functions]
    return tools if isinstance(tools, list) and tools else None


def _declarations(tools: list[Any] | None) -> list[Any] | None:
    """Return tools as ``{"type": "function", "function": …}``, where a row has the functions alone."""
    if tools is None:
        return None
    return [
        {"type": "function", "function": each} if isinstance(each, dict) and _is_function(each) else each
        for each in tools
    ]


def _is_function(tool: Mapping[str, Any]) -> bool:
    return isinstance(tool.get("name"), str) and "function" not in tool


def _variables(value: Mapping[str, Any]) -> Mapping[str, Any]:
    given = value.get("chat_template_kwargs")
    return given if isinstance(given, dict) else {}
