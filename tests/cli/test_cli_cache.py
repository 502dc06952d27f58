"""With the cache or without it, the command says the same; only sooner."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cli_runs import COMMAND, FIXTURES, PATIENCE, Ran, environment
from rule_pages import PAGE

from datalint.cache import identity
from datalint.cli import check, loading, main
from datalint.cli.writing import FORMATS
from datalint.config.paths import BASELINE
from datalint.engine.execute import chunk_cache as cached
from datalint.engine.map.mapper import Mapper

#: A check that fails, and runs few rules.
CHECK = ("check", "tiny.jsonl", "--select", "VOL")
ROW = b'{"prompt": "Where do I leave the key?", "completion": "In the box beside the door, please."}\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with a user's home of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    # So that whoever edits the code while the tests run sees the tests of the cache pass.
    monkeypatch.setattr(identity, "code_identity", lambda: b"code")
    for name in ("tiny.jsonl", "broken.jsonl"):
        shutil.copy(FIXTURES / name, folder / name)
    rows = (FIXTURES / "leaky" / "train.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "train.jsonl").write_bytes(b"".join(rows[:60]))
    (folder / "below").mkdir()
    (folder / "below" / "small.jsonl").write_bytes(ROW)
    return folder


def settle() -> None:
    """Let the clock of the file system tick: a file that is as young as the run, but for 20 ms, is not trusted."""
    around = (each for each in Path.cwd().parent.rglob("*") if ".datalint_cache" not in each.parent.parts)
    states = [each.lstat() for each in around]
    youngest = max(max(state.st_mtime_ns, state.st_ctime_ns) for state in states)
    if (wait := 0.021 - (time.time_ns() - youngest) / 1e9) > 0:
        time.sleep(wait)


def run(*arguments: str, env: dict[str, str] | None = None, again: bool = False) -> Ran:
    """Run the command in this process; ``again`` fails where it is not what a run before left."""
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    settle()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, {"DATALINT_NO_CACHE": "", **(env or {})}))
        if again:
            failing = mock.Mock(side_effect=AssertionError("it was run again"))
            stack.enter_context(mock.patch.object(check, "_check", failing))
            stack.enter_context(mock.patch("datalint.operations.advise.read_facts", failing))
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(error))
        with pytest.raises(SystemExit) as done:
            main(arguments)
    whole = [stream.buffer.getvalue() for stream in (output, error)]  # type: ignore[attr-defined]
    return Ran(int(done.value.code or 0), whole[0], whole[1].decode())


def entries(project: Path) -> list[Path]:
    return sorted((project / ".datalint_cache").glob("v*/*/*"))


def assert_remembered(*arguments: str, env: dict[str, str] | None = None) -> Ran:
    plain = run(*arguments, "--no-cache", env=env)
    first = run(*arguments, env=env)
    again = run(*arguments, env=env, again=True)
    assert plain == first == again
    return again


def test_every_format_is_the_same_to_the_byte(project: Path) -> None:
    (project / "out").mkdir()
    files = {kind: project / "out" / kind for kind in FORMATS}
    outputs = [word for kind, path in files.items() for word in ("--output", f"{kind}:{path}")]

    def reports(*arguments: str, **options: bool) -> dict[str, bytes]:
        for path in files.values():
            path.write_bytes(b"")
        ran = run("check", "--select", "FMT,QUA", "broken.jsonl", *outputs, *arguments, **options)
        assert ran.code == 1
        return {kind: path.read_bytes() for kind, path in files.items()} | {"": ran.output}

    plain, first, again = reports("--no-cache"), reports(), reports(again=True)
    for kind, report in plain.items():
        assert report, kind
        assert first[kind] == report, kind
        assert again[kind] == report, kind


@pytest.mark.parametrize(
    "arguments",
    [
        ("train.jsonl",),
        ("train.jsonl", "tiny.jsonl"),
        ("tiny.jsonl", "--full", "--color", "--select", "FMT,VOL"),
        ("tiny.jsonl", "--eval", "broken.jsonl", "--exit-zero", "--select", "RDY"),
        ("tiny.jsonl", "--quiet", "--select", "FMT,VOL"),
        ("*.jsonl", "--output-format", "json", "--select", "FMT,VOL"),
        (".", "--output-format", "json", "--select", "FMT,VOL"),
        ("tiny.jsonl", "--select", "QUA", "--profile", "minimal", "--category", "category"),
    ],
)
def test_every_way_to_ask_is_the_same_to_the_byte(arguments: tuple[str, ...], project: Path) -> None:
    shutil.copy(FIXTURES / "leaky" / "eval.jsonl", project / "eval.jsonl")
    assert_remembered("check", *arguments)


def test_reports_in_files_are_written_again(project: Path) -> None:
    outputs = ("--output", "json:out/report.json", "--output", "html:out/report.html")
    arguments = ("check", "tiny.jsonl", "--select", "FMT,VOL", *outputs)
    (project / "out").mkdir()
    plain = run(*arguments, "--no-cache")
    written = {path.name: path.read_bytes() for path in (project / "out").iterdir()}
    assert run(*arguments) == plain
    shutil.rmtree(project / "out")
    (project / "out").mkdir()
    assert run(*arguments, again=True) == plain
    assert {path.name: path.read_bytes() for path in (project / "out").iterdir()} == written


def test_warnings_come_again(project: Path) -> None:
    run("baseline", "tiny.jsonl", "broken.jsonl", "--select", "FMT")
    shutil.copy("tiny.jsonl", "broken.jsonl")
    ran = assert_remembered("check", "broken.jsonl", "--select", "FMT")
    assert "match nothing" in ran.error or "matches nothing" in ran.error


def append(name: str, data: bytes = ROW) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        with (project / name).open("ab") as file:
            file.write(data)

    return change


def rewrite(name: str, text: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    return change


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
    asked = ("check", *arguments, "--select", "FMT,VOL", "--output-format", "json")
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


def test_what_the_text_looks_like_is_part_of_the_question(project: Path) -> None:
    wide, narrow = (run(*CHECK, env={"COLUMNS": width}) for width in ("150", "60"))
    assert wide != narrow
    assert run(*CHECK, env={"COLUMNS": "150"}, again=True) == wide
    assert run(*CHECK, env={"COLUMNS": "60"}, again=True) == narrow


def test_a_configuration_that_breaks_is_an_error_again(project: Path) -> None:
    run(*CHECK)
    (project / "datalint.toml").write_text("profile = 3")
    assert run(*CHECK).code == 2


def test_no_cache_leaves_nothing(project: Path) -> None:
    run(*CHECK, "--no-cache")
    run(*CHECK, env={"DATALINT_NO_CACHE": "1"})
    assert not (project / ".datalint_cache").exists()


MINE = (
    PAGE
    + """
