"""Commands in remedies name the files of the run, so that they can be copied."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from datalint import Report, lint
from datalint.core.results import Verdict
from datalint.privacy.display import printable
from datalint.report.fix_step import fix_step
from datalint.report.layout import plain
from datalint.report.next_step import next_steps
from datalint.report.option_lines import OPTION, remedy_lines
from datalint.report.proposals import proposed_option
from datalint.report.remedies import command_in, concrete
from datalint.report.text import View, to_text
from datalint.shapes.guess import Guess, can_be_typed
from datalint.testing import sentence

SPLIT = printable("Hold out rows: `datalint split DATA --eval 10% --output DIR`.")
HOLD = printable("Hold out 5 to 10 % of the rows, at least 50: `datalint split DATA --eval 10% --output DIR`")
AGAINST = printable("Remove them: `datalint dedupe DATA --against EVAL --output FILE`, or `DATA`.")


def unlike(rows: int, start: int = 0) -> str:
    """Return rows that no text connects, so that a split can divide them."""
    each = ({"prompt": sentence(n), "completion": sentence(60_000 + n)} for n in range(start, start + rows))
    return "".join(json.dumps(row) + "\n" for row in each)


def checked(folder: Path, name: str, *, held: bool = False) -> Report:
    path = folder / name
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(60)]
    path.write_text("".join(rows), encoding="utf-8")
    if held:
        (folder / "held.jsonl").write_text("".join(rows[:9]), encoding="utf-8")
    return lint(str(path), eval=str(folder / "held.jsonl") if held else False, config={"select": ("DIV", "RDY")})


def test_rows_that_a_key_holds_out_are_not_held_out_by_chance(tmp_path: Path) -> None:
    # Folders next to it may be taken for those of other splits, and the folders of other tests are named "test_…".
    path = tmp_path / "data" / "own" / "train.jsonl"
    path.parent.mkdir(parents=True)
    rows = [
        {"prompt": sentence(n), "completion": sentence(999 + n), "split": "test" if n % 9 == 0 else "train"}
        for n in range(600)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = lint(str(path), eval=False, config={"select": ("RDY001",)})
    assert concrete(HOLD, report, [str(path)]).startswith("Write the rows of each value of 'split' to a file")


def test_files_with_a_line_for_each_other_are_split_at_the_same_lines(tmp_path: Path) -> None:
    for name in ("train.de", "train.en", "train.fr"):
        (tmp_path / name).write_text("".join(f"{sentence(n)}\n" for n in range(600)), encoding="utf-8")
    report = lint(str(tmp_path / "train.de"), eval=False, config={"select": ("RDY",)})
    assert concrete(HOLD, report, None) == "Hold out 5 to 10 % of the rows, at least 50, the same lines of both files"


@pytest.mark.parametrize(
    ("name", "said"),
    [("train.jsonl", "train.jsonl"), ("my data.jsonl", "'my data.jsonl'"), ("a;rm -rf b.jsonl", "'a;rm -rf b.jsonl'")],
)
def test_files_take_the_place_of_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    made = concrete(SPLIT, checked(Path(), name), ["--columns", "prompt=a b", name, "--full", "--no-header"])
    assert made == (
        f"Hold out rows: `datalint split {said} --eval 10% --output parts --columns 'prompt=a b' --no-header`."
    )
    report = checked(Path(), name, held=True)
    both = f"Hold out rows: `datalint split {said} held.jsonl --eval 20% --output parts`."
    assert concrete(SPLIT, report, None) == both, "the training rows are a part of what is divided again"
    by_key = printable("Split: `datalint split DATA --group-by KEY --eval 10% --output DIR`.")
    assert concrete(by_key, report, None) == by_key
    of_key = f"Split: `datalint split {said} held.jsonl --group-by title --group-by 'a b' --eval 20% --output parts`."
    assert concrete(by_key, report, ["--group-by", "title", name, "--group-by=a b"]) == of_key
    stem = said.replace(".jsonl", ".clean.jsonl")
    assert concrete(AGAINST, report, None) == (
        f"Remove them: `datalint dedupe {said} --against held.jsonl --output {stem}`, or `DATA`."
    )
    assert command_in(concrete(AGAINST, report, None)) == f"datalint dedupe {said} --against held.jsonl --output {stem}"


def test_rows_of_a_file_are_not_removed_against_itself(tmp_path: Path) -> None:
    rows = ", ".join(f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}' for n in range(60))
    (tmp_path / "both.json").write_text(f'{{"train": [{rows}], "test": [{rows}]}}')
    report = lint(tmp_path / "both.json", config={"select": ("RDY",)})
    assert concrete(AGAINST, report, None).count("EVAL") == 1
    again = printable(SPLIT.replace("Hold out rows", "Divide them again"))
    assert concrete(again, report, None) == again


def test_rows_that_are_in_both_files_are_divided_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    Path("copy.jsonl").write_bytes(Path("train.jsonl").read_bytes())
    report = lint("train.jsonl", eval="copy.jsonl", config={"select": ("RDY",)})
    assert "`datalint split train.jsonl --eval 10% --output parts`" in concrete(SPLIT, report, None)


def test_a_file_above_the_data_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a/parts").mkdir(parents=True)
    for name in ("a/parts/boats_of_all.jsonl", "a/boats_test.jsonl"):
        (tmp_path / name).write_text('{"prompt": "Why?", "completion": "No."}\n' * 60)
    report = lint("a/parts/boats_of_all.jsonl", config={"select": ("RDY001",)})
    command = command_in(concrete(SPLIT, report, None))
    assert command == "datalint check a/parts/boats_of_all.jsonl --eval a/boats_test.jsonl"


@pytest.mark.parametrize(
    ("rows", "asked"), [(99, "10%"), (100, "20"), (249, "49"), (250, "50"), (999, "50"), (1000, "10%")]
)
def test_as_many_rows_are_proposed_as_the_message_says(tmp_path: Path, rows: int, asked: str) -> None:
    (tmp_path / "a.jsonl").write_text(unlike(rows))
    report = lint(tmp_path / "a.jsonl", config={"select": ("RDY001",)})
    assert f" --eval {asked} " in concrete(SPLIT, report, None)
    said = concrete(printable(f"Hold out 5 to 10 % of the rows, at least 50: {SPLIT}"), report, None)
    assert ("20 % of the rows for now" in said) is (100 <= rows < 250)


@pytest.mark.parametrize(
    ("key", "values", "named"),
    [
        ("source_id", 40, True), ("parent", 40, False), ("doc", 40, True), ("doc", 120, False), ("doc", 5, False),
        ("source text id", 40, True),
    ],
)  # fmt: skip
def test_rows_of_one_source_are_kept_together(tmp_path: Path, key: str, values: int, *, named: bool) -> None:
    rows = [{"prompt": f"{sentence(n)}?", "completion": "No.", key: f"s{n % values}"} for n in range(120)]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = lint(tmp_path / "a.jsonl", config={"select": ("RDY001",)})
    option = f" --group-by {shlex.quote(key)} --output parts"
    assert (option in concrete(SPLIT, report, None)) is named


MORE = "Write more evaluation examples: a fifth of all rows or more is held out already"
FOR_NOW = "20 % of the rows for now, and write more until these are 50: `datalint split train.jsonl held.jsonl --eval"


@pytest.mark.parametrize(
    ("rows", "held", "said", "again"),
    [
        (114, 48, MORE, 48),
        (130, 32, MORE, 32),
        (131, 32, MORE, 32),
        (132, 33, MORE, 33),
        (100, 20, f"{FOR_NOW} 24 ", 24),
        (60, 9, f"{FOR_NOW} 20% ", "20%"),
        (300, 40, "5 to 10 % of the rows, at least 50: `datalint split train.jsonl held.jsonl --eval 50 ", 50),
        (800, 150, "Hold out 20 % of the rows: `datalint split train.jsonl held.jsonl --eval 20% ", "20%"),
        (600, 400, MORE, 400),
    ],
)
def test_no_smaller_evaluation_set_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, held: int, said: str, again: int | str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("train.jsonl").write_text(unlike(rows))
    Path("held.jsonl").write_text(unlike(held, 30_000))
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("RDY002",)})
    assert said in concrete(printable(f"Hold out 5 to 10 % of the rows, at least 50: {SPLIT[15:]}"), report, None)
    divided = concrete(printable(f"Split by prompt: {SPLIT[15:]}"), report, None)
    assert f"`datalint split train.jsonl held.jsonl --eval {again} --output" in divided


NONE_TO_SPARE = "Write more examples for it, since training needs all the rows that it has"
FEWER = "Hold out 30 of the rows for now, and write more until these are 50: `datalint split train.jsonl{} --eval 30 "
ALL = "Hold out 5 to 10 % of the rows, at least 50: `datalint split train.jsonl --eval {} "


@pytest.mark.parametrize(
    ("rows", "held", "least", "said"),
    [
        (100, 0, 100, "Write 50 examples or more for it, apart from these 100"),
        (119, 0, 100, "Write 50 examples or more for it, apart from these 119"),
        (1_030, 0, 1_000, FEWER.format("")),
        (1_120, 0, 1_000, ALL.format("10%")),
        (550, 0, 500, ALL.format(50)),
        (1_060, 0, 1_000, "Hold out 60 of the rows: `datalint split train.jsonl --eval 60 "),
        (500, 20, 500, NONE_TO_SPARE),
        (510, 20, 500, FEWER.format(" held.jsonl")),
        (400, 0, 500, ALL.format(50)),
        (20_001, 0, 500, "Hold out 1,000 of the rows: `datalint split train.jsonl --eval 1000 "),
    ],
)
def test_no_rows_are_held_out_that_training_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, held: int, least: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("train.jsonl").write_text(unlike(rows))
    Path("held.jsonl").write_text(unlike(held, 30_000))
    report = lint("train.jsonl", eval="held.jsonl" if held else False, config={"select": ("RDY002",)})
    volume = report.factors["volume"]
    gate = volume.gates[0]._replace(measure="effective-examples", value=rows, fails_under=least)
    report = replace(report, factors={**report.factors, "volume": volume._replace(gates=(gate,))})
    assert concrete(printable(f"Hold out 5 to 10 % of the rows, at least 50: {SPLIT[15:]}"), report, None).startswith(
        said
    )


def test_an_evaluation_set_that_cannot_be_read_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    Path("held.json").write_text('[[1, "Why?"], [2, "When?"]]')
    report = lint("train.jsonl", eval="held.json", config={"select": ("RDY002",)})
    assert [finding.message for finding in report.findings] == ["no row of the evaluation set could be read"]
    assert concrete(SPLIT, report, None) == "Check it alone to see why: `datalint check held.json --kind evaluation`"
    assert not lint("held.json", eval="held.json", config={"select": ("RDY002",)}).findings
    Path("other.json").write_text('[["When?"], ["Why?"]]')
    two = lint("train.jsonl", eval=["held.json", "other.json"], config={"select": ("RDY002",)})
    assert "each of its files" in concrete(SPLIT, two, None)
    Path("unknown.jsonl").write_text('{"ref": 1}\n{"ref": 2}\n')
    unknown = lint("train.jsonl", eval="unknown.jsonl", config={"select": ("RDY002",)})
    assert concrete(SPLIT, unknown, None).startswith("Check it alone")
    [gate] = (gate for gate in unknown.factors["readiness"].gates if gate.measure == "evaluation-examples")
    assert gate.value == 0


@pytest.mark.parametrize(("read", "said"), [(60, "Check more.jsonl alone"), (20, "Hold out")])
def test_a_file_that_is_not_read_is_looked_at_next_to_evaluation_rows_that_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"prompt": "{sentence(n)}?", "completion": "{sentence(n + 900)}"}}\n' for n in range(800)]
    Path("train.jsonl").write_text("".join(rows[: 800 - read]))
    Path("held.jsonl").write_text("".join(rows[800 - read :]))
    Path("more.jsonl").write_text('{"ref": 1}\n{"ref": 2}\n')
    report = lint("train.jsonl", eval=["held.jsonl", "more.jsonl"], config={"select": ("RDY002",)})
    assert report.findings
    assert concrete(SPLIT, report, None).startswith(said)


def test_rows_without_labels_are_not_divided_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    labelled = [json.dumps({"text": sentence(n), "label": n % 3}) for n in range(600)]
    Path("train.jsonl").write_text("\n".join(labelled))
    hidden = [json.dumps({"text": sentence(n), "label": -1}) for n in range(590, 690)]
    Path("held.jsonl").write_text("\n".join(hidden))
    report = lint("train.jsonl", eval="held.jsonl")
    [gate] = [each for each in report.factors["readiness"].gates if each.measure == "evaluation-examples"]
    assert gate.value == 0
    assert concrete(HOLD, report, None) == (
        "Add the labels to the evaluation set, or hold out rows that have one: "
        "`datalint split train.jsonl --eval 20% --output parts`"
    )


KEYS = ["a", "a b", "it's", "a'b'", "''", "####", "'text", "x$y z", "two  blanks", "`a`", "!b c", "a\\b c", "##='"]


@pytest.mark.parametrize("key", [key for key in KEYS if can_be_typed(key)])
def test_a_proposed_option_is_read_as_it_was_written(key: str) -> None:
    guess = Guess.of({"prompt": key, "response": f"{key} 2" if can_be_typed(f"{key} 2") else "b"})
    message = f"keys of no known shape; guessed: {guess.option}"
    assert proposed_option(message) == ("--columns", guess.mapping)
    assert proposed_option(f"try {guess.option}; for others, write answers") == ("--columns", guess.mapping)
    assert shlex.split(guess.option) == ["--columns", guess.mapping]
    found = OPTION.search(message)
    assert found is not None
    assert found[0] == guess.option


def test_a_command_with_keys_that_a_finding_proposes_is_not_said_to_be_right(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"stimulus": "What is the capital of Norway?", "reaction": "Oslo.", "class": "geography"}\n')
    report = lint(str(path), eval=False, config={"select": ("FMT101",)})

    def last(arguments: list[str]) -> str:
        return to_text(report, View(arguments=arguments)).rstrip().splitlines()[-1]

    [step] = next_steps(report, [str(path)], [])
    assert " --columns prompt=stimulus" in step
    assert last([str(path)]) == f"next: {step}  (if the keys mean this)"
    assert not last([str(path), "--columns", "prompt=reaction"]).endswith("(if the keys mean this)")


@pytest.mark.parametrize(("rows", "these"), [(1, "this one"), (19, "these 19"), (20, "")])
def test_of_few_rows_none_are_held_out(tmp_path: Path, rows: int, these: str) -> None:
    (tmp_path / "a.jsonl").write_text(unlike(rows))
    made = concrete(SPLIT, lint(tmp_path / "a.jsonl", config={"select": ("RDY001",)}), None)
    assert made == (f"Write 50 examples or more for it, apart from {these}" if these else made)
    assert made.startswith("Write") is bool(these)


@pytest.mark.parametrize(
    ("typed", "said"), [("boats", "boats"), ("boats/", "boats/"), (".", "'boats/b 2.jsonl' boats/dock/a.jsonl")]
)
def test_several_files_are_named_by_their_folder_or_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "boats/dock").mkdir(parents=True)
    for name in ("boats/b 2.jsonl", "boats/dock/a.jsonl"):
        checked(tmp_path, name)
    report = lint(typed, eval=False, config={"select": ("DIV", "RDY")})
    copies = printable("Delete them: `datalint dedupe DATA --output FILE`, or `datalint convert DATA --output FILE`.")
    made = concrete(copies, report, ["--full", "check", typed])
    assert made == f"Delete them: `datalint dedupe {said} --in-place`, or `datalint convert DATA --output FILE`."


def test_a_command_without_its_file_stays_as_it_is(tmp_path: Path) -> None:
    report = checked(tmp_path, "train.jsonl")
    assert concrete(AGAINST, report, None) == AGAINST, "there is no evaluation set"
    assert command_in(AGAINST) is None
    assert concrete(SPLIT, lint([{"text": "a"}]), None) == SPLIT, "rows of no file"
    assert concrete(SPLIT, checked(tmp_path, "a`b.jsonl"), None) == SPLIT
    long = tmp_path / ("n" * 200)
    long.mkdir()
    assert concrete(SPLIT, checked(long, "n" * 200 + ".jsonl"), None) == SPLIT


def test_the_next_step_is_the_command_of_a_finding_that_no_fix_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    report = lint("train.jsonl", config={"select": ("RDY001",)})
    assert next_steps(report, ["train.jsonl"], []) == ["datalint split train.jsonl --eval 10% --output parts"]
    leaking = checked(Path(), "train.jsonl", held=True)
    assert not any("split" in step or "dedupe" in step for step in next_steps(leaking, ["train.jsonl"], []))


@pytest.mark.parametrize(
    ("name", "word"),
    [("data/docks_test.jsonl", "data/docks_test.jsonl"), ("data/a test.jsonl", "'data/a test.jsonl'")],
)
def test_the_next_step_is_to_check_with_what_may_be_the_evaluation_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    checked(Path("data"), "train.jsonl")
    keys = json.loads(Path("data/train.jsonl").read_text().splitlines()[0])
    Path(name).write_text("".join(json.dumps({key: f"{key} {n}" for key in keys}) + "\n" for n in range(60)))
    report = lint("data/train.jsonl", config={"select": ("RDY001",)})
    given = ["data/train.jsonl", "--isolated"]
    [step] = next_steps(report, given, [])
    assert step == f"datalint check data/train.jsonl --eval {word} --isolated"
    assert concrete(SPLIT, report, given) == f"Check with it if it is one, and hold out rows otherwise: `{step}`"


def test_the_next_step_says_what_the_data_is_for_where_that_is_all_that_is_unclear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ({"prompt": f"Where is dock {n}?", "completion": f"Next to gate {n * 7}."} for n in range(60))
    Path("calibration_rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    given = ["calibration_rows.jsonl", "--isolated"]
    report = lint(given[0], config={"select": ("VOL001",)})
    assert next_steps(report, given, []) == ["datalint check calibration_rows.jsonl --isolated --kind evaluation"]


def test_rows_of_the_evaluation_set_are_removed_before_copies_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(60)]
    Path("held.jsonl").write_text("".join(rows[:9]))
    Path("train.jsonl").write_text("".join([*rows, *rows[20:30]]))
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("DIV", "RDY")})
    steps = next_steps(report, ["train.jsonl"], [])
    remove = "datalint dedupe train.jsonl --against held.jsonl --output train.clean.jsonl"
    assert steps == [remove, "datalint fix train.jsonl"]
    # Where these are most rows, that would leave nothing to train on.
    Path("held.jsonl").write_text("".join(rows))
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("DIV", "RDY")})
    assert next_steps(report, ["train.jsonl"], []) == ["datalint fix train.jsonl"]


def test_a_file_found_next_to_an_absolute_path_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    report = checked(tmp_path / "a", "train.jsonl", held=True)
    folder = str(tmp_path / "a")
    command = f"datalint dedupe {folder}/train.jsonl --against {folder}/held.jsonl --output {folder}/train.clean.jsonl"
    assert command_in(concrete(AGAINST, report, [f"{folder}/train.jsonl"])) == command
    assert command_in(concrete(AGAINST, report, [folder])) == command


def test_a_long_command_is_shown_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("a-folder-of-a-long-name" * 3)
    folder.mkdir()
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(60)]
    near = [row.replace('"completion": "', '"completion": "Also: ') for row in rows[9:12]]
    (folder / "held.jsonl").write_text("".join([*rows[:9], *near]))
    path = str(folder / "train.jsonl")
    for copies in (0, 20):
        (folder / "train.jsonl").write_text("".join([*rows, *rows[20 : 20 + copies]]))
        report = lint(path, eval=str(folder / "held.jsonl"), config={"select": ("DIV001", "RDY003", "RDY004")})
        shown = to_text(report, View(arguments=[path]))
        assert shown.count(" --against ") == 1, shown
        assert "→ As for RDY003" in shown
        # Copies are removed by a safe fix, and so the rows that leak are removed first.
        assert ('Remove the row from training: the command after "next"' in shown) == (copies > 0), shown


@pytest.mark.parametrize("leaking", [10, 50])
def test_data_of_which_most_leaks_is_divided_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaking: int
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(60)]
    Path("train.jsonl").write_text("".join(rows))
    held = [row.replace('"completion": "', '"completion": "no: ') for row in rows[:leaking]]
    Path("held.jsonl").write_text("".join(held))
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("RDY005",)})
    command = command_in(concrete(report.rules["RDY005"].remedy, report, ["train.jsonl"]))
    assert command is not None
    assert command.startswith("datalint split train.jsonl held.jsonl --eval ") == (leaking > 30)
    assert command.startswith("datalint dedupe train.jsonl --against held.jsonl ") == (leaking <= 30)


def test_evaluation_files_of_copies_are_no_part_of_what_is_divided_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(200)]
    Path("train.jsonl").write_text("".join(rows))
    Path("dev.jsonl").write_text("".join(rows[:120]))
    Path("test.jsonl").write_text("".join(rows[60:180]))
    report = lint("train.jsonl", eval=["dev.jsonl", "test.jsonl"], config={"select": ("RDY003",)})
    remedy = concrete(report.rules["RDY003"].remedy, report, ["train.jsonl"])
    assert command_in(remedy) == "datalint split train.jsonl --eval 40 --output parts"
    said = "also in the evaluation set: 120 of 120 rows of dev.jsonl, 120 of 120 rows of test.jsonl are in training"
    assert {each.message for each in report.findings if each.row is not None} == {said}


def test_a_page_is_no_step_where_something_can_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"prompt": "{sentence(n)}", "completion": "{sentence(1000 + n)}"}}\n' for n in range(60)]
    rows[9] = rows[9].replace('"completion": "', '"completion": 9, "other": "')
    Path("train.jsonl").write_text("".join(rows) + "\n\n")
    report = lint("train.jsonl", config={"select": ("FMT",)})
    assert next_steps(report, ["train.jsonl"], []) == ["datalint fix train.jsonl"]


@pytest.mark.parametrize("width", [40, 80, 110])
def test_a_command_of_a_remedy_is_on_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a-file-with-a-name-that-is-rather-long.jsonl"
    report = checked(Path(), name, held=True)
    command = f"datalint dedupe {name} --against held.jsonl --output {name.replace('.jsonl', '.clean.jsonl')}"
    for view in (View(), View(full=True, arguments=[name])):
        shown = to_text(report, view, width=width).splitlines()
        assert any(line.strip() == command for line in shown)
        assert all(len(line) <= width or line.strip().removeprefix("next: ").startswith("datalint ") for line in shown)


def test_words_after_a_command_are_as_far_in_as_those_before_it() -> None:
    said = "→ Read them with `datalint check train.jsonl --extend-select refusal`, and remove the rest"

    def shown(width: int) -> list[str]:
        return [plain(line) for line in remedy_lines(said, width, 4, "")]

    command = "datalint check train.jsonl --extend-select refusal"
    assert shown(60) == ["    → Read them with", f"      {command}", "    and remove the rest"]
    assert shown(120) == [f"    → Read them with `{command}`, and remove the rest"]


@pytest.mark.parametrize(
    ("width", "lines"),
    [(80, ["    → Copies: datalint fix a.jsonl"]), (24, ["    → Copies:", "      datalint fix a.jsonl"])],
)
def test_a_command_at_the_end_of_a_remedy_has_no_backquotes(width: int, lines: list[str]) -> None:
    assert [plain(line) for line in remedy_lines("→ Copies: `datalint fix a.jsonl`", width, 4, "")] == lines


def test_the_next_step_leads_to_what_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("train.jsonl")
    row = '{{"messages": [{{"role": "human", "content": "{0}?"}}, {{"role": "gpt", "content": "No {0}."}}]}}\n'
    file.write_text("".join(map(row.format, "abc")))
    report = lint(file, config={"select": ("FMT702",), "target": ("openai",)})
    made = "datalint convert train.jsonl --target openai --output train.clean.jsonl"
    assert next_steps(report, ["train.jsonl", "--target", "openai"], []) == [made]
    # The other rule only warns, and its factor does not fail.
    pairs = [f'{{"prompt": "Is it {n}?", "completion": "It is {n}.", "verified": false}}\n' for n in range(40)]
    file.write_text("".join([*pairs, pairs[0].replace("It is", "It  is")]))
    report = lint(file, config={"select": ("DIV002", "QUA026")})
    assert next_steps(report, ["train.jsonl"], [])[-1] == "datalint rule QUA026"
    report = lint(file.absolute(), config={"select": ("VOL001",)})
    assert next_steps(report, [str(file.absolute())], []) == [f"datalint advise {file.absolute()}"]


def test_what_can_be_fixed_is_fixed_before_rows_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    Path("train.jsonl").write_text(Path("train.jsonl").read_text() + "\n\n")
    report = lint("train.jsonl", config={"select": ("RDY001", "FMT006")})
    assert next_steps(report, ["--exit-zero", "train.jsonl"], [])[0] == "datalint fix train.jsonl"
    empty, good = '{"prompt": "a", "completion": ""}\n', '{"prompt": "b", "completion": "c"}\n'
    listing = "datalint check train.jsonl --select QUA002 --full"
    # What would be removed of a fifth of the rows is looked at first.
    for rows, steps in (
        (empty * 9 + good * 36, ["datalint fix train.jsonl --unsafe", listing]),
        (empty * 10 + good * 40, [listing]),
    ):
        Path("train.jsonl").write_text(rows)
        report = lint("train.jsonl", config={"select": ("RDY001", "QUA002")})
        assert next_steps(report, ["train.jsonl"], [report.rules["QUA002"]]) == steps
    # What a safe fix repairs is not removed: it comes first, also where other findings decide.
    slip = good.replace("completion", "complettion")
    for rows in (empty * 9 + good * 36 + "\n", empty * 9 + good * 36 + slip):
        Path("train.jsonl").write_text(rows)
        report = lint("train.jsonl", config={"select": ("QUA002", "FMT006", "FMT101", "FMT106")})
        assert next_steps(report, ["train.jsonl"], [report.rules["QUA002"]])[0] == "datalint fix train.jsonl"
    # So it is after a fix that removes none of them.
    Path("train.jsonl").write_text(empty * 10 + good * 40 + "\n\n")
    report = lint("train.jsonl", config={"select": ("DIV001", "FMT006", "QUA002")})
    hidden = [report.rules["DIV001"], report.rules["QUA002"]]
    assert next_steps(report, ["train.jsonl"], hidden) == ["datalint fix train.jsonl", listing]
    # A fix keeps to what was looked at.
    Path("train.jsonl").write_text(empty * 9 + good * 36)
    report = lint("train.jsonl", config={"select": ("RDY001", "QUA002")})
    hidden = [report.rules["QUA002"]]
    assert next_steps(report, ["train.jsonl", "--select=QUA", "--extend-select", "FMT106"], hidden) == [
        "datalint fix train.jsonl --select=QUA --extend-select FMT106 --unsafe",
        "datalint check train.jsonl --select QUA002 --full",
    ]


def test_a_fix_that_would_remove_most_rows_is_not_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``fix`` applies it only if its rule is named."""
    monkeypatch.chdir(tmp_path)
    Path("train.jsonl").write_text('{"prompt": "a", "completion": ""}\n' * 30)
    Path("train.tsv").write_text("text\tlabel\n" + "a\tb\tc\td\n" * 30)
    for name, rule in (("train.jsonl", "QUA002"), ("train.tsv", "FMT023")):
        report = lint(name, config={"select": (rule,)})
        assert report.findings
        assert not any("fix" in step for step in next_steps(report, [name], []))
        assert "can be fixed" not in to_text(report)


