"""The action's scripts, run as its steps run them: with the runner's variables, in any workspace."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest
import yaml
from action_runs import ROOT, act, captured, module, obeyed, values
from hypothesis import given
from hypothesis import strategies as st

ACTION: Final = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
LIMIT: Final = 1024 * 1024
HOSTILE: Final = [
    "::set-output name=verdict::pass",
    "  ::error title=forged::all is well",
    "x ##[error]forged",
    "::stop-commands::forged",
    "\x1b[2J\x9b31m::add-mask::a",
    "\u2028::warning::forged",
    "</details><script>alert(1)</script> ``` | ![x](https://example.org/x)",
]

workflow = module("workflow")


def test_a_good_dataset_passes_and_leaves_its_reports(workspace: Path) -> None:
    step = act(
        workspace,
        apart=True,
        paths="fixtures/good/train.jsonl\n",
        sarif="reports/a.sarif",
        comment_file="reports/a.md",
        html="reports/a.html",
    )
    assert step.code == 0
    assert {name: step.outputs[name] for name in ("verdict", "score")} == {"verdict": "pass", "score": "100"}
    assert json.loads((workspace / step.outputs["sarif-file"]).read_bytes())["version"] == "2.1.0"
    assert (workspace / step.outputs["comment-file"]).read_text(encoding="utf-8").startswith("<!-- datalint -->")
    assert (workspace / step.outputs["html-file"]).read_bytes().startswith(b"<!")
    assert json.loads(Path(step.outputs["json-file"]).read_bytes())["verdict"] == "pass"
    assert "pass, score 100 of 100" in step.summary
    assert set(step.outputs) == set(ACTION["outputs"])


@pytest.mark.parametrize(
    ("inputs", "code", "verdict"),
    [
        ({}, 1, "fail"),
        ({"fail_on": "never"}, 0, "fail"),
        ({"fail_on": "warn"}, 1, "fail"),
        ({"fail_on": "maybe"}, 2, "error"),
        ({"config": "minimal.toml"}, 0, "warn"),
        ({"config": "nowhere.toml"}, 2, "error"),
    ],
)
def test_the_gate(workspace: Path, inputs: dict[str, str], code: int, verdict: str) -> None:
    (workspace / "minimal.toml").write_text('profile = "minimal"\n', encoding="utf-8")
    step = act(workspace, paths="fixtures/leaky/train.jsonl", **inputs)
    assert (step.code, step.outputs.get("verdict")) == (code, verdict)
    if code == 1:
        assert "RDY003" in step.commands[1]
        assert step.outputs["sarif-file"] == ""


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"sarif": "train.jsonl"}, "would overwrite the input train.jsonl"),
        ({"html": "held.jsonl", "eval": "held.jsonl"}, "would overwrite the evaluation set held.jsonl"),
        ({"comment_file": "datalint.toml"}, "would overwrite the configuration file"),
        ({"sarif": "one.txt", "html": "one.txt"}, "are one file"),
    ],
)
def test_no_output_overwrites_what_is_checked(workspace: Path, inputs: dict[str, str], told: str) -> None:
    for name in ("train.jsonl", "held.jsonl", "datalint.toml"):
        (workspace / name).write_text("" if name == "datalint.toml" else '{"prompt": "a", "completion": "b"}\n')
    before = {name: (workspace / name).read_bytes() for name in ("train.jsonl", "held.jsonl", "datalint.toml")}
    step = act(workspace, paths="train.jsonl", **inputs)
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert told in step.log
    assert {name: (workspace / name).read_bytes() for name in before} == before


def test_several_paths_stand_on_lines_of_their_own(workspace: Path) -> None:
    (workspace / "a b.jsonl").write_bytes((workspace / "fixtures" / "tiny.jsonl").read_bytes())
    step = act(workspace, paths=" a b.jsonl \n\nfixtures/good/*.jsonl", fail_on="never")
    files = json.loads(Path(step.outputs["json-file"]).read_bytes())["files"]
    assert [file["path"] for file in files if file["split"] == "train"][:1] == ["a b.jsonl"]
    assert len(files) == 3


def test_the_configuration_names_the_data(workspace: Path) -> None:
    (workspace / "datalint.toml").write_text('data = ["fixtures/good/train.jsonl"]\n', encoding="utf-8")
    assert act(workspace).outputs["verdict"] == "pass"


@pytest.mark.parametrize(
    ("paths", "message"),
    [("nowhere.jsonl", "no such file"), ("no*.jsonl", "no file matches"), ("", "nothing to check"), ("--help", "")],
)
def test_nothing_to_check_says_where_it_looked(workspace: Path, paths: str, message: str) -> None:
    step = act(workspace, paths=paths)
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert message in step.commands[0]
    assert "give the input paths" in step.commands[0]


def test_an_empty_workspace_lacks_a_checkout(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    step = act(folder, apart=True, paths="train.jsonl")
    assert step.code == 2
    assert "actions/checkout" in step.commands[0]


def test_git_lfs_pointers_are_named(workspace: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'4d' * 32}\nsize 12345\n"
    (workspace / "train.jsonl").write_text(pointer, encoding="utf-8", newline="\n")
    step = act(workspace, paths="train.jsonl")
    assert step.code == 1
    assert "lfs: true" in step.commands[-1]


def test_rows_give_the_runner_no_commands(workspace: Path) -> None:
    lines = [*HOSTILE, *(json.dumps({"prompt": text, "completion": text, text: text}) for text in HOSTILE)]
    (workspace / "##[error]x.jsonl").write_text("\n".join(lines * 2), encoding="utf-8", newline="\n")
    step = act(workspace, paths="##[error]x.jsonl")
    assert step.code == 1
    assert "##[" not in step.log
    assert "\x1b" not in step.log
    assert all(
        re.match(r"::(error|warning|notice) (file=[^:]*,)?(line=\d+,)?title=(datalint%3A|[A-Z]{3}\d{3}) ", c)
        for c in step.commands
    )
    assert step.outputs["verdict"] == "fail"
    assert "<script>" not in step.summary
    nowhere = act(workspace, paths="  ::error title=forged::x ##[error]y.jsonl")
    assert nowhere.code == 2
    assert len(nowhere.commands) == 1
    assert "##[" not in nowhere.log


def test_the_log_folds_the_findings_and_shows_the_verdict_below(workspace: Path) -> None:
    lines = (f'{{"k{number}": 1, "k{number}": 2}}\n' for number in range(2050))
    (workspace / "datalint.toml").write_text('select = ["FMT010"]\n', encoding="utf-8")
    (workspace / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    step = act(workspace, paths="many.jsonl")
    head, fold, rest = step.log.partition("::group::findings\n")
    inside, end, after = rest.partition("::endgroup::\n")
    assert (bool(fold), bool(end)) == (True, True)
    assert "many.jsonl" in head.splitlines()[1]
    assert any(line.startswith("FAIL  score") for line in after.splitlines()[2:4])
    assert "error[FMT" not in head
    assert "error[FMT" in inside
    assert len(inside.splitlines()) < 2010
    assert "more lines; the output json-file has every finding" in inside
    assert "::\n::error title=datalint%3A fail::" in after


def test_the_summary_keeps_inside_its_limit(workspace: Path) -> None:
    step = act(workspace, paths="fixtures/tiny.jsonl", summary="x" * (LIMIT - 100))
    assert step.code == 1
    assert len(step.summary) == LIMIT - 100
    assert any("no summary" in command for command in step.commands)
    before = act(workspace, paths="fixtures/tiny.jsonl", summary="before\n").summary
    assert before.startswith("before\n## ")


def test_the_repository_brings_no_code(workspace: Path) -> None:
    for name in ("json", "datalint", "base", "workflow", "sitecustomize"):
        (workspace / f"{name}.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    assert act(workspace, apart=True, paths="fixtures/tiny.jsonl").code == 1


@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.lists(st.sampled_from(HOSTILE)).map("\n".join))
def test_plain_text_is_no_command(text: str) -> None:
    assert obeyed(workflow.plain(text)) == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60))
def test_outputs_hold_any_value(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "output"
        patch.setenv("GITHUB_OUTPUT", str(target))
        workflow.set_output("a", text)
        workflow.set_output("b", "end")
        with target.open(encoding="utf-8", newline="") as file:
            assert values(file.read()) == {"a": text, "b": "end"}


# The metadata.


def test_inputs_reach_the_scripts_through_the_environment_alone() -> None:
    steps = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert all(step["shell"] == "bash" and "${{" not in step["run"] for step in steps)
    handed = {name: value for step in steps for name, value in step["env"].items() if name.startswith("INPUT_")}
    assert handed == {f"INPUT_{n.upper().replace('-', '_')}": f"${{{{ inputs.{n} }}}}" for n in ACTION["inputs"]}
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "action").glob("*.py"))
    assert all(f'"{name.removeprefix("INPUT_")}"' in scripts for name in handed)


def test_an_installation_that_fails_says_why() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_"))}
    done = subprocess.run(
        [sys.executable, "-I", str(ROOT / "action" / "install.py")],
        env=kept | {"INPUT_VERSION": "latest"}, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert obeyed(done.stdout) == done.stdout.splitlines()
    assert "is not one such as 1.2.3" in done.stdout


@pytest.mark.parametrize("version", ["1.0; rm", "1.0 --index-url=x", "-r x", "@x", "1.0\n2.0", "9" * 500])
def test_versions_are_versions(version: str) -> None:
    code, output, _ = captured(module("install").main, {"INPUT_VERSION": version})
    assert code == 2
    assert obeyed(output.decode()) == output.decode().splitlines()
    assert b"is not one such as 1.2.3" in output


def test_a_version_or_the_action_itself_is_installed() -> None:
    requirement = module("install").requirement
    assert requirement("1.2.3rc1", str(ROOT)) == "datalint-sft==1.2.3rc1"
    assert requirement("", str(ROOT)) == str(ROOT.resolve())
    with pytest.raises(ValueError, match="GITHUB_ACTION_PATH"):
        requirement("", "")