from datalint.api import Options, Record, Severity, rule

@rule("MY001", "mine", severity=Severity.INFO, since="0.1")
def mine(record: Record, options: Options):
    return iter(())
"""
)


@pytest.mark.parametrize(
    "arguments",
    [("--allow-local-plugins", "tiny.jsonl"), (".hidden/*.jsonl",), ("missing.jsonl",)],
)
def test_what_can_not_be_told_apart_is_run_each_time(arguments: tuple[str, ...], project: Path) -> None:
    (project / ".hidden").mkdir()
    append(".hidden/a.jsonl")(project)
    (project / "datalint.toml").write_text('plugins = ["mine.py"]')
    (project / "mine.py").write_text(MINE)
    assert run("check", "--select", "VOL", *arguments) == run("check", "--select", "VOL", *arguments)
    assert not [path for path in entries(project) if path.parent.name == "reports"]


def test_a_file_that_was_written_as_the_run_began_is_read_again(project: Path) -> None:
    run(*CHECK)
    with mock.patch.object(time, "sleep"):
        append("tiny.jsonl")(project)
        run(*CHECK)
        append("tiny.jsonl", b"\n" * 10)(project)
        assert run(*CHECK) == run(*CHECK, "--no-cache")


def test_an_entry_of_another_user_is_not_believed(project: Path, tmp_path: Path) -> None:
    first = run(*CHECK)
    reports = [path for path in entries(project) if path.parent.name == "reports"]
    assert len(reports) == 1
    forged = reports[0].read_bytes().replace(b"FAIL", b"PASS").replace(b'"code": 1', b'"code": 0')
    assert forged != reports[0].read_bytes()
    reports[0].write_bytes(forged)
    assert run(*CHECK) == first
    assert run(*CHECK, again=True) == first
    other = run(*CHECK, env={"XDG_CACHE_HOME": str(tmp_path / "other")})
    assert other == first


HEAVY = ("polars", "numpy", "rich", "datalint.engine", "datalint.sources")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (CHECK, (*HEAVY, "orjson", "datalint.core.registry", "pathlib")),
        (("advise", "tiny.jsonl", "--select", "VOL"), HEAVY),
    ],
    ids=["check", "advise"],
)
def test_nothing_heavy_is_imported_for_what_is_remembered(
    arguments: tuple[str, ...], heavy: tuple[str, ...], project: Path
) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom datalint.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n"
        f"    print(*[name for name in {heavy} if name in sys.modules.keys() - before], file=sys.stderr)"
    )
    for _ in range(2):
        settle()
        done = subprocess.run(
            (sys.executable, "-c", code, *arguments),
            cwd=project,
            env=environment({"DATALINT_NO_CACHE": ""}),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == (1 if arguments[0] == "check" else 0)
    assert done.stderr.splitlines()[-1].split() == []


def test_info_and_clear(project: Path) -> None:
    assert "0 entries" in run("cache", "info").output.decode()
    run(*CHECK)
    told = json.loads(run("cache", "info", "--output-format", "json").output)
    assert told["path"] == str(project / ".datalint_cache")
    assert told["reports"]["entries"] == 1
    assert told["reports"]["bytes"] == entries(project)[-1].stat().st_size
    assert run("cache", "clear").output.decode().startswith("deleted 1 entry of ")
    assert not (project / ".datalint_cache").exists()
    assert run("cache", "clear").output.decode().startswith("deleted 0 entries of ")


@pytest.mark.parametrize("count", [0, 1])
def test_what_was_cleared_as_json(project: Path, count: int) -> None:
    if count:
        run(*CHECK)
    ran = run("cache", "clear", "--output-format", "json")
    assert json.loads(ran.output) == {"path": str(project / ".datalint_cache"), "deleted": count}
    assert not (project / ".datalint_cache").exists()


def test_the_folder_can_be_named(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "deep" / "cache"
    run(*CHECK, "--cache-dir", str(elsewhere))
    run("check", "broken.jsonl", "--select", "VOL", env={"DATALINT_CACHE_DIR": str(elsewhere)})
    assert not (project / ".datalint_cache").exists()
    told = json.loads(run("cache", "info", "--cache-dir", str(elsewhere), "--output-format", "json").output)
    assert told["reports"]["entries"] == 2


def test_it_lies_beside_the_configuration(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "datalint.toml").write_text("")
    (project / "deep").mkdir()
    monkeypatch.chdir(project / "deep")
    run("check", "../tiny.jsonl", "--select", "VOL")
    assert (project / ".datalint_cache").is_dir()
    assert not (project / "deep" / ".datalint_cache").exists()
    assert str(project / ".datalint_cache") in run("cache", "info").output.decode()


def test_trouble_is_told_once_and_changes_nothing(project: Path) -> None:
    plain = run(*CHECK, "--no-cache")
    (project / ".datalint_cache").write_bytes(b"a file in its place")
    ran = run(*CHECK)
    assert (ran.code, ran.output) == (plain.code, plain.output)
    assert ran.error.count("\n") == 1
    assert ran.error.startswith("warning: ")
    assert "--no-cache" in ran.error
    assert run(*CHECK, "--quiet").error == ""


def test_what_a_reader_did_not_take_is_not_remembered(project: Path) -> None:
    done = subprocess.Popen(
        (*COMMAND, *CHECK),
        cwd=project,
        env=environment({"DATALINT_NO_CACHE": ""}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.stdout is not None
    done.stdout.close()
    _, error = done.communicate(timeout=PATIENCE)
    assert error == b""
    assert not [path for path in entries(project) if path.parent.name == "reports"]


@pytest.fixture
def parts(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of files, a chunk each, and as many as it takes for chunks to be kept."""
    monkeypatch.setattr(cached, "LEAST", 0)
    monkeypatch.setattr("datalint.sources.grouping.SMALL", 0)
    monkeypatch.setattr(loading, "cores", lambda: 1)
    rows = (project / "train.jsonl").read_bytes().splitlines(keepends=True)
    for folder, count in (("old", 4), ("new", 5)):
        (project / folder).mkdir()
        for number in range(count):
            (project / folder / f"{number}.jsonl").write_bytes(b"".join(rows[number::count]))
    return project


