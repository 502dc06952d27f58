"""Facts and the sentences that people wrote of them: WebNLG, DART, ToTTo, RotoWire, SciGen and WikiBio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: Keys of the names of the teams of a game, as RotoWire has them.
_TEAMS: Final = ("home_city", "home_name", "vis_city", "vis_name", "day")
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


def _read_tables(facts: tuple[str, ...], said: str) -> Callable[[dict[str, Any], Sink], None]:
    """Return the reader of facts under several keys, and of the text about them, which may be a list of its words."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        given = [(key, item) for key in facts if (item := value.get(key)) not in (None, "", [], {})]
        for place, (key, item) in enumerate(given):
            (sink.add_to_turn if place else sink.prompt)(as_text(item), f"$.{key}")
        text = value.get(said)
        sink.response(" ".join(map(as_text, text)) if isinstance(text, list) else text, f"$.{said}")

    return read


def _is_table(value: object) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _holds(text: str) -> Callable[[object], bool]:
    """Return a test of sentences: a list of objects that have a text, or an object with a list of texts."""

    def test(value: object) -> bool:
        if isinstance(value, dict):
            return isinstance(value.get(text), list)
        return (
            isinstance(value, list) and bool(value) and all(isinstance(each, dict) and text in each for each in value)
        )

    return test


def _make(
    facts: tuple[str, ...],
    said: str,
    read: Callable[[dict[str, Any], Sink], None],
    decided_by: tuple[str, Callable[[object], bool]],
    titles: tuple[str, ...] = (),
) -> Shape:
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
        decided_by=decided_by,
        sole=True,
        reads=(*facts, said, *titles),
        categories=("label",),
    )


SHAPES: Final = (
    *(
        _make((facts,), said, _read_facts(facts, said, text), (said, _holds(text)))
        for facts, said, text in (
            ("modifiedtripleset", "lexicalisations", "lex"),
            ("modified_triple_sets", "lex", "text"),
            ("tripleset", "annotations", "text"),
        )
    ),
    _make(_TABLE, "sentence_annotations", _read_table, ("sentence_annotations", _holds("final_sentence")), _TITLES),
    *(
        _make(facts, said, _read_tables((*titles, *facts), said), (table, _is_table), titles)
        for titles, facts, said, table in (
            (_TEAMS, ("home_line", "vis_line", "box_score"), "summary", "box_score"),
            (("table_caption",), ("table_column_names", "table_content_values"), "text", "table_content_values"),
            ((), ("input_text",), "target_text", "input_text"),
        )
    ),
)
