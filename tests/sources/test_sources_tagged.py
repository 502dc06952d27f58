"""Files in the format of CoNLL, blocks of lines, and the paragraphs of SQuAD's articles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from datalint.core.errors import DatalintError
from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

#: What is read as what shows in notes, which no rule makes, and in findings of these rules.
SELECT = {"select": ["FMT", "DIV001"]}
SENTENCES = [(("Dock", "B-LOC"), ("A", "I-LOC"), ("is", "O"), ("full", "O")), (("Ann", "B-PER"), ("left", "O"))] * 8
ROWS = [{"tokens": [token for token, _ in each], "tags": [tag for _, tag in each]} for each in SENTENCES]


def conll(separator: str = " ", ending: str = "\n") -> str:
    blocks = (ending.join(f"{token}{separator}NN{separator}{tag}" for token, tag in each) for each in SENTENCES)
    return (ending * 2).join(("-DOCSTART- -X- O", *blocks)) + ending


def read_alone(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without the columns that they are only compared by."""
    return [{key: value for key, value in row.items() if key != "extra"} for row in rows]


def read(path: Path, chunk_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], list[int], Any]:
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    records: list[dict[str, Any]] = []
    offsets: list[int] = []
    for chunk in source.chunks(0):
        raw = chunk.load()
        records += raw.records
        offsets += raw.offsets.tolist()
    assert source.fetch(list(range(len(records))), offsets) == records
    return records, offsets, source


@pytest.mark.parametrize("name", ["a.txt", "a.conll", "a.tsv", "a.bio", "a", "a.train", "a.dev", "a.data", "a.ner"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk_bytes", [16, 64, 1 << 20])
def test_a_sentence_is_a_row(tmp_path: Path, name: str, ending: str, chunk_bytes: int) -> None:
    (tmp_path / name).write_bytes(conll("\t", ending).encode())
    records, _, source = read(tmp_path / name, chunk_bytes)
    assert (records, source.container) == (ROWS, "conll")


def test_the_number_of_a_document_is_no_token(tmp_path: Path) -> None:
    text = (
        conll()
        .replace("-DOCSTART- -X- O", "###MEDLINE:95369245")
        .replace("\n\nAnn", "\n\n###MEDLINE:95369246\n\nAnn", 1)
    )
    (tmp_path / "a.iob2").write_text(text)
    assert read(tmp_path / "a.iob2")[0] == ROWS


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a"])
@pytest.mark.parametrize(("part", "blank"), [("<HEADLINE>", ""), ("<HEADLINE>\t\t\n\t\t", "\t\t")])
def test_marks_of_the_parts_of_a_document_are_no_tokens(tmp_path: Path, name: str, part: str, blank: str) -> None:
    text = conll("\t").replace("-DOCSTART- -X- O", part).replace("\n\nAnn", f"\n{blank}\n<BODY>\nAnn", 1)
    (tmp_path / name).write_text(text)
    records, _, source = read(tmp_path / name)
    assert (records, source.container) == (ROWS, "conll")


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_comments_at_the_top_of_a_file_are_no_tokens(tmp_path: Path, separator: str) -> None:
    blocks = conll(separator).split("\n\n", 1)[1]
    (tmp_path / "a.conll").write_text(f"### Written by the command:\n### export --tags NN\n# newdoc\n{blocks}")
    assert read(tmp_path / "a.conll")[0] == ROWS
    assert not lint(tmp_path / "a.conll", eval=False, config={"select": ["FMT021"]}).findings


def test_a_hash_with_its_tag_is_a_token(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(conll().replace(" NN ", " ").replace("Ann B-PER", "# O\n# a comment"))
    assert read(tmp_path / "a.conll")[0][1] == {"tokens": ["#", "left"], "tags": ["O", "O"]}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ('<ref O\nrel="none"> O\n', "16 tokens are parts of tags of XML, such as '<ref rel=\"none\">'"),
        ("<b O\nid='1' O\nclass='x'/> O\n", "24 tokens are parts of tags of XML"),
        ("<num> O\n< O\na=b O\n", ""),
        ("<div O\n", ""),
        ('x="1" O\n', ""),
    ],
)
def test_parts_of_tags_of_xml_are_counted(tmp_path: Path, before: str, said: str) -> None:
    (tmp_path / "a.conll").write_text(conll().replace(" NN ", " ").replace("Ann ", f"{before}Ann "))
    report = lint(tmp_path / "a.conll", eval=False, config={"select": ["FMT"]})
    notes = [note for note in report.notes if "XML" in note]
    assert [said in note for note in notes] == ([True] if said else [])


@pytest.mark.parametrize("between", ["", "NN\t", "NN\tdock\t"])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_lines_above_the_tokens_of_a_sentence_are_left_out(tmp_path: Path, chunk_bytes: int, between: str) -> None:
    blocks = conll("\t").replace("NN\t", between).split("\n\n")[1:]
    (tmp_path / "a.txt").write_text("\n\n".join(f"Letter {n}\nDock A is full\n{each}" for n, each in enumerate(blocks)))
    assert read(tmp_path / "a.txt", chunk_bytes)[0] == ROWS
    report = lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT"]})
    assert not report.findings
    assert any("the lines without a tab above them are left out" in note for note in report.notes)


@pytest.mark.parametrize("separator", [" ", "\t"])
@pytest.mark.parametrize("above", ["#sent_id = {n}\n#text = Dock A is full\n", "IMGID:{n}\n"])
def test_comments_with_values_and_words_above_the_tokens_are_left_out(
    tmp_path: Path, separator: str, above: str
) -> None:
    blocks = conll(separator).replace(f"NN{separator}", "").split("\n\n")[1:]
    (tmp_path / "a.txt").write_text("\n\n".join(above.replace("{n}", str(n)) + each for n, each in enumerate(blocks)))
    assert read(tmp_path / "a.txt", 64)[0] == ROWS
    assert not lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT"]}).findings


@pytest.mark.parametrize("separator", [" ", "\t"])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_a_word_below_the_tokens_of_each_sentence_is_its_intent(
    tmp_path: Path, separator: str, chunk_bytes: int
) -> None:
    blocks = conll(separator).replace(f"NN{separator}", "").strip().split("\n\n")[1:]
    intents = ["fill", "leave#fill"] * 7 + ["fill"]
    blocks = [*map("\n".join, zip(blocks, intents, strict=False)), blocks[-1]]
    (tmp_path / "a.txt").write_text("\n\n".join(blocks))
    rows = [row | {"intent": intent} for row, intent in zip(ROWS, [*intents, ""], strict=True)]
    assert read(tmp_path / "a.txt", chunk_bytes)[0] == rows
    report = lint(tmp_path / "a.txt", eval=False, config={"select": ["QUA002"]})
    assert [(finding.rule, finding.row) for finding in report.findings] == [("QUA002", 16)]
    assert any("and its intent in the last line" in note for note in report.notes)


CLASSES = [
    (("Docks", "NOUN"), ("fill", "VERB"), ("early", "ADV"), (".", "PUNCT")),
    (("Ann", "PROPN"), ("left", "VERB")),
] * 8


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_comment_above_the_tokens_may_be_their_intent(tmp_path: Path, numbered: bool, chunk_bytes: int) -> None:
    intents = ["fill", "leave: now"] * 8
    blocks = [
        f"# text: a comment\n# intent: {intent} \n"
        + "\n".join(
            f"{place}\t{token}\t{tag}" if numbered else f"{token}\t{tag}" for place, (token, tag) in enumerate(each, 1)
        )
        for intent, each in zip(intents, SENTENCES, strict=True)
    ]
    (tmp_path / "a.conll").write_text("\n\n".join(blocks) + "\n")
    rows = [row | {"intent": intent} for row, intent in zip(ROWS, intents, strict=True)]
    assert read(tmp_path / "a.conll", chunk_bytes)[0] == rows
    notes = lint(tmp_path / "a.conll", eval=False).notes
    assert any("its intent is in a comment above" in note for note in notes)
    # What few sentences have, or all of them, says nothing of each.
    for other in (
        "\n\n".join([*blocks[:2], *(each.partition(" \n")[2] for each in blocks[2:])]),
        "\n\n".join(blocks[::2]),
    ):
        (tmp_path / "b.conll").write_text(other + "\n")
        assert all("intent" not in row for row in read(tmp_path / "b.conll", chunk_bytes)[0])


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize("name", ["a.txt", "a.conll"])
@pytest.mark.parametrize("columns", ["", "NN\t"])
def test_a_numbered_line_above_the_tokens_may_have_the_label_of_the_sentence(
    tmp_path: Path, name: str, chunk_bytes: int, columns: str
) -> None:
    blocks = conll("\t").replace("NN\t", columns).strip().split("\n\n")[1:]
    labels = ["good", "bad"] * 8
    texts = [f"meta\t{n}\t{label}\n{block}" for n, (label, block) in enumerate(zip(labels, blocks, strict=True))]
    (tmp_path / name).write_text("\n\n".join(texts) + "\n")
    rows = [row | {"label": label} for row, label in zip(ROWS, labels, strict=True)]
    assert read_alone(read(tmp_path / name, chunk_bytes)[0]) == rows
    report = lint(tmp_path / name, eval=False, config={"select": ["FMT", "DIV005"]})
    assert not report.findings
    assert any('the line above with "meta" and its number has its label' in note for note in report.notes)
    (tmp_path / name).write_text("\n\n".join(texts).replace("meta\t15\tbad", "meta\t15"))
    assert [row["label"] for row in read(tmp_path / name, chunk_bytes)[0]] == [*labels[:-1], ""]
    # Without a label, the line is left out.
    (tmp_path / name).write_text(re.sub(r"(meta\t\d+)\t\w+", r"\1", "\n\n".join(texts)))
    assert read_alone(read(tmp_path / name, chunk_bytes)[0]) == ROWS
    # A token that begins all sentences is one.
    (tmp_path / name).write_text("\n\n".join(f"[CLS]\t{columns}O\n{block}" for block in blocks))
    assert all(row["tokens"][0] == "[CLS]" for row in read(tmp_path / name, chunk_bytes)[0])
    # So is one behind its number.
    (tmp_path / name).write_text("\n\n".join(f"1\tDock{n}\tB-LOC\n2\tis\tO\n3\tfull\tO" for n in range(30)) + "\n")
    assert [row["tokens"][0] for row in read(tmp_path / name, chunk_bytes)[0]] == [f"Dock{n}" for n in range(30)]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_the_class_of_a_word_is_a_tag(tmp_path: Path, separator: str) -> None:
    blocks = ("\n".join(map(separator.join, each)) for each in CLASSES)
    (tmp_path / "a.txt").write_text("\n\n".join(blocks))
    rows, _, source = read(tmp_path / "a.txt")
    assert source.container == "conll"
    assert rows == [{"tokens": [one for one, _ in each], "tags": [tag for _, tag in each]} for each in CLASSES]


def test_there_may_be_many_classes_of_words_next_to_their_languages(tmp_path: Path) -> None:
    """A lone quotation mark is a token, and no quoted field of a table."""
    names = [f"{place}_{kind}" for place in "NVPRJDQ" for kind in "ABCDEF"]
    words = [(f"word{n % 170}", ("hi", "en")[n % 2], names[n % len(names)]) for n in range(600)]
    rows = [[*words[n * 6 : n * 6 + 6], ('"', "univ", "PUNC"), (".", "univ", "PUNC")] for n in range(100)]
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join(map("\t".join, row)) for row in rows) + "\n")
    records, _, source = read(tmp_path / "a.txt")
    assert (source.container, len(records)) == ("conll", 100)
    assert [row["tokens"] for row in records] == [[token for token, _, _ in row] for row in rows]
    assert [row["tags"] for row in records] == [[tag for _, _, tag in row] for row in rows]