def fresh(*arguments: str, mapped: bool = True, **options: Any) -> tuple[Ran, bytes]:
    """Run a command that has not written its baseline yet; unless ``mapped``, fail where it maps a chunk."""
    Path(BASELINE).unlink(missing_ok=True)
    failing = mock.Mock(side_effect=AssertionError("it was mapped again"))
    with contextlib.nullcontext() if mapped else mock.patch.object(Mapper, "_map", failing):
        ran = run(*arguments, **options)
    return ran, Path(BASELINE).read_bytes() if Path(BASELINE).exists() else b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("baseline", "new", "--select", "FMT,VOL"),
        ("clusters", "new", "--output-format", "json"),
        ("clusters", "new", "--view", "example", "--check-recall"),
        ("compare", "old", "new", "--select", "FMT,VOL", "--output-format", "json"),
    ],
    ids=" ".join,
)
def test_commands_that_keep_no_report_map_no_chunk_again(arguments: tuple[str, ...], parts: Path) -> None:
    plain = fresh(*arguments, "--no-cache")
    assert not entries(parts)
    assert fresh(*arguments) == plain
    assert {path.parent.name for path in entries(parts)} == {"chunks"}
    assert fresh(*arguments, mapped=False) == plain
    # Trouble with another folder is told, and nothing else changes.
    (parts / "elsewhere").write_bytes(b"a file in its place")
    ran, baseline = fresh(*arguments, "--cache-dir", "elsewhere")
    assert (ran.code, ran.output, baseline) == (plain[0].code, plain[0].output, plain[1])
    assert ran.error.count("warning: ") == 1
    assert "elsewhere" in ran.error