def test_a_small_evaluation_set_is_divided_again_unless_rows_are_in_both_splits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    row = Path("train.jsonl").read_text().splitlines()[0]
    Path("held.jsonl").write_text(f"{row}\n")
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("RDY",)})
    assert report.rules
    assert not any("split" in step for step in next_steps(report, ["train.jsonl"], []))
    Path("held.jsonl").write_text('{"prompt": "Where is the harbour?", "completion": "Behind the wall."}\n')
    report = lint("train.jsonl", eval="held.jsonl", config={"select": ("RDY002",)})
    (step,) = next_steps(report, ["train.jsonl"], [])
    assert step.startswith("datalint split train.jsonl held.jsonl --eval ")


def test_a_file_of_many_leads_to_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    for number in range(8):
        rows = ({"prompt": sentence(60 * number + n), "completion": sentence(1000 + n)} for n in range(60))
        Path(f"data/part-{number}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = lint("data/part-1.jsonl", eval=False, config={"select": ("VOL001",)})
    assert next_steps(report, ["data/part-1.jsonl", "--isolated"], []) == ["datalint check data --isolated"]


def test_notes_lead_to_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    report = lint("train.jsonl", config={"select": ("RDY001",)})
    shared = '48 % of the evaluation rows have the "premise" of a training row: to keep its rows in one split, try '
    noted = replace(report, notes=(printable(f"{shared}--group-by 'the premise'"),))
    assert next_steps(noted, ["train.jsonl"], [])[0] == "datalint check train.jsonl --group-by 'the premise'"
    command = "datalint check train.jsonl --eval test.jsonl"
    noted = replace(report, kind="evaluation", rules={}, notes=(printable(f"to look for rows in training: {command}"),))
    assert next_steps(noted, ["test.jsonl"], []) == [command]
    assert next_steps(noted, ["test.jsonl", "--isolated"], []) == [f"{command} --isolated"]


def test_a_note_that_says_where_the_evaluation_set_is_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [json.dumps({"prompt": sentence(n), "completion": sentence(1000 + n)}) + "\n" for n in range(600)]
    Path("parts").mkdir()
    for name, some in (("rows", rows), ("parts/train", rows[60:]), ("parts/eval", rows[:60])):
        Path(f"{name}.jsonl").write_text("".join(some))
    report = lint("rows.jsonl", config={"select": ("RDY001",)})
    assert {rule.severity.value for rule in report.rules.values()} == {"info"}
    assert next_steps(report, ["rows.jsonl"], []) == ["datalint check parts/train.jsonl"]


def test_a_file_that_is_fixed_already_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = checked(Path(), "train.clean.jsonl", held=True)
    command = command_in(concrete(AGAINST, report, None))
    assert command == "datalint dedupe train.clean.jsonl --against held.jsonl --in-place"


def test_no_next_step_removes_most_of_a_few_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f'{{"messages": [{{"role": "user", "content": "Is dock {n} free?"}}]}}' for n in range(7)]
    Path("train.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    report = lint("train.jsonl", config={"select": ("FMT",)})
    assert next_steps(report, ["train.jsonl"], []) == ["datalint rule FMT209"]


def test_files_that_cannot_be_replaced_are_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"prompt": sentence(n), "completion": sentence(900 + n)} for n in range(40)]
    Path("data").mkdir()
    for content, command in (
        ({"rows": rows}, "datalint dedupe DATA --keep longest --output FILE"),
        (rows, "datalint dedupe data --keep longest --in-place"),
    ):
        for name in ("a", "b"):
            Path(f"data/{name}.json").write_text(json.dumps(content), encoding="utf-8")
        report = lint("data", config={"select": ("DIV001",)})
        words = printable("`datalint dedupe DATA --keep longest --output FILE`")
        assert concrete(words, report, ["data"]) == f"`{command}`"