@pytest.mark.parametrize("name", ["a.conll", "a.bio", "a.bmes", "a.ner"])
def test_where_the_name_says_so_any_words_are_tags(tmp_path: Path, name: str) -> None:
    block = 'donde\tSPA\r\n"\tN\r\nBoston\tENT\r\n'
    (tmp_path / name).write_bytes("\r\n".join([block] * 8).encode())
    rows, _, source = read(tmp_path / name)
    assert source.container == "conll"
    assert rows == [{"tokens": ["donde", '"', "Boston"], "tags": ["SPA", "N", "ENT"]}] * 8


@pytest.mark.parametrize("line", ["Ring {}ING", "Dock {}", "we GO now"])
def test_lines_of_two_words_are_no_tokens(tmp_path: Path, line: str) -> None:
    names = ["BE", "CA", "DO", "EL", "FA", "GO", "HI", "JO", "KA", "LU"]
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join([line.format(name)] * 2) for name in names * 2))
    assert read(tmp_path / "a.txt")[2].container != "conll"


def test_a_text_of_headings_alone_is_plain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("## Answer: Dock A.\n\n## Answer: Dock B.\n")
    assert [list(row) for row in read(tmp_path / "a.txt")[0]] == [["text"]] * 2


def test_blanks_separate_as_tabs_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(conll(" "))
    assert read(tmp_path / "a.txt")[0] == ROWS


@pytest.mark.parametrize(("separator", "said"), [(" ", True), ("\t", False)])
def test_a_token_with_blanks_is_named(tmp_path: Path, separator: str, said: bool) -> None:
    sentences = ["\n".join(f"w{n}{k}{separator}O" for k in range(3)) for n in range(20)]
    text = "\n\n".join((*sentences[:10], f"the{separator}O\nno 5 b{separator}B-LOC", *sentences[10:]))
    (tmp_path / "a.bio").write_text(text)
    source = read(tmp_path / "a.bio")[2]
    found = [problem for chunk in source.chunks(0) for problem in chunk.load().facts.problems]
    assert [(each.line, each.severity) for each in found] == ([(42, "warning")] if said else [])
    assert all(
        '4 fields between blanks, where other lines have 2: the token is read as "no"' in e.message for e in found
    )


def test_a_blank_may_be_a_token_where_blanks_separate(tmp_path: Path) -> None:
    """So it is in a text that is divided into characters; a line with one word alone has no tag."""
    sentence = "停 B-X\r\n  O\r\n船 B-X\r\n\u3000 O\r\n"
    (tmp_path / "a.txt").write_text("\r\n".join([sentence] * 20) + "\r\nO\r\n", encoding="utf-8", newline="")
    records = read(tmp_path / "a.txt")[0]
    assert records[0] == {"tokens": ["停", " ", "船", "\u3000"], "tags": ["B-X", "O", "B-X", "O"]}
    assert records[-1] == {"tokens": ["O"], "tags": [""]}


def test_tokens_in_a_file_named_as_a_table_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(conll(" "))
    records, _, source = read(tmp_path / "a.csv")
    assert (records, source.container) == (ROWS, "conll")
    assert [problem.rule for problem in source.problems] == ["wrong-extension"]


