"""Text files that only mean something next to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.core.results import Outcome
from datalint.operations.check import lint
from datalint.sources import open_sources
from datalint.sources.data_files import data_files

LINES = "".join(f"The bus of line {n} is late.\n" for n in range(30))
OTHERS = "".join(f"Stop {n} of the tram has a bench now.\n" for n in range(60))


def is_other_side(report: Outcome, name: str, other: str) -> bool:
    """Return whether two files are read as pairs, or a note on one names the other."""
    pairs = (
        f"{one}: a row is a line, the prompt, with the same line of {two}"
        for one, two in ((name, other), (other, name))
    )
    said = (*pairs, f"{other} may have a line for each line")
    return any(each in note for each in said for note in report.notes)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("train.da", "train.en"),
        ("a.b.zh", "a.b.deu"),
        ("TED-1.no", "TED-1.is"),
        ("train.pt_BR", "train.en"),
        ("train.zh-Hans", "train.sr-Latn"),
        ("deu_Latn.devtest", "eng_Latn.devtest"),
        ("wiki.norm", "wiki.simp"),
        ("a.valid.orig", "a.valid.simp.0"),
        ("a.simp.0", "a.simp.1"),
        ("train.src", "train.tgt"),
        ("dev.ques", "dev.tgt"),
        ("dev.ans", "dev.ques"),
        ("train.premise", "train.hypothesis"),
        ("train.raw.input0", "train.raw.input1"),
        ("dev.s2", "dev.s1"),
    ],
)
def test_sides_of_parallel_text_are_named_by_their_languages(tmp_path: Path, name: str, other: str) -> None:
    for each in (name, other):
        (tmp_path / each).write_text(LINES)
    report = lint(tmp_path / name, eval=False, config={"select": ["FMT"]})
    assert (report.examples, len(report.findings)) == (30, 0)
    assert is_other_side(report, name, other)
    assert len(data_files(tmp_path)) == 2
    assert len(open_sources([str(tmp_path / "*")])) == (2 if report.files[0].container == "text" else 1)


@pytest.mark.parametrize(
    ("name", "other", "there"),
    [
        ("yue.txt", "en.txt", True),
        ("ID.txt", "CES.txt", True),
        ("arb.txt", "notes.txt", False),
        ("a_nor.txt", "a_fin.txt", False),
        ("a.pt-br.txt", "a.en-us.txt", True),
        ("ZH_CN.txt", "EN_US.txt", True),
        ("tok_sr-Latn.txt", "tok_sr-Cyrl.txt", True),
        ("a.en.txt", "a.pt-BR.txt", True),
        ("a.de-en.txt", "a.fr-en.txt", True),
        ("en-de.txt", "en-xy.txt", False),
        ("train.article.txt", "train.title.txt", True),
        ("tgt-train.txt", "src-train.txt", True),
        ("train.as.txt", "train.br.txt", True),
        ("train.ass.txt", "train.brx.txt", True),
        ("train.pos.txt", "train.neg.txt", False),
        ("complex-60.txt", "simp60-1.txt", True),
        ("simp60-3.txt", "complex-60.txt", True),
        ("boats-60.txt", "trams-60.txt", False),
        ("ocr.txt", "truth.txt", True),
        ("page.gt.txt", "page.ocr.txt", True),
        ("label", "seq.in", True),
        ("train.txt", "labels_train.txt", True),
        ("train.txt", "tokens_train.txt", True),
        ("pos_train.txt", "train.txt", True),
        ("train.txt", "train.labels", True),
        ("train.txt", "notes_train.txt", False),
        ("train.txt", "labels_test.txt", False),
        ("gold.txt", "tags.txt", True),
        ("dev.refs.txt", "dev.hyps.txt", True),
        ("gold.txt", "silver.txt", False),
        ("s1.txt", "s2.txt", True),
        ("s2.txt", "labels.txt", True),
        ("label.txt", "sent1.txt", True),
        ("train_sent_1.txt", "train_sent_2.txt", True),
        ("dev.textB.txt", "dev.textA.txt", True),
        ("a.txt", "b.txt", True),
        ("hypothesis_dev.txt", "premise_dev.txt", True),
        ("premise.txt", "labels.txt", True),
        ("part1.txt", "part2.txt", False),
        ("train_a.txt", "train_b.txt", False),
        ("class1.txt", "class2.txt", False),
        ("EN_all", "TI_all", True),
        ("ti_all.txt", "en_all.txt", True),
        ("all-jp.txt", "all-ab.txt", True),
        ("is_all.txt", "no_all.txt", False),
        ("EN_all", "TI_rest", False),
    ],
)
def test_a_whole_name_may_be_the_language_of_a_side(tmp_path: Path, name: str, other: str, *, there: bool) -> None:
    (tmp_path / name).write_text(LINES + LINES)
    (tmp_path / other).write_text(OTHERS)
    report = lint(tmp_path / name, eval=False, config={"select": ["DIV001"]})
    assert is_other_side(report, name, other) is there
    assert (len(report.findings) == 0) is there


@pytest.mark.parametrize(
    ("name", "other", "lines", "there"),
    [
        ("de/train.txt", "en/train.txt", LINES, True),
        ("de/train.de.txt", "fr/train.fr.txt", LINES, True),
        ("source/train.txt", "target/train.txt", LINES, True),
        ("pt_BR/train.txt", "en_US/train.txt", LINES, True),
        ("de/train.txt", "en/train.txt", LINES + LINES, False),
        ("de/train.txt", "en/dev.txt", LINES, False),
        ("boats/train.txt", "trams/train.txt", LINES, False),
    ],
)
def test_sides_may_be_in_folders_of_their_own(
    tmp_path: Path, name: str, other: str, lines: str, *, there: bool
) -> None:
    for each, text in ((name, LINES), (other, lines)):
        (tmp_path / each).parent.mkdir()
        (tmp_path / each).write_text(text)
    report = lint(tmp_path / name, eval=False, config={"select": ["FMT"]})
    assert len(report.files) == 1
    assert (report.files[0].container == "parallel-text") is there


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            ("train.txt", "labels_train.txt", "tokens_train.txt", "pos_train.txt"),
            "labels_train.txt, tokens_train.txt and pos_train.txt may have a line for each line: "
            "join the files first (`paste train.txt labels_train.txt > joined.tsv`), as no line",
        ),
        (
            ("seq.in", "seq.out", "label"),
            "seq.out and label may have a line for each line: "
            "join the files first (`paste seq.in seq.out label > joined.tsv`), as no line",
        ),
        (("s1.txt", "s2.txt"), "s2.txt may have a line for each line: join the files first, as no line may be"),
        (
            ("a.de.txt", "a.en.txt", "a.fr.txt"),
            "a.en.txt may have a line for each line: name two to read them as pairs (`datalint check a.de.txt "
            "a.en.txt`), as no line may be",
        ),
    ],
)
def test_the_note_names_all_files_of_labels_and_how_to_join_them(
    tmp_path: Path, files: tuple[str, ...], expected: str
) -> None:
    for each in files:
        (tmp_path / each).write_text(LINES)
    report = lint(tmp_path / files[0], eval=False, config={"select": ["FMT"]})
    assert any(expected in note for note in report.notes)


def test_labels_have_as_many_lines(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text(LINES + LINES)
    (tmp_path / "pos_train.txt").write_text(LINES)
    report = lint(tmp_path / "train.txt", eval=False, config={"select": ["DIV001"]})
    assert not any("may have a line for each line" in note for note in report.notes)
    assert report.findings


def test_another_side_is_found_among_those_of_other_lengths(tmp_path: Path) -> None:
    for code, lines in (("de", LINES + LINES), ("en", LINES), ("fr", LINES)):
        (tmp_path / f"a.{code}.txt").write_text(lines)
    report = lint(tmp_path / "a.fr.txt", eval=False, config={"select": ["FMT"]})
    assert is_other_side(report, "a.fr.txt", "a.en.txt")


@pytest.mark.parametrize(("step", "there"), [(1, True), (-1, False)])
def test_texts_in_two_languages_whose_lengths_do_not_agree_are_no_sides(tmp_path: Path, step: int, there: bool) -> None:
    lengths = [n * 37 % 101 for n in range(303)]
    (tmp_path / "posts_es.txt").write_text("".join(f"{n}: {'sol ' * length}\n" for n, length in enumerate(lengths)))
    (tmp_path / "posts_en.txt").write_text(
        "".join(f"{n}: {'sun ' * length}\n" for n, length in enumerate(lengths[::step]))
    )
    report = lint(tmp_path / "posts_es.txt", eval=False, config={"select": ["FMT"]})
    assert is_other_side(report, "posts_es.txt", "posts_en.txt") is there


def test_texts_of_pairs_have_as_many_lines(tmp_path: Path) -> None:
    (tmp_path / "s1.txt").write_text(LINES + LINES)
    (tmp_path / "s2.txt").write_text(LINES)
    report = lint(tmp_path / "s1.txt", eval=False, config={"select": ["DIV001"]})
    assert not any("may have a line for each line" in note for note in report.notes)
    assert report.findings


@pytest.mark.parametrize(
    ("other", "there"),
    [
        (LINES.replace("The bus of line 7 is late.\n", "\n"), True),  # not translated
        (LINES + "\n", True),
        (LINES.replace("The bus of line 7 is late.\n", ""), False),
        (LINES.replace("The bus of line 7 is late.\n", "") + "\n\n", False),
        ("\n" + LINES, True),
    ],
)
def test_a_line_that_is_empty_on_one_side_is_a_line(tmp_path: Path, other: str, *, there: bool) -> None:
    (tmp_path / "train.da").write_text(LINES)
    (tmp_path / "train.en").write_text(other)
    report = lint(tmp_path / "train.da", eval=False, config={"select": ["FMT"]})
    assert is_other_side(report, "train.da", "train.en") is there


@pytest.mark.parametrize("other", ["train.txt", "valid.en", "train.zz"])
def test_a_language_alone_says_nothing(tmp_path: Path, other: str) -> None:
    for each in ("train.pl", other):
        (tmp_path / each).write_text(LINES)
    with pytest.raises(DatalintError, match="cannot detect the format"):
        lint(tmp_path / "train.pl", eval=False)


@pytest.mark.parametrize("lines", ["late\non time\nnever came\n", "0 late\n1 on time\n"])
@pytest.mark.parametrize("name", ["class.txt", "labels.txt", "vocab_uncased.txt"])
def test_lists_of_labels_are_left_out_of_folders(tmp_path: Path, name: str, lines: str) -> None:
    (tmp_path / name).write_text(lines)
    assert data_files(tmp_path) == [tmp_path / name]
    (tmp_path / "train.txt").write_text(LINES)
    assert data_files(tmp_path) == [tmp_path / "train.txt"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [("labels.txt", "late\nlate\n"), ("label.txt", "late\t1\n"), ("class.txt", LINES), ("names.txt", "late\n")],
)
def test_other_texts_are_data(tmp_path: Path, name: str, lines: str) -> None:
    (tmp_path / name).write_text(lines)
    (tmp_path / "train.txt").write_text(LINES)
    assert set(data_files(tmp_path)) == {tmp_path / name, tmp_path / "train.txt"}


@pytest.mark.parametrize(
    ("text", "is_data"),
    [
        ('{"0": "late", "1": "on time"}', False),
        ('{\n  "late": 1,\n  "on time": 2\n}', False),
        ('[{"late": "0", "on time": "1"}, {"0": "late", "1": "on time"}]', False),
        ('{"id2label": {"1": "on time", "0": "late"}, "label2id": {"late": 0, "on time": 1}}', False),
        ('{"late": 0, "on time": 2}', True),
        ('{"late": 7, "on time": 8}', True),
        ('{"0": "late", "1": "late"}', True),
        ('{"0": "late", "1": "the boat came in on time after all"}', True),
        ('{"0": "late", "2": "on time"}', True),
        ('{"0": "late"}', True),
        ('{"late": 0, "text": "on time"}', True),
        ('{"0": "late", "1": ["on time"]}', True),
        ('{"0": "late", "1": true}', True),
        ('[{"0": "late", "1": "on time"}, "late"]', True),
        ('{"0": "late", "1": "on time"', True),
        ("[]", True),
        ("{}", True),
    ],
)
def test_numbers_of_labels_next_to_data_are_no_data(text: str, is_data: bool, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text('{"text": "late"}\n')
    (tmp_path / "relations.json").write_text(text)
    found = [path.name for path in data_files(tmp_path)]
    assert found == [*["relations.json"] * is_data, "train.jsonl"]


@pytest.mark.parametrize(
    ("name", "text", "is_data"),
    [
        (
            "metadata.json",
            '{"dataset": "docks", "rows": 777, "split": {"train": 700}, "languages": ["en", "gn"]}',
            False,
        ),
        ("Dock_Stats.json", '{"mean": 7.5, "rows": 777, "from": null}', False),
        ("metadata.json", '{"prompt": "Is it full?", "answer": "No."}', True),
        ("metadata.json", '{"rows": 2, "items": [{"text": "late"}]}', True),
        ("metadata.json", '{"rows": 2, "items": ["late again", "on time"]}', True),
        ("metadata.json", '{"rows": 777, "text": "' + "late " * 99 + '"}', True),
        ("metadata.json", '{"rows": ' + '{"a": ' * 9 + "1" + "}" * 10, True),
        ("metadata.json", '{"rows": 777', True),
        ("metadata.json", "[777]", True),
        ("docks.json", '{"dataset": "docks", "rows": 777}', True),
        ("dataset-metadata.json", '{"title": "Docks", "id": "port/docks", "licenses": [{"name": "CC0-1.0"}]}', False),
    ],
)
def test_facts_about_the_data_next_to_them_are_no_data(name: str, text: str, is_data: bool, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text('{"text": "late"}\n')
    (tmp_path / name).write_text(text)
    assert (tmp_path / name in data_files(tmp_path)) is is_data


def test_numbers_of_labels_alone_are_checked(tmp_path: Path) -> None:
    (tmp_path / "relations.json").write_text('{"0": "late", "1": "on time"}')
    assert [path.name for path in data_files(tmp_path)] == ["relations.json"]


@pytest.mark.parametrize(
    ("name", "named", "is_list"),
    [("metadata.csv", 4, True), ("file_list.tsv", 4, True), ("metadata.csv", 1, False), ("reviews.csv", 4, False)],
)
def test_a_list_of_the_files_of_a_folder_is_no_data(tmp_path: Path, name: str, named: int, *, is_list: bool) -> None:
    files = [f"ferries_{n}.csv" for n in range(4)]
    for each in files:
        (tmp_path / each).write_text("text,label\nIt is late,late\n")
    (tmp_path / name).write_text("prompt,file\n" + "".join(f"Write rows,{each}\n" for each in files[:named]))
    assert (tmp_path / name not in data_files(tmp_path)) is is_list
