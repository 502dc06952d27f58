"""Defects of rows: shapes, keys, types, JSON."""

from __future__ import annotations

import json
from typing import Final

from benchmarks.accuracy.plants.kinds import Plant, plants, talk
from benchmarks.accuracy.plants.messages import (
    a_call,
    parts,
    renamed,
    sourced,
    turn,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT101",
        talk,
        obvious={
            "keys that say nothing": lambda t: {"a1": t.prompt, "b7": t.answer},
            "an id and a number": lambda t: {"id": len(t.prompt), "score": len(t.answer)},
        },
        subtle={
            "one half": lambda t: {"chat_log": {"first": t.prompt}, "id": 1},
            "under a key": lambda t: {"data": {"x": {"prompt": t.prompt, "completion": t.answer}}},
        },
        near={
            "another's words": lambda t: {"question": t.prompt, "answer": t.answer},
            "with metadata": lambda t: {**t.pair(), "source": "web", "id": 3},
            "contents of Gemini": lambda t: {
                "contents": [
                    {"role": "user", "parts": [{"text": t.prompt}]},
                    {"role": "model", "parts": [{"text": t.answer}]},
                ]
            },
        },
    ),
    *plants(
        "FMT102",
        talk,
        obvious={
            "messages and a pair": lambda t: {**t.chat(), **t.pair()},
            "two lists": lambda t: {**t.chat(), **t.share()},
        },
        subtle={"Alpaca in a conversation": lambda t: {**t.share(), **t.alpaca()}},
        near={
            "a system prompt beside": lambda t: {**t.share(), "system": "Be brief."},
            "an id beside": lambda t: {**t.chat(), "id": 1, "source": "web"},
        },
    ),
    *plants(
        "FMT104",
        talk,
        obvious={
            "no role": lambda t: turn(-1, role=...)(t.chat()),
            "no content": lambda t: turn(-1, content=...)(t.chat()),
            "no output": lambda t: {"instruction": t.prompt, "input": ""},
        },
        subtle={
            "no content in an early turn": lambda t: turn(0, content=...)(t.chat()),
            "no value in a turn": lambda t: {
                "conversations": [*t.share()["conversations"][:-1], {"from": "gpt"}],
            },
            "one side": lambda t: {"prompt": t.prompt, "chosen": t.answer},
        },
        near={
            "no input": lambda t: {"instruction": t.prompt, "output": t.answer},
            "no content beside a call": lambda t: {
                "messages": [
                    *t.chat()["messages"][:-1],
                    {"role": "assistant", "tool_calls": [a_call("look")]},
                ]
            },
            "no system": lambda t: t.chat(),
        },
    ),
    *plants(
        "FMT105",
        talk,
        obvious={
            "an object as an output": lambda t: {**t.alpaca(), "output": {"text": t.answer}},
            "a number as a content": lambda t: turn(-1, content=7)(t.chat()),
            "a text as messages": lambda t: {"messages": t.prompt},
        },
        subtle={
            "a list as an instruction": lambda t: {**t.alpaca(), "instruction": [t.prompt]},
            "null as a prompt": lambda t: {**t.pair(), "prompt": None},
            "a boolean as a content": lambda t: turn(0, content=True)(t.chat()),
        },
        near={
            "null as an input": lambda t: {**t.alpaca(), "input": None},
            "a number as an answer": lambda t: {"question": t.prompt, "answer": 42},
            "parts as a content": lambda t: parts({"type": "text", "text": "Say it."})(t.chat()),
        },
    ),
    *plants(
        "FMT106",
        talk,
        obvious={
            "mesages": lambda t: {"mesages": t.chat()["messages"]},
            "instuction": renamed(instruction="instuction"),
            "Role": lambda t: {"messages": [*t.chat()["messages"][:-1], {"Role": "assistant", "content": t.answer}]},
        },
        subtle={
            "one content": lambda t: {
                "messages": [*t.chat()["messages"][:-1], {"role": "assistant", "contnet": t.answer}]
            },
            "sytem beside": lambda t: {**t.share(), "sytem": "Be brief."},
            "promt": lambda t: {"promt": t.prompt, "completion": t.answer},
        },
        near={
            "another key": lambda t: {**t.pair(), "topic": "x"},
            "a plural of its own": lambda t: {**t.chat(), "tags": ["a"]},
            "an index": lambda t: {**t.alpaca(), "idx": 3},
        },
    ),
    *plants(
        "FMT109",
        sourced,
        options={
            "schema": '{"required": ["source"], "properties": '
            '{"source": {"enum": ["web", "book"]}, "n": {"type": "integer"}}}'
        },
        obvious={
            "a missing key": lambda row: {key: row[key] for key in row if key != "source"},
            "a value that is not in the list": lambda row: {**row, "source": "film"},
        },
        subtle={
            "a text for a number": lambda row: {**row, "n": "3"},
            "other capitals": lambda row: {**row, "source": "Web"},
        },
        near={
            "another value of the list": lambda row: {**row, "source": "book"},
            "a whole number with a point": lambda row: {**row, "n": 3.0},
        },
    ),
    *plants(
        "FMT113",
        talk,
        obvious={
            "a rule that does not exist": lambda t: {**t.pair(), "_datalint": {"ignore": ["QUA999"], "reason": "So."}},
            "a text": lambda t: {**t.pair(), "_datalint": "QUA007"},
        },
        subtle={
            "no reason": lambda t: {**t.pair(), "_datalint": {"ignore": ["QUA007"]}},
            "a date that is none": lambda t: {
                **t.pair(),
                "_datalint": {"ignore": ["QUA007"], "reason": "So.", "until": "2027-02-30"},
            },
        },
        near={
            "in order": lambda t: {**t.pair(), "_datalint": {"ignore": ["QUA007"], "reason": "So."}},
            "by name, with a date": lambda t: {
                **t.pair(),
                "_datalint": {"ignore": ["refusal"], "reason": "So.", "until": "2099-01-31"},
            },
        },
    ),
    *plants(
        "FMT010",
        talk,
        obvious={
            "a key twice": lambda t: json.dumps(t.pair())[:-1] + ', "completion": "other"}',
            "a role twice": lambda t: json.dumps(t.chat()).replace('"role":', '"role": "user", "role":', 1),
        },
        subtle={
            "written with an escape": lambda t: json.dumps(t.pair())[:-1] + ', "prom\\u0070t": "x"}',
            "deep": lambda t: json.dumps({**t.pair(), "meta": {"a": {"b": 1}}}).replace('"b": 1', '"b": 1, "b": 2'),
        },
        near={
            "a key on two levels": lambda t: {**t.pair(), "meta": {"prompt": 1, "completion": 2}},
            "in a text": lambda t: {**t.pair(), "note": '{"a": 1, "a": 2}'},
        },
    ),
    *plants(
        "FMT011",
        talk,
        obvious={
            name: lambda t, name=name: json.dumps(t.pair())[:-1] + f', "score": {name}}}'
            for name in ("NaN", "Infinity")
        },
        subtle={
            "-Infinity": lambda t: json.dumps(t.pair())[:-1] + ', "score": -Infinity}',
            "in a list": lambda t: json.dumps(t.pair())[:-1] + ', "scores": [1, NaN]}',
        },
        near={
            "a text": lambda t: {**t.pair(), "score": "NaN"},
            "a word in the answer": lambda t: {**t.pair(), "note": "NaN is no number, Infinity neither"},
        },
    ),
    *plants(
        "FMT012",
        talk,
        obvious={"the first half": lambda t: json.dumps(t.pair())[:-1] + ', "note": "\\ud83d"}'},
        subtle={
            "the second half": lambda t: json.dumps(t.pair())[:-1] + ', "note": "so \\ude00 it is"}',
            "in the wrong order": lambda t: json.dumps(t.pair())[:-1] + ', "note": "\\ude00\\ud83d"}',
        },
        near={
            "a pair": lambda t: json.dumps(t.pair())[:-1] + ', "note": "\\ud83d\\ude00"}',
            "an escape written out": lambda t: json.dumps(t.pair())[:-1] + ', "note": "\\\\ud83d"}',
        },
    ),
    *plants(
        "FMT013",
        talk,
        obvious={"thirty digits": lambda t: json.dumps(t.pair())[:-1] + f', "id": {"7" * 30}}}'},
        subtle={
            "two to the 64th": lambda t: json.dumps(t.pair())[:-1] + f', "id": {2**64}}}',
            "below": lambda t: json.dumps(t.pair())[:-1] + f', "id": {-(2**63) - 1}}}',
        },
        near={
            "the largest": lambda t: json.dumps(t.pair())[:-1] + f', "id": {2**64 - 1}}}',
            "a fraction": lambda t: json.dumps(t.pair())[:-1] + ', "id": 1e30}',
            "a text": lambda t: {**t.pair(), "id": "7" * 30},
        },
    ),
    *plants(
        "FMT017",
        talk,
        obvious={"500 lists": lambda t: json.dumps(t.pair())[:-1] + f', "x": {"[" * 500}{"]" * 500}}}'},
        subtle={"102 objects": lambda t: json.dumps(t.pair())[:-1] + ', "x": ' + '{"a": ' * 102 + "1" + "}" * 103},
        near={
            "90 lists": lambda t: json.dumps(t.pair())[:-1] + f', "x": {"[" * 90}{"]" * 90}}}',
            "brackets in a text": lambda t: {**t.pair(), "note": "[" * 500},
        },
    ),
)