@pytest.mark.parametrize("header", ["text label", "question,answer"])
def test_a_table_of_texts_is_no_file_of_tokens(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.csv").write_text("\n".join([header, *["how are you,fine", ""] * 20]))
    assert read(tmp_path / "a.csv")[2].container == "csv"


FEW = [
    (("Ask", "{0}"), ("Ann", "{1}"), ("at", "{0}"), (f"dock{n % 9}", "{2}"), ('"', "{0}"), ("", "{0}"), (".", "{0}"))
    for n in range(20)
]


@pytest.mark.parametrize("name", ["a.txt", "a.tsv", "a.csv", "a.conll", "a", "a.train"])
@pytest.mark.parametrize(
    "tags", [("O", "Person", "Place"), ("0", "PER", "LOC"), ("O", "B_Time", "I_Time"), ("N", "A", "A")]
)
@pytest.mark.parametrize("separator", [" ", "\t"])
def test_few_tags_of_any_names_are_recognised(tmp_path: Path, name: str, tags: tuple[str, ...], separator: str) -> None:
    rows = [[(token, tag.format(*tags)) for token, tag in each if token or separator == "\t"] for each in FEW]
    (tmp_path / name).write_text("\n\n".join("\n".join(map(separator.join, each)) for each in rows) + "\n")
    records, _, source = read(tmp_path / name)
    assert source.container == "conll"
    assert records == [{"tokens": [one for one, _ in each], "tags": [tag for _, tag in each]} for each in rows]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (("O", "BL", "L", "EL"), True),
        (("O", "BPER", "IPER", "BLOC"), True),
        (("O", "quality/1", "quality/2", "price/1"), True),
        (("C", "quality/1", "quality/2", "price/1"), False),
        (("B", "E", "S", "M"), True),
        (("b", "i", "i", "i"), True),
        (("B", "C", "A", "D"), False),
    ],
)
def test_tags_of_spans_of_any_names_are_recognised_where_most_tokens_are_in_spans(
    tmp_path: Path, tags: tuple[str, ...], found: bool
) -> None:
    words = ("fill", "dock", "at", "noon", "with", "boats", "from", "Ann")
    rows = [[(f"{word}{n % 4}", tags[max(place - 1, 0) // 2]) for place, word in enumerate(words)] for n in range(20)]
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join(map(" O ".join, row)) for row in rows) + "\n")
    assert (read(tmp_path / "a.txt")[2].container == "conll") is found


@pytest.mark.parametrize(("mark", "found"), [(".", True), ("full", False)])
def test_classes_of_words_by_any_names_are_recognised_in_sentences(tmp_path: Path, mark: str, found: bool) -> None:
    words = [("dock", "G_N"), ("of", "PSP"), ("Ann", "G_P"), ("fills", "G_V"), ("now", "G_R")]
    rows = [[*((f"{token}{'abcd'[n % 4]}", tag) for token, tag in words), (mark, "G_X")] for n in range(30)]
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join(map("\ten\t".join, row)) for row in rows) + "\n")
    records, _, source = read(tmp_path / "a.txt")
    assert (source.container == "conll") is found
    assert not found or records[0]["tags"] == ["G_N", "PSP", "G_P", "G_V", "G_R", "G_X"]


ANALYSED = [
    [
        *(("dock", "G_N", "G_N,A3sg"), (f"sails{n % 7}", "G_V", "G_V,Past,A3sg"), ("Ann", "G_P", "G_P,A3sg,Dat")),
        *(("now", "G_R", "G_R"), (f"ship{n % 11}", "G_N", "G_N,A3pl"), (".", "G_X", "G_X")),
    ]
    for n in range(30)
]


@pytest.mark.parametrize(
    ("name", "sign", "joint", "few", "found"),
    [
        ("a.txt", " ", ",", 30, True),
        ("a.txt", "\t", "|", 30, True),
        ("a", " ", "+", 30, True),
        ("a.conll", " ", ",", 30, True),
        ("a.conll", " ", ",", 4, True),
        ("a.txt", " ", ",", 4, False),
    ],
)
def test_classes_of_words_are_read_before_their_analyses(
    tmp_path: Path, name: str, sign: str, joint: str, few: int, found: bool
) -> None:
    rows = [[(token, tag, said.replace(",", joint)) for token, tag, said in each] for each in ANALYSED[:few]]
    if few < len(ANALYSED):  # each word has an analysis of its own
        rows = [[(*each[:2], f"{each[2]},{m}{n}") for m, each in enumerate(row)] for n, row in enumerate(rows)]
    (tmp_path / name).write_text("\n\n".join("\n".join(map(sign.join, row)) for row in rows) + "\n")
    records, _, source = read(tmp_path / name)
    assert (source.container == "conll") is found
    assert not found or records[0]["tags"] == ["G_N", "G_V", "G_P", "G_R", "G_N", "G_X"]


@pytest.mark.parametrize(("sign", "symbol"), [(" ", "@"), ("\t", "$")])
@pytest.mark.parametrize("end", [".", "full"])
def test_classes_of_words_are_read_before_their_languages(tmp_path: Path, sign: str, symbol: str, end: str) -> None:
    words = [("dock", "G_N", "en"), ("de", "PSP", "fr"), ("Ann", symbol, "ne"), ("fills", "G_V", "en")]
    words = [*words, ("vite", "G_R", "fr"), ("ship", "G_N", "en")]
    rows = [[*((token + "abcd"[n % 4], *more) for token, *more in words), (end, "G_X", "univ")] for n in range(30)]
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join(map(sign.join, row)) for row in rows) + "\n")
    records, _, source = read(tmp_path / "a.txt")
    assert (source.container == "conll") is (end == ".")
    assert source.container != "conll" or records[0]["tags"][-2:] == ["G_N", "G_X"]


