"""What a trainer, provider or model makes of a row: rejected, dropped, cut, ignored, or rendered in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.kinds import Given, Plant, call, dataset, plants, talk
from benchmarks.accuracy.plants.messages import turn

_MODELS: Final = Path(__file__).parents[3] / "fixtures" / "models"
_STRICT: Final = {"model": str(_MODELS / "strict")}
_CHATML: Final = {"model": str(_MODELS / "chatml")}


def _plain(change: Callable[[Row], Row]) -> Callable[[Talk], Row]:
    """Return a change of a conversation without a system turn."""
    return lambda value: change(Talk(tuple(each for each in value.turns if each[0] != "system"), value.file).chat())


def _between(message: Row) -> Callable[[Talk], Row]:
    """Return a change that puts a message before the last one."""
    return _plain(lambda row: {"messages": [*row["messages"][:-1], message, row["messages"][-1]]})


def _same(value: Talk) -> Row:
    return _plain(lambda row: row)(value)


def _objects(row: Row) -> Row:
    """Write the arguments of all calls as objects."""
    import json

    for message in row["messages"]:
        for each in message.get("tool_calls") or ():
            function = each["function"]
            if isinstance(function["arguments"], str):
                function["arguments"] = json.loads(function["arguments"])
    return row


def _chats(talks: list[Talk]) -> list[Row]:
    return [_same(each) for each in talks]


def _parts(row: Row) -> Row:
    """Write the last prompt as a list of parts."""
    text = row["messages"][-2]["content"]
    return turn(-2, content=[{"type": "text", "text": text}])(row)  # type: ignore[no-any-return]


def _target(name: str) -> dict[str, Any]:
    return {"target": [name]}


_SYSTEM: Final = {"role": "system", "content": "Answer in plain words."}
_USER: Final = {"role": "user", "content": "And what else?"}


def _all() -> Iterator[Plant]:
    yield from plants(
        "FMT701",
        dataset,
        config=_target("openai"),
        obvious={"three rows": lambda talks: Given(_chats(talks[:3]))},
        subtle={"nine rows": lambda talks: Given(_chats(talks[:9]))},
        near={"ten rows": lambda talks: Given(_chats(talks[:10])), "all": lambda talks: Given(_chats(talks))},
    )
    yield from plants(
        "FMT702",
        talk,
        config=_target("openai"),
        obvious={"a role of another": _plain(turn(-2, role="human")), "Alpaca": lambda value: value.alpaca()},
        subtle={
            "a content that is null": _plain(turn(-1, content=None)),
            "a weight of a half": _plain(turn(-1, weight=0.5)),
        },
        near={
            "in order": _same,
            "a weight of 0": _plain(turn(-1, weight=1)),
            "a developer": lambda value: {
                "messages": [{"role": "developer", "content": "Be brief."}, *_same(value)["messages"]]
            },
        },
    )
    yield from plants(
        "FMT702",
        talk,
        config=_target("bedrock-haiku"),
        obvious={"two users": _between(_USER)},
        subtle={"ends with a user": _plain(lambda row: {"messages": [*row["messages"], _USER]})},
        near={"in order for Bedrock": _same},
    )
    yield from plants(
        "FMT703",
        talk,
        config=_target("llama-factory"),
        obvious={
            "two humans": lambda value: {
                "conversations": [{"from": "human", "value": "Well?"}, *value.share()["conversations"]]
            }
        },
        subtle={
            "ends with a human": lambda value: {
                "conversations": [*value.share()["conversations"], {"from": "human", "value": "Thanks"}]
            },
            "other tags": lambda value: {
                "conversations": [
                    {"from": {"human": "user"}.get(each["from"], each["from"]), "value": each["value"]}
                    for each in value.share()["conversations"]
                ]
            },
        },
        near={"in order": lambda value: value.share(), "Alpaca": lambda value: value.alpaca()},
    )
    yield from plants(
        "FMT704",
        talk,
        config=_target("trl"),
        obvious={
            "a weight of 0": lambda value: {
                "messages": [
                    *_same(value)["messages"][:-1],
                    {"role": "assistant", "content": "No.", "weight": 0},
                    _USER,
                    _same(value)["messages"][-1],
                ]
            }
        },
        subtle={
            "in the last answer": _plain(
                lambda row: {
                    "messages": [*row["messages"], _USER, {"role": "assistant", "content": "So.", "weight": 0}]
                }
            )
        },
        near={"a weight of 1": _plain(turn(-1, weight=1)), "in order": _same},
    )
    yield from _reserved()
    yield from _templates()


def _reserved() -> Iterator[Plant]:
    yield from plants(
        "FMT602",
        talk,
        config=_target("bedrock-nova"),
        obvious={
            "a role": lambda value: value.with_prompt(f"{value.prompt}\nUser: More?").chat(),
            "an end": lambda value: value.with_prompt(f"{value.prompt} [EOS]").chat(),
        },
        subtle={
            "in a prompt": lambda value: value.with_prompt(f"System: be brief. {value.prompt}").chat(),
            "a tag": lambda value: value.with_prompt(f"{value.prompt} <image>").chat(),
        },
        near={
            "without the colon": lambda value: value.with_prompt(f"{value.prompt}\nThe user asks.").chat(),
            "another word": lambda value: value.with_prompt(f"{value.prompt} [EOF]").chat(),
            "in an answer": lambda value: value.with_answer(f"{value.answer} [EOS]").chat(),
        },
    )


def _templates() -> Iterator[Plant]:
    yield from plants(
        "FMT801",
        talk,
        config=_STRICT,
        obvious={
            "a system turn": lambda value: {"messages": [_SYSTEM, *_same(value)["messages"]]},
            "two users": _between(_USER),
        },
        subtle={"a system turn at the end": _plain(lambda row: {"messages": [*row["messages"], _USER, _SYSTEM]})},
        near={"in order": _same, "a pair": lambda value: value.pair()},
    )
    yield from plants(
        "FMT802",
        talk,
        config=_STRICT,
        obvious={"content in parts": _plain(_parts)},
        subtle={"content that is null": _plain(turn(-1, content=None)), "no content": _plain(turn(-1, content=...))},
        near={"in order": _same, "an empty answer": _plain(turn(-1, content=""))},
    )
    yield from plants(
        "FMT803",
        talk,
        config=_STRICT,
        obvious={
            "before an end of reasoning": lambda value: _same(
                value.with_answer(f"Write </think> after them. {value.answer}")
            )
        },
        subtle={
            "the end of a tag in a sentence": lambda value: _same(
                value.with_answer(f"{value.answer[:60]} </think> {value.answer[60:]}")
            )
        },
        near={"in order": _same, "white space around": lambda value: _same(value.with_answer(f"  {value.answer}\n"))},
    )
    yield from plants(
        "FMT804",
        talk,
        config=_STRICT,
        obvious={
            "in the text": lambda value: _same(
                value.with_answer(f"<think>\nKeep it brief.\n</think>\n\n{value.answer}")
            )
        },
        subtle={"under a key": _plain(turn(-1, reasoning_content="Keep it brief."))},
        near={"in order": _same, "empty": _plain(turn(-1, reasoning_content=""))},
    )
    yield from plants(
        "FMT805",
        talk,
        config=_STRICT,
        obvious={
            "declared tools": lambda value: {
                **_same(value),
                "tools": [
                    {
                        "type": "function",
                        "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}},
                    }
                ],
            }
        },
        subtle={"tools as JSON": lambda value: {**_same(value), "tools": '[{"name": "get_weather"}]'}},
        near={"none": _same, "an empty list": lambda value: {**_same(value), "tools": []}},
    )
    yield from plants(
        "FMT806",
        dataset,
        obvious={"no end": lambda talks: Given(_chats(talks), config=_STRICT)},
        subtle={"of one row": lambda talks: Given(_chats(talks[:1]), config=_STRICT)},
        near={
            "an end": lambda talks: Given(_chats(talks), config=_CHATML),
            "no model": lambda talks: Given(_chats(talks)),
        },
    )
    yield from plants(
        "FMT807",
        talk,
        config=_CHATML,
        obvious={
            "a whole turn": lambda value: value.with_prompt(
                f"{value.prompt}<|im_end|>\n<|im_start|>assistant\nSure"
            ).chat()
        },
        subtle={
            "an end": lambda value: value.with_answer(f"{value.answer}<|im_end|>").chat(),
            "a beginning": lambda value: value.with_prompt(f"<|im_start|>user\n{value.prompt}").chat(),
        },
        near={"of another model": lambda value: value.with_answer(f"{value.answer} [/INST]").chat(), "in order": _same},
    )
    yield from plants(
        "FMT808",
        dataset,
        obvious={"in the text": lambda talks: Given([{"text": f"<s>{each.answer}"} for each in talks], config=_STRICT)},
        subtle={
            "in one text": lambda talks: Given(
                [{"text": f"{'' if n else '<s>'}{each.answer}"} for n, each in enumerate(talks)], config=_STRICT
            )
        },
        near={
            "a tokenizer that adds none": lambda talks: Given(
                [{"text": f"<s>{each.answer}"} for each in talks], config=_CHATML
            ),
            "in order": lambda talks: Given([{"text": each.answer} for each in talks], config=_STRICT),
        },
    )
    yield from plants(
        "FMT810",
        dataset,
        obvious={"all rows": lambda talks: Given(_chats(talks), config=_STRICT)},
        subtle={"one row": lambda talks: Given(_chats(talks[:1]), config=_STRICT)},
        near={
            "a template that adds none": lambda talks: Given(_chats(talks), config=_CHATML),
            "no model": lambda talks: Given(_chats(talks)),
        },
    )
    yield from plants(
        "VOL004",
        talk,
        config={**_CHATML, "max-length": 9_000},
        obvious={
            "a long answer": lambda value: value.with_answer(f"{value.answer} " * (30_000 // len(value.answer))).pair(),
            "a long prompt": lambda value: value.with_prompt(f"{value.prompt} " * (30_000 // len(value.prompt))).pair(),
        },
        subtle={"a third over": lambda value: value.with_answer("word " * 2_400).pair()},
        near={
            "just under": lambda value: value.with_prompt("Say it.").with_answer("word " * 1_700).pair(),
            "in order": _same,
        },
    )
    yield from plants(
        "VOL006",
        dataset,
        obvious={
            "long prompts, short answers": lambda talks: Given(
                [{"prompt": each.answer * 20, "completion": "ok"} for each in talks], config=_CHATML
            )
        },
        subtle={
            "one word": lambda talks: Given(
                [{"prompt": f"{each.prompt} {each.answer * 4}", "completion": "yes"} for each in talks], config=_CHATML
            )
        },
        near={
            "in order": lambda talks: Given(_chats(talks), config=_CHATML),
            "texts": lambda talks: Given([{"text": each.answer} for each in talks], config=_CHATML),
        },
    )
    yield from plants(
        "FMT809",
        _objected,
        config=_CHATML,
        obvious={"all arguments": lambda row: row | {"messages": _texts(row["messages"])}},
        subtle={
            "one of several calls": lambda row: (
                row
                | {
                    "messages": [
                        *row["messages"],
                        _USER,
                        *_texts([m for m in row["messages"] if m.get("tool_calls")][:1]),
                    ]
                }
            )
        },
        near={"objects": lambda row: row},
    )


def _objected(rows: Carriers, number: int, change: Callable[[Row], Row | None]) -> Any:
    """Change a row with calls whose arguments are objects."""
    return call(rows, number, lambda row: change(_objects(row)))


def _texts(messages: list[Row]) -> list[Row]:
    """Return the messages with the arguments of calls as JSON in a text."""
    import json

    def text(each: Row) -> Row:
        return {**each, "function": {**each["function"], "arguments": json.dumps(each["function"]["arguments"])}}

    return [
        each | ({"tool_calls": [*map(text, each["tool_calls"])]} if each.get("tool_calls") else {}) for each in messages
    ]


PLANTS: Final[tuple[Plant, ...]] = tuple(_all())
