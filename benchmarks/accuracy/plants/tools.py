"""Defects of declared tools, calls and their results, in real rows with tool calls as OpenAI writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Row
from benchmarks.accuracy.plants.kinds import Plant, call, plants

Change = Callable[[Row], Row | None]


def _calls(row: Row) -> list[Row]:
    return [each for message in row["messages"] for each in message.get("tool_calls") or ()]


def _declared(change: Callable[[Row], Any]) -> Change:
    """Return a change of the function that the first call calls, as it is declared."""

    def apply(row: Row) -> Row | None:
        name = _calls(row)[0]["function"]["name"]
        tool = next((each["function"] for each in row["tools"] if each["function"].get("name") == name), None)
        return row if tool is not None and change(tool) is not False else None

    return apply


def _called(change: Callable[[Row], Any]) -> Change:
    """Return a change of the first call."""

    def apply(row: Row) -> Row | None:
        return row if change(_calls(row)[0]) is not False else None

    return apply


def _function(**keys: Any) -> Change:
    return _called(lambda each: each["function"].update(keys))


def _arguments(write: Callable[[str], Any]) -> Change:
    """Return a change of the arguments of the first call, given their text."""

    def change(each: Row) -> Any:
        given = each["function"]["arguments"]
        text = given if isinstance(given, str) else json.dumps(given)
        made = write(text) if text.strip() not in ("", "{}") else None
        if made is None:
            return False
        each["function"]["arguments"] = made
        return None

    return _called(change)


def _filled(write: Callable[[Row], Any]) -> Change:
    """Return a change of the arguments of the first call, given as an object."""

    def change(text: str) -> str | None:
        values = json.loads(text)
        made = write(values)
        return None if made is None else json.dumps(made, ensure_ascii=False)

    return _arguments(change)


def _result(change: Callable[[list[Row], int], Any]) -> Change:
    """Return a change of the messages, given them and the place of the first result."""

    def apply(row: Row) -> Row | None:
        messages = row["messages"]
        at = next(number for number, each in enumerate(messages) if each["role"] == "tool")
        return row if change(messages, at) is not False else None

    return apply


def _schema(change: Callable[[Row], Any]) -> Change:
    """Return a change of the parameters of the called function."""

    def apply(tool: Row) -> Any:
        schema = tool.get("parameters")
        if not isinstance(schema, dict) or not schema.get("properties"):
            return False
        return change(schema)

    return _declared(apply)


def _renamed(name: str) -> Change:
    """Return a change that gives the first tool and its calls another name."""

    def change(row: Row) -> Row | None:
        old = row["tools"][0]["function"].get("name")
        row["tools"][0]["function"]["name"] = name
        for each in _calls(row):
            if each["function"]["name"] == old:
                each["function"]["name"] = name
        return row

    return change


def _again(row: Row) -> Row:
    """Ask and call once more at the end, with the same id."""
    first = _calls(row)[0]
    row["messages"] += [
        {"role": "user", "content": "Once more, please."},
        {"role": "assistant", "content": None, "tool_calls": [first]},
        {"role": "tool", "tool_call_id": first["id"], "content": "done"},
        {"role": "assistant", "content": "Done."},
    ]
    return row


def _pair(row: Row, second: str) -> Row:
    """Give the first turn that calls a second call with this id, and both a result."""
    turn = next(each for each in row["messages"] if each.get("tool_calls"))
    other = {**turn["tool_calls"][0], "id": second}
    turn["tool_calls"] = [*turn["tool_calls"], other]
    at = next(number for number, each in enumerate(row["messages"]) if each["role"] == "tool")
    row["messages"].insert(at + 1, {"role": "tool", "tool_call_id": second, "content": "found"})
    return row


def _without(*roles: str) -> Change:
    return lambda row: row | {"messages": [each for each in row["messages"] if each["role"] not in roles]}


def _legacy(row: Row) -> Row:
    first = _calls(row)[0]["function"]
    return row | {
        "messages": [
            {"role": "user", "content": "Look it up."},
            {"role": "assistant", "content": None, "function_call": first},
            {"role": "function", "name": first["name"], "content": "found"},
            row["messages"][-1],
        ]
    }


def _wrong_enum(schema: Row) -> Any:
    next(iter(schema["properties"].values()))["enum"] = ["never", "ever"]


def _numbers(row: Row) -> Row | None:
    """Declare every argument of the called function as a number."""
    return _schema(lambda schema: schema.update(properties={key: {"type": "number"} for key in schema["properties"]}))(
        row
    )


def _first(values: Row, value: Any) -> Row:
    return {**values, next(iter(values)): value}


_ORPHAN: Final = {"role": "tool", "tool_call_id": "call_99", "content": "nothing"}

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT301",
        call,
        obvious={
            "no name": _declared(lambda tool: tool.pop("name") and None),
            "parameters as a list": _declared(lambda tool: tool.update(parameters=["city"])),
            "a text that is no JSON": _declared(lambda tool: tool.update(parameters="city: string")),
        },
        subtle={
            "a type of Python": _schema(lambda schema: next(iter(schema["properties"].values())).update(type="str")),
            "a required one that is not there": _schema(lambda schema: schema.update(required=["no_such_key"])),
            "required as a boolean": _schema(lambda schema: schema.update(required=True)),
        },
        near={
            "no parameters": _declared(lambda tool: tool.update(parameters={"type": "object", "properties": {}})),
            "two types": _schema(
                lambda schema: next(iter(schema["properties"].values())).update(
                    type=["string", "number", "null", "object", "array", "boolean"]
                )
            ),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT302",
        call,
        obvious={"spaces": _renamed("look it up"), "dots": _renamed("weather.today")},
        subtle={"an accent": _renamed("météo"), "too long": _renamed("f" * 65), "a slash": _renamed("api/v1")},
        near={"64 letters": _renamed("f" * 64), "a hyphen": _renamed("look-it_Up2"), "in order": lambda row: row},
    ),
    *plants(
        "FMT303",
        call,
        obvious={"the same tool": lambda row: row | {"tools": [*row["tools"], row["tools"][0]]}},
        subtle={
            "another description": lambda row: (
                row
                | {
                    "tools": [
                        *row["tools"],
                        {"type": "function", "function": {**row["tools"][0]["function"], "description": "Other."}},
                    ]
                }
            ),
            "three times": lambda row: row | {"tools": [row["tools"][-1], *row["tools"], row["tools"][0]]},
        },
        near={
            "a like name": lambda row: (
                row
                | {
                    "tools": [
                        *row["tools"],
                        {
                            "type": "function",
                            "function": {
                                **row["tools"][0]["function"],
                                "name": row["tools"][0]["function"]["name"] + "_2",
                            },
                        },
                    ]
                }
            ),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT304",
        call,
        obvious={"another name": _function(name="no_such_tool"), "no tools": lambda row: row | {"tools": []}},
        subtle={
            "other capitals": _called(lambda each: each["function"].update(name=each["function"]["name"].upper())),
            "one letter": _called(lambda each: each["function"].update(name=each["function"]["name"] + "s")),
        },
        near={
            "no list of tools": lambda row: {"messages": row["messages"]},
            "further tools": lambda row: (
                row
                | {
                    "tools": [
                        {
                            "type": "function",
                            "function": {"name": "other", "parameters": {"type": "object", "properties": {}}},
                        },
                        *row["tools"],
                    ]
                }
            ),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT305",
        call,
        obvious={
            "words": _arguments(lambda _: "the city of Rome"),
            "Python's repr": _arguments(
                lambda text: repr(json.loads(text)) if "{'" in repr(json.loads(text)) else None
            ),
            "cut off": _arguments(lambda text: text[:-2]),
        },
        subtle={
            "a comma at the end": _arguments(lambda text: text.rstrip()[:-1] + ",}"),
            "something behind": _arguments(lambda text: text + " // ok"),
            "empty": _arguments(lambda _: " "),
        },
        near={
            "white space": _arguments(lambda text: f" {text}\n"),
            "an object": _arguments(json.loads),
            "no arguments": _function(arguments="{}"),
        },
    ),
    *plants(
        "FMT306",
        call,
        obvious={"a list": _arguments(lambda text: f"[{text}]"), "a number": _arguments(lambda _: "7")},
        subtle={
            "null": _arguments(lambda _: "null"),
            "a text in JSON": _arguments(lambda _: '"Rome"'),
            "a list as it is": _arguments(lambda text: [json.loads(text)]),
        },
        near={
            "an object": _arguments(json.loads),
            "an empty object": _function(arguments="{}"),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT307",
        call,
        obvious={"twice": _arguments(lambda text: json.dumps(text))},
        subtle={
            "three times": _arguments(lambda text: json.dumps(json.dumps(text))),
            "a list twice": _arguments(lambda text: json.dumps(f"[{text}]")),
        },
        near={
            "once": lambda row: row,
            "JSON as an argument": _filled(lambda values: {**values, "body": json.dumps({"a": 1})}),
            "a text in JSON": _arguments(lambda _: '"Rome"'),
        },
    ),
    *plants(
        "FMT308",
        call,
        obvious={
            "a required one is missing": _schema(
                lambda schema: schema.update(
                    properties={**schema["properties"], "token": {"type": "string"}}, required=["token"]
                )
            ),
            "another type": _filled(lambda values: _first(values, {"a": [1]})),
        },
        subtle={
            "a value that is not in the list": _schema(_wrong_enum),
            "one that the tool does not have": _filled(lambda values: {**values, "no_such_argument": 1}),
            "a text for a number": lambda row: _filled(lambda values: _first(values, "twelve"))(_numbers(row) or row),
        },
        near={
            "in order": lambda row: row,
            "a further declared argument": _schema(
                lambda schema: schema["properties"].update(extra={"type": "string"})
            ),
            "any further argument": lambda row: _filled(lambda values: {**values, "more": 1})(
                _schema(lambda schema: schema.update(additionalProperties=True))(row) or row
            ),
        },
    ),
    *plants(
        "FMT309",
        call,
        obvious={"in one turn": lambda row: _pair(row, _calls(row)[0]["id"])},
        subtle={
            "in turns that follow each other": _result(
                lambda messages, at: (
                    messages.insert(
                        at, {"role": "assistant", "content": None, "tool_calls": messages[at - 1]["tool_calls"]}
                    )
                    if messages[at - 1].get("tool_calls")
                    else False
                )
            )
        },
        near={
            "two ids": lambda row: _pair(row, "call_77"),
            "again in a later turn": _again,
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT310",
        call,
        obvious={
            "a result at the end": lambda row: (
                row | {"messages": [*row["messages"][:-1], _ORPHAN, row["messages"][-1]]}
            ),
            "no call": lambda row: row | {"messages": [each for each in row["messages"] if not each.get("tool_calls")]},
        },
        subtle={
            "another id": _result(lambda messages, at: messages[at].update(tool_call_id="call_x9")),
            "a second result": _result(
                lambda messages, at: messages.insert(at + 1, {**messages[at], "content": "Again."})
            ),
            "before its call": _result(
                lambda messages, at: (
                    messages.insert(at - 1, messages.pop(at)) if messages[at - 1].get("tool_calls") else False
                )
            ),
        },
        near={
            "two calls and results": lambda row: _pair(row, "call_77"),
            "no id": _result(lambda messages, at: messages[at].pop("tool_call_id") and None),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT311",
        call,
        obvious={"no result": _without("tool")},
        subtle={
            "one of two": lambda row: (
                lambda made: (
                    made | {"messages": [each for each in made["messages"] if each.get("tool_call_id") != "call_77"]}
                )
            )(_pair(row, "call_77")),
            "the user speaks before": _result(
                lambda messages, at: messages.insert(at, {"role": "user", "content": "Well?"})
            ),
        },
        near={
            "a call at the end": lambda row: (
                row
                | {
                    "messages": [
                        *row["messages"],
                        {"role": "user", "content": "Once more."},
                        {"role": "assistant", "content": None, "tool_calls": [{**_calls(row)[0], "id": "call_78"}]},
                    ]
                }
            ),
            "two calls and results": lambda row: _pair(row, "call_77"),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT312",
        call,
        obvious={
            "a call": _legacy,
            "functions": lambda row: {
                "messages": row["messages"],
                "functions": [each["function"] for each in row["tools"]],
            },
        },
        subtle={
            "a role": lambda row: (
                row
                | {
                    "messages": [
                        each | ({"role": "function", "name": "look"} if each["role"] == "tool" else {})
                        for each in row["messages"]
                    ]
                }
            )
        },
        near={
            "ShareGPT's turns": lambda row: {
                "conversations": [
                    {"from": "human", "value": "Look."},
                    {"from": "function_call", "value": json.dumps({"name": "look", "arguments": {}})},
                    {"from": "observation", "value": "x"},
                    {"from": "gpt", "value": "Found."},
                ]
            },
            "in order": lambda row: row,
        },
    ),
)
