"""Label Studio's tasks: ``data`` with a text, and ``annotations``, each with the ``result`` that one person gave.

Tasks that are to be annotated have ``predictions`` in the same form alone.
"""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.side_keys import use_of
from datalint.shapes.sink import Sink
from datalint.support.annotations import counted_results
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import has_words

#: What a result may say of a text, under the name of the kind of its control, and that makes a text of its own.
_SAID: Final = ("choices", "text", "rating", "number", "taxonomy", "selected")
#: The keys of a place in the text: what is said of one is a label of it, and no text to check.
_PLACE: Final = frozenset(("start", "end"))
_LINKS: Final = ("http://", "https://", "s3://", "gs://", "/data/")
#: The name of a file, perhaps with its folder.
_FILE: Final = lazy_pattern(r"\S{0,255}\.[A-Za-z0-9]{2,4}")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the texts of ``data``, and what the first annotation that counts says of the whole of them."""
    data = value.get("data")
    for key, text in _texts(data if isinstance(data, dict) else {}):
        (sink.add_to_turn if sink.has_prompt else sink.prompt)(text, f"$.data.{key}")
    found = counted_results(value)
    if found is None:
        return
    path, results = found
    if any(map(_is_placed, results)):
        sink.features.add("places")
    if answer := "\n".join(filter(None, map(_said, results))):
        sink.response(answer, path)


def _texts(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the texts that an annotator reads, with their keys; of data without sentences, the longest text."""
    texts = [(key, item) for key, item in data.items() if _is_text(key, item) and use_of(key) != "metadata"]
    alone = [(key, item) for key, item in data.items() if isinstance(item, str)]
    return texts or sorted(alone, key=lambda pair: (pair[0] != "text", -len(pair[1])))[:1]


def _is_placed(result: object) -> bool:
    """Return whether a result is the label of a place in the text."""
    value = result.get("value") if isinstance(result, dict) else None
    return isinstance(value, dict) and value.keys() >= _PLACE


def _said(result: object) -> str:
    """Return what a result says of the text as a whole; empty for the label of a place in it."""
    value = result.get("value") if isinstance(result, dict) else None
    if not isinstance(value, dict) or _is_placed(result):
        return ""
    item = next((value[key] for key in _SAID if key in value), None)
    items = item if isinstance(item, list) else [item]
    return ", ".join(as_text(each) for each in items if each is not None)


def _has_text(value: object) -> bool:
    """Tell data with a text from that with the places of images or recordings alone."""
    return isinstance(value, dict) and any(_is_text(key, item) for key, item in value.items())


def _are_predicted(value: object) -> bool:
    """Tell predictions of Label Studio, each with its results, from the answers of models under that name."""
    items = value if isinstance(value, list) else []
    return bool(items) and all(isinstance(each, dict) and isinstance(each.get("result"), list) for each in items)


def _of_predicted(value: dict[str, Any]) -> Shape | None:
    return PREDICTED if _has_text(value.get("data")) else None


def _is_text(key: str, item: object) -> bool:
    if not isinstance(item, str) or item.startswith(_LINKS) or _FILE.fullmatch(item):
        return False
    return has_words(item, 2) or (key == "text" and bool(item.strip()))


def _schema(results: str) -> dict[str, Any]:
    """Return the schema of a task with lists of results under a key."""
    listed = {"type": "array", "items": {"type": "object", "properties": {"result": {"type": "array"}}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["data", results],
        "properties": {"data": {"type": "object"}, results: listed},
    }


SHAPE: Final = Shape(
    name="label-studio",
    title="Label Studio's tasks (data, annotations)",
    kind="sft",
    fits=having("data", "annotations", none_of=("messages", "prompt")),
    schema=_schema("annotations"),
    read=_read,
    keys=("data", "annotations", "predictions", "id"),
    decided_by=("data", _has_text),
    sole=True,
    reads=("data", "annotations"),
    marks=("annotations",),
    categories=("responses",),
)

PREDICTED: Final = SHAPE._replace(
    name="label-studio-predictions",
    title="Label Studio's tasks (data, predictions)",
    fits=having("data", "predictions", none_of=("annotations", "messages", "prompt")),
    schema=_schema("predictions"),
    decided_by=("predictions", _are_predicted),
    dialect=_of_predicted,
    reads=("data", "predictions"),
    marks=("predictions",),
)