def test_a_file_named_as_tagged_text_is_not_told_to_be_named_so(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("the dock is full\nships wait\n")
    with pytest.raises(DatalintError, match=r"a\.conll has no token with its tag on each line.*: name it \.txt"):
        read(tmp_path / "a.conll")


def test_a_line_may_end_in_a_tab(tmp_path: Path) -> None:
    blocks = ("\n".join(f"{token}\t{'NAB'[int(tag[1])]}" for token, tag in each) for each in FEW)
    (tmp_path / "a.txt").write_text("\n\n".join((*blocks, "up\tA\t")) + "\n")
    assert read(tmp_path / "a.txt")[0][-1] == {"tokens": ["up"], "tags": ["A"]}


@pytest.mark.parametrize(
    "lines",
    [
        [f"word{n}\tgood" if n % 3 else f"word{n}\tbad" for n in range(90)],
        [f"how are you {n % 7}\tgood" if n % 3 else f"why {n % 7}\tbad" for n in range(90)],
        [f"{n % 7}\tgood" if n % 3 else f"{n % 5}\tbad" for n in range(90)],
    ],
)
def test_lists_of_words_and_tables_of_texts_are_no_tagged_tokens(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "a.tsv").write_text("\n\n".join("\n".join(lines[n : n + 5]) for n in range(0, 90, 5)) + "\n")
    assert read(tmp_path / "a.tsv")[2].container == "tsv"


def numbered(line: str, *, first: int = 1, above: str = "") -> str:
    blocks = (
        "\n".join(line.format(n=n, token=token, tag=tag) for n, (token, tag) in enumerate(each, first))
        for each in SENTENCES
    )
    return "\n\n".join(above + each for each in blocks) + "\n"


@pytest.mark.parametrize("name", ["a.txt", "a.conll", "a.tsv", "a.conllu", "a"])
@pytest.mark.parametrize(
    "text",
    [
        numbered("{n}\t{token}\t{tag}"),
        numbered("{n} {token} {tag}", first=0),
        numbered("{n}\t{token}\t_\tNN\t{tag}", above="# text = A dock\n#sent_id = a\n"),
        numbered("{n}\t{token}\t{tag}\t_\t_"),
        numbered("wsj/01  0   {n}   {token}   {tag}", first=0, above="#begin document (wsj/01)\n"),
        numbered("{n}\t{token}\t{tag}", above="1-2\tDocka\t_\n"),
        numbered("S_17_{n}\t{token}\t{tag}", first=0),
        "## columns : INDEX\tWORD\tTAG\n" + numbered("{n}\t{token}\t{tag}", above="## dock_1\tA dock\n"),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_tokens_are_next_to_their_numbers(tmp_path: Path, name: str, text: str, chunk_bytes: int) -> None:
    (tmp_path / name).write_text(text)
    records, _, source = read(tmp_path / name, chunk_bytes)
    assert (records, source.container) == (ROWS, "conll-numbered")


@pytest.mark.parametrize("first", ["essay{n:03}", "essay{n:03}\t{n}", "all"])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_columns_that_name_the_text_of_a_sentence_have_no_tokens(tmp_path: Path, first: str, chunk_bytes: int) -> None:
    blocks = (
        "\n".join(f"{first.format(n=n // 3)}\t{token}\t{tag}" for token, tag in each)
        for n, each in enumerate(SENTENCES)
    )
    (tmp_path / "a.txt").write_text("\n\n".join(blocks) + "\n")
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == (ROWS, "conll")
    token = first.count("\t") + 2
    said = f"a sentence: tokens from column {token}, tags from column {token + 1} of {token + 1}"
    assert said in " ".join(lint(tmp_path / "a.txt", config=SELECT, eval=False).notes)


def test_a_first_column_that_changes_in_a_sentence_has_the_tokens(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(conll("\t").replace("Ann\tNN", "Ann\tJJ"))
    rows = read(tmp_path / "a.txt")[0]
    assert read_alone(rows) == ROWS
    assert all(set(row["extra"][0]) <= {"NN", "JJ"} for row in rows)


def test_a_note_says_which_columns_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(numbered("{n}\t{token}\t{tag}\tNN\t_"))
    report = lint(tmp_path / "a.conll", config=SELECT, eval=False)
    assert [file.shape for file in report.files] == ["token-labels"]
    assert "a.conll: a row is a sentence: tokens from column 2, tags from column 3 of 5" in report.notes
    (tmp_path / "b.conll").write_text(conll())
    report = lint(tmp_path / "b.conll", config=SELECT, eval=False)
    assert "b.conll: a row is a sentence: tokens from column 1, tags from column 3 of 3" in report.notes


@pytest.mark.parametrize("sparse", [True, False])
def test_tags_of_spans_are_read_before_a_column_that_says_nothing_of_most_tokens(tmp_path: Path, sparse: bool) -> None:
    text = numbered("{n}\t{token}\tNN\t{tag}\t_\t_").replace("O\t_\t_", "O\t_\tB-V", 4 if sparse else 20)
    (tmp_path / "a.conll").write_text(text)
    tags = [each["tags"] for each in read(tmp_path / "a.conll")[0]]
    assert (tags == [each["tags"] for each in ROWS]) is sparse


def test_a_note_says_how_another_column_is_read(tmp_path: Path) -> None:
    words = (("Dock", "en", "B-LOC"), ("hai", "hi", "O"), (".", "rest", "O"))
    (tmp_path / "a.conll").write_text("\n\n".join("\n".join(map("\t".join, words)) for _ in range(20)) + "\n")
    [note] = [each for each in lint(tmp_path / "a.conll", config=SELECT, eval=False).notes if "tags from" in each]
    assert note.endswith("tags from column 3 of 3; to learn another column, such as 2, write it after the tokens, "
                         "without the others")  # fmt: skip


def layered(*columns: str) -> str:
    """Return the sentences with columns of which ``tag`` is the sentence's own, ``first`` the first of these alone."""
    names = {"first": lambda n, _: "B-LOC" if n == 0 else "O", "tag": lambda _, tag: tag, "none": lambda *_: "O"}
    names |= {"chunk": lambda n, _: "B-NP" if n else "I-NP", "other": lambda n, _: "B-AIM" if n == 0 else "O"}
    names |= {"id": lambda n, _: f"B-{n}00" if n == 0 else "O", "ids": lambda n, tag: f"I-{n}1" if tag != "O" else "O"}
    rows = [[(token, *(names[each](n, tag) for each in columns)) for token, tag in sentence]
            for n, sentence in enumerate(SENTENCES)]  # fmt: skip
    return "\n\n".join("\n".join("\t".join(row) for row in sentence) for sentence in rows) + "\n"


@pytest.mark.parametrize(
    ("columns", "read_at", "others"),
    [
        (("tag", "none", "first"), 0, 2),
        (("tag", "none"), 0, 1),
        (("first", "none", "tag"), 2, 2),
        (("ids", "id"), 0, 1),
        # Tags of other names, and about as many of the same, such as predictions.
        (("tag", "other"), 1, 1),
        (("tag", "tag"), 1, 1),
        # Chunks are on nearly every line.
        (("chunk", "first"), 1, 0),
    ],
)
@pytest.mark.parametrize("number", ["", "1"])
def test_of_layers_of_spans_the_fullest_is_read(
    tmp_path: Path, columns: tuple[str, ...], read_at: int, others: int, number: str
) -> None:
    text = layered(*columns)
    if number:
        blocks = (enumerate(each.splitlines(), 1) for each in text.split("\n\n"))
        text = "\n\n".join("\n".join(f"{n}\t{line}" for n, line in each) for each in blocks) + "\n"
    (tmp_path / "a.conll").write_text(text)
    rows = [each.splitlines() for each in layered(columns[read_at]).split("\n\n")]
    found = read(tmp_path / "a.conll")[0]
    assert [each["tags"] for each in found] == [[line.split("\t")[1] for line in each] for each in rows]
    assert {len(each.get("layers", ())) for each in found} == {others}


@pytest.mark.parametrize("columns", [("tag",), ("tag", "none"), ("first", "none", "tag"), ("tag", "none", "first")])
@pytest.mark.parametrize("suffix", [".tsv", ".conll"])
def test_a_tab_at_the_end_of_each_line_is_no_column(tmp_path: Path, columns: tuple[str, ...], suffix: str) -> None:
    plain, ended = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    plain.write_text(layered(*columns))
    ended.write_text(re.sub(r"(?<=.)$", "\t", layered(*columns), flags=re.MULTILINE))
    assert read(ended)[0] == read(plain)[0]
    assert read(plain)[0][0]["tokens"] == [token for token, _ in SENTENCES[0]]


def test_sentences_that_differ_in_another_layer_are_no_copies(tmp_path: Path) -> None:
    sentences = [f"Dock{n}\tB-LOC\tO\nis\tO\tO\nnear\tO\tO\nBo{n}\tB-PER\t{tag}" for n in range(12) for tag in "OO"]
    sentences[-1] = sentences[-1].removesuffix("O") + "B-LOC"
    (tmp_path / "a.conll").write_text("\n\n".join(sentences) + "\n")
    report = lint(tmp_path / "a.conll", config={"select": ["DIV"]}, eval=False)
    assert [each.line for each in report.findings if each.rule == "DIV001"] == [6 + 10 * n for n in range(11)]
    assert any('tags from column 2 of 3; those of 1 more under "layers"' in note for note in report.notes)


def labelled(*, other: str, event: str) -> str:
    """Return sentences with an event, a name and a class for each word, one of them twice."""
    words = "Ann O B-PER N\nsued {event} O V\nPort{n} O B-LOC N\nover O O P\nlate O O A\nfees O O N\nagain O O R\n"
    words += ". O O {mark}"
    rows = [words.format(n=n, event="Sue" if n % 3 else "O", mark="CH") for n in range(20)]
    return "\n\n".join([*rows, rows[5].replace("Sue", event).replace("CH", other)]).replace(" ", "\t") + "\n"


@pytest.mark.parametrize(
    ("other", "event", "rules"),
    [("CH", "Sue", ["DIV001"]), ("V", "Sue", ["DIV002"]), ("CH", "Leave", ["DIV005"]), ("CH", "O", ["DIV005"])],
)
def test_an_exact_copy_is_the_same_in_all_columns(tmp_path: Path, other: str, event: str, rules: list[str]) -> None:
    (tmp_path / "a.conll").write_text(labelled(other=other, event=event))
    rows = read(tmp_path / "a.conll")[0]
    assert (rows[1]["tags"], rows[1]["layers"]) == (["B-PER", "O", "B-LOC", *"OOOOO"], [["O", "Sue", *"OOOOOO"]])
    assert rows[1]["extra"] == [[*"NVNPANR", "CH"]]
    report = lint(tmp_path / "a.conll", config={"select": ["DIV001", "DIV002", "DIV005"]}, eval=False)
    assert [each.rule for each in report.findings] == rules
    assert all(event in each.message for each in report.findings if each.rule == "DIV005")


@pytest.mark.parametrize("tag", ["O", "B-AIM|O", "B-AIM"])
def test_a_last_column_that_says_nothing_of_most_words_is_read(tmp_path: Path, tag: str) -> None:
    given = [
        f"{word}\t{name}\t{aim}"
        for word, name, aim in [("Ann", "B-PER", tag), ("sued", "O", "O|O" if "|" in tag else "_")]
    ]
    (tmp_path / "a.conll").write_text("\n\n".join("\n".join(given).replace("Ann", f"Ann{n}") for n in range(20)) + "\n")
    assert {each["tags"][0] for each in read(tmp_path / "a.conll")[0]} == {tag}


@pytest.mark.parametrize("tag", ["NP", "VP_MOD"])
def test_next_to_numbers_any_few_words_are_tags(tmp_path: Path, tag: str) -> None:
    blocks = [f"1\tdock{n}\tdock\t2\t{tag}\n2\tfills\tfill\t0\tVP" for n in range(20)]
    (tmp_path / "a.tsv").write_text("## columns : INDEX\tWORD\n" + "\n\n".join(blocks) + "\n")
    records, _, source = read(tmp_path / "a.tsv")
    assert source.container == "conll-numbered"
    assert read_alone(records) == [{"tokens": [f"dock{n}", "fills"], "tags": [tag, "VP"]} for n in range(20)]


def test_tags_of_several_annotators_are_read_before_classes_of_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n" + numbered("S_0_{n}\t{token}\t{tag}|O|B\t0.5\tNN\t ", first=0))
    records, _, source = read(tmp_path / "a.txt")
    assert source.container == "conll-numbered"
    assert records == [{**row, "tags": [f"{tag}|O|B" for tag in row["tags"]]} for row in ROWS]


def test_a_mixture_of_tabs_and_blanks_is_one_finding(tmp_path: Path) -> None:
    tabs = conll("\t").replace("NN\t", "")
    (tmp_path / "a.txt").write_text(f'{tabs}\n"\tO\n\n' + conll("   ").replace("NN   ", ""))
    assert read(tmp_path / "a.txt")[0] == [*ROWS, {"tokens": ['"'], "tags": ["O"]}, *ROWS]
    report = lint(tmp_path / "a.txt", config=SELECT, eval=False)
    (mixed,) = [finding for finding in report.findings if finding.rule.startswith("FMT")]
    assert (mixed.rule, mixed.severity, mixed.line) == ("FMT021", "warning", 71)
    assert "48 of 97 lines have blanks between their fields, the others a tab" in mixed.message


def test_the_last_column_has_the_tags_where_sentences_have_as_many_as_verbs(tmp_path: Path) -> None:
    blocks = [
        "\n".join("\t".join((str(n), *each, *"_" * (size % 3), tag)) for n, (*each, tag) in enumerate(one, 1))
        for size, one in enumerate(SENTENCES)
    ]
    (tmp_path / "a.conll").write_text("\n\n".join(blocks) + "\n")
    assert read(tmp_path / "a.conll")[0] == ROWS


def test_conll_u_plus_has_its_names_under_columns_of_its_own(tmp_path: Path) -> None:
    blocks = ["\n".join(f"{token}\t{token.lower()}\tX\t{tag}" for token, tag in each) for each in SENTENCES]
    head = "# global.columns = FORM LEMMA UPOS CONLL:NER\n"
    (tmp_path / "a.conllup").write_text(head + "\n\n".join(blocks) + "\n")
    assert read_alone(read(tmp_path / "a.conllup")[0]) == ROWS


@pytest.mark.parametrize("name", ["a.conllu", "a.txt", "a.tsv"])
def test_words_and_their_classes_are_read_from_conll_u(tmp_path: Path, name: str) -> None:
    blocks = [
        "# text = A dock\n1-2\tDocka\t_\t_\t_\t_\t_\t_\t_\t_\n"
        + "\n".join(
            f"{n}\t{one}\t{one.lower()}\t{tag}\tNN\t_\t{n - 1}\tdep\t_\t_" for n, (one, tag) in enumerate(each, 1)
        )
        + "\n2.1\tis\tbe\tAUX\t_\t_\t_\t_\t_\t_\n"
        for each in CLASSES
    ]
    (tmp_path / name).write_text("\n".join(blocks))
    rows, _, source = read(tmp_path / name)
    assert source.container == "conll-u"
    expected = [{"tokens": [one for one, _ in each], "tags": [tag for _, tag in each]} for each in CLASSES]
    assert read_alone(rows) == expected
    assert (
        f"{name}: a row is a sentence of CoNLL-U, with its words (FORM) and their classes (UPOS)"
        in lint(tmp_path / name, config=SELECT, eval=False).notes
    )


@pytest.mark.parametrize(
    ("line", "tag", "described"),
    [
        ("{n}\t{one}\t_\t_\t_\t_\t_\t_\t_\t{misc}", "", "a sentence without tags: its tokens, from column 2"),
        ("{n}\t{one}\t_\t_\t_\tCase=Nom\t0\t_\t_\t{misc}", "", "a sentence without tags: its tokens, from column 2"),
        ("{n}\t{one}\t_\t_\tNN\t_\t0\tdep\t_\t{misc}", "NN", "tokens from column 2, tags from column 5 of 10"),
        ("{n}\t{one}\t_\t_\t_\t_\t{n}\tdep{n}\t_\t{misc}", "dep{n}", "tokens from column 2, tags from column 8 of 10"),
    ],
)  # fmt: skip
def test_features_and_heads_of_conll_u_are_no_tags(tmp_path: Path, line: str, tag: str, described: str) -> None:
    blocks = [
        "\n".join(
            line.format(n=n, one=one, misc="SpaceAfter=No" if n == 1 else "_") for n, (one, _) in enumerate(each, 1)
        )
        for each in CLASSES
    ]
    (tmp_path / "a.conllu").write_text("\n\n".join(blocks) + "\n")
    rows, *_ = read(tmp_path / "a.conllu")
    words = [[one for one, _ in each] for each in CLASSES]
    if tag:
        assert read_alone(rows) == [
            {"tokens": each, "tags": [tag.format(n=n) for n, _ in enumerate(each, 1)]} for each in words
        ]
    else:
        assert rows == [{"text": "".join(each[:1]) + " ".join(each[1:])} for each in words]
    assert any(described in note for note in lint(tmp_path / "a.conllu", config=SELECT, eval=False).notes)


@pytest.mark.parametrize(
    ("line", "remark", "column"),
    [
        ("{n}\t{one}\t_\tG{tag}\tF{tag}\t_\t{head}\tdep\t_\t{last}", "_(obj to dep)", 4),
        ("{n}\t{one}\t_\t_\tF{tag}\t_\t{head}\tdep\t_\t{last}", "_", 5),
        ("{n}\t{one}\t_\tG{tag}\tF{tag}\t_\t{head}\tdep\t{head}\tdep", "", 4),
        # Nothing says that the words were parsed.
        ("{n}\t{one}\tG{tag}\tF{tag}\t{last}", "?", 4),
    ],
)
def test_of_conll_x_classes_of_words_are_read(tmp_path: Path, line: str, remark: str, column: int) -> None:
    lines = [
        line.format(n=n, one=one, tag=tag, head=n - 1, last=remark if (size, n) == (7, 1) else "_")
        for size, each in enumerate(CLASSES * 20)
        for n, (one, tag) in enumerate((*each, ("", "")), 1)
    ]
    text = "\n".join("" if "\t\t" in each else each for each in lines)
    (tmp_path / "a.conll").write_text(text)
    first = "G" if column == 4 and line.count("\t") > 5 else "F"
    rows = read_alone(read(tmp_path / "a.conll")[0])
    assert [row["tags"] for row in rows] == [[first + tag for _, tag in each] for each in CLASSES * 20]


@pytest.mark.parametrize("remark", ["B-PER", "X"])
def test_rare_spans_are_tags_and_rare_remarks_are_not(tmp_path: Path, remark: str) -> None:
    blocks = [f"1\tAnn{n}\tNP\t{remark if n == 7 else '_'}\n2\tleft\tVP\t_" for n in range(80)]
    (tmp_path / "a.conll").write_text("\n\n".join(blocks) + "\n")
    tags = [row["tags"] for row in read_alone(read(tmp_path / "a.conll")[0])]
    assert tags[7] == (["B-PER", "_"] if remark == "B-PER" else ["NP", "VP"])


@pytest.mark.parametrize(("name", "times"), [("a.conllu", 1), ("a.conllu", 10), ("a.txt", 10)])
def test_tags_of_entities_are_read_from_the_features_of_conll_u(tmp_path: Path, name: str, times: int) -> None:
    lines = (("Kim", "PROPN", "SpaceAfter=No|name=B-PER"), ("Lee", "PROPN", "name=I-PER"), ("is", "VERB", "_"))
    lines = (*lines, ("in", "ADP", "name=O"), ("Oslo", "PROPN", "name=B-LOC|SpaceAfter=No"), (".", "PUNCT", "Wrong=B"))
    block = "\n".join(
        f"{n}\t{one}\t{one}\t{tag}\t_\t_\t0\tdep\t_\t{misc}" for n, (one, tag, misc) in enumerate(lines, 1)
    )
    (tmp_path / name).write_text("\n\n".join([block] * times) + "\n\n")
    rows, _, source = read(tmp_path / name)
    tags = ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]
    assert rows == [{"tokens": ["Kim", "Lee", "is", "in", "Oslo", "."], "tags": tags}] * times
    assert source.container == "conll-numbered"
    assert 'tags from "name" in column 10 of 10' in " ".join(lint(tmp_path / name, config=SELECT, eval=False).notes)


def test_one_entity_among_the_features_of_conll_u_is_enough(tmp_path: Path) -> None:
    tags = ("B-PER", "O", "PER", "O", "O", "O")
    lines = "\n".join(f"{n}\tw{n}\t_\tNOUN\t_\t_\t0\tdep\t_\tname={tag}" for n, tag in enumerate(tags, 1))
    (tmp_path / "a.conllu").write_text(f"{lines}\n\n")
    rows, *_ = read(tmp_path / "a.conllu")
    assert [row["tags"] for row in rows] == [[*tags]]


@pytest.mark.parametrize("line", ["{token}\t{n}\t{tag}", "{n}\t{tag}"])
def test_other_first_columns_are_tokens(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.conll").write_text(numbered(line))
    records, _, source = read(tmp_path / "a.conll")
    assert source.container == "conll"
    first = [line.format(n=n, token=one, tag=tag).split("\t")[0] for n, (one, tag) in enumerate(SENTENCES[0], 1)]
    assert records[0]["tokens"] == first


@pytest.mark.parametrize("odd", ["\u00a0", "\x0c", "\u2028", "\u3000\u00a0"])
@pytest.mark.parametrize("separator", [" ", "\t"])
def test_white_space_that_separates_no_fields_is_a_token(tmp_path: Path, odd: str, separator: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"{conll(separator)}\n{odd}{separator}O\n{odd}\n".encode())
    assert read(tmp_path / "a.txt")[0] == [*ROWS, {"tokens": [odd, odd], "tags": ["O", ""]}]


def test_a_blank_before_the_first_tab_is_a_token(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{conll(chr(9))}\na\tO\n \tO\n\tO\n")
    assert read(tmp_path / "a.txt")[0][-1] == {"tokens": ["a", " ", ""], "tags": ["O", "O", "O"]}


def test_a_line_that_is_no_text_refuses_its_sentence(tmp_path: Path) -> None:
    data = conll().encode().replace(b"Ann NN", b"\x81\x8d NN", 1)
    (tmp_path / "a.txt").write_bytes(data)
    records, _, source = read(tmp_path / "a.txt")
    (chunk,) = source.chunks(0)
    facts = chunk.load().facts
    assert len(records) + facts.rows_refused == len(ROWS)
    assert facts.blank_lines == 0


def test_a_sentence_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(conll() + "\n" + "Dock B-LOC\n" * 300_000)
    records, _, source = read(tmp_path / "a.txt", 1 << 23)
    (chunk,) = source.chunks(0)
    (problem,) = chunk.load().facts.problems
    assert (records, problem.rule) == (ROWS, "oversized-line")


@pytest.mark.parametrize("text", ["O\n\n" * 30, "one two\nthree four\n\n" * 20])
def test_other_texts_are_not_tagged(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt")[2].container != "conll"


PARAGRAPHS = [f"{mark}\nWhich dock is number {n}?\nA. The old one\nB. The new one" for n, mark in enumerate("abba" * 3)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk_bytes", [16, 64, 1 << 20])
@pytest.mark.parametrize("first", ["", "\n"])
def test_a_block_of_lines_is_a_row(tmp_path: Path, ending: str, chunk_bytes: int, first: str) -> None:
    text = first + "\n\n".join(PARAGRAPHS) + "\n"
    (tmp_path / "a.txt").write_bytes(text.replace("\n", ending).encode())
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in PARAGRAPHS], "text-blocks")


@pytest.mark.parametrize("mark", ["===", " ----------", "<|endoftext|>", "***"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk_bytes", [16, 64, 1 << 20])
def test_a_text_between_separators_is_a_row(tmp_path: Path, mark: str, ending: str, chunk_bytes: int) -> None:
    texts = [each.replace("Which", "\nWhich") for each in PARAGRAPHS]
    text = f"\n\n{mark}\n\n".join(texts) + f"\n{mark}\n{mark}\n"
    (tmp_path / "a.txt").write_bytes(text.replace("\n", ending).encode())
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in texts], "text-parts")


@pytest.mark.parametrize(
    ("start", "end"), [("<|startoftext|>", "<|endoftext|>"), ("", "<|endoftext|>"), ("<s>", "</s>"), ("[BOS]", "")]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk_bytes", [16, 64, 1 << 20])
def test_a_text_between_special_tokens_is_a_row(
    tmp_path: Path, start: str, end: str, ending: str, chunk_bytes: int
) -> None:
    texts = [f"{start}The dock {n}\n\nis full of {'water' * (n % 3)},\nthey say.{end}" for n in range(12)]
    (tmp_path / "a.txt").write_bytes(("\n".join(texts) + "\n").replace("\n", ending).encode())
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in texts], "ended-texts")


@pytest.mark.parametrize("start", ["<doc>", '<doc id="1" title="The docks">'])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("chunk_bytes", [16, 64, 1 << 20])
def test_a_text_between_two_tags_is_a_row(tmp_path: Path, start: str, ending: str, chunk_bytes: int) -> None:
    texts = [f"The dock {n}\n\nis full of {'water' * (n % 3)},\nthey say." for n in range(12)]
    text = "".join(f"\n{start}\n\n{each}\n\n</doc>\n" for each in texts)
    (tmp_path / "wiki_00").write_bytes(text.replace("\n", ending).encode())
    records, _, source = read(tmp_path / "wiki_00", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in texts], "framed-texts")


@pytest.mark.parametrize(
    "text",
    [
        "<b>\nDock {n}\nis full.\n</b>\nWater is near.\n",
        "<q>\nIs dock {n} full?\nNo?\n</q>\n<a>\nIt is.\nYes.\n</a>\n",
        "<doc>\nDock {n} is\n<doc>\nfull.\n</doc>\n</doc>\n",
        "<doc>\nDock {n} is full.\n</doc>\n",
    ],
)
def test_other_lines_with_tags_are_no_frames(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text("".join(text.replace("{n}", str(n)) for n in range(12)), encoding="utf-8")
    assert read(tmp_path / "a.txt")[2].container != "framed-texts"


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_lines_that_end_with_a_special_token_are_rows(tmp_path: Path, chunk_bytes: int) -> None:
    texts = [f"The dock {n} is full.<|endoftext|>" for n in range(12)]
    (tmp_path / "a.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"text": each} for each in texts], "text")


def test_a_report_says_that_blocks_are_rows_and_where_they_begin(tmp_path: Path) -> None:
    texts = [*PARAGRAPHS, PARAGRAPHS[2]]
    (tmp_path / "a.txt").write_text("\n\n".join(texts), encoding="utf-8")
    report = lint(tmp_path / "a.txt", config=SELECT, eval=False)
    assert "a.txt: a row is a block of lines between blank lines" in report.notes
    assert [(f.line, f.row) for f in report.findings if f.rule == "DIV001"] == [(61, 13)]


@pytest.mark.parametrize("text", ["one\n\n" * 30, "one\ntwo\n" * 30, "one\n\ntwo\nthree\n\nfour\n\n" * 20])
def test_other_texts_are_lines(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    records, _, source = read(tmp_path / "a.txt")
    assert source.container == "text"
    assert [record["text"] for record in records] == [line for line in text.split("\n") if line]


def test_a_block_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(PARAGRAPHS) + "\n\n" + "one more line\n" * 200_000)
    records, _, source = read(tmp_path / "a.txt", 1 << 23)
    (chunk,) = source.chunks(0)
    (problem,) = chunk.load().facts.problems
    assert (len(records), problem.rule) == (len(PARAGRAPHS), "oversized-line")


def squad(articles: int, paragraphs: int) -> list[dict[str, Any]]:
    return [
        {
            "title": f"t{a}",
            "paragraphs": [
                {"context": f"Dock {a}.{p} is full.", "qas": [{"question": "Is it?", "answers": ["full"]}]}
                for p in range(paragraphs)
            ],
        }
        for a in range(articles)
    ]


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"version": "1", "data": rows}])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_paragraphs_of_articles_are_rows(tmp_path: Path, wrap: Any, indent: int | None, chunk_bytes: int) -> None:
    articles = squad(3, 4)
    (tmp_path / "a.json").write_text(json.dumps(wrap([*articles, {"title": "empty", "paragraphs": []}]), indent=indent))
    assert read(tmp_path / "a.json", chunk_bytes)[0] == [row for each in articles for row in each["paragraphs"]]


@pytest.mark.parametrize("last", [{"title": "x"}, 7, {"paragraphs": "x"}])
def test_articles_that_are_not_all_alike_stay_rows(tmp_path: Path, last: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps([*squad(2, 2), last]))
    assert read(tmp_path / "a.json")[0][0]["title"] == "t0"


def test_the_only_list_of_objects_is_the_rows_whatever_its_name(tmp_path: Path) -> None:
    rows = [{"question": f"Is dock {n} full?", "answer": "No."} for n in range(12)]
    (tmp_path / "a.json").write_text(
        json.dumps({"keyword": "docks", "prompt": "Answer.", "n": [1, 2], "example": rows})
    )
    assert read(tmp_path / "a.json")[0] == rows


@pytest.mark.parametrize(
    "value",
    [
        {"messages": [{"role": "user", "content": "Hi"}], "tools": [{"name": f"t{n}", "x": 1} for n in range(12)]},
        {"question": "Which?", "options": [{"key": "a", "text": "x"}, {"key": "b", "text": "y"}]},
        {"log": [{"speaker": "a", "text": f"{n}"} for n in range(12)]},
    ],
)
def test_other_objects_are_one_row(tmp_path: Path, value: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(value))
    assert read(tmp_path / "a.json")[0] == [value]


@pytest.mark.parametrize(("last", "name"), [("{n}", "category"), ("2024-05-0{n}", "created_at")])
def test_rows_that_lack_dates_have_a_value_of_another_column(tmp_path: Path, last: str, name: str) -> None:
    rows = [f"The dock {n} is full,high,{last.format(n=n)}" for n in range(1, 9)]
    (tmp_path / "a.csv").write_text("\n".join(["text,priority,created_at,updated_at,category", *rows]))
    assert list(read(tmp_path / "a.csv")[0][0]) == ["text", "priority", name]


def test_rows_that_all_lack_the_last_columns_are_read(tmp_path: Path) -> None:
    lines = ["id,question,answer,Approve,Reject", *(f"{n},Is it {n}?,No." for n in range(8))]
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n")
    records, _, source = read(tmp_path / "a.csv")
    assert records[0] == {"id": "0", "question": "Is it 0?", "answer": "No."}
    (problem,) = source.facts().problems
    assert (problem.rule, problem.severity) == ("invalid-row", "warning")
    assert '"Approve", "Reject", are missing' in problem.message


def test_a_file_without_an_extension_may_have_a_text_on_each_line(tmp_path: Path) -> None:
    texts = [f"What a day {day} at the dock, with {day} boats." for day in range(60)]
    (tmp_path / "books_pos").write_text("\n".join(texts) + "\n")
    assert [row["text"] for row in read(tmp_path / "books_pos")[0]] == texts
    # Lines of a file for readers, most of which end within a sentence, and files of few lines.
    for lines in ([f"What a day {day} at the dock, with" for day in range(60)], texts[:20]):
        (tmp_path / "NOTES").write_text("\n".join(lines) + "\n")
        with pytest.raises(DatalintError, match="cannot detect the format"):
            read(tmp_path / "NOTES")


def test_a_file_without_an_extension_may_be_a_table(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Tweet\tClass\n" + "What a day at the dock\tnormal\n" * 30)
    assert read(tmp_path / "a")[0][0] == {"Tweet": "What a day at the dock", "Class": "normal"}
    for name in ("b", "b.conll", "b.log"):
        (tmp_path / name).write_text("To whom it may concern\n" * 30)
        with pytest.raises(DatalintError, match=r"cannot detect the format|has no token with its tag"):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "line"),
    [("a.bio", "{} O"), ("a", "{} B-LOC"), ("a.txt", "{} O"), ("a.conll", "{} x B-LOC"), ("a.conll", "{} noun")],
)
def test_tagged_tokens_without_blank_lines_have_no_sentences(tmp_path: Path, name: str, line: str) -> None:
    lines = [line.format(each, each) for each in "The old dock of the harbour was shut for a day and a night".split()]
    (tmp_path / name).write_text("\n".join(lines * 4) + "\n")
    records, _, source = read(tmp_path / name)
    facts = source.facts()
    assert (records, facts.rows_refused) == ([], len(lines) * 4)
    assert "no blank line says where a sentence ends" in facts.problems[0].message
    assert not facts.problems[0].fixable
    (tmp_path / name).write_text("\n\n".join(["\n".join(lines)] * 4) + "\n")
    assert len(read(tmp_path / name)[0]) == 4


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("sell O\n5M B-SUM \nnext B-DAY\nweek I-DAY\nnow O", None),
        ("sell O\n5M B-SUM\n\nbuy O\n9M B-SUM\nnow O\n", 2),
    ],
)
def test_a_few_lines_with_tags_of_spans_are_tokens(tmp_path: Path, text: str, sentences: int | None) -> None:
    (tmp_path / "a.txt").write_text(text)
    records, _, source = read(tmp_path / "a.txt")
    if sentences is None:
        assert "no blank line says where a sentence ends" in source.facts().problems[0].message
    else:
        assert [record["tokens"] for record in records] == [["sell", "5M"], ["buy", "9M", "now"]]


