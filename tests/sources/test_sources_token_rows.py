"""Tables and lists with one token a row: a sentence is a row of its own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path
from tests.workbooks import workbook

SENTENCES = [(("Dock", "B-LOC"), ("A", "I-LOC"), ("is", "O"), ("full", "O")), (("Ann", "B-PER"), ("left", "O"))] * 12
ROWS = [{"tokens": [token for token, _ in each], "tags": [tag for _, tag in each]} for each in SENTENCES]
TOKENS = [(number, place, *each) for number, one in enumerate(SENTENCES) for place, each in enumerate(one)]


def table(
    head: str, row: Callable[[int, int, str, str], tuple[object, ...]], end: tuple[object, ...] | None = None
) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(head.split(","))
    for number, place, token, tag in TOKENS:
        if number and not place and end is not None:
            write(end)
        write(row(number, place, token, tag))
    return out.getvalue()


def lines(**more: Any) -> Iterator[dict[str, Any]]:
    for number, _, token, tag in TOKENS:
        yield {"sentence_id": number, "word": token, "tag": tag} | more


TABLES = {
    "the-first-row-alone": table(
        "Sentence #,Word,POS,Tag", lambda n, p, *t: ("" if p else f"Sentence: {n}", t[0], "NN", t[1])
    ),
    "each-row": table("sentence_id,words,labels", lambda n, p, *t: (n, *t)),
    "again-in-each-text": table("doc,sent_id,token,ner", lambda n, p, *t: (n // 3, n % 3, *t)),
    "another-name": table("nr,wort,marke", lambda n, p, *t: (n, *t)),
    "numbers": table("sentence_id,word,label", lambda n, p, token, tag: (n, token, "OBI".index(tag[0]))),
    "blank-lines": table("token,label", lambda n, p, *t: t, ()),
    "empty-rows": table("token,label", lambda n, p, *t: t, ("", "")),
    "rows-with-a-tag-alone": table("token,tag", lambda n, p, *t: t, ("", "O")),
    "the-same-with-other-names": table("wort,marke", lambda n, p, *t: t, ("", "O")),
    "the-same-without-names": table("-DOCSTART-,O", lambda n, p, *t: t, ("", "O")),
    "the-same-with-texts": table("token,tag", lambda n, p, *t: t, ("", "O")).replace(
        "\n,O\n", "\n,O\n-DOCSTART-,O\n,O\n", 3
    ),
}


def read(path: Path, chunk_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], list[int], str]:
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    records: list[dict[str, Any]] = []
    offsets: list[int] = []
    at: list[int] = []
    before = 0
    for chunk in source.chunks(0):
        raw = chunk.load()
        records += raw.records
        offsets += raw.offsets.tolist()
        at += [before + line for line in raw.lines]
        before += raw.facts.lines
    assert source.fetch(list(range(len(records))), offsets) == records
    return records, at, source.container


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_a_sentence_is_a_row(tmp_path: Path, name: str, chunk_bytes: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLES[name])
    records, at, container = read(path, chunk_bytes)
    tags = [{**row, "tags": [str("OBI".index(tag[0])) for tag in row["tags"]]} for row in ROWS]
    assert records == (tags if name == "numbers" else ROWS)
    assert container == "token-lines"
    first = [line.split(",") for line in TABLES[name].split("\n")]
    assert all(records[place]["tokens"][0] in first[line - 1] for place, line in enumerate(at))


def test_a_first_row_with_the_tag_of_a_token_is_no_header(tmp_path: Path) -> None:
    words = [(("Text", "O"), *((f"word{n}", "O"), ("Ann", "Person"), ("left", "O"))) for n in range(12)]
    path = tmp_path / "a.csv"
    path.write_text("\n\n".join("\n".join(map(",".join, each)) for each in words) + "\n")
    records, _, container = read(path)
    assert container == "token-lines"
    assert records == [{"tokens": [one for one, _ in each], "tags": [tag for _, tag in each]} for each in words]


def test_a_row_with_a_tag_alone_is_a_lost_token_where_other_rows_end_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLES["blank-lines"].replace("Ann,", ",", 3).replace("left,", ",", 3))
    records, _, _ = read(path)
    assert [row["tokens"] for row in records] == [["Dock", "A", "is", "full"], ["", ""]] * 3 + [
        row["tokens"] for row in ROWS[6:]
    ]


@pytest.mark.parametrize("lost", [False, True])
def test_a_table_without_a_header_may_number_sentences(tmp_path: Path, lost: bool) -> None:
    """Tokens whose letters are lost are tokens."""
    rows = [(number, "?" * len(token) if lost else token, tag) for number, _, token, tag in TOKENS]
    (tmp_path / "a.csv").write_text("".join(f"{number},{token},{tag},\n" for number, token, tag in rows))
    tokens = ["?" * len(token) if lost else token for row in ROWS for token in row["tokens"]]
    records = read(tmp_path / "a.csv")[0]
    assert [token for row in records for token in row["tokens"]] == tokens
    assert [row["tags"] for row in records] == [row["tags"] for row in ROWS]


@pytest.mark.parametrize("written", ["lines", "array", "one-line", "workbook", "parquet"])
def test_a_list_or_sheet_of_tokens_is_one_of_sentences(tmp_path: Path, written: str) -> None:
    path = tmp_path / {"lines": "a.jsonl", "workbook": "a.xlsx", "parquet": "a.parquet"}.get(written, "a.json")
    if written == "workbook":
        rows = csv.reader(io.StringIO(TABLES["the-first-row-alone"]))
        path.write_bytes(workbook({"Sheet1": list(rows)}))
    elif written == "parquet":
        pl.DataFrame(list(lines())).write_parquet(path)
    elif written == "lines":
        path.write_text("".join(json.dumps(row) + "\n" for row in lines()))
    else:
        path.write_text(json.dumps(list(lines()), indent=1 if written == "array" else None))
    records, at, container = read(path)
    assert records == ROWS
    assert container == ("token-lines" if written in ("lines", "array") else "token-rows")
    assert (
        at[:2]
        == {"array": [2, 22], "lines": [1, 5], "one-line": [1, 5], "parquet": [1, 5], "workbook": [2, 6]}[written]
    )


def test_a_report_names_the_line_of_the_first_token(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLES["each-row"])
    report = lint(path, eval=False, config={"select": ["DIV001"]})
    assert [file.shape for file in report.files] == ["token-labels"]
    assert report.findings[0].line == 8
    assert any("a row is a sentence, made of the rows of its tokens" in note for note in report.notes)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Word,POS,Label", lambda n, p, *t: (t[0], "NN", t[1])),
        ("word,lemma,upos,xpos,head,label", lambda n, p, *t: (t[0], t[0].lower(), "X", "Y", n * 9 + p, t[1])),
        ("wort,marke", lambda n, p, *t: t),
        ("sentence_id,word,tag", lambda n, p, *t: (f"{n}-{p}", *t)),
        ("a,b,c,d,part,note", lambda n, p, *t: ("", "", n if p else "", p, *t)),
    ],
)
def test_tokens_whose_sentences_nothing_separates_are_one_finding(
    tmp_path: Path, head: str, row: Callable[..., tuple[object, ...]]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(head, row))
    report = lint(path, eval=False, config={"select": ["FMT023", "DIV"]})
    assert [(each.line, each.rule) for each in report.findings] == [(1, "FMT023")]
    assert "nothing says where a sentence ends: add a column" in report.findings[0].message
    assert report.files[0].rows_refused == len(TOKENS)


#: Tokens with tags without a prefix, and no line that ends a sentence.
UNPREFIXED = "Check/O the/O dock/PLACE ,/O then/O the/O bench{}/PLACE of/O Ann/PERSON ./O".split()


@pytest.mark.parametrize("suffix", [".tsv", ".txt", ".csv"])
def test_tokens_with_tags_without_a_prefix_are_no_examples(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    sign = "," if suffix == ".csv" else "\t"
    rows = [each.format(number).split("/") for number in range(30) for each in UNPREFIXED]
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=sign, lineterminator="\n").writerows(rows)
    report = lint(path, eval=False, config={"select": ["FMT023", "DIV"]})
    assert [(each.line, each.rule) for each in report.findings] == [(1, "FMT023")]
    assert "nothing says where a sentence ends" in report.findings[0].message


def test_a_list_of_words_with_labels_is_read_by_row(tmp_path: Path) -> None:
    """Words that repeat in a table with a label are no running text where none is a mark of punctuation."""
    path = tmp_path / "a.tsv"
    words = [each.format(number).split("/") for number in range(30) for each in UNPREFIXED if each[0].isalpha()]
    path.write_text("".join(f"{word}\t{label}\n" for word, label in words))
    assert len(read(path)[0]) == len(words)


def test_tokens_below_many_names_without_a_header_are_no_examples(tmp_path: Path) -> None:
    """A tag further down its column makes the first record a token, although only names follow it at first."""
    path = tmp_path / "a.tsv"
    rows = [("x", "O"), *((f"Bay{number}", "PLACE") for number in range(600))]
    rows += [tuple(each.format(number).split("/")) for number in range(200) for each in UNPREFIXED]
    path.write_text("".join(f"{word}\t{label}\n" for word, label in rows))
    report = lint(path, eval=False, config={"select": ["FMT023", "DIV"]})
    assert [(each.line, each.rule) for each in report.findings] == [(1, "FMT023")]
    assert "nothing says where a sentence ends" in report.findings[0].message
    assert report.files[0].rows_refused == len(rows)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        pytest.param("id,word,label", lambda n, p, *t: (f"{n}-{p}", t[0] + str(n), "ab"[p > 0]), id="lexicon"),
        pytest.param("topic,word,label", lambda n, p, *t: (n // 2, t[0] + str(n), "ab"[p > 0]), id="by-topic"),
        pytest.param("sentence_id,text,label", lambda n, p, *t: (n, "it is a text", "ab"[p > 0]), id="texts"),
        pytest.param("doc,sentence,url,set", lambda n, p, *t: (n, "it is a text", f"x.org/{n}", "CD"), id="one-tag"),
        pytest.param("word,said,label", lambda n, p, *t: (t[0], f"{t[0]} in line {n}", t[1]), id="in-a-text"),
        pytest.param("word,place", lambda n, p, *t: (t[0], f"{'BI'[p % 2]}-{t[0]}"), id="in-no-order"),
        pytest.param("sentence_id,tag", lambda n, p, *t: (n, t[1]), id="no-words"),
    ],
)  # fmt: skip
def test_other_tables_are_read_by_row(tmp_path: Path, head: str, row: Callable[..., tuple[object, ...]]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(head, row))
    assert len(read(path)[0]) == len(TOKENS)


def test_what_stands_in_a_bad_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLES["each-row"] + "99,a,O,what\n")
    report = lint(path, eval=False, config={"select": ["FMT023"]})
    assert [(each.line, each.rule) for each in report.findings] == [(len(TOKENS) + 2, "FMT023")]
    assert report.files[0].rows_refused == 1
