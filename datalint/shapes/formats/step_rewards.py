"""Process rewards: a prompt, the steps of an answer, and a number for each step, such as its reward."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.sink import Sink
from datalint.support.names.step_keys import OTHER_MARKS, STEP_MARKS

#: Keys of what the steps solve, and of the steps.
_PROMPTS: Final = ("prompt", "problem", "question", "query", "instruction")
_STEPS: Final = "steps"
#: Keys of an answer that is learned instead.
_ANSWERED: Final = (
    *("messages", "conversations", "completion", "response", "output", "answer", "solution", "chosen", "rejected"),
    *("target", "label"),
)


def wrong_steps(marks: list[Any]) -> list[bool]:
    """Return for each mark whether its step is wrong: below 0, or 0 or false where no mark is below 0.

    Where marks are below 0, 0 is that of a step that is neither right nor wrong.
    """
    numbers = [float(mark) if isinstance(mark, bool | int | float) else 1.0 for mark in marks]
    has_negative = any(number < 0 for number in numbers)
    return [number < 0 or (number == 0 and not has_negative) for number in numbers]


def _make(marks: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("stepwise")
        key = next((key for key in _PROMPTS if value.get(key) is not None), _PROMPTS[0])
        read_side(value.get(key), f"$.{key}", sink, response=False)
        steps, given = value.get(_STEPS), value.get(marks)
        wrong = wrong_steps(given) if isinstance(given, list) else []
        for index, step in enumerate(steps if isinstance(steps, list) else ()):
            if isinstance(step, str):
                is_wrong = index < len(wrong) and wrong[index]
                sink.add("assistant", step, f"$.{_STEPS}[{index}]", "rejected" if is_wrong else "")

    def with_as_many(value: dict[str, Any]) -> Shape | None:
        steps = value.get(_STEPS)
        return shape if isinstance(steps, list) and len(steps) == len(value[marks]) else None

    shape = Shape(
        name="stepwise",
        title=f"stepwise supervision (prompt, steps, {marks})",
        kind="preference",
        fits=having(_STEPS, marks, any_of=_PROMPTS, none_of=_ANSWERED),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [_STEPS, marks],
            "properties": {
                _STEPS: {"type": "array", "items": {"type": "string"}},
                marks: {"type": "array", "items": {"type": ["number", "boolean"]}},
            }
            | dict.fromkeys(_PROMPTS, TEXT_OR_MESSAGES),
        },
        read=read,
        keys=(*_PROMPTS, _STEPS, marks, "id"),
        decided_by=(marks, _are_marks),
        dialect=with_as_many if marks in OTHER_MARKS else None,
        sole=True,
        reads=(*_PROMPTS, _STEPS),
        marks=(marks,),
        lists=("prompt",),
        categories=(),
    )
    return shape


def _are_marks(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, bool | int | float) for each in value)


SHAPES: Final = tuple(map(_make, (*STEP_MARKS, *OTHER_MARKS)))