@pytest.mark.parametrize("text", ["vitamin B-12\nvitamin B-6\n" * 4, "see O\nsee I-3\nsee O\nsee O\nsee O\n"])
def test_a_few_lines_of_two_words_are_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt")[0][0] == {"text": text.splitlines()[0]}


def test_marks_after_which_a_blank_line_may_belong_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.bio").write_text("Dock B-LOC\nA I-LOC\nis O\nfull O\n. O\nAnn B-PER\nleft O\n! O\n" * 9)
    (problem,) = read(tmp_path / "a.bio")[2].facts().problems
    assert "write one after each, as after the 18 lines that begin with a full stop" in problem.message


def test_scattered_rows_of_sentences_are_no_tokens(tmp_path: Path) -> None:
    rows = [f"{n},{n // 6},dock{n % 40},{'B-LOC' if n % 6 else 'O'}" for n in range(120)]
    (tmp_path / "a.csv").write_text("\n".join([",sentence_id,words,labels", *rows]) + "\n")
    assert len(read(tmp_path / "a.csv")[0]) == 20
    (tmp_path / "a.csv").write_text("\n".join([",sentence_id,words,labels", *(rows[n * 47 % 120] for n in range(120))]))
    records, _, source = read(tmp_path / "a.csv")
    facts = source.facts()
    assert (records, facts.rows_refused) == ([], 120)
    assert 'the rows with one "sentence_id" do not follow one another' in facts.problems[0].message
    # The place of each token in its sentence is no sentence.
    (tmp_path / "a.csv").write_text(
        "\n".join(["token,tag,sent_place", *(f"dock{n},{'B-LOC' if n % 6 else 'O'},{n % 6}" for n in range(120))])
    )
    assert len(read(tmp_path / "a.csv")[0]) == 120


