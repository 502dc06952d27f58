"""Records of Argilla: ``fields`` with the ``responses`` of annotators, or a text with an ``annotation``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: What an annotator did with a record whose answers do not count.
_LEFT_OUT: Final = frozenset(("discarded", "draft", "pending"))
#: The states of the records of version 1 that have an annotation.
_STATES: Final = frozenset(("Default", "Validated", "Edited", "Discarded"))
#: The keys of a place in the text: what is said of one is a label of it, and no text to check.
_PLACE: Final = frozenset(("start", "end"))
_LINKS: Final = ("http://", "https://", "data:", "s3://", "gs://")


def _read_fields(value: dict[str, Any], sink: Sink) -> None:
    """Read all ``fields`` as the prompt, and the first answer to each question that counts as the response."""
    fields = value.get("fields")
    _read_texts(fields if isinstance(fields, dict) else {}, "$.fields", sink)
    said = [_said(answer) for answer in _answers(value.get("responses"))]
    if answer := "\n".join(filter(None, said)):
        sink.response(answer, "$.responses")


def _answers(responses: object) -> Iterator[object]:
    """Yield an annotator's answers: of version 2 by question, of version 1 those of the first who has submitted."""
    if isinstance(responses, dict):
        for each in responses.values():
            counted = (item for item in (each if isinstance(each, list) else [each]) if _counts(item))
            yield next((item.get("value") for item in counted), None)
    for each in responses if isinstance(responses, list) else ():
        if _counts(each):
            values = each.get("values")
            for item in values.values() if isinstance(values, dict) else ():
                yield item.get("value") if isinstance(item, dict) else item
            return


def _counts(answer: Any) -> bool:
    return isinstance(answer, dict) and str(answer.get("status")) not in _LEFT_OUT


def _read_annotated(value: dict[str, Any], sink: Sink) -> None:
    """Read the text or the ``inputs`` as the prompt, and the ``annotation`` as the response."""
    if isinstance(text := value.get("text"), str):
        sink.prompt(text, "$.text")
    elif isinstance(inputs := value.get("inputs"), dict):
        _read_texts(inputs, "$.inputs", sink)
    elif inputs:
        sink.prompt(as_text(inputs), "$.inputs")
    if value.get("status") != "Discarded" and (answer := _said(value.get("annotation"))):
        sink.response(answer, "$.annotation")


def _read_texts(texts: dict[str, Any], path: str, sink: Sink) -> None:
    for key, item in texts.items():
        text = as_text(item) if item else ""
        if not text or text.startswith(_LINKS):
            continue
        if sink.has_prompt:
            sink.add_to_turn(text, f"{path}.{key}")
        else:
            sink.prompt(text, f"{path}.{key}")


def _said(answer: object) -> str:
    """Return what an answer says of the record as a whole; empty for labels of places in a text."""
    items = answer if isinstance(answer, list) else [answer]
    if any(isinstance(each, list) or (isinstance(each, dict) and each.keys() >= _PLACE) for each in items):
        return ""
    return ", ".join(as_text(each) for each in items if each is not None)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_state(value: object) -> bool:
    return isinstance(value, str) and value in _STATES


FIELDS: Final = Shape(
    name="argilla",
    title="Argilla's records (fields, responses)",
    kind="sft",
    fits=having(
        "fields", "responses", any_of=("suggestions", "metadata", "external_id"), none_of=("messages", "prompt")
    ),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["fields", "responses"],
        "properties": {"fields": {"type": "object"}, "responses": {"type": ["array", "object"]}},
    },
    read=_read_fields,
    keys=("fields", "responses", "suggestions", "external_id"),
    decided_by=("fields", _is_object),
    sole=True,
    reads=("fields", "responses"),
    marks=("responses",),
    categories=("responses",),
)

ANNOTATED: Final = Shape(
    name="argilla",
    title="Argilla's records (text or inputs, annotation)",
    kind="sft",
    # What is null counts as missing, and a record without an annotation has no annotation_agent either.
    fits=having("status", "metrics", any_of=("text", "inputs"), none_of=("messages", "prompt")),
    schema={"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"},
    read=_read_annotated,
    keys=("inputs", "prediction", "annotation", "prediction_agent", "annotation_agent", "multi_label", "status"),
    decided_by=("status", _is_state),
    sole=True,
    reads=("text", "inputs", "annotation"),
    marks=("annotation",),
    categories=("responses",),
)

SHAPES: Final = (FIELDS, ANNOTATED)
