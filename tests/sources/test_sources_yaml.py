"""YAML files: their rows, lines and values, hostile ones, and settings next to data."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, Final

import pytest
from tests_sources_reading import read_source

from datalint.cli import main
from datalint.core.errors import DatalintError
from datalint.operations.check import lint
from datalint.sources import open_sources
from datalint.sources.find import training_files
from datalint.sources.sniff import OpenSettings, open_path

LIST: Final = """\
# Docks of the harbour
- question: Is the dock full?
  answer: It is.

- question: |
    And the other one?
    It is blue.
  answer: "It is\\nempty."
"""
RASA: Final = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hey
    - good morning
- lookup: dock
  examples: |
    - north
- intent: ask_dock
  examples: |
    - which dock
      is free
    - is a dock free
- synonym: quay
  examples: |
    - wharf
"""
TAXONOMY: Final = """\
version: 3
created_by: harbour
seed_examples:
  - context: The dock has ten places.
    questions_and_answers:
      - question: How many places has it?
        answer: Ten.
  - context: The quay is short.
    questions_and_answers:
      - question: How long is it?
        answer: It is short.
document:
  repo: https://example.org/docks.git
"""
#: Lists of nine aliases each, of which the last would have 9¹² texts.
BOMB: Final = (
    "a: &a ["
    + "x, " * 9
    + "]\n"
    + "".join(f"{name}: &{name} [{f'*{before}, ' * 9}]\n" for before, name in itertools.pairwise("abcdefghijkl"))
)


def rows_of(path: Path, text: str | bytes) -> list[tuple[int, Any]]:
    """Return the rows of a file with their lines."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    [source] = open_sources([str(path)])
    [chunk] = source.chunks(0)
    loaded = chunk.load()
    assert source.fetch(range(len(loaded.records)), loaded.offsets.tolist()) == list(loaded.records)
    return list(zip(loaded.lines, loaded.records, strict=True))


def problems_of(path: Path, text: str | bytes) -> list[tuple[str, str, int | None]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    [source] = open_sources([str(path)])
    assert not [record for chunk in source.chunks(0) for record in chunk.load().records]
    facts = source.facts()
    assert facts.rows_refused == 1
    return [(problem.rule, problem.message, problem.line) for problem in facts.problems]


def test_rows_of_a_list_are_on_their_lines(tmp_path: Path) -> None:
    assert rows_of(tmp_path / "a.yaml", LIST) == [
        (2, {"question": "Is the dock full?", "answer": "It is."}),
        (5, {"question": "And the other one?\nIt is blue.\n", "answer": "It is\nempty."}),
    ]


def test_texts_of_intents_are_rows_and_other_elements_are_left_out_with_a_note(tmp_path: Path) -> None:
    assert rows_of(tmp_path / "nlu.yml", RASA) == [
        (5, {"intent": "greet", "examples": ["hey"]}),
        (6, {"intent": "greet", "examples": ["good morning"]}),
        (12, {"intent": "ask_dock", "examples": ["which dock is free"]}),
        (14, {"intent": "ask_dock", "examples": ["is a dock free"]}),
    ]
    [source] = open_sources([str(tmp_path / "nlu.yml")])
    assert [problem.message for problem in source.facts().problems if problem.is_note] == [
        'one YAML mapping with the list "nlu" instead of rows; its elements are read as rows; each text of an intent '
        "is a row of its own, with the name and answers",
        "2 elements of nlu with synonyms, regular expressions or lookup tables, which are no examples: not read",
    ]


def test_marks_of_entities_are_no_part_of_the_texts_of_intents(tmp_path: Path) -> None:
    marked = """\
