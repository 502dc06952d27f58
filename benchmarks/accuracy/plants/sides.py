"""Defects of preferences and of images, sounds and videos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Preference, Row, Talk
from benchmarks.accuracy.plants.kinds import Plant, plants, preference, talk

_PNG: Final = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _both(text: Callable[[str], str | None]) -> Callable[[Preference], Row | None]:
    """Return a change that makes the rejected side of the chosen one."""

    def change(value: Preference) -> Row | None:
        made = text(value.chosen)
        plain = value.chosen.isascii() and "`" not in value.chosen and not set("=+<>{}") & set(value.chosen)
        return {**value.row(), "rejected": made} if made is not None and made != value.chosen and plain else None

    return change


def _lists(change: Callable[[Row], Any]) -> Callable[[Preference], Row | None]:
    """Return a change of a row with both sides as whole conversations."""

    def apply(value: Preference) -> Row | None:
        row = value.lists()
        return row if change(row) is not False else None

    return apply


def _kto(label: Any, text: str | None = None) -> Callable[[Preference], Row]:
    return lambda value: {"prompt": value.prompt, "completion": value.chosen if text is None else text, "label": label}


def _tag(tag: Any) -> Callable[[Preference], Row]:
    return lambda value: {"messages": value.lists()["chosen"], "kto_tag": tag}


def _steps(steps: int, labels: int) -> Callable[[Preference], Row | None]:
    def change(value: Preference) -> Row | None:
        parts = [part for part in value.chosen.split("\n") if part.strip()][:steps]
        if len(parts) < steps:
            return None
        return {"prompt": value.prompt, "completions": parts, "labels": [True, False, True, True, False][:labels]}

    return change


def _media(place: str, key: str, values: Any) -> Callable[[Talk], Row]:
    """Return a row with placeholders in its prompt and a list of files."""
    return lambda value: {**value.with_prompt(place + value.prompt).chat(), key: values}


def _part(part: Row) -> Callable[[Talk], Row]:
    """Return a row whose prompt has another part."""

    def change(value: Talk) -> Row:
        row = value.chat()
        row["messages"][-2]["content"] = [{"type": "text", "text": value.prompt}, part]
        return row

    return change


def _image(url: str) -> Callable[[Talk], Row]:
    return _part({"type": "image_url", "image_url": {"url": url}})


def _said(part: Row) -> Callable[[Talk], Row]:
    def change(value: Talk) -> Row:
        row = value.chat()
        row["messages"][-1]["content"] = [{"type": "text", "text": value.answer}, part]
        return row

    return change


PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT501",
        preference,
        obvious={
            "texts": lambda p: {**p.row(), "rejected": p.chosen},
            "lists": lambda p: {**p.lists(), "rejected": p.lists()["chosen"]},
        },
        subtle={
            "other scores": lambda p: {**p.row(), "rejected": p.chosen, "score_chosen": 9, "score_rejected": 2},
            "another order of keys": lambda p: {
                **p.lists(),
                "rejected": [{"content": each["content"], "role": each["role"]} for each in p.lists()["chosen"]],
            },
        },
        near={
            "one word more": lambda p: {**p.row(), "rejected": p.chosen + " Indeed."},
            "two empty sides": lambda p: {**p.row(), "chosen": "", "rejected": ""},
            "in order": lambda p: p.row(),
        },
    ),
    *plants(
        "FMT502",
        preference,
        obvious={"capitals": _both(str.upper), "white space": _both(lambda text: f"  {text}\n")},
        subtle={
            "a full stop": _both(lambda text: text + "."),
            "line breaks": _both(lambda text: text.replace(". ", ".\n\n")),
            "commas": _both(lambda text: text.replace(", ", " ")),
        },
        near={
            "one word": _both(lambda text: text + " not"),
            "a number": _both(lambda text: text + " 3"),
            "a sign": _both(lambda text: text + " It is -3."),
        },
    ),
    *plants(
        "FMT503",
        preference,
        obvious={
            "another question": _lists(lambda row: row["rejected"][0].update(content="What is the time in Lima now?")),
            "another system prompt": _lists(
                lambda row: [row[side].insert(0, {"role": "system", "content": f"Be {side}."}) for side in row] and None
            ),
        },
        subtle={
            "one word more": _lists(
                lambda row: row["rejected"][0].update(content=row["chosen"][0]["content"] + " please")
            ),
            "a system prompt on one side": _lists(
                lambda row: row["chosen"].insert(0, {"role": "system", "content": "Be brief."})
            ),
        },
        near={
            "in order": _lists(lambda row: None),
            "another course": _lists(
                lambda row: row["rejected"].extend(
                    [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]
                )
            ),
        },
    ),
    *plants(
        "FMT504",
        preference,
        obvious={"chosen": lambda p: {**p.row(), "chosen": ""}, "rejected": lambda p: {**p.row(), "rejected": ""}},
        subtle={
            "white space": lambda p: {**p.row(), "rejected": " \n"},
            "no turn": _lists(lambda row: row.update(rejected=[])),
            "an empty turn": _lists(lambda row: row["chosen"][-1].update(content=" ")),
        },
        near={"one character": lambda p: {**p.row(), "rejected": "0"}, "in order": lambda p: p.row()},
    ),
    *plants(
        "FMT505",
        preference,
        obvious={
            "a user's turn at the end": _lists(lambda row: row["chosen"].append({"role": "user", "content": "And?"})),
            "a system turn": _lists(lambda row: row["rejected"][-1].update(role="system")),
        },
        subtle={
            "two of OpenAI": lambda p: {
                "input": {"messages": [{"role": "user", "content": p.prompt}]},
                "preferred_output": [{"role": "assistant", "content": p.chosen}] * 2,
                "non_preferred_output": [{"role": "assistant", "content": p.rejected}],
            },
            "a user in OpenAI's": lambda p: {
                "input": {"messages": [{"role": "user", "content": p.prompt}]},
                "preferred_output": [{"role": "assistant", "content": p.chosen}],
                "non_preferred_output": [{"role": "user", "content": p.rejected}],
            },
        },
        near={
            "one of OpenAI": lambda p: {
                "input": {"messages": [{"role": "user", "content": p.prompt}]},
                "preferred_output": [{"role": "assistant", "content": p.chosen}],
                "non_preferred_output": [{"role": "assistant", "content": p.rejected}],
            },
            "in order": _lists(lambda row: None),
        },
    ),
    *plants(
        "FMT506",
        preference,
        obvious={"a text": _kto("true"), "a word under KTO's own key": _tag("good")},
        subtle={
            "a number": _kto(1),
            "a list under KTO's own key": _tag([True]),
        },
        near={
            "true": _kto(label=True),
            "true of nothing": _kto(label=True, text=""),
            "false of nothing": _kto(label=False, text=""),
            "a class of its own": lambda p: {"text": p.chosen, "label": "good"},
        },
    ),
    *plants(
        "FMT507",
        preference,
        obvious={"one label": _steps(3, 1), "no label": _steps(3, 0)},
        subtle={"one too many": _steps(3, 4), "one too few": _steps(4, 3)},
        near={"as many": _steps(3, 3), "two": _steps(2, 2)},
    ),
    *plants(
        "FMT401",
        talk,
        obvious={
            "one placeholder, no image": _media("<image>", "images", []),
            "one placeholder, two images": _media("<image>", "images", ["a.png", "b.png"]),
            "two placeholders, one image": _media("<image><image>\n", "images", ["a.png"]),
        },
        subtle={
            "a sound too many": _media("<audio>", "audios", ["a.mp3", "b.mp3"]),
            "in the answer": lambda t: {
                **t.with_prompt("<image>" + t.prompt).with_answer(t.answer + " <image>").chat(),
                "images": ["a.png"],
            },
            "another dialect": _media("<|image_1|><|image_2|>", "images", ["a.png"]),
            "a video": _media("<video>", "videos", []),
        },
        near={
            "one and one": _media("<image>", "images", ["a.png"]),
            "three and three": _media("<image><image><image>", "images", ["a.png", "b.png", "c.png"]),
            "an image and a sound": lambda t: {
                **t.with_prompt("<image><audio>" + t.prompt).chat(),
                "images": ["a.png"],
                "audios": ["a.mp3"],
            },
            "the word": lambda t: t.with_prompt("Describe the image in words. " + t.prompt).chat(),
        },
    ),
    *plants(
        "FMT402",
        talk,
        obvious={
            "no base64": _image("data:image/png;base64,@@not base64@@"),
            "no image": _image("data:image/png;base64,aGVsbG8="),
            "no reference": _image("the picture of a cat"),
        },
        subtle={
            "cut off": _image(f"data:image/png;base64,{_PNG[:-3]}"),
            "another format": _image("data:image/png;base64,/9j/4AAQSkZJRgA="),
            "bytes without their head": _image(_PNG),
            "in an answer": _said({"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}),
            "dots for bytes": _image("data:image/png;base64,..."),
        },
        near={
            "a URL": _image("https://example.com/a.png"),
            "bytes": _image(f"data:image/png;base64,{_PNG}"),
            "a text alone": _part({"type": "text", "text": "More."}),
        },
    ),
)
