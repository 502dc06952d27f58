"""Lines that are rows in a notation of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

ASKED = ["Where do otters sleep", "How do I tune a piano", "Why is the sea salty", "Which glue holds wood"] * 10


def rows_of(path: Path, lines: list[str], chunk_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], str]:
    path.write_text("\n".join(lines) + "\n")
    records, _, source = read(path, chunk_bytes)
    return records, source.container


@pytest.mark.parametrize("name", ["a.txt", "a.train", "train"])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize("line", ["__label__{0} {1}", "{1} __label__{0}", "__label__{0}\t{1}", "  __label__{0}  {1} "])
def test_fasttext_has_a_label_and_a_text_in_each_line(tmp_path: Path, name: str, chunk_bytes: int, line: str) -> None:
    written = [line.format(f"topic-{place % 3}", asked) for place, asked in enumerate(ASKED)]
    expected = [{"text": asked, "label": f"topic-{place % 3}"} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / name, written, chunk_bytes) == (expected, "fasttext")


def test_a_line_of_fasttext_may_have_several_labels_or_none(tmp_path: Path) -> None:
    written = [f"__label__water __label__animals {asked}" for asked in ASKED] + ["Who forgot the label_x"]
    (tmp_path / "a.txt").write_text("\n".join(written))
    records, _, _ = read(tmp_path / "a.txt")
    assert records[0] == {"text": ASKED[0], "labels": ["water", "animals"]}
    assert records[-1] == {"text": "Who forgot the label_x", "labels": []}
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (41, 'no label: fastText leaves out lines without "__label__"')
    ]
    assert "a.txt: a row is a line of fastText: a text with its labels" in report.notes


TYPES = ["DESC:manner", "ENTY:animal", "NUM:count"]


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_question_of_trec_has_its_type_before_it(tmp_path: Path, chunk_bytes: int) -> None:
    written = [f"{TYPES[place % 3]} {asked} ?" for place, asked in enumerate(ASKED)]
    expected = [{"text": f"{asked} ?", "label": TYPES[place % 3]} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "a.label", written, chunk_bytes) == (expected, "question-types")


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize(
    "labels",
    [
        ["GREET", "YES-NO_QUESTION", "THANK"], ["NUM:fine_1", "DESC:2"], ["0", "1"], ["-1", "0"], ["sv", "%", "qy^d"],
        [*map(str, range(14))],
        "inform request thankyou reqalts affirm negate confirm bye hello ack null".split(),
    ],
)  # fmt: skip
def test_few_names_numbers_or_codes_before_all_texts_are_labels(
    tmp_path: Path, chunk_bytes: int, labels: list[str]
) -> None:
    texts = [f"{asked} on day {place}" for place, asked in enumerate(ASKED * 6)]
    label = [labels[(place * place + place // 3) % len(labels)] for place in range(len(texts))]
    expected = [{"text": text, "label": each} for text, each in zip(texts, label, strict=True)]
    written = [f"{each} {text}" for text, each in zip(texts, label, strict=True)]
    assert rows_of(tmp_path / "a.txt", written, chunk_bytes) == (expected, "label-first")


@pytest.mark.parametrize(
    "line",
    [
        "{asked} on day {place}", "{low} on day {place}", "{verb} the way that {low} in {place} words",
        "{step} {asked} in {place}", "{place} {asked}", "{upper} {upper} {place}", "{code} {code} is {asked} {place}",
        "{bit} qid:{place} 1:0.5{place} 2:1.0 3:-0.{place}e-5", "{amount} {asked} in {place}",
    ],
)  # fmt: skip
def test_words_at_the_beginning_of_texts_are_no_labels(tmp_path: Path, line: str) -> None:
    written = [
        line.format(
            asked=asked, low=asked.lower(), upper=asked.upper(), place=place, step=place % 9 + 1,
            amount=(2, 10, 15)[place % 3], bit=place % 2,
            verb=("translate", "summarize", "explain")[place % 3], code=("sv", "b", "qy")[place % 3],
        )
        for place, asked in enumerate(ASKED * 6)
    ]  # fmt: skip
    assert rows_of(tmp_path / "a.txt", written)[1] == "text"


def test_a_line_without_a_label_or_a_text_is_read(tmp_path: Path) -> None:
    written = [f"{('GREET', 'THANK')[place % 2]} {asked} {place}" for place, asked in enumerate(ASKED)]
    records, _ = rows_of(tmp_path / "a.txt", [*written, "GREET", "Who is there"])
    assert records[-2:] == [{"text": "", "label": "GREET"}, {"text": "Who is there", "label": ""}]
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [(42, "no label before the text")]
    assert "a.txt: a row is a text in a line, after its label (GREET, THANK, …)" in report.notes


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_tree_is_a_sentence_with_the_class_of_the_whole(tmp_path: Path, chunk_bytes: int) -> None:
    written = ["(4 (2 A) (3 (3 fine) (2 (2 film) (2 .))))", "(1 (2 -LRB-) (1 (0 Dull) (2 -RRB-)))"] * 5
    expected = [{"text": "A fine film .", "label": "4"}, {"text": "-LRB- Dull -RRB-", "label": "1"}] * 5
    assert rows_of(tmp_path / "a.txt", written, chunk_bytes) == (expected, "sentiment-trees")


@pytest.mark.parametrize(
    ("line", "turns"),
    [
        ("Hi . __eou__ Hello , Ann . __eou__ Bye . __eou__", ["Hi .", "Hello , Ann .", "Bye ."]),
        ("Hi __eou__ Ann here __eou__ __eot__ Hello __eou__ __eot__", ["Hi\nAnn here", "Hello"]),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_markers_end_the_turns_of_a_conversation(tmp_path: Path, line: str, turns: list[str], chunk_bytes: int) -> None:
    assert rows_of(tmp_path / "a.txt", [line] * 12, chunk_bytes) == ([{"dialog": turns}] * 12, "marked-turns")


@pytest.mark.parametrize("name", ["a.txt", "a.tsv"])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_marks_begin_and_end_a_sentence_with_tags(tmp_path: Path, name: str, chunk_bytes: int) -> None:
    written = ["BOS from oslo to rome EOS\tO O B-from O B-to flight"] * 12
    row = {"tokens": ["from", "oslo", "to", "rome"], "tags": ["O", "B-from", "O", "B-to"], "intent": "flight"}
    assert rows_of(tmp_path / name, written, chunk_bytes) == ([row] * 12, "marked-sentences")


@pytest.mark.parametrize(
    ("usual", "odd", "message"),
    [
        ("BOS to oslo EOS\tO O B-to go", "BOS to oslo EOS\tO B-to go", "not one tag for each word and an intent"),
        (TYPES[0] + " {} ?", "Who left ?", "no type before the question"),
        ("(2 (2 A) (3 tree))", "(2 (2 A) tree", "no tree: read as a text without a label"),
        ("Hi __eou__ Hello __eou__", "Hi there", "no __eou__ in the line: read as a single turn"),
    ],
)
def test_a_line_in_another_notation_is_reported(tmp_path: Path, usual: str, odd: str, message: str) -> None:
    lines = [usual.format(asked) for asked in ASKED]
    lines[1] = lines[1].replace("manner", "reason")
    (tmp_path / "a.txt").write_text("\n".join([*lines, odd]))
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [(41, message)]


@pytest.mark.parametrize(
    "lines",
    [
        ["fastText wants __label__ before each label", *ASKED],
        ["Lines begin with __label__x as documented.", *ASKED],
        ["#music How do I tune a piano"] * 30,
        ["x__label__y is one word"] * 30,
        ["ERROR:module the pump has stopped", "INFO:module it starts again"] * 20,
        [f"ANN:word{place} {asked} ?" for place, asked in enumerate(ASKED)],
        ["Q:what is it ?", "A:nothing ."] * 20,
        ["(define (square x) (* x x))", "(3 apples) and (2 pears)"] * 10,
        ["(2 (3 x) y", "(4 5)"] * 10,
        ["(1 2) (3 4)", "(1 2)"] * 10,
        ["(1 one) (2 two)"] * 10,
        ["The marker __eou__ ends an utterance.", *ASKED],
        ["All of it __eou__"] * 20,
        ["BOS is a mark of the beginning"] * 20,
    ],
)
def test_other_texts_are_lines(tmp_path: Path, lines: list[str]) -> None:
    assert rows_of(tmp_path / "a.txt", lines)[1] == "text"


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_lists_and_dictionaries_of_python_are_rows(tmp_path: Path, chunk_bytes: int) -> None:
    lists = [repr([asked, "I don't know", place]) for place, asked in enumerate(ASKED)]
    expected = [{"column-1": asked, "column-2": "I don't know", "column-3": n} for n, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "a.txt", lists, chunk_bytes) == (expected, "python-lines")
    tuples = [repr((asked, "I don't know", place)) for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "b.txt", tuples, chunk_bytes) == (expected, "python-lines")
    rows = [{"text": asked, "label": None, "at": {"n": [n]}} for n, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "c.txt", list(map(repr, rows)), chunk_bytes) == (rows, "python-lines")


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_tuples_of_a_text_and_its_spans_are_rows(tmp_path: Path, chunk_bytes: int) -> None:
    written = [repr((asked, {"entities": [(0, 3, "ASKED")] * (place % 2)})) for place, asked in enumerate(ASKED)]
    expected = [{"entities": [[0, 3, "ASKED"]] * (place % 2), "text": asked} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "a.txt", written, chunk_bytes) == (expected, "python-lines")
    (tmp_path / "a.txt").write_text("\n".join([*written, "('a', {'spans': []})"]))
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (41, "not a text and a dictionary of its spans as Python writes them")
    ]


@pytest.mark.parametrize("line", ["[{0}] {1}", "['{1}']", "['a', {0}]", "[{1}, {1}]", "({1})", "('{1}', {{}})"])
def test_lines_in_brackets_may_be_texts(tmp_path: Path, line: str) -> None:
    written = [line.format(place, asked) for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "a.txt", written)[1] == "text"


def test_a_line_that_is_no_list_of_python_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join([*(repr([asked, "No"]) for asked in ASKED), "['a'", "[1, 2, 3]"]))
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (41, "not a list as Python writes it"),
        (42, "not a list as Python writes it"),
    ]


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_text_of_the_financial_phrasebank_has_its_class_after_it(tmp_path: Path, chunk_bytes: int) -> None:
    classes = ("positive", "neutral", "negative")
    written = [f"{asked} @ home .@{classes[place % 3]}" for place, asked in enumerate(ASKED)]
    expected = [{"text": f"{asked} @ home .", "label": classes[place % 3]} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "a.txt", written, chunk_bytes) == (expected, "class-last")


@pytest.mark.parametrize("classes", [("+1", "0", "-1"), ("positive", "neutral", "negative")])
@pytest.mark.parametrize("name", ["a.txt", "reviews"])
def test_a_class_may_be_in_brackets(tmp_path: Path, name: str, classes: tuple[str, ...]) -> None:
    written = [f"{asked} [at home] [{classes[place % 3]}]" for place, asked in enumerate(ASKED)]
    expected = [{"text": f"{asked} [at home]", "label": classes[place % 3]} for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / name, written) == (expected, "class-last")
    cited = [f"{asked} [{place % 3}]" for place, asked in enumerate(ASKED)]
    assert rows_of(tmp_path / "b.txt", cited)[1] == "text"


def test_texts_that_end_with_addresses_have_no_classes(tmp_path: Path) -> None:
    written = [f"{asked}: write to me@{'xyz'[place % 3] * (place + 2)}" for place, asked in enumerate(ASKED[:20])]
    assert rows_of(tmp_path / "a.txt", written)[1] != "class-last"


def test_a_long_line_is_searched_once_for_a_class(tmp_path: Path) -> None:
    """Trying each blank and each ``@`` of 900,000 would take hours."""
    classes = ("positive", "negative", "neutral")
    written = [f"{asked} .@{classes[place % 3]}" for place, asked in enumerate(ASKED)]
    rows, container = rows_of(tmp_path / "a.txt", [*written, "a @" * 300_000])
    assert (container, len(rows), rows[-1]["label"]) == ("class-last", len(written) + 1, "")


@pytest.mark.parametrize("name", ["a.tsv", "a.txt"])
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_aspects_after_a_sentence_have_a_category_and_a_sentiment(tmp_path: Path, name: str, chunk_bytes: int) -> None:
    written = [
        "the old boat is fine\t1,3 BOAT#PRICE 2 4,5\t-1,-1 SHOP#ALL 0 4,5",
        "never again\t-1,-1 SHOP#ALL 0 -1,-1",
    ]
    shop = {"aspect": "", "category": "SHOP#ALL", "sentiment": "0"}
    boat = {"aspect": "old boat", "category": "BOAT#PRICE", "sentiment": "2", "opinion": "fine"}
    expected = [
        {"text": "the old boat is fine", "quadruples": [boat, {**shop, "opinion": "fine"}]},
        {"text": "never again", "quadruples": [{**shop, "opinion": ""}]},
    ]
    assert rows_of(tmp_path / name, written * 15, chunk_bytes) == (expected * 15, "quadruples")
    twice = "the boat\t1,2 BOAT#PRICE 2 -1,-1\t1,2 BOAT#PRICE 2 -1,-1"
    odd = ["too short\t0,1 BOAT#PRICE 2 1,7", "no label", "a boat\t1,2 BOAT#PRICE 2 2,2", twice]
    (tmp_path / name).write_text("\n".join([*written * 25, *odd]))
    report = lint(tmp_path / name, config={"select": ["FMT023"]}, eval=False)
    assert [(each.line, each.message) for each in report.findings] == [
        (51, "places up to 7 in a sentence of 2 words"), (52, "a sentence without an aspect"),
        (53, "an aspect or opinion without a word, as its places are the same"),
        (54, "one aspect with its opinion several times"),
    ]  # fmt: skip
    other = [f"{text}\t{place}" for place, text in enumerate(written)] * 15
    assert rows_of(tmp_path / "b.txt", other)[1] != "quadruples"


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize(
    "line",
    ["{0}. Q: {1}? A: Near dock {0}.", "Q{0}: {1}? A{0}: Near dock {0}.", "Question: {1}? Answer: Near dock {0}."],
)
def test_a_question_and_its_answer_are_a_line(tmp_path: Path, chunk_bytes: int, line: str) -> None:
    written = [line.format(place, asked) for place, asked in enumerate(ASKED)]
    records, container = rows_of(tmp_path / "a.txt", written, chunk_bytes)
    assert container == "asked-lines"
    said = [[turn["content"] for turn in each["messages"]] for each in records]
    assert said == [[f"{asked}?", f"Near dock {place}."] for place, asked in enumerate(ASKED)]


def test_a_line_without_an_answer_is_a_text_and_reported(tmp_path: Path) -> None:
    written = [f"Q: {asked}? A: Near dock {place}." for place, asked in enumerate(ASKED)]
    (tmp_path / "a.txt").write_text("\n".join([*written, "Q: Is a: the answer"]))
    assert read(tmp_path / "a.txt")[0][-1] == {"text": "Q: Is a: the answer"}
    report = lint(tmp_path / "a.txt", config={"select": ["FMT023"]}, eval=False)
    assert [each.message for each in report.findings] == ["no question with its answer in the line: read as a text"]


def test_questions_without_answers_are_texts(tmp_path: Path) -> None:
    assert rows_of(tmp_path / "a.txt", [f"{place}. Q: {asked}?" for place, asked in enumerate(ASKED)])[1] == "text"


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize("name", ["text", "a.txt"])
@pytest.mark.parametrize("of", ["spk{1}_utt{0:04}", "tr_{0}_tr09{0:04}", "{1}-128104-{0:04}"])
def test_a_text_after_the_id_of_its_recording_is_a_line(tmp_path: Path, name: str, chunk_bytes: int, of: str) -> None:
    ids = [of.format(place, place % 3 + 1) for place in range(30)]
    written = [f"{each} the dock of boat {place} is full" for place, each in enumerate(ids)]
    expected = [{"id": each, "text": f"the dock of boat {place} is full"} for place, each in enumerate(ids)]
    assert rows_of(tmp_path / name, written, chunk_bytes) == (expected, "recorded-lines")
    (tmp_path / name).write_text("\n".join([*written, *(f"spk9_utt{n} no" for n in range(90)), "no id here"]))
    report = lint(tmp_path / name, config={"select": ["FMT023"]}, eval=False)
    assert [each.message for each in report.findings] == ["no id with a text after it in the line: read as a text"]
    assert rows_of(tmp_path / "b.txt", [*written, written[0]])[1] == "text"


@pytest.mark.parametrize("of", ["2024-01-{0:02}", "{0}.", "boat-{1}", "12:{0:02}", "({0})", "log{0:02}"])
def test_days_numbers_and_words_before_texts_are_no_ids(tmp_path: Path, of: str) -> None:
    written = [f"{of.format(place + 1, 'abc'[place % 3])} the dock of boat {place} is full" for place in range(28)]
    assert rows_of(tmp_path / "a.txt", written)[1] == "text"
