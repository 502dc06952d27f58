"""Reads a row of any shape as a conversation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from datalint.core.columns import CALL_ROLES
from datalint.records.canonical import as_text
from datalint.shapes.base import Shape
from datalint.shapes.conversion import converse, gemini
from datalint.shapes.conversion.model import ConvertedRow, ToolCall, Turn, UnfitError
from datalint.shapes.conversion.tools import listed
from datalint.shapes.formats import intents
from datalint.shapes.messages import is_object, is_result
from datalint.shapes.sink import canonical_role

#: Names of the contents, by feature of a row, that are lost when only the texts of its turns are read.
_FEATURES: Final = {
    "tools": "tools",
    "tool_calls": "tool calls",
    "media": "images, audio or video",
    "weights": "loss weights",
    "names": "names of speakers",
    "kto": "labels of answers",
}
#: Shapes whose rows are no conversations, and why.
_NO_TURNS: Final = {
    "contrastive": "its texts are pairs for embeddings",
    "pretokenized": "it has token ids instead of text",
}
#: Keys that say which layout a row has, and nothing of its content.
_LAYOUT: Final = frozenset(("schemaVersion",))
_TURN: Final = frozenset(("role", "content", "tool_calls", "tool_call_id"))
_THEIR_TURN: Final = frozenset(("from", "value"))


def read_conversation(
    record: Mapping[str, Any],
    shape: Shape,
    words: Sequence[tuple[str, str, str, str]],
    features: Iterable[str],
) -> ConvertedRow:
    """Return a row as a conversation; ``words`` are ``(role, text, path, side)`` of its turns, in order.

    Raises:
        UnfitError: for a row that is no conversation: of unknown shape, plain text, or without a turn.
    """
    if shape.name == "unknown":
        raise UnfitError("its keys have no known meaning")
    if shape.name in _NO_TURNS:
        raise UnfitError(_NO_TURNS[shape.name])
    if not words:
        raise UnfitError("it has no turn")
    if any(role == "text" for role, *_ in words):
        raise UnfitError("it is plain text, and turns within a text are not converted")
    if shape.name == "openai-chat" and isinstance(record.get("messages"), list):
        return _chat(record)
    if shape.name == "sharegpt" and isinstance(record.get("conversations"), list):
        return _sharegpt(record)
    if shape.name == "gemini" and gemini.has_tools(record):
        return gemini.read(record)
    if shape.name == "bedrock-converse" and converse.has_tools(record):
        return converse.read(record)
    taken = shape.turn_keys(tuple(record))
    rest = {key: value for key, value in record.items() if key not in taken and key not in _LAYOUT}
    losses = {_FEATURES[feature] for feature in features if feature in _FEATURES}
    sides: dict[str, list[Turn]] = {"": [], "chosen": [], "rejected": []}
    for role, text, path, side in words:
        said = intents.alternatives(record, path) if shape.name == intents.NAME else []
        if len(said) > 1:
            losses.add("other texts of the same intent")
        sides[side].append(Turn(role, said[0] if said else text))
    found = ConvertedRow(_joined(sides[""]), rest=rest, losses=losses)
    if sides["chosen"] or sides["rejected"]:
        found.chosen, found.rejected = sides["chosen"], sides["rejected"]
    if "tools" in rest:
        found.tools = rest.pop("tools")
        losses.discard("tools")
    return found


def _joined(turns: Sequence[Turn]) -> list[Turn]:
    """Return turns without a break between the parts of one prompt, such as an instruction and its input."""
    found: list[Turn] = []
    for turn in turns:
        if found and found[-1].role == turn.role == "user":
            found[-1] = Turn("user", "\n".join(filter(None, (found[-1].text, turn.text))))
        else:
            found.append(turn)
    return found


def _chat(record: Mapping[str, Any]) -> ConvertedRow:
    found = ConvertedRow([], rest={key: value for key, value in record.items() if key not in ("messages", "tools")})
    found.tools = record.get("tools")
    if record.get("system"):
        # Anthropic's rows have the system prompt next to the messages.
        found.turns.append(Turn("system", _text(found.rest.pop("system"), found)))
    for message in record["messages"]:
        if not isinstance(message, dict):
            raise UnfitError("a message is no object")
        role = canonical_role(message.get("role"))
        extra = {key: value for key, value in message.items() if key not in _TURN}
        if "tool_call_id" in message:
            extra["tool_call_id"] = message["tool_call_id"]
        calls = [_call(call) for call in listed(message.get("tool_calls") or [])] + _several(extra)
        found.turns.append(Turn(role, _text(message.get("content"), found, role), calls, extra))
    return _told_once(found)


def _told_once(found: ConvertedRow) -> ConvertedRow:
    """Return a row without its own system prompt if its messages begin with the same one."""
    if len(found.turns) > 1:
        first, second = found.turns[:2]
        if first.role == second.role == "system" and first.text.strip() == second.text.strip():
            del found.turns[0]
    return found


def _several(extra: dict[str, Any]) -> list[ToolCall]:
    """Return the calls that a turn lists under the key of one, and take them from what else it has."""
    return [_call(call) for call in extra.pop("function_call")] if isinstance(extra.get("function_call"), list) else []


def _call(call: Any) -> ToolCall:
    function = call.get("function", call) if isinstance(call, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise UnfitError("a tool call has no name")
    return ToolCall(function["name"], function.get("arguments"), call.get("id"))


def _text(content: Any, found: ConvertedRow, role: object = "") -> str:
    if isinstance(content, str) or content is None:
        return content or ""
    if isinstance(content, dict | list) and (is_result(role, content) or is_object(content)):
        return as_text(content)
    texts = []
    for part in content if isinstance(content, list) else [content]:
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            texts.append(part["text"])
        else:
            found.losses.add(_FEATURES["media"])
    return "\n".join(texts)


def _sharegpt(record: Mapping[str, Any]) -> ConvertedRow:
    found = ConvertedRow([], rest={k: v for k, v in record.items() if k not in ("conversations", "tools", "system")})
    found.tools = record.get("tools")
    if isinstance(record.get("system"), str) and record["system"]:
        found.turns.append(Turn("system", record["system"]))
    for turn in record["conversations"]:
        if not isinstance(turn, dict):
            raise UnfitError("a turn is no object")
        written = turn.get("from", turn.get("role"))
        value = turn.get("value", turn.get("content"))
        text = _text(value, found, written)
        extra = {key: item for key, item in turn.items() if key not in (*_THEIR_TURN, "role", "content")}
        if written in CALL_ROLES:
            found.turns.append(Turn("assistant", "", _written_calls(text), extra))
        else:
            found.turns.append(Turn(canonical_role(written), text, _several(extra), extra))
    return _told_once(found)


def _written_calls(text: str) -> list[ToolCall]:
    """Return the calls that a turn writes as JSON: one, or a list."""
    try:
        value = json.loads(text)
    except ValueError:
        raise UnfitError("a tool call is not JSON") from None
    calls = value if isinstance(value, list) else [value]
    if not all(isinstance(call, dict) and isinstance(call.get("name"), str) for call in calls):
        raise UnfitError("a tool call has no name")
    return [ToolCall(call["name"], call.get("arguments")) for call in calls]
