"""Sentences in lines, with signs around the words that are labelled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests_sources_reading import read_source

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

PLACES = ["Oslo", "Bern", "Lima", "New York", "Porto"] * 6
ROWS = [
    {
        "text": f"a boat from {place} at {n}",
        "entities": [{"start": 12, "end": 12 + len(place), "text": place, "label": "city"}],
    }
    for n, place in enumerate(PLACES)
]


@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("<START:city> {} <END>", "city"),
        ("<START> {} <END>", "default"),
        ("[{}](city)", "city"),
        ("{{{}|CITY}}", "CITY"),
        ("<city>{}</city>", "city"),
        ('<ENAMEX TYPE="city">{}</ENAMEX>', "city"),
    ],
)
def test_labelled_words_are_entities(tmp_path: Path, form: str, label: str, chunk_bytes: int) -> None:
    lines = [f"a boat from {form.format(place)} at {n}" for n, place in enumerate(PLACES)]
    (tmp_path / "a.txt").write_text("\n".join([*lines, "a boat without a place"]) + "\n")
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    assert read.source.container == "inline-spans"
    entities = [{**each["entities"][0], "label": label} for each in ROWS]  # type: ignore[dict-item]
    assert read.records[:-1] == [{**row, "entities": [entity]} for row, entity in zip(ROWS, entities, strict=True)]
    assert read.records[-1] == {"text": "a boat without a place", "entities": []}
    assert read.source.fetch(list(range(len(read.records))), read.offsets) == read.records


def test_several_labels_are_in_their_order_and_a_sign_alone_is_reported(tmp_path: Path) -> None:
    line = "<START:person> Ann <END> of <START:city> Oslo <END> left ."
    (tmp_path / "a.txt").write_text(f"{line}\n" * 30 + "<START:city> Oslo was full .\n")
    report = lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT023"]})
    assert [(each.line, each.message) for each in report.findings] == [
        (31, "<START> without <END>, or <END> without <START>: read as a part of the text")
    ]
    assert any("labelled words: <START:label> words <END>" in note for note in report.notes)
    row = open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).fetch([0])[0]
    assert row["text"] == "Ann of Oslo left ."
    assert [(each["start"], each["end"], each["label"]) for each in row["entities"]] == [
        (0, 3, "person"),
        (7, 11, "city"),
    ]


@pytest.mark.parametrize(("form", "read"), [('<ENAMEX TYPE="{1}">{0}</ENAMEX>', True), ("<{1}>{0}</{1}>", False)])
def test_all_words_of_a_title_may_be_labelled(tmp_path: Path, form: str, read: bool) -> None:
    lines = [f"{form.format(place, 'CITY')} {form.format(n, 'SIZE')}" for n, place in enumerate(PLACES)]
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n")
    assert (open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container == "inline-spans") is read


@pytest.mark.parametrize(
    "line",
    [
        lambda n, place: f"<question>Is {place} far?</question>",
        lambda n, place: f"a <b>{place}</b> of {n} boats and more",
        lambda n, place: f"<note>the boat of {place} is late</note> {n}",
        lambda n, place: f"see [{place}](https://example.org/{n}) for more",
        lambda n, place: f"see [{place}](page{n}) for more",
        lambda n, place: f"a boat to {{{place}|nowhere}} at {n}",
        lambda n, place: f"a boat to {place} at {n}" if n % 5 else f"a boat to [{place}](city) at {n}",
        lambda n, place: f"- [{place}](city) at {n}" if n else "## intent:travel",
        lambda n, place: f"{n}\tr1\tsee <v>{place}</v> at {n} of May\tMinor",
        lambda n, place: f"the <e1>boat</e1> of <e2>{place}</e2> at {n}",
    ],
)  # fmt: skip
def test_other_lines_have_no_labels(tmp_path: Path, line: Callable[[int, str], str]) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{line(n, place)}\n" for n, place in enumerate(PLACES)))
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container != "inline-spans"


@pytest.mark.parametrize("form", ["is [{}](city) far?", "The dock of <city>{}</city> is full."])
@pytest.mark.parametrize("nested", [False, True])
def test_labelled_words_in_texts_of_a_list_are_entities(tmp_path: Path, form: str, nested: bool) -> None:
    texts = [form.format(place) for place in PLACES[:12]]
    (tmp_path / "a.json").write_text(json.dumps({"examples": texts} if nested else texts))
    read = read_source(open_path(str(tmp_path / "a.json"), "a.json", OpenSettings()))
    bare = re.split(r"[\[<].*[)>]", form)
    assert [row["text"] for row in read.records] == [place.join(bare) for place in PLACES[:12]]
    assert [row["text"][each["start"] : each["end"]] for row in read.records for each in row["entities"]] == PLACES[:12]
    [problem] = [problem for problem in read.facts.problems if problem.rule == "not-an-object"]
    assert problem.message.startswith("rows are texts instead of objects, with labelled words: ")


@pytest.mark.parametrize("form", ["is [{}](page{}) far?", "is [{}](https://example.org/{}) far?", "is <b>{}</b> far?"])
def test_questions_with_other_signs_are_prompts(tmp_path: Path, form: str) -> None:
    texts = [form.format(place, n) for n, place in enumerate(PLACES[:12])]
    (tmp_path / "a.json").write_text(json.dumps(texts))
    read = read_source(open_path(str(tmp_path / "a.json"), "a.json", OpenSettings()))
    assert read.records == [{"prompt": text} for text in texts]


@pytest.mark.parametrize("data", [b"[" * 40_000 + b"](a)\n", b"<a>" * 20_000, b"<START:a> " * 9_000, b"{a|" * 20_000])
def test_odd_lines_are_lines(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes((data[:2_000] + b"\n") * 30 + data)
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container in ("text", "inline-spans")