def test_commands_use_the_chunks_of_check(parts: Path) -> None:
    baseline = ("baseline", "new", "--select", "FMT,VOL")
    plain = fresh(*baseline, "--no-cache")
    run("check", "new", "--select", "FMT,VOL", "--cache-dir", "elsewhere")
    assert fresh(*baseline, "--cache-dir", "elsewhere", mapped=False) == plain
    for path in (parts / "elsewhere").glob("v*/chunks/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert fresh(*baseline, "--cache-dir", "elsewhere") == plain


def test_a_work_dir_keeps_chunks_without_the_cache(parts: Path) -> None:
    check = ("check", "new", "--select", "FMT,VOL", "--output-format", "json")
    plain = fresh(*check, "--no-cache")
    kept = (*check, "--no-cache", "--work-dir", "work")
    assert fresh(*kept) == plain
    assert not entries(parts)
    assert len(list((parts / "work").glob("v*/chunks/*"))) == 5
    assert fresh(*kept, mapped=False) == plain
    assert fresh(*check, "--work-dir", "work", mapped=False) == plain
    assert {path.parent.name for path in entries(parts)} == {"reports"}


def test_trouble_with_a_work_dir_is_told(parts: Path) -> None:
    check = ("check", "new", "--select", "FMT,VOL", "--output-format", "json", "--no-cache")
    plain, _ = fresh(*check)
    (parts / "work").write_bytes(b"a file in its place")
    ran, _ = fresh(*check, "--work-dir", "work")
    assert (ran.code, ran.output) == (plain.code, plain.output)
    assert "work can't keep this run to resume it: " in ran.error


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
    assert "train.en may have a line for each line" in assert_remembered(*arguments).text
    (project / "train.en").write_text(lines + "One more.\n")
    assert "may have a line for each line" not in run(*arguments).text


def test_a_file_that_a_row_names_is_looked_for_again(project: Path) -> None:
    turns = [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}]
    (project / "seen.jsonl").write_text(json.dumps({"messages": turns, "images": ["./dot.png"]}) + "\n")
    arguments = ("check", "seen.jsonl", "--select", "FMT403")
    assert b"FMT403" in assert_remembered(*arguments).output
    (project / "dot.png").write_bytes(b"")
    assert b"FMT403" not in run(*arguments).output
