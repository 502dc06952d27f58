"""Self-Instruct's tasks: an ``instruction`` and ``instances`` of it, each an ``input`` with its ``output``."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the instruction with the first input, its output, and then each further input with its output."""
    sink.prompt(value.get("instruction"), "$.instruction")
    instances = value.get("instances")
    for index, instance in enumerate(instances if isinstance(instances, list) else ()):
        if not isinstance(instance, dict):
            continue
        path = f"$.instances[{index}]"
        if index == 0:
            read_context(instance.get("input"), f"{path}.input", sink)
        elif instance.get("input"):
            sink.prompt(instance["input"], f"{path}.input")
        sink.response(instance.get("output"), f"{path}.output")


def _has_pairs(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "output" in first


SHAPE: Final = Shape(
    name="self-instruct",
    title="Self-Instruct tasks (instruction, instances)",
    kind="sft",
    fits=having("instruction", "instances", none_of=("output", "response")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["instruction", "instances"],
        "properties": {
            "instruction": {"type": "string"},
            "instances": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["output"],
                    "properties": {"input": {"type": ["string", "null"]}, "output": {"type": "string"}},
                },
            },
        },
    },
    read=_read,
    keys=("instruction", "instances", "id"),
    decided_by=("instances", _has_pairs),
    sole=True,
    reads=("instances",),
    categories=("label",),
)