nlu:
- intent: ask_dock
  examples: |
    - is a [pier](dock:Pier 1) free at [ten]{"entity": "time", "role": "from"} or not
    - is [it](free)
    - see [the list](https://example.org/docks) or [it]{"dock"} or [it]{}
- intent: greet
  examples: |
    - hey
"""
    rows = rows_of(tmp_path / "nlu.yml", marked)
    assert [line for line, _ in rows] == [4, 5, 6, 9]
    assert [row for _, row in rows] == [
        {
            "intent": "ask_dock",
            "examples": ["is a pier free at ten or not"],
            "entities": [
                {"start": 5, "end": 9, "label": "dock", "value": "Pier 1"},
                {"start": 18, "end": 21, "label": "time", "role": "from"},
            ],
        },
        {"intent": "ask_dock", "examples": ["is it"], "entities": [{"start": 3, "end": 5, "label": "free"}]},
        {
            "intent": "ask_dock",
            "examples": ['see [the list](https://example.org/docks) or [it]{"dock"} or [it]{}'],
        },
        {"intent": "greet", "examples": ["hey"]},
    ]
    [source] = open_sources([str(tmp_path / "nlu.yml")])
    assert source.facts().problems[0].message.endswith('; the marks of entities in texts are read as "entities"')


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        (("from [Oslo](city) to us", "from [Bern](city) to us"), []),
        (("[Oslo](from) to us", "[Oslo](to) to us"), []),
        (("from [Oslo](city) to us", "from Oslo to us"), []),
        (("from [Oslo](city) to us", "from [oslo](city) to us"), ["DIV002"]),
        (("from [Oslo](city) to us",) * 2, ["DIV001"]),
    ],
)
def test_texts_whose_entities_differ_are_other_examples(
    tmp_path: Path, texts: tuple[str, ...], rules: list[str]
) -> None:
    (tmp_path / "nlu.yml").write_text(
        "nlu:\n- intent: trip\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
    )
    report = lint(tmp_path / "nlu.yml", eval=False, config={"select": ["DIV001", "DIV002"]})
    assert [each.rule for each in report.findings] == rules


def test_seed_examples_of_a_taxonomy_are_rows(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "qna.yaml", TAXONOMY)
    assert [(line, list(row)) for line, row in rows] == [(n, ["context", "questions_and_answers"]) for n in (4, 8)]


def test_documents_are_rows(tmp_path: Path) -> None:
    text = "---\nprompt: a\ncompletion: b\n---\nprompt: c\ncompletion: d\n...\n"
    assert [(line, row["prompt"]) for line, row in rows_of(tmp_path / "a.yml", text)] == [(2, "a"), (5, "c")]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("yes", True),
        ("'yes'", "yes"),
        ("!!str 1", "1"),
        ("! 1", "1"),
        ("0x1F", 31),
        ("1_000", 1000),
        ("1.5", 1.5),
        ("~", None),
        ("", None),
        ("2020-01-01", "2020-01-01"),
        ("9" * 5000, "9" * 5000),
        ("1:" * 3000 + "1", "1:" * 3000 + "1"),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
        ('"\\u00e9 \\" \\\\ \\x07"', 'é " \\ \x07'),
        ("&x [a, b]\n  again: *x", ["a", "b"]),
    ],
)
def test_values_are_those_of_a_safe_loader(tmp_path: Path, value: str, read: object) -> None:
    [(_, row)] = rows_of(tmp_path / "a.yml", f"- answer: {value}\n")
    assert row["answer"] == read
    assert type(row["answer"]) is type(read)
    assert row.get("again", read) == read


def test_a_key_that_is_there_twice_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("- prompt: a\n  completion: b\n- prompt: c\n  completion: d\n  prompt: e\n")
    found = read_source(open_path(str(path), "a.yml", OpenSettings()))
    assert [problem.rule for problem in found.noticed[1]] == ["duplicate-key"]
    assert found.lines[1] == 3


def test_rows_are_the_same_in_chunks_of_any_size(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("".join(f"- prompt: |\n    Is dock {n}\n    full?\n\n  completion: No.\n" for n in range(40)))
    small, large = (
        read_source(open_path(str(path), "a.yml", OpenSettings(chunk_bytes=size))) for size in (64, 1 << 20)
    )
    assert small.records == large.records
    assert small.lines == large.lines == list(range(1, 201, 5))


def test_a_fix_writes_json_lines_and_no_yaml(tmp_path: Path) -> None:
    path, out = tmp_path / "a.yml", tmp_path / "b.jsonl"
    text = "- prompt: Is it full?\n  completion: It is.\n" * 2
    path.write_text(text)
    for wanted in (["--in-place"], ["--output", str(tmp_path / "b.yaml")], ["--output", str(path)]):
        with pytest.raises(SystemExit) as ended:
            main(["fix", str(path), *wanted])
        assert ended.value.code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]
    with pytest.raises(SystemExit):
        main(["fix", str(path), "--output", str(out)])
    assert out.read_text() == '{"prompt":"Is it full?", "completion":"It is."}\n'
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("- a: 1\n- b: [1, 2\nc: 3\n", "not YAML: ", 3),
        ("- a: 1\n- !!python/object/apply:os.system [exit]\n", "tags of its own", 2),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "keys that are merged (<<): write them out", 3),
        ("? [a]\n: b\n", "a key that is a list, an object or an alias", 1),
        ("- a\n- &x [*x]\n", "an alias within what it stands for", 2),
        ("- " * 9000 + "x", "more than 500 levels", 1),
        ("[" * 9000, "", 1),
        ("a text\nof two lines\n", "one value, and no list of objects", 1),
        ("a: \x07", "not YAML: ", 1),
        (BOMB, "with what its aliases repeat", 8),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_its_line(tmp_path: Path, text: str, message: str, line: int) -> None:
    if text.startswith("["):
        text = f"# flow\n{text}"
        line += 1
    [(rule, said, at)] = problems_of(tmp_path / "a.yml", text)
    assert rule == "invalid-row"
    assert message in said
    if message:
        assert at == line


def names_in(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in training_files(folder)]


def test_settings_are_no_data_of_a_folder(tmp_path: Path) -> None:
    for name, text in {
        "mkdocs.yml": "site_name: Docks\nnav:\n- Home: index.md\n- About: about.md\n",
        "docker-compose.yml": "services:\n  web:\n    image: docks\n    command: [serve]\n",
        "domain.yml": "intents:\n- greet\nresponses:\n  utter_greet:\n  - text: Hey\n",
        "stories.yml": "stories:\n- story: a\n  steps:\n  - user: |\n      hey\n    intent: greet\n  - action: b\n",
        "pod.yaml": "spec:\n  containers:\n  - name: a\n    command: [b]\n    env:\n    - name: A\n      value: b\n",
        "train.yaml": "datasets:\n- path: a.jsonl\n  type: alpaca\n  field_output: answer\n",
        ".github/x.yml": LIST,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(DatalintError, match=r"contains no data, but 4 \.yml files and 2 \.yaml files"):
        training_files(tmp_path)
    (tmp_path / "LICENSE.txt").write_text("Free.\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/nlu.yml").write_text(RASA)
    assert names_in(tmp_path) == ["data/nlu.yml"]
    (tmp_path / "talks.yml").write_text("categories:\n- docks\nconversations:\n- - Hi\n  - Hello\n")
    assert names_in(tmp_path) == ["data/nlu.yml", "talks.yml"]
    (tmp_path / "train.jsonl").write_text("{}\n")
    assert names_in(tmp_path) == ["train.jsonl"]


def test_a_pattern_finds_files_with_rows_among_settings(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(LIST)
    (tmp_path / "b.yml").write_text("site_name: Docks\n")
    assert [Path(source.path).name for source in open_sources([f"{tmp_path}/*.yml"])] == ["a.yml"]