def test_lines_of_a_word_and_a_letter_are_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("grade A\nblood O\nvitamin B\nplan B-side\n" * 10)
    assert len(read(tmp_path / "a.txt")[0]) == 40


def test_the_tag_may_be_before_the_token(tmp_path: Path) -> None:
    lines = [f"{tag}\t{tag.lower()}{n}s\t{tag.lower()}{n}" for n in range(20) for tag in ("N", "V", "ADJ")]
    blocks = ["\n".join([*lines[at : at + 6], ".\t.\t."]) for at in range(0, 60, 6)]
    (tmp_path / "a.conll").write_text("\n\n".join(blocks) + "\n")
    rows = read(tmp_path / "a.conll")[0]
    assert len(rows) == 10
    assert rows[0] == {
        "tokens": ["n0s", "v0s", "adj0s", "n1s", "v1s", "adj1s", "."],
        "tags": [*"NV", "ADJ", *"NV", "ADJ", "."],
    }
    documents = [re.sub("(?m)^[^\t]+", f"d{at % 3}", block) for at, block in enumerate(blocks)]
    (tmp_path / "a.conll").write_text("\n\n".join(documents) + "\n")
    assert "tags" not in read(tmp_path / "a.conll")[0][0]


@pytest.mark.parametrize("part", [".train", ".dev", ".test", ".val", ".data"])
@pytest.mark.parametrize(
    ("text", "container", "first"),
    [
        ('{"text": "a dock"}\n' * 3, "jsonl", {"text": "a dock"}),
        ("a dock\nis full\n", "text", {"text": "a dock"}),
        ("text,label\na dock,b\n", "csv", {"text": "a dock", "label": "b"}),
        ("text\tlabel\n" + "a dock\tb\n" * 30, "csv", {"text": "a dock", "label": "b"}),
        (
            "".join(f"dock {n} is full of boats\tb\n" for n in range(30)),
            "tsv",
            {"column-1": "dock 0 is full of boats", "column-2": "b"},
        ),
    ],
)
def test_a_part_of_the_data_is_read_by_its_content(
    tmp_path: Path, part: str, text: str, container: str, first: dict[str, str]
) -> None:
    (tmp_path / f"a{part}").write_text(text)
    records, _, source = read(tmp_path / f"a{part}")
    assert (records[0], source.container) == (first, container)


