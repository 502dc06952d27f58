"""Whatever changes what a command says is seen, though the command keeps what it said before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cache_runs import ROW, append, assert_remembered, rewrite, run
from cli_runs import FIXTURES


def same_size(project: Path) -> None:
    data = (project / "tiny.jsonl").read_bytes()
    (project / "tiny.jsonl").write_bytes(data.replace(b"time", b"tide"))


@pytest.mark.parametrize(
    ("arguments", "change"),
    [
        (("tiny.jsonl",), append("tiny.jsonl")),
        (("tiny.jsonl",), same_size),
        (("tiny.jsonl",), rewrite("datalint.toml", 'profile = "minimal"')),
        (("tiny.jsonl",), rewrite("../datalint.toml", 'profile = "minimal"')),
        (("tiny.jsonl",), rewrite("pyproject.toml", '[tool.datalint]\nprofile = "minimal"')),
        (("tiny.jsonl", "--config", "my.toml"), rewrite("my.toml", 'profile = "minimal"')),
        (("tiny.jsonl", "--eval", "broken.jsonl"), append("broken.jsonl")),
        (("tiny.jsonl", "--schema", "schema.json"), rewrite("schema.json", '{"required": ["topic"]}')),
        (("train.jsonl",), rewrite("eval.jsonl", ROW.decode())),
        (("tiny.jsonl",), lambda project: shutil.copy("tiny.jsonl", "tiny_val.jsonl")),
        (("*.jsonl",), append("another.jsonl")),
        ((".",), append("another.jsonl")),
        ((".",), rewrite("below/datalint.toml", 'profile = "minimal"')),
        (("tiny.jsonl", "below/small.jsonl"), rewrite("below/datalint.toml", 'profile = "minimal"')),
        (("broken.jsonl",), lambda project: run("baseline", "broken.jsonl", "--select", "FMT")),
    ],
)  # fmt: skip
def test_a_change_is_seen(arguments: tuple[str, ...], change: Callable[[Path], object], project: Path) -> None:
    rewrite("my.toml", 'profile = "strict"')(project)
    rewrite("schema.json", "{}")(project)
    asked = ("check", *arguments, "--select", "VOL001,FMT001,FMT109", "--output-format", "json")
    before = run(*asked)
    assert run(*asked, again=True) == before
    change(project)
    after = run(*asked)
    assert after != before
    assert after == run(*asked, "--no-cache")
    assert run(*asked, again=True) == after


ADVISE = ("advise", "train.jsonl", "--select", "VOL", "--output-format", "json")


def test_advice_reads_unchanged_data_once(project: Path) -> None:
    assert_remembered(*ADVISE)
    for more in (("--goal", "style"), ("--gpu", "24GB", "--rank", "8", "--output-format", "text")):
        assert run(*ADVISE, *more, again=True) == run(*ADVISE, *more, "--no-cache")


@pytest.mark.parametrize(
    ("arguments", "change"),
    [
        ((), append("train.jsonl")),
        ((), rewrite("eval.jsonl", ROW.decode())),
        ((), rewrite("datalint.toml", '[plan]\ntask = "chat"')),
        (("--plan", "my.toml"), rewrite("my.toml", '[plan]\ntask = "chat"')),
        (("--model", "chatml"), rewrite("chatml/chat_template.jinja", "{{ messages }} and more")),
    ],
)  # fmt: skip
def test_advice_sees_a_change(arguments: tuple[str, ...], change: Callable[[Path], object], project: Path) -> None:
    shutil.copytree(FIXTURES / "models" / "chatml", project / "chatml")
    rewrite("my.toml", '[plan]\ntask = "generation"')(project)
    before = run(*ADVISE, *arguments)
    assert run(*ADVISE, *arguments, again=True) == before
    change(project)
    after = run(*ADVISE, *arguments)
    assert after != before
    assert after == run(*ADVISE, *arguments, "--no-cache")


def test_an_evaluation_set_beside_what_a_glob_of_the_configuration_names_is_seen(project: Path) -> None:
    (project / "datalint.toml").write_text('data = ["tr*.jsonl"]')
    asked = ("check", "--select", "VOL", "--output-format", "json")
    before = run(*asked)
    assert run(*asked, again=True) == before
    (project / "valid.jsonl").write_bytes(ROW)
    after = run(*asked)
    assert after != before
    assert after == run(*asked, "--no-cache")


@pytest.mark.parametrize("name", ["public_test", "gold"])
def test_a_file_that_may_be_the_evaluation_set_is_seen(project: Path, name: str) -> None:
    asked = ("check", "tiny.jsonl", "--select", "RDY001", "--output-format", "json")
    before = run(*asked)
    assert run(*asked, again=True) == before
    keys = json.loads((project / "tiny.jsonl").read_text().splitlines()[0])
    other = {"messages": [{"role": "user", "content": "Hi"}]} if "messages" in keys else dict.fromkeys(keys, "Hi")
    (project / f"{name}.jsonl").write_text((json.dumps(dict.fromkeys(keys, "Hi") | other) + "\n") * 10)
    after = run(*asked)
    assert after != before
    assert run(*asked, again=True) == after
    (project / f"{name}.jsonl").write_text('{"other": 1}\n')
    assert run(*asked) == before


def test_what_a_readme_says_of_the_data_is_seen(project: Path) -> None:
    shutil.copy(project / "tiny.jsonl", project / "below" / "tiny.jsonl")
    asked = ("check", "below/tiny.jsonl", "--select", "VOL", "--output-format", "json")
    before = run(*asked)
    assert run(*asked, again=True) == before
    (project / "below" / "README.md").write_text("A benchmark that measures what models know.")
    after = run(*asked)
    assert (json.loads(before.output)["kind"], json.loads(after.output)["kind"]) == ("sft", "evaluation")
    assert run(*asked, again=True) == after
    (project / "below" / "README.md").write_text("A model was trained on these answers here.")
    assert run(*asked) == before
    (project / "below" / "README.md").write_text("A benchmark that measures what models know.")
    (project / "below" / "my_train.jsonl").write_bytes(ROW)
    assert run(*asked) == before


def test_files_that_were_made_from_the_data_are_seen(project: Path) -> None:
    asked = ("check", "tiny.jsonl", "--select", "RDY001", "--output-format", "json")
    rows = "".join(
        f'{{"prompt": "Where is chair {n}?", "completion": "It is in room {n}, I think."}}\n' for n in range(60)
    )
    (project / "tiny.jsonl").write_text(rows)
    (project / "parts").mkdir()
    (project / "parts" / "train.jsonl").write_text(rows[:2000])
    before = run(*asked)
    assert run(*asked, again=True) == before
    # Others make folders there too, as in one for temporary files.
    (project / "other").mkdir()
    (project / "other" / "training.log").touch()
    assert run(*asked, again=True) == before
    (project / "parts" / "val.jsonl").write_text(rows)
    after = run(*asked)
    assert after != before
    assert run(*asked, again=True) == after
    (project / "parts" / "val.jsonl").write_text('{"other": 1}\n')
    assert run(*asked) == before
    shutil.copytree(project / "parts", project / "more")
    (project / "more" / "dev.jsonl").write_text(rows)
    assert run(*asked) != before


def test_only_what_may_belong_to_the_data_is_seen_above_it(project: Path) -> None:
    asked = ("check", "below/small.jsonl", "--select", "RDY001", "--output-format", "json")
    before = run(*asked)
    (project / "more_test.jsonl").write_bytes(ROW * 20)
    (project / "beneath").mkdir()
    assert run(*asked, again=True) == before
    (project / "Small-test.jsonl").write_bytes(b'{"prompt": "Who is there?", "completion": "Only the cat."}\n' * 20)
    assert run(*asked) != before


@pytest.mark.parametrize(
    ("data", "held"), [("train/set/a", "test/set/b"), ("sft/a", "eval/b"), ("all/a", "all_test/b")]
)
def test_folders_of_other_splits_are_seen(data: str, held: str, project: Path) -> None:
    for name in (data, held):
        (project / name).parent.mkdir(parents=True)
    (project / f"{data}.jsonl").write_bytes(ROW)
    shutil.rmtree(project / held.partition("/")[0])
    asked = ("check", f"{data}.jsonl", "--select", "RDY001", "--output-format", "json")
    before = run(*asked)
    (project / held).parent.mkdir(parents=True)
    (project / f"{held}.jsonl").write_bytes(b'{"prompt": "Who is there?", "completion": "Only the cat."}\n' * 20)
    assert run(*asked) == run(*asked, "--no-cache") != before


@pytest.mark.parametrize(
    ("data", "decides"),
    [
        ("x/test/set/rows.jsonl", "x/train/"),
        ("faq_test_dogs.jsonl", "faq_train_dogs.jsonl"),
        ("queries.jsonl", "qrels.tsv"),
    ],
)
def test_what_makes_the_name_that_of_an_evaluation_set_is_seen(data: str, decides: str, project: Path) -> None:
    (project / data).parent.mkdir(parents=True, exist_ok=True)
    (project / data).write_bytes(ROW)
    asked = ("check", data, "--select", "RDY001", "--output-format", "json")
    before = run(*asked)
    assert run(*asked, again=True) == before
    if decides.endswith("/"):
        (project / decides).mkdir()
    else:
        (project / decides).write_bytes(ROW)
    assert run(*asked) == run(*asked, "--no-cache") != before


def test_annotations_next_to_texts_are_seen(project: Path) -> None:
    for number in range(3):
        (project / f"{number}.txt").write_text(f"The ferry to island {number} leaves at noon.\n")
    asked = ("check", "0.txt", "1.txt", "2.txt", "--select", "VOL001")
    before = run(*asked)
    assert run(*asked, again=True) == before
    for number in range(2):
        (project / f"{number}.ann").write_text("")
    after = run(*asked)
    assert ".ann files" in after.text
    assert after == run(*asked, "--no-cache")
    assert run(*asked, again=True) == after
    (project / "1.ann").unlink()
    assert run(*asked) == before


def test_texts_of_another_class_next_to_texts_are_seen(project: Path) -> None:
    (project / "neg.txt").write_text("The ferry to the island leaves at noon.\n")
    asked = ("check", "neg.txt", "--kind", "text", "--eval", "false", "--select", "VOL001")
    before = run(*asked)
    assert run(*asked, again=True) == before
    (project / "pos.txt").write_text("")
    after = run(*asked)
    assert "its name may be the label" in after.text
    assert after == run(*asked, "--no-cache")
    (project / "pos.txt").unlink()
    assert run(*asked) == before


def test_files_that_may_be_other_parts_or_splits_are_seen(project: Path) -> None:
    def asked(path: str, **changed: str) -> None:
        question = ("check", path, "--select", "RDY001,VOL001", "--output-format", "json")
        before = run(*question)
        assert run(*question, again=True) == before
        for name, text in changed.items():
            (project / name).parent.mkdir(exist_ok=True)
            (project / f"{name}.jsonl").write_text(text)
        after = run(*question)
        assert after != before
        assert run(*question, again=True) == after
        assert after == run(*question, "--no-cache")

    rows = (project / "tiny.jsonl").read_text()
    (project / "broken.jsonl").unlink()
    asked("tiny.jsonl", **{f"part {n}": rows for n in range(6)})
    asked("tiny.jsonl", **{"part 0": '{"other": 1}\n'})
    (project / "my_test.jsonl").write_text(rows)
    asked("my_test.jsonl", my_train=rows)
    asked("my_test.jsonl", my_train='{"other": 1}\n')
    for name in ("train", "val", "dev"):
        (project / "both").mkdir(exist_ok=True)
        (project / f"both/{name}.jsonl").write_text(rows)
    asked("both", **{"both/dev": '{"other": 1}\n'})
    asked("both", **{"both/dev": rows})
    shutil.rmtree(project / "both")
    (project / "merged").mkdir()
    (project / "merged/rows.jsonl").write_text(rows)
    asked("merged/rows.jsonl", **{"mergedTest/rows": rows.replace("?", " or not?").replace(". ", "! ")})


@pytest.mark.parametrize("template", ["chat_template.jinja", "additional_chat_templates/default.jinja"])
def test_a_changed_model_is_seen(project: Path, template: str) -> None:
    shutil.copytree(FIXTURES / "models" / "chatml", project / "chatml")
    arguments = ("check", "tiny.jsonl", "--model", "chatml", "--max-length", "20", "--select", "VOL004")
    assert "over-long-example" in assert_remembered(*arguments).text
    (project / "chatml" / template).parent.mkdir(exist_ok=True)
    (project / "chatml" / template).write_text("{{ messages | length }}")
    assert "over-long-example" not in run(*arguments).text


def test_a_changed_other_side_is_seen(project: Path) -> None:
    lines = "".join(f"The bus of line {n} is late.\n" for n in range(20))
    for name in ("train.de", "train.en"):
        (project / name).write_text(lines)
    arguments = ("check", "train.de", "--select", "FMT")
    assert "with the same line of train.de" in assert_remembered(*arguments).text
    (project / "train.de").write_text(lines + "One more.\n")
    assert "not read as pairs" in assert_remembered(*arguments).text
    (project / "train.de").write_text(lines)
    assert "with the same line of train.de" in assert_remembered(*arguments).text
    (project / "train.fr").write_text(lines)
    assert "(`datalint check train.de train.en`)" in " ".join(run(*arguments).text.split())


def test_numbers_of_rows_are_seen(project: Path) -> None:
    (project / "rows.csv").write_text("text,label\n" + "".join(f"The bus {n} is late.,{n % 2}\n" for n in range(30)))
    arguments = ("check", "rows.csv", "--select", "FMT")
    assert "has numbers of its rows" not in assert_remembered(*arguments).text
    (project / "test.txt").write_text("".join(f"{n}\n" for n in range(12)))
    assert "test.txt has numbers of its rows" in assert_remembered(*arguments).text
    (project / "test.txt").write_text("".join(f"{n * n}\n" for n in range(12)))
    assert "has numbers of its rows" not in run(*arguments).text


def test_a_file_that_a_row_names_is_looked_for_again(project: Path) -> None:
    turns = [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}]
    (project / "seen.jsonl").write_text(json.dumps({"messages": turns, "images": ["./dot.png"]}) + "\n")
    arguments = ("check", "seen.jsonl", "--select", "FMT403")
    assert b"FMT403" in assert_remembered(*arguments).output
    (project / "dot.png").write_bytes(b"")
    assert b"FMT403" not in run(*arguments).output
