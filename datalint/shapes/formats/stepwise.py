"""Stepwise supervision: a prompt, the steps of an answer, and whether each step is right. TRL, axolotl."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.fields import TEXT_OR_MESSAGES, read_side
from datalint.shapes.formats.step_rewards import wrong_steps
from datalint.shapes.sink import Sink
from datalint.support.text_lists import are_texts


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the prompt, then each step; a step that is wrong is not learned."""
    sink.features.add("stepwise")
    read_side(value.get("prompt"), "$.prompt", sink, response=False)
    steps, labels = value.get("completions"), value.get("labels")
    wrong = wrong_steps(labels) if isinstance(labels, list) else []
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, str):
            is_wrong = index < len(wrong) and wrong[index]
            sink.add("assistant", step, f"$.completions[{index}]", "rejected" if is_wrong else "")


def _read_located(value: dict[str, Any], sink: Sink) -> None:
    """Read the problem, then each step; the first wrong one, whose number is the label, and all after it are wrong."""
    sink.features.add("stepwise")
    key = next((key for key in _PROBLEMS if value.get(key) is not None), _PROBLEMS[0])
    read_side(value.get(key), f"$.{key}", sink, response=False)
    steps, first = value.get("steps"), value["label"]
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, str):
            sink.add("assistant", step, f"$.steps[{index}]", "rejected" if 0 <= first <= index else "")


def _is_place(value: object) -> bool:
    return type(value) is int


def _read_rated(value: dict[str, Any], sink: Sink) -> None:
    """Read the problem, and of each step the completion that the next step follows."""
    sink.features.add("stepwise")
    question = value["question"]
    if isinstance(question, dict):
        sink.prompt(question.get("problem"), "$.question.problem")
    else:
        sink.prompt(question, "$.question")
    steps = value["label"]["steps"]
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict) and (found := _chosen(step)) is not None:
            at, text, wrong = found
            sink.add("assistant", text, f"$.label.steps[{index}].{at}", "rejected" if wrong else "")


def _chosen(step: dict[str, Any]) -> tuple[str, str, bool] | None:
    """Return the place and the text of the completion of a step, and whether it is wrong; None for a step without one.

    It is the one that was chosen, or that a person wrote, or the best of those that were rated.
    """
    completions = step.get("completions")
    rated = [each if isinstance(each, dict) else {} for each in completions] if isinstance(completions, list) else []
    texts = {place: text for place, each in enumerate(rated) if isinstance(text := each.get("text"), str)}
    written, chosen = step.get("human_completion"), step.get("chosen_completion")
    if isinstance(written, dict) and isinstance(written.get("text"), str) and chosen is None:
        return "human_completion.text", written["text"], False
    ratings = {place: rating for place in texts if isinstance(rating := rated[place].get("rating"), int)}
    best = max(texts, key=lambda place: ratings.get(place, -1), default=None)
    if type(chosen) is int and chosen in texts:
        best = chosen
    if best is None:
        return None
    return f"completions[{best}].text", texts[best], ratings.get(best, 0) < 0


def _has_steps(value: object) -> bool:
    steps = value.get("steps") if isinstance(value, dict) else None
    return isinstance(steps, list) and all(isinstance(each, dict) and "completions" in each for each in steps[:1])


#: Keys of such rows, next to which a label may have the steps: elsewhere it is that of a question.
_OF_STEPS: Final = ("labeler", "generation", "is_quality_control_question", "is_initial_screening_question")
#: PRM800K: a problem, and a list of steps, each with the completions that were rated.
RATED: Final = Shape(
    name="stepwise",
    title="stepwise supervision (question, label with steps)",
    kind="preference",
    fits=having("question", "label", any_of=_OF_STEPS),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["question", "label"],
        "properties": {"question": {"type": ["object", "string"]}, "label": {"type": "object", "required": ["steps"]}},
    },
    read=_read_rated,
    keys=("question", "label", "labeler", "timestamp"),
    decided_by=("label", _has_steps),
    sole=True,
    reads=("question", "label"),
    marks=("label",),
    categories=(),
)

#: Keys of the problem that steps solve.
_PROBLEMS: Final = ("problem", "question", "prompt")
#: ProcessBench: a problem, the steps of its solution, and the number of the first wrong one, or -1.
LOCATED: Final = Shape(
    name="stepwise",
    title="stepwise supervision (problem, steps, number of the first wrong one)",
    kind="preference",
    fits=having("steps", "label", any_of=_PROBLEMS),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["steps", "label"],
        "properties": {"steps": {"type": "array", "items": {"type": "string"}}, "label": {"type": "integer"}}
        | dict.fromkeys(_PROBLEMS, TEXT_OR_MESSAGES),
    },
    read=_read_located,
    keys=(*_PROBLEMS, "steps", "label", "final_answer_correct", "generator", "id"),
    decided_by=("label", _is_place),
    sole=True,
    reads=(*_PROBLEMS, "steps"),
    marks=("label",),
    lists=("prompt",),
    categories=(),
)


def _read_reviewed(value: dict[str, Any], sink: Sink) -> None:
    """Read the question with its options, then each step; those from the first wrong one on are wrong."""
    sink.features.add("stepwise")
    sink.prompt(value.get(_ASKED), f"$.{_ASKED}")
    read_context(value.get(_OPTIONS), f"$.{_OPTIONS}", sink)
    given = value[_STEPS]
    steps = given if isinstance(given, list) else []
    first = _number(value.get(_FIRST_WRONG))
    for index, step in enumerate(steps):
        if isinstance(step, str):
            sink.add("assistant", step, f"$.{_STEPS}[{index}]", "rejected" if 0 < first <= index + 1 else "")


def _number(value: object) -> int:
    """Return the number of a step that a number or a text says; 0 for none, as where all steps are right."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


#: Keys of MR-Ben: a question, its options, the steps of a model's solution, and the number of the first wrong one.
_ASKED: Final = "Question"
_OPTIONS: Final = "Options"
_STEPS: Final = "Model_Solution_Steps"
_FIRST_WRONG: Final = "Model_Solution_First_Error_Step"
_DIGITS: Final = 5
REVIEWED: Final = Shape(
    name="stepwise",
    title="stepwise supervision (steps of a model, number of the first wrong one)",
    kind="preference",
    fits=having(_ASKED, _STEPS, _FIRST_WRONG),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": [_ASKED, _STEPS, _FIRST_WRONG],
        "properties": {_ASKED: {"type": "string"}, _STEPS: {"type": "array", "items": {"type": "string"}}},
    },
    read=_read_reviewed,
    keys=(_ASKED, _OPTIONS, _STEPS, _FIRST_WRONG),
    decided_by=(_STEPS, are_texts),
    sole=True,
    reads=(_ASKED, _OPTIONS, _STEPS),
    marks=(_FIRST_WRONG,),
    categories=(),
)

SHAPE: Final = Shape(
    name="stepwise",
    title="stepwise supervision (prompt, completions, labels)",
    kind="preference",
    fits=having("prompt", "completions", "labels"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["prompt", "completions", "labels"],
        "properties": {
            "prompt": TEXT_OR_MESSAGES,
            "completions": {"type": "array", "items": {"type": "string"}},
            "labels": {"type": "array", "items": {"enum": [True, False, 0, 1, -1]}},
        },
    },
    read=_read,
    keys=("prompt", "completions", "labels", "id"),
    sole=True,
    reads=("completions",),
    marks=("labels",),
    lists=("prompt",),
    categories=(),
)