def test_the_parts_of_the_data_are_found(tmp_path: Path) -> None:
    for part in ("train", "dev"):
        (tmp_path / f"a.{part}").write_text(conll())
    for given in (tmp_path / "a.train", tmp_path):
        report = lint(given, config={"select": ["RDY"]})
        found = [(Path(file.path).name, file.split) for file in report.files]
        assert found == [("a.train", "train"), ("a.dev", "evaluation")]
    assert [Path(file.path).name for file in lint(tmp_path / "*.d?v").files] == ["a.dev"]


DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": f"d{n}",
        "count": n % 3,
        "sentences": [{"text": f"dock {n} is {each}", "label": each} for each in "ab"[: n % 3]],
    }
    for n in range(12)
]


@pytest.mark.parametrize("wrap", [list, lambda documents: {"data": documents}])
@pytest.mark.parametrize("indent", [None, 1])
def test_labelled_texts_of_documents_are_rows(tmp_path: Path, wrap: Any, indent: int | None) -> None:
    (tmp_path / "a.json").write_text(json.dumps(wrap(DOCUMENTS), indent=indent))
    records, _, source = read(tmp_path / "a.json")
    assert records == [item for each in DOCUMENTS for item in each["sentences"]]
    assert any('each item of "sentences" is read as a row' in problem.message for problem in source.facts().problems)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "A dock with a text of its own"},
        {"sentences": [{"text": "the dock is full", "label": True}]},
        {"sentences": [{"text": "the dock is full"}]},
        {"sentences": [{"text": "the dock is full", "label": "a", "speaker": "Ann"}]},
        {"sentences": "the dock is full"},
        {"spans": [{"text": "the dock is full", "label": "a"}]},
        {"more": {"text": "the dock is full"}},
    ],
)
def test_other_lists_in_rows_are_parts_of_them(tmp_path: Path, change: dict[str, Any]) -> None:
    rows = [DOCUMENTS[1] | change, *DOCUMENTS[2:]]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    assert read(tmp_path / "a.json")[0] == rows


