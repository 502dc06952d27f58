"""Changes of real rows with tool calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Row

Change = Callable[[Row], Row | None]


def calls(row: Row) -> list[Row]:
    return [each for message in row["messages"] for each in message.get("tool_calls") or ()]


def declared(change: Callable[[Row], Any]) -> Change:
    """Return a change of the function that the first call calls, as it is declared."""

    def apply(row: Row) -> Row | None:
        name = calls(row)[0]["function"]["name"]
        tool = next((each["function"] for each in row["tools"] if each["function"].get("name") == name), None)
        return row if tool is not None and change(tool) is not False else None

    return apply


def called(change: Callable[[Row], Any]) -> Change:
    """Return a change of the first call."""

    def apply(row: Row) -> Row | None:
        return row if change(calls(row)[0]) is not False else None

    return apply


def function(**keys: Any) -> Change:
    return called(lambda each: each["function"].update(keys))


def arguments(write: Callable[[str], Any]) -> Change:
    """Return a change of the arguments of the first call, given their text."""

    def change(each: Row) -> Any:
        given = each["function"]["arguments"]
        text = given if isinstance(given, str) else json.dumps(given)
        made = write(text) if text.strip() not in ("", "{}") else None
        if made is None:
            return False
        each["function"]["arguments"] = made
        return None

    return called(change)


def filled(write: Callable[[Row], Any]) -> Change:
    """Return a change of the arguments of the first call, given as an object."""

    def change(text: str) -> str | None:
        values = json.loads(text)
        made = write(values)
        return None if made is None else json.dumps(made, ensure_ascii=False)

    return arguments(change)


def result(change: Callable[[list[Row], int], Any]) -> Change:
    """Return a change of the messages, given them and the place of the first result."""

    def apply(row: Row) -> Row | None:
        messages = row["messages"]
        at = next(number for number, each in enumerate(messages) if each["role"] == "tool")
        return row if change(messages, at) is not False else None

    return apply


def schema(change: Callable[[Row], Any]) -> Change:
    """Return a change of the parameters of the called function."""

    def apply(tool: Row) -> Any:
        schema = tool.get("parameters")
        if not isinstance(schema, dict) or not schema.get("properties"):
            return False
        return change(schema)

    return declared(apply)


def renamed(name: str) -> Change:
    """Return a change that gives the first tool and its calls another name."""

    def change(row: Row) -> Row | None:
        old = row["tools"][0]["function"].get("name")
        row["tools"][0]["function"]["name"] = name
        for each in calls(row):
            if each["function"]["name"] == old:
                each["function"]["name"] = name
        return row

    return change


def again(row: Row) -> Row:
    """Ask and call once more at the end, with the same id."""
    first = calls(row)[0]
    row["messages"] += [
        {"role": "user", "content": "Once more, please."},
        {"role": "assistant", "content": None, "tool_calls": [first]},
        {"role": "tool", "tool_call_id": first["id"], "content": "done"},
        {"role": "assistant", "content": "Done."},
    ]
    return row


def pair(row: Row, second: str) -> Row:
    """Give the first turn that calls a second call with this id, and both a result."""
    turn = next(each for each in row["messages"] if each.get("tool_calls"))
    other = {**turn["tool_calls"][0], "id": second}
    turn["tool_calls"] = [*turn["tool_calls"], other]
    at = next(number for number, each in enumerate(row["messages"]) if each["role"] == "tool")
    row["messages"].insert(at + 1, {"role": "tool", "tool_call_id": second, "content": "found"})
    return row


def without(*roles: str) -> Change:
    return lambda row: row | {"messages": [each for each in row["messages"] if each["role"] not in roles]}


def legacy(row: Row) -> Row:
    first = calls(row)[0]["function"]
    return row | {
        "messages": [
            {"role": "user", "content": "Look it up."},
            {"role": "assistant", "content": None, "function_call": first},
            {"role": "function", "name": first["name"], "content": "found"},
            row["messages"][-1],
        ]
    }


def wrong_enum(schema: Row) -> Any:
    next(iter(schema["properties"].values()))["enum"] = ["never", "ever"]


def numbers(row: Row) -> Row | None:
    """Declare every argument of the called function as a number."""
    return schema(lambda schema: schema.update(properties={key: {"type": "number"} for key in schema["properties"]}))(
        row
    )


def with_first(values: Row, value: Any) -> Row:
    return {**values, next(iter(values)): value}


ORPHAN: Final = {"role": "tool", "tool_call_id": "call_99", "content": "nothing"}
