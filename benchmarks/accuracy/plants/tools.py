"""Defects of declared tools."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.calls import (
    called,
    declared,
    function,
    renamed,
    schema,
)
from benchmarks.accuracy.plants.kinds import Plant, call, plants

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT301",
        call,
        obvious={
            "no name": declared(lambda tool: tool.pop("name") and None),
            "parameters as a list": declared(lambda tool: tool.update(parameters=["city"])),
            "a text that is no JSON": declared(lambda tool: tool.update(parameters="city: string")),
        },
        subtle={
            "a type of Python": schema(lambda schema: next(iter(schema["properties"].values())).update(type="str")),
            "a required one that is not there": schema(lambda schema: schema.update(required=["no_such_key"])),
            "required as a boolean": schema(lambda schema: schema.update(required=True)),
        },
        near={
            "no parameters": declared(lambda tool: tool.update(parameters={"type": "object", "properties": {}})),
            "two types": schema(
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
        obvious={"spaces": renamed("look it up"), "dots": renamed("weather.today")},
        subtle={"an accent": renamed("météo"), "too long": renamed("f" * 65), "a slash": renamed("api/v1")},
        near={"64 letters": renamed("f" * 64), "a hyphen": renamed("look-it_Up2"), "in order": lambda row: row},
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
        obvious={"another name": function(name="no_such_tool"), "no tools": lambda row: row | {"tools": []}},
        subtle={
            "other capitals": called(lambda each: each["function"].update(name=each["function"]["name"].upper())),
            "one letter": called(lambda each: each["function"].update(name=each["function"]["name"] + "s")),
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
)
