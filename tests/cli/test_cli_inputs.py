"""What the user names and the data or the configuration does not have, and inputs that may not be what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import Run
from workbooks import workbook

ROWS = "tweet,class,count\nhello there my friend,good,1\nquite another text of a row,bad,2\n"
CHAT = '{"prompt": "Where is it?", "completion": "At the quay."}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS)
    (tmp_path / "other.jsonl").write_text('{"tweet": "a first text", "class": "good"}\n')
    (tmp_path / "chat.jsonl").write_text(CHAT)
    return tmp_path


NAMES = '(keys of the rows: "tweet", "class", "count")'
NEAR = 'no row has the key "twet"; did you mean "tweet"?'
SEVERAL = ("check", "compare", "baseline", "clusters")


def given(command: str, *data: str) -> tuple[str, ...]:
    """Return arguments for a command that runs few rules, among them those of a schema and of categories."""
    fewer = () if command == "clusters" else ("--select", "FMT109,BAL")
    return (command, *(data * 2 if command == "compare" and len(data) == 1 else data), *fewer)


# Explicit names


#: Options, the error that they end in, and whether the command must judge rows to have them.
OPTIONS = [
    (("--columns", "prompt=twet,response=class"), f"--columns prompt=twet: {NEAR} {NAMES}", False),
    (("--columns", "text=twet"), f"--columns text=twet: {NEAR} {NAMES}", False),
    (("--columns", "text=tweet,system=zzzzzz"), f'--columns system=zzzzzz: no row has the key "zzzzzz" {NAMES}', False),
    (
        ("--columns", "system=tweet"),
        "command line: columns maps no text; map prompt, response, text or messages",
        False,
    ),
    (("--columns", "text=\x1b[31m"), r'--columns text=\x1b[31m: no row has the key "\x1b[31m"', False),
    (("--split", "dev"), 'no input has a split "dev"', False),
    (("--category", "clas"), f'--category clas: no row has the key "clas"; did you mean "class"? {NAMES}', True),
    (("--schema", "nowhere.json"), "schema: no such file: nowhere.json", True),
]
#: The same of what a configuration says.
SETTINGS = [
    ('columns.response = "class"\ncolumns.prompt = "twet"', f":3: columns.prompt: {NEAR} {NAMES}", False),
    (
        'columns.system = "tweet"',
        ":2: columns maps no text; map prompt, response, text or messages to a key as well",
        False,
    ),
    ('columns = { category = "clas" }', ':2: columns.category: no row has the key "clas"; did you mean "class"?', True),
    ('balance.field = "clas"', ':2: balance.field: no row has the key "clas"; did you mean "class"?', True),
    ('schema = "nowhere.json"', ":2: schema: no such file: nowhere.json", True),
    ('rules.FMT109 = { schema = "nowhere.json" }', ":2: schema: no such file: nowhere.json", True),
    ('eval = "nowhere.csv"', ":2: eval: no such file: nowhere.csv", True),
]


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [(c, given, told) for c in SEVERAL for given, told, judges in OPTIONS if c != "clusters" or not judges],
)
def test_a_name_on_the_command_line_that_matches_nothing(
    run: Run, folder: Path, command: str, options: tuple[str, ...], told: str
) -> None:
    ran = run(*given(command, "rows.csv"), *options, cwd=folder)
    assert (ran.code, ran.output) == (2, b"")
    assert ran.error.startswith(f"error: {told}")
    assert not (folder / ".datalint-baseline.jsonl").exists()


@pytest.mark.parametrize(
    ("command", "name", "config", "told"),
    [
        (c, name, config, told)
        for c, name in [*((c, "datalint.toml") for c in SEVERAL), ("check", "pyproject.toml")]
        for config, told, judges in SETTINGS
        if c != "clusters" or not judges
    ],
)
def test_a_name_in_a_configuration_that_matches_nothing(
    run: Run, folder: Path, command: str, name: str, config: str, told: str
) -> None:
    table = "[tool.datalint]" if name == "pyproject.toml" else "# settings"
    (folder / name).write_text(f"{table}\n{config}\n")
    ran = run(*given(command, "rows.csv"), cwd=folder)
    assert (ran.code, ran.output) == (2, b"")
    assert ran.error.startswith(f"error: {name}{told}")


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('{"turns": {"text": ""}}', "turns.text"),
        ('{"turns": [{"text": ""}]}', "turns[].text"),
        ('{"asked": " "}', "asked"),
    ],
)
def test_a_prompt_that_is_empty_in_every_row_is_an_error(run: Run, tmp_path: Path, row: str, key: str) -> None:
    (tmp_path / "rows.jsonl").write_text(f"{row}\n" * 3)
    ran = run("check", "rows.jsonl", "--columns", f"prompt={key}", cwd=tmp_path)
    assert (ran.code, ran.output) == (2, b"")
    assert ran.error == f'error: --columns prompt={key}: no row has text under "{key}"\n'
    filled = row.replace('""', '"Who?"').replace('" "', '"Who?"')
    (tmp_path / "some.jsonl").write_text(f"{row}\n{filled}\n")
    assert run("check", "some.jsonl", "--columns", f"prompt={key}", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("losers.answer", '; did you mean "losers[].answer"? (keys in "losers": "losers[].model", "losers[].answer")'),
        ("losers.text", ' (keys in "losers": "losers[].model", "losers[].answer")'),
        ("losers[].anser", '; did you mean "losers[].answer"? (keys in "losers": "losers[].model", "losers[].answer")'),
        ("best[].answer", '; did you mean "best.answer"? (keys in "best": "best.model", "best.answer")'),
        ("asked.text", '; "asked" has no keys: map "asked" itself'),
    ],
)
def test_a_path_that_no_row_has_is_an_error(run: Run, tmp_path: Path, key: str, told: str) -> None:
    row = {
        "asked": "Who is at the gate?",
        "best": {"model": "m1", "answer": "The porter."},
        "losers": [{"model": "m2", "answer": "Nobody."}, {"model": "m3", "answer": "I cannot say."}],
    }
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(row)}\n" * 3)
    given = ("check", "rows.jsonl", "--columns", f"prompt=asked,chosen=best.answer,rejected={key}")
    ran = run(*given, cwd=tmp_path)
    assert (ran.code, ran.output) == (2, b"")
    assert ran.error == f'error: --columns rejected={key}: no row has the key "{key}"{told}\n'
    right = (*given[:-1], "prompt=asked,chosen=best.answer,rejected=losers[].answer")
    assert run(*right, cwd=tmp_path).code < 2


def test_the_command_line_is_named_where_it_goes_over_the_file(run: Run, folder: Path) -> None:
    (folder / "datalint.toml").write_text('[columns]\nprompt = "twet"\nresponse = "class"\n')
    assert run("check", "rows.csv", "--columns", "prompt=tweet", "--select", "VOL", cwd=folder).code == 1
    ran = run("check", "rows.csv", "--columns", "prompt=tweet,response=clas", cwd=folder)
    assert ran.error.startswith("error: --columns response=clas: ")


def test_inputs_of_the_configuration_that_are_not_there_have_its_line(run: Run, folder: Path) -> None:
    (folder / "datalint.toml").write_text('\ndata = ["nowhere.csv"]\n')
    for command in ("check", "baseline", "clusters"):
        ran = run(command, cwd=folder)
        assert (ran.code, ran.error[:61]) == (2, "error: datalint.toml:2: data: no such file: nowhere.csv: chec")


def test_a_split_that_is_not_there_has_a_suggestion(run: Run, folder: Path) -> None:
    splits = {name: [{"prompt": "a", "completion": "b"}] for name in ("train", "validation", "test_\x1b[31m")}
    (folder / "splits.json").write_text(json.dumps(splits))
    (folder / "row.json").write_text(CHAT)
    assert run("check", "splits.json", "--split", "validation", "--select", "VOL", cwd=folder).code == 1
    assert run("check", "row.json", "--split", "validation", cwd=folder).code == 2
    ran = run("check", "splits.json", "--split", "validaton", cwd=folder)
    assert ran.code == 2
    assert 'no split "validaton"; did you mean "validation"?' in ran.error
    assert "\x1b" not in ran.error


def notes(run: Run, folder: Path, *arguments: str) -> list[str]:
    ran = run("check", *arguments, "--select", "VOL,BAL", "--output-format", "json", cwd=folder)
    assert ran.code == 1, ran.error
    found: list[str] = json.loads(ran.output)["notes"]
    return [note for note in found if note.startswith(("columns.", "balance.field"))]


def test_a_key_that_some_files_have_is_a_note(run: Run, folder: Path) -> None:
    columns = ("--columns", "prompt=tweet,response=class", "--category", "count")
    missing = 'balance.field: no row of other.jsonl has the key "count"'
    assert notes(run, folder, "rows.csv", *columns) == []
    assert notes(run, folder, "rows.csv", "other.jsonl", *columns) == [missing]
    told = notes(run, folder, "chat.jsonl", "rows.csv", *columns)
    assert told == [
        'columns.prompt: no row of chat.jsonl has the key "tweet"',
        'columns.response: no row of chat.jsonl has the key "class"',
        'balance.field: no row of chat.jsonl has the key "count"',
    ]


def test_an_evaluation_set_without_a_mapped_key_is_a_note(run: Run, folder: Path) -> None:
    columns = ("--columns", "prompt=tweet,response=class")
    assert notes(run, folder, "rows.csv", "--eval", "chat.jsonl", *columns)[0].startswith(
        "columns.prompt: no row of ch"
    )
    assert run("check", "chat.jsonl", "--eval", "rows.csv", *columns, cwd=folder).code == 2


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ((), 2),
        (("rows.csv", "other.jsonl"), 2),
        (("other.jsonl", "./rows.csv"), 2),
        (("rows.csv",), 1),
        (("chat.jsonl",), 1),
    ],
)
def test_a_configuration_with_data_speaks_of_all_of_that_data(
    run: Run, folder: Path, inputs: tuple[str, ...], code: int
) -> None:
    (folder / "datalint.toml").write_text('data = ["rows.csv", "oth*.jsonl"]\ncolumns.text = "twet"\n')
    ran = run("check", *inputs, "--select", "VOL", cwd=folder)
    assert ran.code == code
    told = 'no row has the key "twet"' in ran.error, 'has the key "twet"' in " ".join(ran.text.split())
    assert told == (code == 2, code == 1)
    assert run("check", *inputs, "--columns", "text=twit", "--select", "VOL", cwd=folder).code == 2
    assert run("clusters", *inputs, cwd=folder).code == (2 if code == 2 else 0)


def test_a_category_that_no_rule_looks_at_may_be_missing(run: Run, folder: Path) -> None:
    (folder / "datalint.toml").write_text('balance.field = "topic"\n')
    assert run("check", "chat.jsonl", cwd=folder).code == 2
    assert run("check", "chat.jsonl", "--select", "FMT,QUA", cwd=folder).code == 0
    assert run("check", "chat.jsonl", "--select", "FMT,QUA", "--category", "topc", cwd=folder).code == 2


def test_compare_needs_a_key_on_one_side(run: Run, folder: Path) -> None:
    for sides in (("rows.csv", "chat.jsonl"), ("chat.jsonl", "rows.csv")):
        assert run("compare", *sides, "--columns", "text=tweet", "--select", "VOL", "--exit-zero", cwd=folder).code == 0


def test_data_without_rows_is_reported_all_the_same(run: Run, folder: Path) -> None:
    (folder / "empty.jsonl").write_text("not JSON\n")
    ran = run("check", "empty.jsonl", "--columns", "text=tweet", cwd=folder)
    assert ran.code == 1
    assert "FMT001" in ran.text


# Several configuration files


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    for name, profile in (("a", "strict"), ("b", "minimal"), ("none", None)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "train.jsonl").write_text(CHAT)
        if profile:
            (tmp_path / name / "datalint.toml").write_text(f'profile = "{profile}"\n')
    return tmp_path


@pytest.mark.parametrize("command", SEVERAL)
def test_inputs_with_different_configurations_are_refused(run: Run, projects: Path, command: str) -> None:
    ran = run(command, "a/train.jsonl", "b/train.jsonl", cwd=projects)
    assert (ran.code, ran.output) == (2, b"")
    assert "a/datalint.toml is the nearest to a/train.jsonl, b/datalint.toml to b/train.jsonl" in ran.error
    assert "--config FILE" in ran.error
    assert "--isolated" in ran.error


@pytest.mark.parametrize(
    ("arguments", "profile"),
    [
        (("a/train.jsonl",), "strict"),
        (("a/train.jsonl", "none/train.jsonl"), "strict"),
        (("none/train.jsonl", "a/train.jsonl"), "strict"),
        (("none/train.jsonl",), "guide"),
        ((".",), "guide"),
        (("a", "a/train.jsonl"), "strict"),
        (("a/train.jsonl", "b/train.jsonl", "--isolated"), "guide"),
        (("a/train.jsonl", "b/train.jsonl", "--config", "b/datalint.toml"), "minimal"),
    ],
)
def test_which_configuration_is_used(run: Run, projects: Path, arguments: tuple[str, ...], profile: str) -> None:
    ran = run("check", *arguments, "--select", "VOL", "--output-format", "json", cwd=projects)
    assert json.loads(ran.output)["profile"] == profile


def test_configurations_in_subfolders_are_noted(run: Run, projects: Path) -> None:
    told = "configuration files in subfolders are not used: a/datalint.toml, b/datalint.toml"
    for command in SEVERAL:
        ran = run(*given(command, "."), "--output-format", "json", cwd=projects)
        shown = json.loads(ran.output).get("notes", []) + ran.error.removeprefix("note: ").splitlines()
        assert any(note.startswith(told) for note in shown)
    for chosen in ("--isolated", "--config=a/datalint.toml"):
        assert told not in run("check", ".", chosen, "--select", "VOL", cwd=projects).text
    (projects / "datalint.toml").write_text('profile = "minimal"\n')
    again = run("check", ".", "--full", "--select", "VOL", cwd=projects).text
    assert " ".join(again.split()).count(told) == 1


# Evaluation files among the inputs


IS = "is checked as training data; to evaluate instead: datalint check"
ARE = "are checked as training data; to evaluate instead: datalint check"


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (("train.jsonl", "validation.jsonl"), f"validation.jsonl {IS} train.jsonl --eval validation.jsonl"),
        (("./test.jsonl", "train.jsonl"), f"test.jsonl {IS} train.jsonl --eval test.jsonl"),
        (
            ("train.jsonl", "test.jsonl", "validation.jsonl"),
            f"validation.jsonl, test.jsonl {ARE} train.jsonl --eval validation.jsonl --eval test.jsonl",
        ),
        (("tr*.jsonl", "te*.jsonl"), f"test.jsonl {IS} 'train 2.jsonl' train.jsonl --eval test.jsonl"),
        (
            ("*.jsonl",),
            f"validation.jsonl, test.jsonl {ARE} a.jsonl b.jsonl c.jsonl ... --eval validation.jsonl --eval test.jsonl",
        ),
        (("train.jsonl", "a.jsonl"), None),
        (("a.jsonl", "test.jsonl"), None),
        (("train.jsonl",), None),
        ((".",), None),
        (("train.jsonl", "test.jsonl", "--eval", "validation.jsonl"), None),
        (("train.jsonl", "test.jsonl", "--eval", "false"), None),
    ],
)
def test_evaluation_files_among_the_inputs_are_noted(
    run: Run, tmp_path: Path, inputs: tuple[str, ...], told: str | None
) -> None:
    for name in ("train", "train 2", "validation", "test", "a", "b", "c"):
        (tmp_path / f"{name}.jsonl").write_text(CHAT)
    ran = run("check", *inputs, "--isolated", "--select", "VOL", "--output-format", "json", cwd=tmp_path)
    found = [note for note in json.loads(ran.output)["notes"] if "checked as training data" in note]
    assert found == ([told] if told else [])


def test_other_commands_note_them_too(run: Run, tmp_path: Path) -> None:
    for name in ("train", "test"):
        (tmp_path / f"{name}.jsonl").write_text(CHAT)
    for command in (("baseline", "--select", "VOL"), ("clusters",)):
        ran = run(*command, "train.jsonl", "test.jsonl", "--isolated", cwd=tmp_path)
        assert (ran.code, ran.error) == (0, f"note: test.jsonl {IS} train.jsonl --eval test.jsonl\n")


def test_a_key_may_end_with_blanks(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "train.csv"
    path.write_text("text , label\n" + "".join(f"Berth {n} is free.,{'ab'[n % 2]}\n" for n in range(30)))
    asked = ("check", str(path), "--select", "VOL", "--output-format", "json")
    report = run(*asked, "--columns", "prompt=text ,response= label")
    assert json.loads(report.output)["files"][0]["shape"] == "mapped"
    assert 'no row has the key "text"' in run(*asked, "--columns", "prompt = text , response=label").error


# Sheets


def test_one_file_as_training_and_evaluation_set_is_said_first(tmp_path: Path, run: Run) -> None:
    rows = [{"prompt": f"What is part {n} of the boat?", "completion": f"It is the wood of {n}."} for n in range(30)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    for name, text in (
        ("boats.jsonl", lines),
        ("copy.jsonl", lines),
        ("held.jsonl", "".join(lines.splitlines(keepends=True)[:3])),
    ):
        (tmp_path / name).write_text(text)
    checked = run("check", "boats.jsonl", "--eval", "copy.jsonl", "--eval", "held.jsonl", cwd=tmp_path).output.decode()
    errors = [line for line in checked.splitlines() if line.startswith("error")]
    assert errors[0].startswith("error[RDY007] same-file: boats.jsonl and copy.jsonl are one file")
    assert any(line.startswith("error[RDY003]") for line in errors[1:])


def test_rows_of_a_sheet_have_its_numbers_everywhere(tmp_path: Path, run: Run) -> None:
    title = [("All the parts of our boats",), ()]
    asked = [(f"What is part {n} of the boat made of?", f"It is made of wood number {n}.") for n in range(5)]
    table = [*title, ("prompt", "completion"), *asked, (), ("Which part is the last one?", "")]
    held = [("prompt", "completion"), asked[1]]
    (tmp_path / "boats.xlsx").write_bytes(workbook({"train": table, "test": held, "Notes": [("a note",)]}))
    checked = run("check", "boats.xlsx", "--output-format", "json", cwd=tmp_path)
    report = json.loads(checked.output)
    found = {each["rule"]: each for each in report["findings"]}
    places = {rule: (found[rule]["line"], found[rule]["row"]) for rule in ("FMT023", "QUA002", "RDY003")}
    assert places == {"FMT023": (None, 1), "QUA002": (None, 10), "RDY003": (None, 5)}
    assert found["RDY003"]["related"][0]["row"] == 2
    assert "RDY007" not in found, "two sheets are no copies of one file"
    [note] = [each for each in report["notes"] if "boats.xlsx: the sheet" in each]
    assert '"train" is read, and "test" as the evaluation set if no other one is given; "Notes" has rows too' in note
    assert report["files"][0]["blank_lines"] == 0

    before = (tmp_path / "boats.xlsx").read_bytes()
    for arguments, words in (
        (("--in-place",), "boats.xlsx cannot be replaced"),
        (("--output", "out.xlsx"), "can be written as JSON Lines, not as .xlsx"),
    ):
        refused = run("fix", "boats.xlsx", "--unsafe", *arguments, cwd=tmp_path)
        assert (refused.code, words in refused.error) == (2, True)
    fixed = run("fix", "boats.xlsx", "--unsafe", "--select", "QUA", "--output", "out.jsonl", cwd=tmp_path)
    assert 'boats.xlsx has other sheets, which are not written: "test", "Notes"' in fixed.error + fixed.text
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().split("\n")[:-1]]
    assert rows == [dict(zip(("prompt", "completion"), row, strict=True)) for row in asked]
    assert json.loads((tmp_path / "out.removed.jsonl").read_text())["row"] == 10
    assert (tmp_path / "boats.xlsx").read_bytes() == before

    run("convert", "boats.xlsx", "--to", "preference", "--output", "pairs.jsonl", cwd=tmp_path)
    lost = [json.loads(line) for line in (tmp_path / "pairs.removed.jsonl").read_text().splitlines()]
    assert [(each["line"], each["row"]) for each in lost] == [(None, row) for row in (4, 5, 6, 7, 8, 10)]
