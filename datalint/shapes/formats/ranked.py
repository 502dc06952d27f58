"""Several answers to one prompt with their ranks or scores: NeMo RL, Nectar as axolotl reads it, UltraFeedback."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having, never
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_history, read_side
from datalint.shapes.sink import Sink
from datalint.support.numbered_steps import are_steps
from datalint.support.text_lists import are_texts


def _make(prompt: str, answers: str, answer: str) -> Shape:
    """Return the shape whose answers are objects with a rank under ``answers``."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        read_side(value.get(prompt), f"$.{prompt}", sink, response=False)
        rows = value.get(answers)
        given = rows if isinstance(rows, list) else []
        ranked = [
            (each["rank"], index)
            for index, each in enumerate(given)
            if isinstance(each, dict) and isinstance(each.get("rank"), int | float)
        ]
        if len(ranked) < 2:
            return
        for side, (_, index) in (("chosen", min(ranked)), ("rejected", max(ranked))):
            path = f"$.{answers}[{index}].{answer}"
            read_side(given[index].get(answer), path, sink, response=True, side=side)

    return Shape(
        name="ranked",
        title=f"ranked answers ({prompt}, {answers})",
        kind="preference",
        fits=having(prompt, answers),
        schema=_schema(prompt, answers, answer),
        read=read,
        keys=(prompt, answers, "id"),
        decided_by=(answers, _is_ranked),
        sole=True,
        reads=(prompt, answers),
        lists=(prompt,),
        categories=(),
    )


