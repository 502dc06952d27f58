"""JSON files whose rows are lists without names: read as objects, the same way by every reader, and written so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import read_source

from datalint.cli import main
from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

PAIRS = [[f'Is dock {n} full, or "nearly" so?', ["no", "yes"][n % 2]] for n in range(12)]
#: What makes rows of columns without names examples, of which copies are removed.
COLUMNS = ("--columns", "prompt=column-1,response=column-2")
ROWS = [{"column-1": text, "column-2": label} for text, label in PAIRS]
TALKS = [["Hi", "Hello", "Bye"][: 2 + n % 2] for n in range(12)]
#: Sentences in their words, with a sign for the end.
WORDS = [[*"docks and gates are full again".split()[: 4 + n % 3], "</s>"] for n in range(12)]
QUESTION = {"question": "Is it full?", "choice": ["yes", "no"], "answer": "no"}
CHAT = [{"from": "user", "value": "Is it full?"}, {"from": "assistant", "value": "No."}]
SPOKEN = [[{"speaker": "US"[n % 2], "text": f"Text {n}"} for n in range(size)] for size in (3, 1, 4)]
SIGNED = [[{"author": "ab"[n % 2], "utt": f"Text {n}", "n": n} for n in range(3)], []] * 3
#: Conversations of what is said and the answer, each different; some have one pair.
EXCHANGES = [[[f"Is dock {n}{m} full?", f"No, dock {n}{m} is not."] for m in range(n % 3 + 1)] for n in range(12)]
TAGGED = [["A", "B-LOC"], ["b", "O"]] * 2
TOKENS = [
    [{"form": word, "tag": "NV"[n % 2], "n": n} for n, word in enumerate(words)]
    for words in (["Docks", "fill", "fast"], ["Go"], ["Ann", "sees", "red", "docks", "again"])
]
SENTENCES = [{key: [token[key] for token in each] for key in ("form", "tag", "n")} for each in TOKENS]
LONG = "Is the dock full? It is, as far as I can see. " * 6
ASKED = ("Is it full?", "Is it?", "List all docks")
QUOTE = "A dock is what a boat comes back to"
READ = "rows are lists instead of objects; read as "


def read(path: Path, value: object, chunk_bytes: int = 1 << 20, **how: Any) -> Any:
    path.write_text(json.dumps(value, **how), encoding="utf-8")
    return read_source(open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes)))


@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (PAIRS, ROWS),
        ({"val": [["a", "b"]], "train": PAIRS, "oos_train": PAIRS}, ROWS),
        ({"data": PAIRS}, ROWS),
        ({"oos": PAIRS, "statistics": {"count": 12}}, ROWS),
        ([[n, *pair, None] for n, pair in enumerate(PAIRS)], None),
        (TALKS, [{"dialogue": talk} for talk in TALKS]),
        (WORDS, [{"tokens": words} for words in WORDS]),
        ([LONG] * 12, [{"text": LONG}] * 12),
        ([json.dumps(QUESTION), f"```json\n{json.dumps(QUESTION, indent=1)}\n```"] * 2, [QUESTION] * 4),
        (
            [repr(QUESTION), repr({**QUESTION, "answer": "the dock's \xa0"})] * 2,
            [QUESTION, {**QUESTION, "answer": "the dock's \xa0"}] * 2,
        ),
        ([QUOTE] * 50, [{"text": QUOTE}] * 50),
        (["Is it full?", "Is it?"] * 6, [{"prompt": "Is it full?"}, {"prompt": "Is it?"}] * 6),
        (["Is it full?", "Is it?", "List all docks"] * 4, [{"prompt": text} for text in ASKED] * 4),
        ([[["A dock."], [QUESTION], str(n)] for n in range(12)], None),
        ([[["A dock."], [QUESTION]] for n in range(12)], [{"context": ["A dock."], "questions": [QUESTION]}] * 12),
        ({"conversations": [CHAT]}, [{"dialogue": CHAT}]),
        (SPOKEN, [{"messages": talk} for talk in SPOKEN]),
        (EXCHANGES, [{"dialogue": talk} for talk in EXCHANGES]),
        (SIGNED, [{"messages": talk} for talk in SIGNED]),
        ({"train": [TAGGED] * 12, "valid": [TAGGED]}, [{"tokens": [*"AbAb"], "tags": ["B-LOC", "O"] * 2}] * 12),
        ([[TAGGED, TAGGED[:2]]] * 12, [{"tokens": [*"AbAbAb"], "tags": ["B-LOC", "O"] * 3}] * 12),
    ],
)
def test_lists_that_are_alike_are_rows(
    tmp_path: Path, value: Any, rows: list[dict[str, Any]] | None, indent: int | None, chunk_bytes: int
) -> None:
    found = read(tmp_path / "a.json", value, chunk_bytes, indent=indent)
    if rows is None:
        numbered = [f"column-{n}" for n in range(1, 5)]
        names = ["context", "questions", "id"] if isinstance(value[0][0], list) else numbered
        rows = [dict(zip(names, each, strict=True)) for each in value]
    assert found.records == rows
    messages = [problem.message for problem in found.facts.problems if problem.rule == "not-an-object"]
    if rows[0] == QUESTION:
        assert messages == ["rows are strings that contain a JSON object each; read as these objects"]
        return
    assert messages == [
        READ.replace("lists", "texts" if rows[0].keys() < {"text", "prompt"} else "lists") + ", ".join(rows[0])
    ]


@pytest.mark.parametrize(
    "value",
    [
        PAIRS[:9],
        ["Write a song."] * 12,
        ["Is it?", "Is it full?", "It is."] * 4,
        ['{"a": 1}', '{"a": 2}', '{"a": 3}', '{"a": '],
        ["Is it full?"] * 9,
        [LONG, *PAIRS],
        [[1.5, 2.5]] * 12,
        [["a"]] * 12,
        [["a", {"b": 1}]] * 12,
        [["a"] * 9] * 12,
        [[["Is it full now?", "No, it is not."]] * 2] * 12,
        [[each] for talk in EXCHANGES for each in talk],
        [[[f"{n}", "It is."] for n in range(3)] for _ in range(6)],
        [[[f"Text {n}", f"{n}"] for n in range(3)] for _ in range(6)],
        [*EXCHANGES, []],
        [[["Al", f"Is dock {n} full?"], ["Bo", f"No, dock {n} is not."]] for n in range(6)],
        [[[f"Is dock {n} full?", f"n{n}"]] * 2 for n in range(6)],
        [*PAIRS, *["text"] * 3][::-1],
        [["a"], ["a", "b"]] * 6,
        [[{"name": f"Part {n}", "text": "It is full."} for n in range(3)]] * 12,
        [[{"speaker": "A", "text": "It is full."}] * 2] * 12,
        [[{"speaker": "A", "n": 1}, {"speaker": "B", "n": 2}]] * 12,
        [[{"form": f"Two words {n}", "tag": "N"} for n in range(3)]] * 12,
        [[{"form": "Dock", "tag": "N"}, {"form": "fills", "tag": "V"}]] * 12,
    ],
)
def test_lists_of_other_kinds_are_no_rows(tmp_path: Path, value: Any) -> None:
    found = read(tmp_path / "a.json", value)
    assert found.records == []
    assert {problem.rule for problem in found.facts.problems} == {"not-an-object"}
    assert found.facts.rows_refused == len(value)


@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_lists_of_tokens_are_sentences(tmp_path: Path, chunk_bytes: int) -> None:
    # A sentence of one token is no row that stands in a list.
    found = read(tmp_path / "a.json", TOKENS * 4, chunk_bytes)
    assert found.records == SENTENCES * 4
    assert [(problem.rule, problem.severity) for problem in found.facts.problems] == [("not-an-object", "warning")]
    assert "rows are lists of tokens" in found.facts.problems[0].message


@pytest.mark.parametrize(
    "value",
    [
        {"dialogue": PAIRS, "statistics": {"turns": 12}},
        {"oos": PAIRS, "docks": PAIRS},
        {"oos": PAIRS, "docks": {"north": "full"}},
        {"oos": PAIRS[:9], "statistics": {}},
        {"oos": [["dock", str(n % 2)] for n in range(12)], "statistics": {}},
        {"oos": [[text, text] for text, _ in PAIRS], "statistics": {}},
        {"oos": [PAIRS[n % 2] for n in range(12)], "statistics": {}},
        {"oos": [*PAIRS, ["alone"]], "statistics": {}},
        {"oos": [[text, {"no": "user", "yes": "agent"}[label]] for text, label in PAIRS], "statistics": {}},
    ],
)
def test_other_lists_of_pairs_in_an_object_are_no_rows(tmp_path: Path, value: Any) -> None:
    assert read(tmp_path / "a.json", value).records == [value]


def test_texts_of_messages_with_typographic_quotes_are_said_to_be_no_json(tmp_path: Path) -> None:
    texts = [f"[{{“role”: “user”, “content”: “Is dock {n} full?”}}]" for n in range(5)]
    (tmp_path / "a.json").write_text(json.dumps([*texts, ""], ensure_ascii=False), encoding="utf-8")
    source = open_path(str(tmp_path / "a.json"), "a.json", OpenSettings())
    assert read_source(source).records == [{"text": text} for text in (*texts, "")]
    report = lint(str(tmp_path / "a.json"), config={"select": ["FMT002"]}, eval=False)
    assert ["typographic quotation marks" in each.message for each in report.findings] == [True]


def test_a_list_of_another_layout_is_refused(tmp_path: Path) -> None:
    text = json.dumps([*PAIRS * 5, ["alone"], {"column-1": "x"}])[:-1] + ', ["a": "b", "c"], ["a" "b"], ["a", "b"}]'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    found = read_source(open_path(str(tmp_path / "a.json"), "a.json", OpenSettings()))
    assert found.records == [*ROWS * 5, {"column-1": "x"}]
    assert found.facts.rows_refused == 4


def test_what_json_hides_is_told_of_lists_too(tmp_path: Path) -> None:
    text = json.dumps(PAIRS)[:-1] + ', ["\\ud83d", 12345678901234567890123]]'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    found = read_source(open_path(str(tmp_path / "a.json"), "a.json", OpenSettings()))
    assert [problem.rule for problem in found.noticed[12]] == ["lone-surrogate", "integer-overflow"]
    assert found.records[12]["column-2"] == 12345678901234567890123


def test_a_fix_writes_objects(tmp_path: Path) -> None:
    rows = [*PAIRS, PAIRS[0]]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    out = tmp_path / "b.jsonl"
    with pytest.raises(SystemExit):
        main(["fix", str(tmp_path / "a.json"), *COLUMNS, "--unsafe", "--output", str(out)])
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == ROWS
    with pytest.raises(SystemExit) as ended:
        main(["fix", str(tmp_path / "a.json"), "--unsafe", "--in-place"])
    assert ended.value.code == 2


def test_labels_in_lists_are_understood(tmp_path: Path) -> None:
    rows = [[f"Is the {'old' * (n % 3)} dock {n} full?", ["no", "yes"][n % 2]] for n in range(60)]
    (tmp_path / "a.json").write_text(json.dumps({"train": rows}), encoding="utf-8")
    report = lint(str(tmp_path / "a.json"), config={}, eval=False)
    assert [file.shape for file in report.files] == ["mapped"]
    assert [(f.rule, f.severity.value) for f in report.findings if f.rule == "FMT002"] == [("FMT002", "warning")]


@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (PAIRS, ROWS),
        (TALKS, [{"dialogue": talk} for talk in TALKS]),
        (WORDS, [{"tokens": words} for words in WORDS]),
        (EXCHANGES, [{"dialogue": talk} for talk in EXCHANGES]),
        (SPOKEN * 4, [{"messages": talk} for talk in SPOKEN * 4]),
        ([LONG] * 12, [{"text": LONG}] * 12),
        (["Is it full?", "Is it?"] * 6, [{"prompt": "Is it full?"}, {"prompt": "Is it?"}] * 6),
        ([[text, {"entities": [[0, 2, "X"]]}] for text, _ in PAIRS], None),
    ],
)
def test_lines_that_are_lists_or_texts_are_read_as_those_of_an_array(
    tmp_path: Path, values: list[Any], rows: list[dict[str, Any]] | None, chunk_bytes: int
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(["", *map(json.dumps, values[:7]), "  ", *map(json.dumps, values[7:])]), encoding="utf-8")
    found = read_source(open_path(str(path), "a.jsonl", OpenSettings(chunk_bytes=chunk_bytes)))
    assert found.records == (rows or [{"text": text, "entities": [[0, 2, "X"]]} for text, _ in PAIRS])
    assert found.lines == [*range(2, 9), *range(10, 15)]
    assert {problem.rule for problem in found.facts.problems} == {"not-an-object"}
    order = [11, 0, 7]
    assert found.source.fetch(order, [found.offsets[row] for row in order]) == [found.records[row] for row in order]


@pytest.mark.parametrize(
    "values", [PAIRS[:9], ["Write a song."] * 12, [*PAIRS, {"prompt": "x"}], [["a"], ["a", 1]] * 6]
)
def test_lines_of_other_kinds_are_refused_one_by_one(tmp_path: Path, values: list[Any]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values), encoding="utf-8")
    found = read_source(open_path(str(path), "a.jsonl", OpenSettings()))
    assert found.facts.rows_refused == sum(not isinstance(value, dict) for value in values)


def test_a_fix_of_lines_without_names_writes_objects(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in [*PAIRS, PAIRS[0]]), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["fix", str(path), *COLUMNS, "--unsafe", "--output", str(out)])
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == ROWS
    with pytest.raises(SystemExit) as ended:
        main(["fix", str(path), "--unsafe", "--in-place"])
    assert ended.value.code == 2


@pytest.mark.parametrize(("name", "noted"), [("a.json", True), ("a.jsonl", False)])
def test_a_document_of_texts_with_spans_is_noted(tmp_path: Path, name: str, *, noted: bool) -> None:
    values = [[text, {"entities": [[0, 2, "X"]]}] for text, _ in PAIRS]
    lines = "\n".join(map(json.dumps, values))
    (tmp_path / name).write_text(json.dumps(values) if noted else lines)
    found = read_source(open_path(str(tmp_path / name), name, OpenSettings()))
    assert [(problem.rule, problem.severity, problem.is_note) for problem in found.facts.problems] == [
        ("not-an-object", "warning", noted)
    ]