def test_no_fix_is_proposed_that_writes_the_texts_of_intents_as_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hidden = "Gate {n} of the old harbour is open​ all day."
    intents = [
        {"tag": f"gate {n}", "patterns": [f"gate {n}", f"Gate {n} "], "responses": [hidden.format(n=n)]}
        for n in range(60)
    ]
    for name, content in {"intents.json": {"intents": intents}, "list.json": intents}.items():
        Path(name).write_text(json.dumps(content), encoding="utf-8")
        report = lint(name, config={"select": ("QUA", "DIV002", "RDY001")})
        steps = next_steps(report, [name], [])
        assert ("datalint fix list.json" in steps) is (name == "list.json")
        said = plain(fix_step(report, command=False))
        assert ("in a copy as JSON Lines" in said) is (name == "intents.json")


def test_a_long_command_leaves_out_what_is_ignored_before_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ['{"prompt": "a", "completion": ""}', '{"prompt": "b", "completion": "c"}']
    Path("train.jsonl").write_text("\n".join(rows), encoding="utf-8")
    report = lint("train.jsonl", config={"select": ("QUA", "FMT")})
    hidden = [report.rules["QUA002"]]
    short = ["--ignore", "FMT006", "train.jsonl"]
    assert next_steps(report, short, hidden)[1] == "datalint check --ignore FMT006 train.jsonl --select QUA002 --full"
    long = ["--ignore", ",".join(["FMT006"] * 20), "train.jsonl"]
    assert next_steps(report, long, hidden)[1] == "datalint check train.jsonl --select QUA002 --full"


