"""Several answers to one prompt with their ranks: NeMo RL, and Nectar as axolotl reads it."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.sink import Sink


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
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [prompt, answers],
            "properties": {
                prompt: TEXT_OR_MESSAGES,
                answers: {
                    "type": "array",
                    "minItems": 2,
                    "items": {
                        "type": "object",
                        "required": [answer, "rank"],
                        "properties": {"rank": {"type": "number"}, answer: {"type": ["string", "array"]}},
                    },
                },
            },
        },
        read=read,
        keys=(prompt, answers, "id"),
        decided_by=(answers, _is_ranked),
        sole=True,
        reads=(prompt, answers),
        lists=(prompt,),
        categories=(),
    )


def _is_ranked(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "rank" in first


SHAPES: Final = (_make("context", "completions", "completion"), _make("prompt", "answers", "answer"))
