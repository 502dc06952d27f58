"""Tagged sentences in one line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import ROWS, read


def lines(sign: str, intent: str) -> list[str]:
    pairs = [zip(row["tokens"], row["tags"], strict=True) for row in ROWS * 2]
    return [" ".join(f"{token}{sign}{tag}" for token, tag in each) + intent for each in pairs]


@pytest.mark.parametrize("name", ["a.txt", "train"])
@pytest.mark.parametrize("sign", [":", "/", "|"])
@pytest.mark.parametrize("intent", [" <=> fill", "\tfill dock", ""])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_line_of_tokens_with_their_tags_is_a_row(
    tmp_path: Path, name: str, sign: str, intent: str, chunk_bytes: int
) -> None:
    (tmp_path / name).write_bytes("\r\n".join(lines(sign, intent)).encode())
    records, _, source = read(tmp_path / name, chunk_bytes)
    meant = {"intent": intent.partition(">")[2].strip() or intent.strip()} if intent else {}
    assert (records, source.container) == ([row | meant for row in ROWS * 2], "tagged-lines")


def test_a_token_without_a_tag_has_an_empty_one(tmp_path: Path) -> None:
    written = lines(":", " <=> fill")
    written[1] = "Ann:B-PER left at:noon:O ::O <=> leave"
    (tmp_path / "a.txt").write_text("\n".join(written))
    row = {"tokens": ["Ann", "left", "at:noon", ":"], "tags": ["B-PER", "", "O", "O"], "intent": "leave"}
    assert read(tmp_path / "a.txt")[0][1] == row


def test_a_report_says_how_lines_are_read_and_where_a_blank_is_before_a_tag(tmp_path: Path) -> None:
    written = lines(":", " <=> fill")
    written[1] = "Ann :B-PER left :O now:O <=> leave"
    (tmp_path / "a.txt").write_text("\n".join(written))
    row = {"tokens": ["Ann", "left", "now"], "tags": ["B-PER", "O", "O"], "intent": "leave"}
    assert read(tmp_path / "a.txt")[0][1] == row
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert 'a.txt: a row is a sentence in a line: each token with its tag after ":", and its intent after "<=>"' in (
        report.notes
    )
    (finding,) = report.findings
    assert (finding.line, finding.severity.value) == (2, "warning")
    assert finding.message == '2 tokens have a blank before the ":" of their tags: read as if there was none'


CLASSES = [("Docks", "NNS"), ("fill", "VBP"), ("very", "RB"), ("early", "JJ"), (".", ".")]


#: A blank of East Asian scripts is a token too.
EAST_ASIAN = [("港", "名詞"), ("は", "助詞"), ("\u3000", "空白"), ("広い", "形容詞"), ("。", "補助記号")]


@pytest.mark.parametrize("sign", ["/", "_", "#", "|"])
@pytest.mark.parametrize("classes", [CLASSES, EAST_ASIAN])
@pytest.mark.parametrize("name", ["a.txt", "a.word_pos"])
def test_classes_of_words_are_tags(tmp_path: Path, sign: str, classes: list[tuple[str, str]], name: str) -> None:
    (tmp_path / name).write_text(f"{' '.join(map(sign.join, classes))}\n" * 30)
    records, _, source = read(tmp_path / name, 64)
    row = {"tokens": [token for token, _ in classes], "tags": [tag for _, tag in classes]}
    assert (records, source.container) == ([row] * 30, "tagged-lines")


@pytest.mark.parametrize(
    "line",
    [
        "data/train data/test data/dev data/all data/none",
        "1/2 3/4 5/6 7/8 9/1",
        "#dock #boat #gate #card #bell",
        "snake_case camel_case or_so and_so on_and",
    ],
)
def test_words_with_signs_are_no_classes(tmp_path: Path, line: str) -> None:
    varied = "".join(f"{line} {n}_{n} x{n}/y{n} word{n}\n" for n in range(30))
    (tmp_path / "a.txt").write_text(varied)
    assert read(tmp_path / "a.txt")[2].container == "text"


@pytest.mark.parametrize(
    "line",
    ["see page O:12 of B-side:3 now", "A/B-test or O/P what/else", "https://example.org/B-x is:O down:again :O"],
)
def test_other_texts_are_lines(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"{line}\n" * 30)
    assert read(tmp_path / "a.txt")[2].container == "text"


@pytest.mark.parametrize("before", ["", "S.{n}\t", "doc-{n}  "])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_class_may_be_before_each_word_in_brackets(tmp_path: Path, before: str, chunk_bytes: int) -> None:
    said = " ".join(f"<{tag} {token}>" for token, tag in [*CLASSES, ("Gate 4", "NNP")])
    (tmp_path / "a.txt").write_text("".join(f"{before.format(n=n)}{said}\n" for n in range(30)))
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    row = {"tokens": [*(token for token, _ in CLASSES), "Gate 4"], "tags": [*(tag for _, tag in CLASSES), "NNP"]}
    ids = [{"id": before.format(n=n).strip()} if before else {} for n in range(30)]
    assert (records, source.container) == ([each | row for each in ids], "bracketed-tags")


@pytest.mark.parametrize(
    "line", ["<B Dock> {n} is <I very> early", "<p class> <b dock> <i gate> {n}", "<NN dock> <NN gate>"]
)
def test_other_brackets_are_no_classes_of_words(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{line.format(n=n)}\n" for n in range(30)))
    assert read(tmp_path / "a.txt")[2].container == "text"


@pytest.mark.parametrize("characters", [True, False])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_the_list_of_its_tags_may_be_after_a_sentence(tmp_path: Path, chunk_bytes: int, *, characters: bool) -> None:
    rows = [row | {"tokens": [token[0] for token in row["tokens"]]} if characters else row for row in ROWS]
    between = "" if characters else " "
    written = [f"{between.join(row['tokens'])}  {row['tags']}" for row in rows]
    (tmp_path / "a.txt").write_bytes("\r\n".join(written).encode())
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == (rows, "listed-tags")


def test_a_report_says_where_a_list_has_not_as_many_tags_as_its_sentence_has_words(tmp_path: Path) -> None:
    written = [f"{' '.join(row['tokens'])} {row['tags']}" for row in ROWS * 4]
    written[3:5] = ["Ann left at noon ['B-PER', 'O']", "Ann left"]
    (tmp_path / "a.txt").write_text("\n".join(written))
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [each.line for each in report.findings] == [4, 5]
    assert report.findings[0].message == "4 words, and a list of 2 tags"


@pytest.mark.parametrize(
    "line",
    [
        "dock {n} full ['O', 'O']",
        "dock {n} full ['O', 'B-X', 3]",
        "dock {n} full ['O', 'O', 'O']",
        "dock {n} full ['is', 'it', 'O']",
        "dock {n} full [1, 2, 3]",
        "dock {n} full['O', 'B-X', 'O']",
        "['O', 'B-X', 'O']",
        "dock {n} full " + "[" * 500 + "]" * 500,
    ],
)
def test_other_lists_are_no_tags(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{line.format(n=n)}\n" for n in range(30)))
    assert read(tmp_path / "a.txt")[2].container != "listed-tags"


def below(rows: list[dict[str, list[str]]], between: str = " ") -> list[str]:
    return [f"{between.join(row['tokens'])}\n{' '.join(row['tags'])}\n" for row in rows]


@pytest.mark.parametrize("name", ["a.txt", "train"])
@pytest.mark.parametrize("characters", [True, False])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_the_tags_of_a_sentence_may_be_in_the_line_below(
    tmp_path: Path, name: str, chunk_bytes: int, *, characters: bool
) -> None:
    rows = ROWS * 3
    rows = [row | {"tokens": [token[0] for token in row["tokens"]]} if characters else row for row in rows]
    text = "\n".join(below(rows, "" if characters else " ")).replace("\n", "\r\n")
    (tmp_path / name).write_bytes(text.encode())
    records, _, source = read(tmp_path / name, chunk_bytes)
    assert (records, source.container) == (rows, "tags-of-characters" if characters else "tags-of-words")


def test_a_report_says_where_a_line_has_not_as_many_tags_as_its_sentence_has_words(tmp_path: Path) -> None:
    blocks = below(ROWS * 20)
    blocks[1:3] = ["Ann left at noon\nB-PER O\n", "Ann left\n"]
    (tmp_path / "a.txt").write_text("\n".join(blocks))
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (4, "4 words, and a line of 2 tags"),
        (7, "1 line instead of a sentence and its tags"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        "dock {n} full\nO O O",
        "dock {n} full\nB-X I-X I-X",
        "dock {n} full\nB-X O",
        "dock {n} full\nO B-X O yes",
        "dock {n} full\nis it O",
        "O B-X O",
        "\x00 B-X\n" + "O " * 5_000,
    ],
)
def test_other_blocks_of_two_lines_are_no_sentences_with_tags(tmp_path: Path, block: str) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{block.format(n=n)}\n\n" for n in range(30)))
    assert not read(tmp_path / "a.txt")[2].container.startswith("tags-of")