def test_what_decides_the_verdict_comes_before_a_list_of_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    checked(Path(), "train.jsonl")
    report = lint("train.jsonl", config={"select": ("RDY001",)})
    hidden = [report.rules["RDY001"]]
    assert next_steps(report, ["train.jsonl"], hidden) == [
        "datalint split train.jsonl --eval 10% --output parts",
        "datalint check train.jsonl --select RDY001 --full",
    ]


@pytest.mark.parametrize(
    ("rows", "select", "steps"),
    [
        # A copy does not decide, and a split keeps both on one side; but a safe fix is done first.
        ([*range(200), 7], ("DIV", "RDY001"), ["fix train.jsonl", "split train.jsonl --eval 40 --output parts"]),
        ([*range(200), -7], ("DIV", "RDY001"), ["split train.jsonl --eval 40 --output parts"]),
        # There are too few rows with and without the copy.
        ([*range(99), 7], ("DIV", "VOL001"), ["advise train.jsonl", "fix train.jsonl"]),
        # What passes needs no rows removed.
        ([*range(200), 7], ("DIV",), ["fix train.jsonl"]),
        ([*range(200), -7], ("DIV",), []),
    ],
)
def test_the_next_step_is_about_what_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[int], select: tuple[str, ...], steps: list[str]
) -> None:
    """A negative number is the same row with other white space, which only an unsafe fix removes."""
    monkeypatch.chdir(tmp_path)
    row = '{{"prompt": "{}", "completion": "{}"}}\n'
    texts = (row.format(sentence(abs(n)) + "  " * (n < 0), sentence(1000 + abs(n))) for n in rows)
    Path("train.jsonl").write_text("".join(texts))
    report = lint("train.jsonl", config={"select": select})
    assert any(code.startswith("DIV") for code in report.rules)
    assert next_steps(report, ["train.jsonl"], []) == [f"datalint {step}" for step in steps]


