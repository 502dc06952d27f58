"""Defects of conversations: roles, their order, contents, names, loss weights."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.kinds import Plant, chat, plants, talk
from benchmarks.accuracy.plants.messages import (
    LONG_NAME,
    a_call,
    an_answer,
    bare,
    parts,
    system,
    turn,
    turns,
    user,
    weights,
)

PLANTS: Final[tuple[Plant, ...]] = (
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
            "texts": turns(lambda all_: [each["content"] for each in all_]),
            "null": turns(lambda all_: [None, *all_]),
        },
        subtle={
            "one text": turns(lambda all_: [*all_[:-1], all_[-1]["content"]]),
            "a list around one": turns(lambda all_: [*all_[:-1], [all_[-1]]]),
        },
        near={"in order": lambda row: row, "with further keys": turn(-1, id="m7", time=3)},
    ),
    *plants(
        "FMT203",
        chat,
        obvious={"a wizard": turn(-1, role="wizard"), "a number": turn(-1, role="2")},
        subtle={
            "misspelled": turn(-1, role="asistant"),
            "a critic in between": turns(lambda a: [*a[:-1], {"role": "critic", "content": "Hm."}, a[-1]]),
        },
        near={
            "a developer": turns(lambda a: [{"role": "developer", "content": "Be brief."}, *bare(a)]),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT204",
        chat,
        obvious={
            "human and gpt": turns(
                lambda a: [
                    each | {"role": {"user": "human", "assistant": "gpt"}.get(each["role"], "system")} for each in a
                ]
            ),
            "a bot": turn(-1, role="bot"),
        },
        subtle={"capitals": turn(-1, role="Assistant"), "a model": turn(-1, role="model")},
        near={
            "a developer": turns(lambda a: [{"role": "developer", "content": "Be brief."}, *bare(a)]),
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
            "two users": turns(lambda a: [*a[:-1], user(), a[-1]]),
            "two answers": turns(lambda a: [*a, an_answer()]),
        },
        subtle={
            "two users at the start": turns(lambda a: [*[m for m in a if m["role"] == "system"], user(), *bare(a)]),
            "three answers": turns(lambda a: [*a, an_answer(), user("Go on."), an_answer(), an_answer("So.")]),
        },
        near={
            "one more exchange": turns(lambda a: [*a, user(), an_answer()]),
            "a system turn": turns(lambda a: [system(), *bare(a)]),
            "results of two calls": lambda row: {
                "messages": [
                    user(),
                    {"role": "assistant", "content": None, "tool_calls": [a_call("a1"), a_call("a2")]},
                    *({"role": "tool", "tool_call_id": name, "content": "x"} for name in ("a1", "a2")),
                    row["messages"][-1],
                ]
            },
        },
    ),
    *plants(
        "FMT206",
        chat,
        obvious={"a user": turns(lambda a: [*a, user()]), "the system": turns(lambda a: [*a, system()])},
        subtle={
            "thanks": turns(lambda a: [*a, user("Thanks!")]),
            "a tool": lambda row: {
                "messages": [
                    *row["messages"],
                    user(),
                    {"role": "assistant", "content": None, "tool_calls": [a_call("a1")]},
                    {"role": "tool", "tool_call_id": "a1", "content": "x"},
                ]
            },
        },
        near={"an answer": turns(lambda a: [*a, user(), an_answer()]), "in order": lambda row: row},
    ),
    *plants(
        "FMT207",
        chat,
        obvious={"an answer at first": turns(lambda a: [an_answer("Welcome!"), *bare(a)])},
        subtle={"behind the system turn": turns(lambda a: [system(), an_answer("Welcome!"), *bare(a)])},
        near={
            "a system turn": turns(lambda a: [system(), *bare(a)]),
            "in order": lambda row: row,
            "a greeting of the user": turns(lambda a: [user("Hi"), an_answer("Hello"), *bare(a)]),
        },
    ),
    *plants(
        "FMT208",
        chat,
        obvious={"the system and an answer": turns(lambda a: [system(), a[-1]])},
        subtle={
            "two answers": turns(lambda a: [system(), a[-1], {"role": "tool", "content": "x"}, an_answer()]),
            "answers alone": turns(lambda a: [a[-1]]),
        },
        near={"in order": lambda row: row, "a short user": turns(lambda a: [user("?"), a[-1]])},
    ),
    *plants(
        "FMT209",
        chat,
        obvious={
            "a user": turns(lambda a: bare(a)[:1]),
            "the system and a user": turns(lambda a: [system(), bare(a)[0]]),
        },
        subtle={"users": turns(lambda a: [each for each in a if each["role"] == "user"] + [user()])},
        near={
            "in order": lambda row: row,
            "an answer with a call": turns(
                lambda a: [bare(a)[0], {"role": "assistant", "content": None, "tool_calls": [a_call("a1")]}]
            ),
        },
    ),
    *plants(
        "FMT210",
        chat,
        obvious={"behind the user": turns(lambda a: [*bare(a)[:1], system(), *bare(a)[1:]])},
        subtle={
            "at the end": turns(lambda a: [*bare(a), user(), system(), an_answer()]),
            "a developer": turns(lambda a: [*bare(a)[:1], {"role": "developer", "content": "Be brief."}, *bare(a)[1:]]),
        },
        near={"at first": turns(lambda a: [system(), *bare(a)]), "in order": lambda row: row},
    ),
    *plants(
        "FMT211",
        chat,
        obvious={"two": turns(lambda a: [system(), system("Be kind."), *bare(a)])},
        subtle={
            "a developer too": turns(lambda a: [system(), {"role": "developer", "content": "Be brief."}, *bare(a)]),
            "far apart": turns(lambda a: [system(), *bare(a), user(), system("Be kind."), an_answer()]),
        },
        near={"one": turns(lambda a: [system(), *bare(a)]), "none": turns(lambda a: bare(a))},
    ),
    *plants(
        "FMT212",
        chat,
        obvious={"an answer": turn(-1, content=None), "a prompt": turn(-2, content=None)},
        subtle={
            "with an empty list of calls": turn(-1, content=None, tool_calls=[]),
            "a system turn": turns(lambda a: [system(None), *bare(a)]),
        },  # type: ignore[arg-type]
        near={
            "beside a call": turn(
                -1,
                content=None,
                tool_calls=[{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
            ),
            "beside a refusal": turn(-1, content=None, refusal="I can't say that."),
            "in order": lambda row: row,
        },
    ),
    *plants(
        "FMT213",
        chat,
        obvious={"an unknown type": parts({"type": "hologram", "data": "x"}), "a number": parts(7)},
        subtle={
            "no text": parts({"type": "text"}),
            "no URL": parts({"type": "image_url"}),
            "a misspelled type": parts({"type": "txet", "text": "x"}),
        },
        near={
            "two texts": parts({"type": "text", "text": "More."}),
            "an image": parts({"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}),
            "a part of Bedrock": turns(lambda a: [*a[:-2], user([{"text": a[-2]["content"]}]), a[-1]]),  # type: ignore[arg-type]
        },
    ),
    *plants(
        "FMT214",
        chat,
        obvious={"a text": turn(-1, weight="1"), "two": turn(-1, weight=2)},
        subtle={"a half": turn(-1, weight=0.5), "on a prompt": turn(-2, weight=1), "true": turn(-1, weight=True)},
        near={"one": turn(-1, weight=1), "null": turn(-1, weight=None), "nothing": lambda row: row},
    ),
    *plants(
        "FMT215",
        chat,
        obvious={"all weights 0": weights(weight=0), "no training": weights(train=False)},
        subtle={
            "no loss": weights(loss=False),
            "a loss scale of 0": weights(loss_scale=0.0),
            "a loss weight of 0": weights(loss_weight=0),
        },
        near={
            "the last one": lambda row: turn(-1, weight=1)(weights(weight=0)(row)),
            "weights of 1": weights(weight=1),
            "nothing": lambda row: row,
        },
    ),
    *plants(
        "FMT216",
        chat,
        obvious={"a space": turn(-2, name="Ann Lee"), "a number": turn(-2, name=7)},
        subtle={
            "too long": turn(-2, name=LONG_NAME),
            "an accent": turn(-2, name="José"),
            "empty": turn(-2, name=""),
        },
        near={"letters": turn(-2, name="ann_lee-2"), "null": turn(-2, name=None), "nothing": lambda row: row},
    ),
)
