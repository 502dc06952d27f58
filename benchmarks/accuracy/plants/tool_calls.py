"""Defects of tool calls and their results."""

from __future__ import annotations

import json
from typing import Final

from benchmarks.accuracy.plants.calls import (
    ORPHAN,
    again,
    arguments,
    calls,
    filled,
    function,
    legacy,
    numbers,
    pair,
    result,
    schema,
    with_first,
    without,
    wrong_enum,
)
from benchmarks.accuracy.plants.kinds import Plant, call, plants

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT305",
        call,
        obvious={
            "words": arguments(lambda _: "the city of Rome"),
            "Python's repr": arguments(lambda text: repr(json.loads(text)) if "{'" in repr(json.loads(text)) else None),
            "cut off": arguments(lambda text: text[:-2]),
        },
        subtle={
            "a comma at the end": arguments(lambda text: text.rstrip()[:-1] + ",}"),
            "something behind": arguments(lambda text: text + " // ok"),
            "empty": arguments(lambda _: " "),
        },
        near={
            "white space": arguments(lambda text: f" {text}\n"),
            "an object": arguments(json.loads),
            "no arguments": function(arguments="{}"),
        },
    ),
    *plants(
        "FMT306",
        call,
        obvious={"a list": arguments(lambda text: f"[{text}]"), "a number": arguments(lambda _: "7")},
        subtle={
            "null": arguments(lambda _: "null"),
            "a text in JSON": arguments(lambda _: '"Rome"'),
            "a list as it is": arguments(lambda text: [json.loads(text)]),
        },
        near={
            "an object": arguments(json.loads),
            "an empty object": function(arguments="{}"),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT307",
        call,
        obvious={"twice": arguments(lambda text: json.dumps(text))},
        subtle={
            "three times": arguments(lambda text: json.dumps(json.dumps(text))),
            "a list twice": arguments(lambda text: json.dumps(f"[{text}]")),
        },
        near={
            "once": lambda row: row,
            "JSON as an argument": filled(lambda values: {**values, "body": json.dumps({"a": 1})}),
            "a text in JSON": arguments(lambda _: '"Rome"'),
        },
    ),
    *plants(
        "FMT308",
        call,
        obvious={
            "a required one is missing": schema(
                lambda schema: schema.update(
                    properties={**schema["properties"], "token": {"type": "string"}}, required=["token"]
                )
            ),
            "another type": filled(lambda values: with_first(values, {"a": [1]})),
        },
        subtle={
            "a value that is not in the list": schema(wrong_enum),
            "one that the tool does not have": filled(lambda values: {**values, "no_such_argument": 1}),
            "a text for a number": lambda row: filled(lambda values: with_first(values, "twelve"))(numbers(row) or row),
        },
        near={
            "in order": lambda row: row,
            "a further declared argument": schema(lambda schema: schema["properties"].update(extra={"type": "string"})),
            "any further argument": lambda row: filled(lambda values: {**values, "more": 1})(
                schema(lambda schema: schema.update(additionalProperties=True))(row) or row
            ),
        },
    ),
    *plants(
        "FMT309",
        call,
        obvious={"in one turn": lambda row: pair(row, calls(row)[0]["id"])},
        subtle={
            "in turns that follow each other": result(
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
            "two ids": lambda row: pair(row, "call_77"),
            "again in a later turn": again,
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT310",
        call,
        obvious={
            "a result at the end": lambda row: row | {"messages": [*row["messages"][:-1], ORPHAN, row["messages"][-1]]},
            "no call": lambda row: row | {"messages": [each for each in row["messages"] if not each.get("tool_calls")]},
        },
        subtle={
            "another id": result(lambda messages, at: messages[at].update(tool_call_id="call_x9")),
            "a second result": result(
                lambda messages, at: messages.insert(at + 1, {**messages[at], "content": "Again."})
            ),
            "before its call": result(
                lambda messages, at: (
                    messages.insert(at - 1, messages.pop(at)) if messages[at - 1].get("tool_calls") else False
                )
            ),
        },
        near={
            "two calls and results": lambda row: pair(row, "call_77"),
            "no id": result(lambda messages, at: messages[at].pop("tool_call_id") and None),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT311",
        call,
        obvious={"no result": without("tool")},
        subtle={
            "one of two": lambda row: (
                lambda made: (
                    made | {"messages": [each for each in made["messages"] if each.get("tool_call_id") != "call_77"]}
                )
            )(pair(row, "call_77")),
            "the user speaks before": result(
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
                        {"role": "assistant", "content": None, "tool_calls": [{**calls(row)[0], "id": "call_78"}]},
                    ]
                }
            ),
            "two calls and results": lambda row: pair(row, "call_77"),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT312",
        call,
        obvious={
            "a call": legacy,
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