@pytest.mark.parametrize(
    ("most", "few", "proposed"),
    [
        ('{"instruction": "%s", "output": "%s"}', '{"prompt": "%s", "completion": "%s"}', "alpaca"),
        ('{"prompt": "%s", "completion": "%s"}', '{"question": "%s", "answer": "%s"}', "prompt-completion"),
        ('{"question": "%s", "answer": "%s"}', '{"prompt": "%s", "completion": "%s"}', None),
    ],
)
def test_rows_of_several_shapes_are_converted_to_the_commonest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str, few: str, proposed: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [(few if n % 4 == 1 else most) % (sentence(n), sentence(1000 + n)) for n in range(20)]
    Path("rows.jsonl").write_text("\n".join(rows))
    report = lint("rows.jsonl", config={"select": ("FMT103",)})
    remedy = next(rule.remedy for rule in report.rules.values())
    assert command_in(concrete(remedy, report, ["rows.jsonl"])) == (
        proposed and f"datalint convert rows.jsonl --to {proposed} --output rows.clean.jsonl"
    )


def test_rows_of_plain_texts_are_not_to_be_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"text": sentence(n), "label": "ab"[n % 2]} if n % 4 == 1 else {"text": sentence(n)} for n in range(20)]
    Path("rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = lint("rows.jsonl", config={"select": ("FMT103",)})
    (remedy,) = [concrete(rule.remedy, report, ["rows.jsonl"]) for rule in report.rules.values()]
    assert remedy.startswith("Put the rows of each shape into a separate dataset")
    assert "convert" not in remedy


def test_nothing_is_to_be_removed_because_of_notes_alone(tmp_path: Path) -> None:
    texts = [*map(sentence, range(98)), "So it goes!", "so it goes"]
    rows = [f'{{"text": "{text}", "label": "{"ab"[n % 2 and n < 98]}"}}\n' for n, text in enumerate(texts)]
    (tmp_path / "train.jsonl").write_text("".join(rows))
    (tmp_path / "held.jsonl").write_text(f'{rows[-1]}{{"text": "{sentence(900)}", "label": "a"}}\n')

    def remedies() -> list[str]:
        config = {"select": ("RDY003", "DIV003"), "rules": {"near-duplicate": {"notes-from": 0.01}}}
        report = lint(tmp_path / "train.jsonl", eval=tmp_path / "held.jsonl", config=config)
        return [each.remedy for each in report.rules.values()]

    assert remedies() == ["", ""]
    (tmp_path / "held.jsonl").write_text(rows[-1] + rows[0])
    assert sorted("dedupe" in each for each in remedies()) == [False, True]


def test_one_command_lists_hidden_findings(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    ends = {**dict.fromkeys(range(9), " See {{url}}."), **dict.fromkeys(range(9, 18), " and the" * 90)}
    rows = [{"prompt": sentence(n), "completion": f"{sentence(999 + n)}{ends.get(n, '')}"} for n in range(60)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = lint(str(path), eval=False, config={"select": ("QUA004", "QUA006")})
    hidden = [rule for rule in report.rules.values() if rule.count]
    assert len(hidden) == 2
    steps = next_steps(report, [str(path)], hidden)
    assert sum("--full" in step for step in steps) == 1
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize(
    ("hidden", "steps"),
    [
        (("DIV005", "QUA013"), ["check train.jsonl --select DIV005 --full", "fix train.jsonl"]),
        # What is hidden of other rules is no step where there is something to read about what decides.
        (("QUA013",), ["rule DIV005", "fix train.jsonl"]),
    ],
)
def test_no_fix_comes_before_what_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: tuple[str, ...], steps: list[str]
) -> None:
    """Diversity warns because of labels that contradict each other; what can be fixed are a character and a copy."""
    monkeypatch.chdir(tmp_path)
    texts = [(sentence(n), "ab"[n % 2]) for n in range(120)]
    texts += [(texts[n][0], "ba"[n % 2]) for n in range(3)]
    texts += [texts[50], (f"{sentence(501)}\x07{sentence(502)}", "a")]
    rows = [json.dumps({"text": text, "label": label}) for text, label in texts]
    Path("train.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    report = lint("train.jsonl", config={"select": ("DIV001", "DIV005", "QUA013")})
    assert sorted(report.rules) == ["DIV001", "DIV005", "QUA013"]
    assert report.verdict is Verdict.WARN
    found = next_steps(report, ["train.jsonl"], [report.rules[code] for code in hidden])
    assert found == [f"datalint {step}" for step in steps]
