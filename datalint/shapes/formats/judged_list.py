"""Two answers to one prompt in a list, and which of them is better, in a word: ``A``, ``second``, ``tie``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.judgements import VERDICTS, better_of, in_words
from datalint.shapes.sink import Sink
from datalint.support.text_lists import are_texts

_PROMPTS: Final = ("prompt", "question", "instruction", "query", "input", "problem")
_ANSWERS: Final = (
    *("responses", "answers", "completions", "outputs", "candidates", "generations"),
    *("response", "answer", "completion", "output"),
)
#: Keys of the better one; others may say which of two options is right.
_BETTER: Final = tuple(each for each in VERDICTS if each == "winner" or "better" in each or "prefer" in each)
#: What a verdict calls the first answer and the second. A number may count them from 0 or from 1.
_MARKS: Final = ("a", "b")
_TWO: Final = len(_MARKS)
#: Keys with the sides themselves, or with a conversation that the answers continue.
_OTHERS: Final = ("chosen", "rejected", "messages", "conversations")


def _make(answers: str) -> Shape:
    def fits(keys: Collection[str]) -> bool:
        return has_both(keys) and sum(verdict in keys for verdict in _BETTER) == 1

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("preference")
        for key in _PROMPTS:
            if value.get(key):
                read_side(value[key], f"$.{key}", sink, response=False)
        verdict, texts = _verdict_of(value), value.get(answers)
        better = better_of(value.get(verdict), _MARKS, verdict)
        if better is None or not are_texts(texts, _TWO):
            return
        for side, place in (("chosen", better), ("rejected", 1 - better)):
            read_side(texts[place], f"$.{answers}[{place}]", sink, response=True, side=side)

    has_both = having(answers, any_of=_PROMPTS, none_of=_OTHERS)
    shape = Shape(
        name="judged-pair",
        title=f"two answers in a list and the better one ({answers})",
        kind="preference",
        fits=fits,
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [answers],
            "properties": {answers: {"type": "array"}}
            | {key: {"type": "string", "minLength": 1} for key in _BETTER}
            | dict.fromkeys(_PROMPTS, TEXT_OR_MESSAGES),
        },
        read=read,
        keys=(answers, *_BETTER, *_PROMPTS, "id"),
        decided_by=(answers, _are_two),
        sole=True,
        reads=(*_PROMPTS, answers, *_BETTER),
        lists=("prompt",),
        categories=(),
    )
    # Any other verdict says nothing, and the row is neither a pair nor a prompt with one response.
    return shape._replace(dialect=lambda row: shape if in_words(row.get(_verdict_of(row))) else None)


def _are_two(value: object) -> bool:
    return are_texts(value, _TWO) and len(value) == _TWO


def _verdict_of(value: dict[str, Any]) -> str:
    return next((key for key in _BETTER if key in value), "")


SHAPES: Final = tuple(map(_make, _ANSWERS))
