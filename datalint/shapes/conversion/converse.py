"""Bedrock's messages with calls of tools, read and written.

A ``toolUse`` of the assistant has an id, a name and an object, and the ``toolResult`` of the user after it the same id.
Turns alternate, so results and what the user says after them are blocks of one message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from datalint.privacy.display import excerpt
from datalint.shapes.conversion.call_ids import ANSWERED, answers, with_ids
from datalint.shapes.conversion.model import ConvertedRow, ToolCall, Turn, UnfitError
from datalint.shapes.conversion.tools import Row, call_object, declared, functions, listed, made_call


def has_tools(record: Mapping[str, Any]) -> bool:
    """Return whether a row declares or calls tools."""
    messages = record.get("messages")
    blocks = [
        block
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, dict) and isinstance(message.get("content"), list)
        for block in message["content"]
        if isinstance(block, dict)
    ]
    return bool(record.get("toolConfig")) or any("toolUse" in each or "toolResult" in each for each in blocks)


def read(record: Mapping[str, Any]) -> ConvertedRow:
    """Return a row with tools as a conversation.

    Raises:
        UnfitError: for a message that is no object, or a call without a name.
    """
    known = ("messages", "schemaVersion", "system", "toolConfig")
    found = ConvertedRow([], rest={key: value for key, value in record.items() if key not in known})
    if record.get("system"):
        found.turns.append(Turn("system", _text(record["system"], found)))
    for message in listed(record["messages"]):
        if not isinstance(message, dict):
            raise UnfitError("a message is no object")
        found.turns += _turns(message, found)
    found.turns = with_ids(found.turns)
    config = record.get("toolConfig")
    if isinstance(config, dict):
        found.losses |= {f'the key "{excerpt(key, 40)}" of toolConfig' for key in config.keys() - {"tools"}}
        found.tools = [_declared(tool, found.losses) for tool in listed(config.get("tools") or [])]
    return found


def _turns(message: Row, found: ConvertedRow) -> Iterator[Turn]:
    """Yield the results in a message, and what is said before or after them."""
    role, content = message.get("role"), message.get("content")
    texts: list[Any] = []
    calls: list[ToolCall] = []
    results = False
    for block in listed(content):
        if isinstance(block, dict) and isinstance(block.get("toolResult"), dict):
            if texts:
                yield Turn(str(role), _text(texts, found))
                texts = []
            yield _result(block["toolResult"], found)
            results = True
        elif isinstance(block, dict) and isinstance(call := block.get("toolUse"), dict):
            calls.append(made_call(call.get("name"), call.get("input"), call.get("toolUseId")))
        else:
            if calls:
                found.losses.add("text after a tool call")
            texts.append(block)
    if texts or calls or not results:
        yield Turn(str(role), _text(texts, found), calls)


def _text(blocks: Any, found: ConvertedRow) -> str:
    texts = []
    for block in listed(blocks):
        text = block.get("text") if isinstance(block, dict) else block
        if isinstance(text, str):
            texts.append(text)
        elif isinstance(block, dict) and "reasoningContent" in block:
            found.losses.add("reasoning")
        else:
            found.losses.add("images, audio or video")
    return "\n".join(texts)


def _result(result: Row, found: ConvertedRow) -> Turn:
    texts = [
        {"text": json.dumps(each["json"], ensure_ascii=False)} if isinstance(each, dict) and "json" in each else each
        for each in listed(result.get("content"))
    ]
    if result.get("status") not in (None, "success"):
        found.losses.add("the status of tool results")
    mark = result.get("toolUseId")
    return Turn("tool", _text(texts, found), [], {ANSWERED: mark} if isinstance(mark, str) else {})


def _declared(tool: Any, losses: set[str]) -> Row:
    spec = tool.get("toolSpec") if isinstance(tool, dict) else None
    if not isinstance(spec, dict):
        raise UnfitError("a tool is no function with a name")
    losses |= {f'the key "{excerpt(key, 40)}" of tools' for key in spec.keys() - {"name", "description", "inputSchema"}}
    schema = spec.get("inputSchema")
    return declared(spec.get("name"), spec.get("description"), schema.get("json") if isinstance(schema, dict) else None)


def messages(turns: Sequence[Turn]) -> list[Row]:
    """Return turns as ``messages``.

    Raises:
        UnfitError: for a result without a call, and for arguments that are no object.
    """
    marked = with_ids(turns)
    if None in answers(marked):
        raise UnfitError("a result of a tool answers no call")
    found: list[Row] = []
    waiting = False
    for turn in marked:
        blocks: list[Row] = [{"text": turn.text}] if turn.text or not turn.calls else []
        if turn.role == "tool":
            blocks = [{"toolResult": {"toolUseId": turn.extra[ANSWERED], "content": [{"text": turn.text}]}}]
        for call in turn.calls:
            blocks.append({"toolUse": {"toolUseId": call.id, "name": call.name, "input": call_object(call)}})
        if waiting and turn.role in ("tool", "user"):
            found[-1]["content"] += blocks
        else:
            found.append({"role": "user" if turn.role == "tool" else turn.role, "content": blocks})
        waiting = turn.role == "tool"
    return found


def tool_config(given: Any, losses: set[str]) -> Row:
    """Return tools as ``toolConfig``; each has a schema, which may be empty."""
    specs = []
    for function in functions(given, losses):
        schema = function.pop("parameters", {"type": "object", "properties": {}})
        specs.append({"toolSpec": {**function, "inputSchema": {"json": schema}}})
    return {"tools": specs}
