"""Defects of rows: keys, types, roles, turns, content, loss weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.kinds import Plant, chat, plants, talk, talk_of

Change = Callable[[Row], Any]


def _turn(at: int, **keys: Any) -> Change:
    """Return a change of one message's keys; a key with the value ... is deleted."""

    def change(row: Row) -> Row:
        message = row["messages"][at]
        message |= keys
        row["messages"][at] = {key: value for key, value in message.items() if value is not ...}
        return row

    return change


def _turns(make: Callable[[list[Row]], list[Any] | None]) -> Change:
    """Return a change of the list of messages."""

    def change(row: Row) -> Row | None:
        made = make(row["messages"])
        return None if made is None else row | {"messages": made}

    return change


def _user(text: str = "And why is that so?") -> Row:
    return {"role": "user", "content": text}


def _answer(text: str = "It follows from what was said before.") -> Row:
    return {"role": "assistant", "content": text}


def _system(text: str = "Answer in plain words.") -> Row:
    return {"role": "system", "content": text}


def _bare(messages: list[Row]) -> list[Row]:
    return [message for message in messages if message["role"] != "system"]


def _weights(**marks: Any) -> Change:
    """Return a change that marks every answer."""
    return _turns(lambda all_: [each | marks if each["role"] == "assistant" else each for each in all_])


def _parts(part: Any) -> Change:
    """Return a change that makes the last prompt a list of its text and another part."""
    return _turns(lambda all_: [*all_[:-2], _user([{"type": "text", "text": all_[-2]["content"]}, part]), all_[-1]])  # type: ignore[arg-type]


def _renamed(**names: str) -> Callable[[Talk], Row]:
    """Return a change that renames keys of an Alpaca row."""
    return lambda value: {names.get(key, key): text for key, text in value.alpaca().items()}


def _sourced(rows: Carriers, number: int, change: Change) -> Any:
    """Change a row that the schema allows."""
    return change({**talk_of(rows, number).pair(), "source": "web"})


