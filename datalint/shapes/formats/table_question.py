"""A question about a table between texts, with its answer and how it is calculated, as FinQA has it."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.sink import Sink

#: The key of the question and its answers, and keys of what these are about, in the order of the report.
_ASKED: Final = "qa"
_ABOUT: Final = ("pre_text", "table", "post_text")
#: Keys of the answer: as a person wrote it, which is empty in some rows, and as it is calculated.
_ANSWERS: Final = ("answer", "exe_ans")


def _is_asked(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("question"), str)


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the texts and the rows of the table, the question and its answer."""
    for key in _ABOUT:
        lines = value.get(key)
        if isinstance(lines, list):
            cells = [" | ".join(map(as_text, line)) if isinstance(line, list) else line for line in lines]
            read_context(cells, f"$.{key}", sink)
        else:
            read_context(lines, f"$.{key}", sink)
    asked = value[_ASKED]
    (sink.add_to_turn if sink.has_prompt else sink.prompt)(asked["question"], f"$.{_ASKED}.question")
    key = next((key for key in _ANSWERS if asked.get(key) not in (None, "")), "")
    if key:
        sink.response(asked[key], f"$.{_ASKED}.{key}")


SHAPE: Final = Shape(
    name="reading-comprehension",
    title="a question about a table between texts (pre_text, table, post_text, qa)",
    kind="sft",
    # With ``annotation``, a row is one turn of a conversation of which the question is another part (ConvFinQA).
    fits=having(_ASKED, *_ABOUT, none_of=("annotation", "messages", "question")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": [_ASKED, *_ABOUT],
        "properties": {_ASKED: {"type": "object", "required": ["question"]}},
    },
    read=_read,
    keys=(_ASKED, *_ABOUT, "id"),
    decided_by=(_ASKED, _is_asked),
    sole=True,
    reads=(_ASKED, *_ABOUT),
    categories=(),
)
