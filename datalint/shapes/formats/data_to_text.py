"""Facts and the sentences that people wrote of them: WebNLG, DART and ToTTo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: Keys of ToTTo's titles above a table, of the table, and of the cells that the sentence is about.
_TITLES: Final = ("table_page_title", "table_section_title")
_TABLE: Final = ("table", "highlighted_cells")


def _read_facts(facts: str, said: str, text: str) -> Callable[[dict[str, Any], Sink], None]:
    """Return the reader of facts, and of the first sentence about them that has a text."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.prompt(as_text(value.get(facts)), f"$.{facts}")
        _read_first(value.get(said), f"$.{said}", text, sink)

    return read


def _read_first(sentences: object, path: str, text: str, sink: Sink) -> None:
    """Read the first of several sentences, as a list of objects, or as an object with a list of texts."""
    if isinstance(sentences, dict):
        texts = sentences.get(text)
        listed = texts if isinstance(texts, list) else []
        places = [(each, f"{path}.{text}[{place}]") for place, each in enumerate(listed)]
    else:
        items = sentences if isinstance(sentences, list) else []
        places = [
            (item.get(text), f"{path}[{place}].{text}") for place, item in enumerate(items) if isinstance(item, dict)
        ]
    first = next(((each, at) for each, at in places if isinstance(each, str)), None)
    if first is not None:
        sink.response(*first)


def _read_table(value: dict[str, Any], sink: Sink) -> None:
    given = [(key, value.get(key)) for key in (*_TITLES, *_TABLE)]
    for place, (key, item) in enumerate((key, item) for key, item in given if item not in (None, "", [])):
        (sink.add_to_turn if place else sink.prompt)(as_text(item), f"$.{key}")
    _read_first(value.get("sentence_annotations"), "$.sentence_annotations", "final_sentence", sink)


def _holds(text: str) -> Callable[[object], bool]:
    """Return a test of sentences: a list of objects that have a text, or an object with a list of texts."""

    def test(value: object) -> bool:
        if isinstance(value, dict):
            return isinstance(value.get(text), list)
        return (
            isinstance(value, list) and bool(value) and all(isinstance(each, dict) and text in each for each in value)
        )

    return test


def _make(facts: tuple[str, ...], said: str, text: str, read: Callable[[dict[str, Any], Sink], None]) -> Shape:
    return Shape(
        name="data-to-text",
        title=f"facts and a sentence of them ({facts[-1]}, {said})",
        kind="sft",
        fits=having(*facts, said),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [*facts, said],
        },
        read=read,
        keys=(*facts, said, "category", "id"),
        decided_by=(said, _holds(text)),
        sole=True,
        reads=(*facts, said, *_TITLES),
        categories=("label",),
    )


SHAPES: Final = (
    *(
        _make((facts,), said, text, _read_facts(facts, said, text))
        for facts, said, text in (
            ("modifiedtripleset", "lexicalisations", "lex"),
            ("modified_triple_sets", "lex", "text"),
            ("tripleset", "annotations", "text"),
        )
    ),
    _make(_TABLE, "sentence_annotations", "final_sentence", _read_table),
)
