"""Label Studio's tasks: ``data`` with a text, and ``annotations``, each with the ``result`` that one person gave."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: What a result may say of a text, under the name of the kind of its control, and that makes a text of its own.
_SAID: Final = ("choices", "text", "rating", "number", "taxonomy", "pairwise")
#: The keys of a place in the text: what is said of one is a label of it, and no text to check.
_PLACE: Final = frozenset(("start", "end"))
_LINKS: Final = ("http://", "https://", "s3://", "gs://", "/data/")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text of ``data``, and what the first annotation that counts says of the whole of it."""
    data = value.get("data")
    texts = {key: item for key, item in data.items() if isinstance(item, str)} if isinstance(data, dict) else {}
    if texts:
        key = "text" if "text" in texts else max(texts, key=lambda name: len(texts[name]))
        sink.prompt(texts[key], f"$.data.{key}")
    annotations = value.get("annotations")
    for place, each in enumerate(annotations if isinstance(annotations, list) else ()):
        if not isinstance(each, dict) or each.get("was_cancelled"):
            continue
        results = each.get("result")
        said = [_said(result) for result in (results if isinstance(results, list) else ())]
        if answer := "\n".join(filter(None, said)):
            sink.response(answer, f"$.annotations[{place}].result")
        return


def _said(result: object) -> str:
    """Return what a result says of the text as a whole; empty for the label of a place in it."""
    value = result.get("value") if isinstance(result, dict) else None
    if not isinstance(value, dict) or value.keys() >= _PLACE:
        return ""
    item = next((value[key] for key in _SAID if key in value), None)
    items = item if isinstance(item, list) else [item]
    return ", ".join(as_text(each) for each in items if each is not None)


def _has_text(value: object) -> bool:
    """Tell data with a text from that with the places of images or recordings alone."""
    texts = value.values() if isinstance(value, dict) else ()
    return any(isinstance(item, str) and " " in item.strip() and not item.startswith(_LINKS) for item in texts)


SHAPE: Final = Shape(
    name="label-studio",
    title="Label Studio's tasks (data, annotations)",
    kind="sft",
    fits=having("data", "annotations", none_of=("messages", "prompt")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["data", "annotations"],
        "properties": {
            "data": {"type": "object"},
            "annotations": {
                "type": "array",
                "items": {"type": "object", "properties": {"result": {"type": "array"}}},
            },
        },
    },
    read=_read,
    keys=("data", "annotations", "predictions", "id"),
    decided_by=("data", _has_text),
    sole=True,
    reads=("data", "annotations"),
    marks=("annotations",),
    categories=("responses",),
)
