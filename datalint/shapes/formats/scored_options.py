"""Multiple choice with the options in an object: BIG-bench, TruthfulQA, and questions of ARC and CommonsenseQA."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.parallel import listed
from datalint.shapes.sink import Sink

_PROMPTS: Final = ("input", "question", "prompt")
_SCORES: Final = ("target_scores", "mc1_targets")


def _options(value: object) -> list[tuple[str, float]]:
    """Return options with their scores, in order and with those that stand there twice; empty for any other value.

    They are ``{"yes": 1, "no": 0}``, or ``{"choices": ["yes", "no"], "labels": [1, 0]}``.
    """
    if not isinstance(value, dict):
        return []
    texts, labels = value.get("choices"), value.get("labels")
    pairs = [*value.items()]
    if isinstance(texts, list) and isinstance(labels, list) and len(texts) == len(labels):
        pairs = [(text, label) for text, label in zip(texts, labels, strict=True) if isinstance(text, str)]
    return pairs if all(isinstance(score, int | float) for _, score in pairs) else []


def _make(scores: str) -> Shape:
    """Return the shape whose options have their scores under a key; the best ones are the answer."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        prompt = next(key for key in _PROMPTS if key in value)
        sink.prompt(value[prompt], f"$.{prompt}")
        options = _options(value.get(scores))
        read_context([text for text, _ in options], f"$.{scores}", sink)
        highest = max((score for _, score in options), default=0)
        best = dict.fromkeys(text for text, score in options if score == highest)
        if best:
            sink.response("\n".join(best), f"$.{scores}")

    return Shape(
        name="multiple-choice",
        title=f"multiple choice (options with a score in {scores})",
        kind="sft",
        fits=having(scores, any_of=_PROMPTS, none_of=("target",)),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [scores],
            "properties": {scores: {"type": "object"}},
        },
        read=read,
        keys=(*_PROMPTS, scores, "id"),
        decided_by=(scores, lambda value: bool(_options(value))),
        sole=True,
        reads=(*_PROMPTS, scores),
        categories=(),
    )


def _is_question(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("stem"), str) and bool(listed(value.get("choices")))


def _read_question(value: dict[str, Any], sink: Sink) -> None:
    question = value["question"]
    if _is_question(question):
        sink.prompt(question["stem"], "$.question.stem")
        read_context(listed(question["choices"]), "$.question.choices", sink)
    sink.response(value.get("answerKey"), "$.answerKey")


#: A question with its stem and choices, as ARC, OpenBookQA and CommonsenseQA are published.
QUESTION: Final = Shape(
    name="multiple-choice",
    title="multiple choice (question with stem and choices, answerKey)",
    kind="sft",
    fits=having("question", "answerKey"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["question", "answerKey"],
        "properties": {"question": {"type": "object"}, "answerKey": {"type": "string"}},
    },
    read=_read_question,
    keys=("question", "answerKey", "id"),
    decided_by=("question", _is_question),
    sole=True,
    reads=("question", "answerKey"),
    categories=(),
)

SHAPES: Final = (*(_make(key) for key in _SCORES), QUESTION)