def _schema(prompt: str, answers: str, answer: str) -> dict[str, Any]:
    item = {
        "type": "object",
        "required": [answer, "rank"],
        "properties": {"rank": {"type": "number"}, answer: {"type": ["string", "array"]}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": [prompt, answers],
        "properties": {prompt: TEXT_OR_MESSAGES, answers: {"type": "array", "minItems": 2, "items": item}},
    }


def _is_ranked(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "rank" in first


#: Keys of the prompt, the answers, the text of an answer, and its score, of which the highest is the best.
_PROMPTS: Final = ("prompt", "instruction", "question", "query", "input")
_ANSWERS: Final = ("responses", "completions", "answers", "candidates", "outputs", "generations", "replies")
_TEXTS: Final = ("text", "response", "completion", "answer", "output", "content", "body", "reply")
_SCORES: Final = ("reward", "score", "overall_score", "rating", "pm_score", "elo", "votes", "upvotes", "likes")
#: Keys that say with true or false whether an answer is the one that was chosen.
_FLAGS: Final = ("accepted", "is_accepted", "is_best", "best", "chosen", "is_chosen", "selected", "is_selected")


def _scored(item: object) -> tuple[float, str] | None:
    """Return the score of an answer and the key of its text; None where it lacks one."""
    if not isinstance(item, dict):
        return None
    text = next((key for key in _TEXTS if isinstance(item.get(key), str)), None)
    score = next((item[key] for key in _SCORES if _is_number(item.get(key))), None)
    if score is None and _is_number(item.get("rank")):
        score = -item["rank"]
    if score is None:
        score = next((float(item[key]) for key in _FLAGS if isinstance(item.get(key), bool)), None)
    return None if text is None or score is None else (score, text)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_scored(value: object) -> bool:
    return isinstance(value, list) and bool(value) and _scored(value[0]) is not None


def _with_scores(answers: str) -> Shape:
    """Return the shape whose answers are objects with a score under ``answers``; of a tie, only the prompt is read."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        for key in _PROMPTS:
            if value.get(key):
                read_side(value[key], f"$.{key}", sink, response=False)
        rows = value.get(answers)
        found = [(_scored(each), index) for index, each in enumerate(rows if isinstance(rows, list) else ())]
        scored = [(each[0], index, each[1]) for each, index in found if each is not None]
        best, worst = max(scored, default=None), min(scored, default=None)
        if best is None or worst is None or best[0] == worst[0]:
            return
        for side, (_, index, text) in (("chosen", best), ("rejected", worst)):
            path = f"$.{answers}[{index}].{text}"
            read_side(value[answers][index][text], path, sink, response=True, side=side)

    return Shape(
        name="ranked",
        title=f"answers with scores ({answers})",
        kind="preference",
        fits=having(
            answers, any_of=_PROMPTS, none_of=("messages", "conversations", "chosen", "response", "completion")
        ),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [answers],
            "properties": {answers: {"type": "array", "minItems": 2, "items": {"type": "object"}}}
            | dict.fromkeys(_PROMPTS, TEXT_OR_MESSAGES),
        },
        read=read,
        keys=(*_PROMPTS, answers, "id"),
        decided_by=(answers, _are_scored),
        sole=True,
        reads=(*_PROMPTS, answers),
        lists=("prompt",),
        categories=(),
    )


#: Keys of a list of answers as texts, and of a list with a number for each, of which the highest is the best.
_TEXT_LISTS: Final = ("generations", "responses", "completions", "answers", "candidates", "outputs")
_NUMBER_LISTS: Final = ("ratings", "scores", "rewards", "ranks", "ranking", "rankings")
#: Lists of numbers of which the lowest is the best.
_RANKS: Final = frozenset(("ranks", "ranking", "rankings"))


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(each is None or _is_number(each) for each in value)


def _side_by_side(answers: str, scores: str) -> Shape:
    """Return the shape of rows with a list of texts, and one of their scores; of a tie, only the prompt is read."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        for key in _PROMPTS:
            if value.get(key):
                read_side(value[key], f"$.{key}", sink, response=False)
        texts, numbers = value.get(answers), value.get(scores)
        if not isinstance(texts, list) or not isinstance(numbers, list):
            return
        sign = -1 if scores in _RANKS else 1
        scored = [
            (sign * number, index)
            for index, (text, number) in enumerate(zip(texts, numbers, strict=False))
            if isinstance(text, str) and _is_number(number)
        ]
        if not scored or max(scored)[0] == min(scored)[0]:
            return
        for side, (_, index) in (("chosen", max(scored)), ("rejected", min(scored))):
            read_side(texts[index], f"$.{answers}[{index}]", sink, response=True, side=side)

    return Shape(
        name="ranked",
        title=f"answers and their scores ({answers}, {scores})",
        kind="preference",
        fits=having(answers, scores, any_of=_PROMPTS, none_of=("messages", "conversations", "chosen", "response")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [answers, scores],
            "properties": {
                answers: {"type": "array", "items": {"type": ["string", "null"]}},
                scores: {"type": "array", "items": {"type": ["number", "null"]}},
            }
            | dict.fromkeys(_PROMPTS, TEXT_OR_MESSAGES),
        },
        read=read,
        keys=(*_PROMPTS, answers, scores, "id"),
        decided_by=(scores, _are_numbers),
        sole=True,
        reads=(*_PROMPTS, answers, scores),
        lists=("prompt",),
        categories=(),
    )


#: Answers of a list of which the first is the better one, and characters of more of them, on average.
_TWO: Final = 2
_ANSWER: Final = 60


def are_listed(row: dict[str, Any]) -> bool:
    """Return whether a row's output is a list of two answers or more, the better ones first, and not of steps or items.

    Datasets for LLaMA-Factory have the earlier turns next to it. A list of instructions has an answer to each, and
    labels that the instruction offers are one answer.
    """
    value = row.get("output")
    if isinstance(row.get("instruction"), list) or not are_texts(value, _TWO):
        return False
    if sum(map(len, value)) >= _ANSWER * len(value) or "history" in row:
        return True
    return len(value) == _TWO and not _are_offered(value, row)


def _are_offered(labels: list[str], row: dict[str, Any]) -> bool:
    """Return whether the instruction has all short texts of a list, as the labels of which some are right."""
    asked = row.get("instruction")
    return isinstance(asked, str) and all(each.strip() and each in asked for each in labels)


def _read_listed(value: dict[str, Any], sink: Sink) -> None:
    """Read a prompt and the first two answers, as LLaMA-Factory's reward models took them."""
    sink.features.add("preference")
    read_history(value.get("history"), "$.history", sink)
    for key in ("instruction", "input"):
        if value.get(key):
            read_side(value[key], f"$.{key}", sink, response=False)
    for index, side in enumerate(("chosen", "rejected")):
        read_side(value["output"][index], f"$.output[{index}]", sink, response=True, side=side)


#: Alpaca with a list of answers, the better ones first, as older datasets for LLaMA-Factory have it.
LISTED: Final = Shape(
    name="ranked",
    title="Alpaca with ranked answers (output)",
    kind="preference",
    fits=never,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["instruction", "output"],
        "properties": {"output": {"type": "array", "minItems": 2, "items": {"type": "string"}}},
    },
    read=_read_listed,
    keys=("instruction", "input", "output", "history", "id"),
    reads=("instruction", "input", "output", "history"),
    categories=(),
)


def _read_sides(value: dict[str, Any], sink: Sink) -> None:
    """Read the prompt, and the first answer of each side, or all of its steps."""
    sink.features.add("preference")
    for key in _PROMPTS:
        if value.get(key):
            read_side(value[key], f"$.{key}", sink, response=False)
    for side in ("chosen", "rejected"):
        answers, path = value[side], f"$.{side}"
        if are_texts(answers) and are_steps(answers):
            answers = "\n".join(answers)
        first, path = (answers[0], f"{path}[0]") if are_texts(answers) else (answers, path)
        read_side(first, path, sink, response=True, side=side)


def _are_several_texts(value: object) -> bool:
    # One text in a list is a list of messages that went wrong.
    return are_texts(value, _TWO)


_SIDE: Final[dict[str, Any]] = {"type": ["string", "array"], "minItems": 1, "items": {"type": "string"}}
#: Several right answers and several wrong ones, as benchmarks of reward models have them: RewardBench 2, RM-Bench. A
#: list of numbered steps is one answer.
SIDES: Final = Shape(
    name="ranked",
    title="several answers on each side (chosen, rejected)",
    kind="preference",
    fits=having("chosen", "rejected", any_of=_PROMPTS, none_of=("messages", "conversations")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["chosen", "rejected"],
        "properties": {"chosen": _SIDE, "rejected": _SIDE} | dict.fromkeys(_PROMPTS, TEXT_OR_MESSAGES),
    },
    read=_read_sides,
    keys=(*_PROMPTS, "chosen", "rejected", "id"),
    decided_by=("rejected", _are_several_texts),
    sole=True,
    reads=(*_PROMPTS, "chosen", "rejected"),
    lists=("prompt",),
    categories=(),
)

SHAPES: Final = (
    _make("context", "completions", "completion"),
    _make("prompt", "answers", "answer"),
    *map(_with_scores, _ANSWERS),
    *(_side_by_side(answers, scores) for answers in _TEXT_LISTS for scores in _NUMBER_LISTS),
    LISTED,
)
