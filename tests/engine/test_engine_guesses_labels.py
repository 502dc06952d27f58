"""Texts and their labels: classes, spans, and marks of annotators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, codes, write

from datalint.engine.guesses.source_columns import guess_columns
from datalint.operations.check import lint
from datalint.shapes.detect import Detector
from datalint.sources import open_sources

LANGUAGE = {"text": "Boat {n} lies at dock {n}."}
SPANS: dict[str, Any] = {
    "text": "Ada rows to dock {n}.",
    "spans": [{"start": 0, "end": 3, "label": "PER"}],
    "meta": {"page": "{n}"},
    "answer": "accept",
}
DOCCANO = {"text": "Ada rows to dock {n}.", "label": [[0, 3, "PER"]], "id": 7}
WRITTEN = DOCCANO | {"label": '[{"start":0,"end":3,"text":"Ada","labels":["PER"]}]'}
IGNORED = {"text": "Page {n}", "meta": {"page": "{n}"}, "answer": "ignore"}
LABELLED = {"text": "Dock {n} is full.", "label": "state", "proba": None}


@pytest.mark.parametrize(
    ("values", "read"),
    [(("0", "1"), "mapped"), ((True, False), "mapped"), (("1", "1"), "text"), (("0", "1", "7"), "text")],
)
def test_an_annotation_of_two_values_is_the_label_of_texts_that_repeat(
    tmp_path: Path, values: tuple[Any], read: str
) -> None:
    key = "extraction_correctness_annotation"
    rows = [
        {"query:subj:obj": f"a:{n}:b", "text": f"Dock {n // 3} is calm", key: values[n % len(values)]}
        for n in range(60)
    ]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(("flag", "read"), [("is_attack", "mapped"), ("is_urgent", "mapped"), ("is_active", "text")])
def test_a_flag_named_after_what_classifiers_look_for_is_a_label(tmp_path: Path, flag: str, read: str) -> None:
    rows = [{"text": f"Is dock {n} open {'now' * (n % 4)}?", "lang": "en", flag: n % 3 > 0} for n in range(60)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(
    ("row", "filled", "empty"),
    [
        ({"category": ""}, 0, False),
        ({"category": None, "language": "en"}, 0, False),
        # Rows that somebody has begun to label, other names, two labels and sentences.
        ({"category": ""}, 1, True),
        ({"label": ""}, 0, True),
        ({"category": "", "label": ""}, 0, True),
        ({"category": "", "text": "Dock {n} is calm."}, 0, True),
    ],
)
def test_documents_without_any_category_are_plain_texts(
    tmp_path: Path, row: dict[str, Any], filled: int, empty: bool
) -> None:
    rows = [{"text": f"Dock {n} is calm, and so is gate {n * 7}. " * 9} | row for n in range(60)]
    rows[30:] = [each | {"category": "docks"} if filled else each for each in rows[30:]]
    report = checked(write(tmp_path / "corpus.jsonl", rows))
    assert ("QUA002" in codes(report)) is empty
    assert (report.kind == "text") is not empty


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([{"text": "Dock {n} is calm", "status": each} for each in ("Calm", "Angry")] * 30, "mapped"),
        # Numbers may be those of classes; what is done with a row is no class of its text.
        (
            [{"id": "{n}", "text": "Dock {n} is calm", "status": each} for each in (0, 1)] * 30,
            "try --columns prompt=text",
        ),
        ([{"text": "Dock {n} is calm", "status": each} for each in ("done", "pending")] * 30, "text"),
        ([{"text": "Dock {n} is calm", "status": each} for each in (200, 200)] * 30, "text"),
        ([{"text": "Dock {n} is calm. " * 200, "status": each} for each in (0, 1)] * 30, "text"),
        ([{"text": "Dock {n} is calm", "url": "a/{n}", "status": each} for each in (0, 1)] * 30, "text"),
    ],
)
def test_a_status_may_be_the_label_of_a_text(tmp_path: Path, rows: list[dict[str, Any]], read: str) -> None:
    named = [json.loads(json.dumps(row).replace("{n}", str(n))) for n, row in enumerate(rows)]
    report = checked(write(tmp_path / "train.jsonl", named))
    unread = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert (read in unread[0]) if unread else [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(
    ("word", "more", "read"),
    [
        ("sank", {}, "mapped"),
        (
            "sank",
            {"description": "What {n} saw of it from the end of the dock, after the other ships had gone."},
            "try --columns prompt=text",
        ),
        ("lost", {}, "text"),
    ],
    ids=["words", "words, next to another text", "no words of the text"],
)
def test_texts_whose_words_are_marked_are_no_plain_texts(
    tmp_path: Path, word: str, more: dict[str, str], read: str
) -> None:
    notes = [{"kind": "loss", "trigger": word, "trigger_start_index": 5}, {"kind": "loss of {n}", "trigger": "Keel"}]
    row = json.dumps({"text": "Keel sank at dock {n}", "title": "Log", **more, "event_list": notes})
    report = checked(write(tmp_path / "train.jsonl", [json.loads(row.replace("{n}", str(n))) for n in range(30)]))
    unread = [finding.message for finding in report.findings if finding.rule == "FMT101"]
    assert (read in unread[0]) if unread else [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(
    ("rows", "shape", "told"),
    [
        ([IGNORED, *[SPANS] * 30, IGNORED, *[SPANS] * 30], "mapped-labels", "FMT107"),
        ([DOCCANO, DOCCANO | {"label": []}] * 30, "mapped-labels", ""),
        ([WRITTEN, WRITTEN | {"label": "[]"}] * 30, "mapped-labels", ""),
        ([DOCCANO | {"label": f"[draft {n % 3}]"} for n in range(60)], "text-label", ""),
        ([*[LABELLED] * 4, *[LABELLED | {"label": None}] * 90], "mapped", "QUA002"),
        ([*[LANGUAGE | {"lang": "en"}] * 300, *[LANGUAGE | {"lang": "de"}] * 300], "mapped", "BAL011"),
        ([LANGUAGE | {"lang": "en"}] * 60, "text", ""),
        ([LANGUAGE | {"lang": "en", "url": "a"}, LANGUAGE | {"lang": "de", "url": "b"}] * 30, "text", ""),
    ],
    ids=[
        "spans",
        "pairs of places",
        "places that are written as text",
        "a text in brackets",
        "labels",
        "languages",
        "one language",
        "languages of pages",
    ],
)
def test_rows_without_their_labels_are_of_the_shape_of_the_others(
    tmp_path: Path, rows: list[dict[str, Any]], shape: str, told: str
) -> None:
    named = [json.loads(json.dumps(row).replace("{n}", str(n))) for n, row in enumerate(rows)]
    report = checked(write(tmp_path / "train.jsonl", named))
    assert [file.shape for file in report.files] == [shape]
    assert not told or told in codes(report)
    assert codes(report).isdisjoint({"FMT101", "FMT103", "FMT104"})


def test_numbers_of_classes_in_brackets_are_learned_next_to_a_text(tmp_path: Path) -> None:
    classes = ("[0]", "[0 2]", "[1]", "[]")
    rows = [
        {"text": f"The boat of dock {n} is out", "labels": classes[n % 4], "source": "ab"[n % 2]} for n in range(40)
    ]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, "prompt=text,response=labels")


def test_several_labels_of_one_text_can_contradict_each_other() -> None:
    labels = ("rude", "funny", "angry", "worried", "grateful", "confused")
    rows = [
        {
            "Kommentar": f"Der Zug nach Ort {n} kam zu spät.",
            **{key: n // k % 2 for k, key in zip((1, 2) * 3, labels, strict=True)},
        }
        for n in range(60)
    ]
    report = lint([*rows, rows[9], rows[7] | {key: rows[8][key] for key in labels}], config={}, eval=False)
    assert [file.shape for file in report.files] == ["mapped"]
    assert [(f.row, f.related[0].row) for f in report.findings if f.rule == "DIV005"] == [(62, 8)]


@pytest.mark.parametrize(("key", "shape"), [("answer", "mapped"), ("remark", "text")])
def test_an_answer_to_a_text_is_read_in_a_few_rows(key: str, shape: str, tmp_path: Path) -> None:
    rows = [{"index": n, "text": f"The owner of dock {n} may close it.", key: ["Yes", "No"][n % 2]} for n in range(5)]
    report = checked(write(tmp_path / "rows.jsonl", rows))
    assert [file.shape for file in report.files] == [shape]


@pytest.mark.parametrize(
    ("key", "places", "shape"),
    [
        ("entities", [{"start": 0, "end": 4, "tag": "ORG"}, {"start": 8, "end": 12, "tag": "LOC"}], "mapped-labels"),
        ("tags", [{"start": 0, "end": 4, "tag": "ORG"}, {"start": 8, "end": 12, "tag": "LOC"}], "mapped-labels"),
        # A type does not make a part of a message of them, which has no text.
        ("entities", [{"entity": "Acme", "type": "company"}, {"entity": "Rome", "type": "town"}], "mapped"),
    ],
)
def test_places_in_a_text_are_read_although_text_alone_is_a_shape(
    key: str, places: list[dict[str, Any]], shape: str, tmp_path: Path
) -> None:
    rows = [{key: places, "text": f"Acme in Rome, {n}"} for n in range(40)]
    report = checked(write(tmp_path / "rows.jsonl", rows))
    assert [file.shape for file in report.files] == [shape]
    assert "QUA002" not in codes(report)