_LONG_NAME: Final = "n" * 70

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
            "no role": lambda t: _turn(-1, role=...)(t.chat()),
            "no content": lambda t: _turn(-1, content=...)(t.chat()),
            "no output": lambda t: {"instruction": t.prompt, "input": ""},
        },
        subtle={
            "no content in an early turn": lambda t: _turn(0, content=...)(t.chat()),
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
                    {"role": "assistant", "tool_calls": [_call("look")]},
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
            "a number as a content": lambda t: _turn(-1, content=7)(t.chat()),
            "a text as messages": lambda t: {"messages": t.prompt},
        },
        subtle={
            "a list as an instruction": lambda t: {**t.alpaca(), "instruction": [t.prompt]},
            "null as a prompt": lambda t: {**t.pair(), "prompt": None},
            "a boolean as a content": lambda t: _turn(0, content=True)(t.chat()),
        },
        near={
            "null as an input": lambda t: {**t.alpaca(), "input": None},
            "a number as an answer": lambda t: {"question": t.prompt, "answer": 42},
            "parts as a content": lambda t: _parts({"type": "text", "text": "Say it."})(t.chat()),
        },
    ),
    *plants(
        "FMT106",
        talk,
        obvious={
            "mesages": lambda t: {"mesages": t.chat()["messages"]},
            "instuction": _renamed(instruction="instuction"),
            "Role": lambda t: {
                "messages": [{"Role": m["role"], "content": m["content"]} for m in t.chat()["messages"]]
            },
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
        _sourced,
        options={
            "schema": '{"required": ["source"], "properties": {"source": {"enum": ["web", "book"]}, "n": {"type": "integer"}}}'
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
        "FMT201",
        talk,
        obvious={"messages": lambda _: {"messages": []}, "conversations": lambda _: {"conversations": []}},
        subtle={"with keys beside": lambda _: {"messages": [], "id": 4, "source": "web"}},
        near={
            "one message": lambda t: {"messages": t.chat()["messages"][-1:]},
            "tools that are none": lambda t: {**t.chat(), "tools": []},
        },
    ),
    *plants(
        "FMT202",
        chat,
        obvious={
            "texts": _turns(lambda all_: [each["content"] for each in all_]),
            "null": _turns(lambda all_: [None, *all_]),
        },
        subtle={
            "one text": _turns(lambda all_: [*all_[:-1], all_[-1]["content"]]),
            "a list around one": _turns(lambda all_: [*all_[:-1], [all_[-1]]]),
        },
        near={"in order": lambda row: row, "with further keys": _turn(-1, id="m7", time=3)},
    ),
    *plants(
        "FMT203",
        chat,
        obvious={"a wizard": _turn(-1, role="wizard"), "a number": _turn(-1, role="2")},
        subtle={
            "misspelled": _turn(-1, role="asistant"),
            "a critic in between": _turns(lambda a: [*a[:-1], {"role": "critic", "content": "Hm."}, a[-1]]),
        },
        near={
            "a developer": _turns(lambda a: [{"role": "developer", "content": "Be brief."}, *_bare(a)]),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT204",
        chat,
        obvious={
            "human and gpt": _turns(
                lambda a: [
                    each | {"role": {"user": "human", "assistant": "gpt"}.get(each["role"], "system")} for each in a
                ]
            ),
            "a bot": _turn(-1, role="bot"),
        },
        subtle={"capitals": _turn(-1, role="Assistant"), "a model": _turn(-1, role="model")},
        near={
            "a developer": _turns(lambda a: [{"role": "developer", "content": "Be brief."}, *_bare(a)]),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT204",
        talk,
        obvious={},
        subtle={},
        near={"ShareGPT's own roles": lambda t: t.share()},
    ),
    *plants(
        "FMT205",
        chat,
        obvious={
            "two users": _turns(lambda a: [*a[:-1], _user(), a[-1]]),
            "two answers": _turns(lambda a: [*a, _answer()]),
        },
        subtle={
            "two users at the start": _turns(lambda a: [*[m for m in a if m["role"] == "system"], _user(), *_bare(a)]),
            "three answers": _turns(lambda a: [*a, _answer(), _user("Go on."), _answer(), _answer("So.")]),
        },
        near={
            "one more exchange": _turns(lambda a: [*a, _user(), _answer()]),
            "a system turn": _turns(lambda a: [_system(), *_bare(a)]),
            "results of two calls": lambda row: {
                "messages": [
                    _user(),
                    {"role": "assistant", "content": None, "tool_calls": [_call("a1"), _call("a2")]},
                    *({"role": "tool", "tool_call_id": name, "content": "x"} for name in ("a1", "a2")),
                    row["messages"][-1],
                ]
            },
        },
    ),
    *plants(
        "FMT206",
        chat,
        obvious={"a user": _turns(lambda a: [*a, _user()]), "the system": _turns(lambda a: [*a, _system()])},
        subtle={
            "thanks": _turns(lambda a: [*a, _user("Thanks!")]),
            "a tool": lambda row: {
                "messages": [
                    *row["messages"],
                    _user(),
                    {"role": "assistant", "content": None, "tool_calls": [_call("a1")]},
                    {"role": "tool", "tool_call_id": "a1", "content": "x"},
                ]
            },
        },
        near={"an answer": _turns(lambda a: [*a, _user(), _answer()]), "in order": lambda row: row},
    ),
    *plants(
        "FMT207",
        chat,
        obvious={"an answer at first": _turns(lambda a: [_answer("Welcome!"), *_bare(a)])},
        subtle={"behind the system turn": _turns(lambda a: [_system(), _answer("Welcome!"), *_bare(a)])},
        near={
            "a system turn": _turns(lambda a: [_system(), *_bare(a)]),
            "in order": lambda row: row,
            "a greeting of the user": _turns(lambda a: [_user("Hi"), _answer("Hello"), *_bare(a)]),
        },
    ),
    *plants(
        "FMT208",
        chat,
        obvious={"the system and an answer": _turns(lambda a: [_system(), a[-1]])},
        subtle={
            "two answers": _turns(lambda a: [_system(), a[-1], {"role": "tool", "content": "x"}, _answer()]),
            "answers alone": _turns(lambda a: [a[-1]]),
        },
        near={"in order": lambda row: row, "a short user": _turns(lambda a: [_user("?"), a[-1]])},
    ),
    *plants(
        "FMT209",
        chat,
        obvious={
            "a user": _turns(lambda a: _bare(a)[:1]),
            "the system and a user": _turns(lambda a: [_system(), _bare(a)[0]]),
        },
        subtle={"users": _turns(lambda a: [each for each in a if each["role"] == "user"] + [_user()])},
        near={
            "in order": lambda row: row,
            "an answer with a call": _turns(
                lambda a: [_bare(a)[0], {"role": "assistant", "content": None, "tool_calls": [_call("a1")]}]
            ),
        },
    ),
    *plants(
        "FMT210",
        chat,
        obvious={"behind the user": _turns(lambda a: [*_bare(a)[:1], _system(), *_bare(a)[1:]])},
        subtle={
            "at the end": _turns(lambda a: [*_bare(a), _user(), _system(), _answer()]),
            "a developer": _turns(
                lambda a: [*_bare(a)[:1], {"role": "developer", "content": "Be brief."}, *_bare(a)[1:]]
            ),
        },
        near={"at first": _turns(lambda a: [_system(), *_bare(a)]), "in order": lambda row: row},
    ),
    *plants(
        "FMT211",
        chat,
        obvious={"two": _turns(lambda a: [_system(), _system("Be kind."), *_bare(a)])},
        subtle={
            "a developer too": _turns(lambda a: [_system(), {"role": "developer", "content": "Be brief."}, *_bare(a)]),
            "far apart": _turns(lambda a: [_system(), *_bare(a), _user(), _system("Be kind."), _answer()]),
        },
        near={"one": _turns(lambda a: [_system(), *_bare(a)]), "none": _turns(lambda a: _bare(a))},
    ),
    *plants(
        "FMT212",
        chat,
        obvious={"an answer": _turn(-1, content=None), "a prompt": _turn(-2, content=None)},
        subtle={
            "with an empty list of calls": _turn(-1, content=None, tool_calls=[]),
            "a system turn": _turns(lambda a: [_system(None), *_bare(a)]),
        },  # type: ignore[arg-type]
        near={
            "beside a call": _turn(
                -1,
                content=None,
                tool_calls=[{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
            ),
            "beside a refusal": _turn(-1, content=None, refusal="I can't say that."),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT213",
        chat,
        obvious={"an unknown type": _parts({"type": "hologram", "data": "x"}), "a number": _parts(7)},
        subtle={
            "no text": _parts({"type": "text"}),
            "no URL": _parts({"type": "image_url"}),
            "a misspelled type": _parts({"type": "txet", "text": "x"}),
        },
        near={
            "two texts": _parts({"type": "text", "text": "More."}),
            "an image": _parts({"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}),
            "a part of Bedrock": _turns(lambda a: [*a[:-2], _user([{"text": a[-2]["content"]}]), a[-1]]),  # type: ignore[arg-type]
        },
    ),
    *plants(
        "FMT214",
        chat,
        obvious={"a text": _turn(-1, weight="1"), "two": _turn(-1, weight=2)},
        subtle={"a half": _turn(-1, weight=0.5), "on a prompt": _turn(-2, weight=1), "true": _turn(-1, weight=True)},
        near={"one": _turn(-1, weight=1), "null": _turn(-1, weight=None), "nothing": lambda row: row},
    ),
    *plants(
        "FMT215",
        chat,
        obvious={"all weights 0": _weights(weight=0), "no training": _weights(train=False)},
        subtle={
            "no loss": _weights(loss=False),
            "a loss scale of 0": _weights(loss_scale=0.0),
            "a loss weight of 0": _weights(loss_weight=0),
        },
        near={
            "the last one": lambda row: _turn(-1, weight=1)(_weights(weight=0)(row)),
            "weights of 1": _weights(weight=1),
            "nothing": lambda row: row,
        },
    ),
    *plants(
        "FMT216",
        chat,
        obvious={"a space": _turn(-2, name="Ann Lee"), "a number": _turn(-2, name=7)},
        subtle={
            "too long": _turn(-2, name=_LONG_NAME),
            "an accent": _turn(-2, name="José"),
            "empty": _turn(-2, name=""),
        },
        near={"letters": _turn(-2, name="ann_lee-2"), "null": _turn(-2, name=None), "nothing": lambda row: row},
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


def _call(name: str) -> Row:
    """Return a call with this id."""
    return {"id": name, "type": "function", "function": {"name": "look", "arguments": "{}"}}