@pytest.mark.parametrize("text", ["ann", "dock a"])
def test_names_in_documents_are_no_rows(tmp_path: Path, text: str) -> None:
    rows = [{"id": n, "entities": [{"text": text, "label": "PER"}]} for n in range(12)]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    assert read(tmp_path / "a.json")[0] == rows


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("[01.03.24, 08:{:02}:00] Ana: Is the dock full?", 0),
        ("\u200e3/1/24, 8:{:02}\u202fAM - Ana: Is the dock full?", 0),
        ("2024-03-01 08:{:02} Ana: Is the dock full?", 12),
    ],
)
def test_a_chat_of_whatsapp_has_no_rows(tmp_path: Path, line: str, rows: int) -> None:
    (tmp_path / "a.txt").write_text("\n".join(map(line.format, range(12))) + "\n", encoding="utf-8")
    source = open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings())
    assert sum(len(chunk.load().records) for chunk in source.chunks(0)) == rows
    messages = [problem.message for problem in source.facts().problems]
    assert any("WhatsApp" in message for message in messages) == (not rows)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("dock/ship_{n:03}.txt", 0),
        ("{n}", 0),
        ("{n}.5e+18", 0),
        ("{hash}", 0),
        # Labels repeat, and what is no id says something.
        ("{label}", 60),
        ("{n}+{n}={sum}", 60),
        ("dock{n} is full", 60),
        ("{letters}", 60),
    ],
)
def test_a_list_of_ids_has_no_rows(tmp_path: Path, line: str, rows: int) -> None:
    shown = [
        line.format(n=n, hash=f"{n * 7919:032x}", label=n % 7, sum=2 * n, letters=chr(97 + n % 26) * (n + 9))
        for n in range(60)
    ]
    (tmp_path / "a.txt").write_text("\n".join(shown) + "\n")
    source = open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings())
    assert sum(len(chunk.load().records) for chunk in source.chunks(0)) == rows
    messages = [problem.message for problem in source.facts().problems]
    assert any("not a text: leave the file out" in message for message in messages) == (not rows)


def alike(*, more: str = "", brief: int = 0) -> str:
    """Return sentences whose tokens all have one tag, those of ``brief`` ones among them two tokens."""
    said = [
        ("Gate {n} opens late", "delay"),
        ("the ship {n} sails today", "notice"),
        ("nobody told us {n}", "complaint"),
    ]
    rows = [(text.format(n=n), tag) for n in range(20) for text, tag in said]
    rows += [(f"yes {n}", "reply") for n in range(brief)]
    return "\n\n".join("\n".join(f"{word}{more}\t{tag}" for word in text.split()) for text, tag in rows) + "\n"


def test_one_tag_for_all_tokens_of_each_sentence_is_its_label(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(alike())
    rows = read(tmp_path / "a.conll")[0]
    assert rows[0] == {"text": "Gate 0 opens late", "label": "delay"}
    report = lint(tmp_path / "a.conll", config=SELECT, eval=False)
    assert [file.shape for file in report.files] == ["text-label"]
    assert any("the tag in column 2 of all its tokens as its label" in note for note in report.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [(alike(brief=10), True), (alike(more="\tB-PER"), False), (alike() + "\nGate\tdelay\nopens\tnotice\n", False)],
)
def test_replies_spans_and_other_tags_leave_tokens_with_their_tags(tmp_path: Path, text: str, said: bool) -> None:
    (tmp_path / "a.conll").write_text(text)
    assert all("tags" in row for row in read(tmp_path / "a.conll")[0])
    notes = lint(tmp_path / "a.conll", config=SELECT, eval=False).notes
    assert any("all tokens of a sentence have the same tag" in note for note in notes) == said


@pytest.mark.parametrize("corrected", [False, True])
def test_lines_of_conll_u_may_lose_or_gain_a_tab(tmp_path: Path, *, corrected: bool) -> None:
    words = [("Docks", "NOUN", 2), ("fill", "VERB", 0), ("fast", "ADV", 2)]
    sentences = [
        [f"{n}\t{word}\t{word}\t{tag}\t_\t_\t{head}\tdep\t_\tat={place}{n}" for n, (word, tag, head) in each]
        for place, each in enumerate([[*enumerate(words, 1)]] * 12)
    ]
    if corrected:
        sentences = [[f"{first}\t", *others] for first, *others in sentences]
        sentences[0][2] = sentences[0][2].replace("_\t2", "_   2")
    (tmp_path / "docks.conllu").write_text("".join("\n".join(each) + "\n\n" for each in sentences))
    rows, _, source = read(tmp_path / "docks.conllu")
    assert source.container == "conll-u"
    tokens, tags, _ = zip(*words, strict=True)
    assert read_alone(rows) == [{"tokens": [*tokens], "tags": [*tags]}] * 12
