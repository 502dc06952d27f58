"""Writes a conversation as a row of a shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.conversion import converse, gemini
from datalint.shapes.conversion.call_ids import ANSWERED, with_ids, without_ids
from datalint.shapes.conversion.model import ConvertedRow, ToolCall, Turn, UnfitError
from datalint.shapes.conversion.tools import Row, as_list
from datalint.support.names.message_keys import STANDARD_ROLES

_SPEAKERS: Final = {
    "system": "system",
    "developer": "system",
    "user": "human",
    "assistant": "gpt",
    "tool": "observation",
}


def write_row(found: ConvertedRow, to: str) -> tuple[Row, set[str]]:
    """Return a conversation as a row of a shape, one of :data:`WRITERS`, and what the shape cannot hold of it.

    Raises:
        UnfitError: if the shape cannot hold it at all.
    """
    every = (*found.turns, *(found.chosen or ()), *(found.rejected or ()))
    odd = next((turn.role for turn in every if turn.role not in STANDARD_ROLES), None)
    if odd is not None:
        raise UnfitError(f'no shape knows the role "{excerpt(odd, 40)}"')
    losses = set(found.losses)
    row = WRITERS[to](found, losses)
    taken = next((key for key in found.rest if key in row), None)
    if taken is not None:
        raise UnfitError(f'its key "{excerpt(taken, 40)}" is a key of the shape')
    return {**row, **found.rest}, losses


def _openai_chat(found: ConvertedRow, losses: set[str]) -> Row:
    row: Row = {"messages": [_message(turn) for turn in with_ids(_one_side(found, losses))]}
    return row if found.tools is None else {**row, "tools": as_list(found.tools)}


def _message(turn: Turn) -> Row:
    message: Row = {"role": turn.role, "content": turn.text}
    if turn.calls:
        message["content"] = turn.text or None
        message["tool_calls"] = [_openai_call(call) for call in turn.calls]
    return {**message, **turn.extra}


def _openai_call(call: ToolCall) -> Row:
    arguments = call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments, ensure_ascii=False)
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _sharegpt(found: ConvertedRow, losses: set[str]) -> Row:
    turns: list[Row] = []
    for turn in without_ids(_one_side(found, losses)):
        _lose_extra(turn, losses)
        if turn.calls:
            if turn.text:
                losses.add("text next to a tool call")
            if any(call.id for call in turn.calls):
                losses.add("ids of tool calls")
            calls = [{"name": call.name, "arguments": _object(call.arguments)} for call in turn.calls]
            written = json.dumps(calls[0] if len(calls) == 1 else calls, ensure_ascii=False)
            turns.append({"from": "function_call", "value": written})
        else:
            turns.append({"from": _SPEAKERS[turn.role], "value": turn.text})
    row: Row = {"conversations": turns}
    if found.tools is None:
        return row
    return {
        **row,
        "tools": found.tools if isinstance(found.tools, str) else json.dumps(found.tools, ensure_ascii=False),
    }


def _object(arguments: Any) -> Any:
    """Return arguments as an object, where they are one written as text."""
    if not isinstance(arguments, str):
        return arguments
    try:
        return json.loads(arguments)
    except ValueError:
        return arguments


def _alpaca(found: ConvertedRow, losses: set[str]) -> Row:
    turns = _plain(found, losses)
    system, turns = _split_system(turns)
    *before, last = _exchanges(turns)
    row: Row = {"instruction": last[0], "input": "", "output": last[1]}
    if system:
        row["system"] = system
    return row if not before else {**row, "history": [list(pair) for pair in before]}


def _prompt_completion(found: ConvertedRow, losses: set[str]) -> Row:
    turns = _plain(found, losses)
    if len(turns) < 2 or turns[-1].role != "assistant":
        raise UnfitError("it does not end with an answer to a prompt")
    prompt, answer = turns[:-1], turns[-1:]
    if [turn.role for turn in prompt] == ["user"]:
        return {"prompt": prompt[0].text, "completion": answer[0].text}
    return {"prompt": _messages(prompt), "completion": _messages(answer)}


def _preference(found: ConvertedRow, losses: set[str]) -> Row:
    if found.chosen is None or found.rejected is None:
        raise UnfitError("it has one answer, and a preference needs two")
    for turn in (*found.turns, *found.chosen, *found.rejected):
        _lose_extra(turn, losses)
        if turn.calls:
            losses.add("tool calls")
    _lose_tools(found, losses)
    sides = {"chosen": found.chosen, "rejected": found.rejected}
    single = [turn.role for turn in found.turns] == ["user"] and all(
        [turn.role for turn in side] == ["assistant"] for side in sides.values()
    )
    if single:
        return {"prompt": found.turns[0].text, **{name: side[0].text for name, side in sides.items()}}
    return {"prompt": _messages(found.turns), **{name: _messages(side) for name, side in sides.items()}}


def _gemini(found: ConvertedRow, losses: set[str]) -> Row:
    system, turns = _with_calls(found, losses)
    row: Row = {"systemInstruction": {"parts": [{"text": system}]}} if system else {}
    row["contents"] = gemini.contents(turns, losses)
    return {**row, "tools": gemini.tools(found.tools, losses)} if found.tools else row


def _bedrock_converse(found: ConvertedRow, losses: set[str]) -> Row:
    system, turns = _with_calls(found, losses)
    row: Row = {"schemaVersion": "bedrock-conversation-2024"}
    if system:
        row["system"] = [{"text": system}]
    row["messages"] = converse.messages(turns)
    return {**row, "toolConfig": converse.tool_config(found.tools, losses)} if found.tools else row


def _with_calls(found: ConvertedRow, losses: set[str]) -> tuple[str, list[Turn]]:
    """Return the system prompt and the other turns of a shape that holds texts, calls of tools and their results."""
    turns = _one_side(found, losses)
    for turn in turns:
        _lose_extra(turn, losses, but=(ANSWERED,))
    return _split_system(turns)


def _one_side(found: ConvertedRow, losses: set[str]) -> list[Turn]:
    """Return the turns with the chosen end; the rejected one has no place in a single conversation."""
    if found.rejected:
        losses.add("rejected answers")
    return [*found.turns, *(found.chosen or ())]


def _plain(found: ConvertedRow, losses: set[str]) -> list[Turn]:
    """Return the turns of a shape that holds texts alone."""
    turns = _one_side(found, losses)
    _lose_tools(found, losses)
    for turn in turns:
        _lose_extra(turn, losses)
        if turn.calls:
            losses.add("tool calls")
        if turn.role == "tool":
            raise UnfitError("it has results of tools, which the shape does not represent")
    return turns


def _lose_tools(found: ConvertedRow, losses: set[str]) -> None:
    if found.tools:
        losses.add("tools")


def _lose_extra(turn: Turn, losses: set[str], but: Collection[str] = ()) -> None:
    lost = (key for key, value in turn.extra.items() if value is not None and key not in but)
    losses |= {f'the key "{excerpt(key, 40)}" of turns' for key in lost}


def _split_system(turns: Sequence[Turn]) -> tuple[str, list[Turn]]:
    """Return the system prompt and the other turns.

    Raises:
        UnfitError: if a system prompt comes later.
    """
    system = ""
    rest = list(turns)
    if rest and rest[0].role in ("system", "developer"):
        system = rest.pop(0).text
    if any(turn.role in ("system", "developer") for turn in rest):
        raise UnfitError("it has a system prompt after its first turn")
    return system, rest


def _exchanges(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """Return pairs of a prompt and its answer.

    Raises:
        UnfitError: if the turns are something else.
    """
    roles = [turn.role for turn in turns]
    if not roles or roles != ["user", "assistant"] * (len(roles) // 2):
        raise UnfitError("its turns are not pairs of a prompt and an answer")
    return [(one.text, other.text) for one, other in zip(turns[::2], turns[1::2], strict=True)]


def _messages(turns: Sequence[Turn]) -> list[Row]:
    return [{"role": turn.role, "content": turn.text} for turn in turns]


#: The writer of each shape.
WRITERS: Final[Mapping[str, Callable[[ConvertedRow, set[str]], Row]]] = {
    "openai-chat": _openai_chat,
    "sharegpt": _sharegpt,
    "alpaca": _alpaca,
    "prompt-completion": _prompt_completion,
    "preference": _preference,
    "gemini": _gemini,
    "bedrock-converse": _bedrock_converse,
}
