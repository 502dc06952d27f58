"""Every command keeps to what docs/security.md says, whichever it is: what it reads, writes and shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hostile import ROOT, Checkout, run

from datalint.cli.main import cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

SECRET: Final = "ghp_" + "Zk3vQx9TnB5rLw8YcH2m" + "Jd7GfP4sXe6AuR1V"
PRIVATE: Final = "only-outside-of-the-checkout"
ROWS: Final = "".join(
    json.dumps({"prompt": f"Which card opens dock {n}? {SECRET}", "completion": f"Card {n * 7919 % 1000}."}) + "\n"
    for n in (1, 2, 3, 3)
)


class Command(NamedTuple):
    """How a command is called: arguments with INPUT for what it reads, and options with OUTPUT for what it writes."""

    arguments: str
    output: str = ""
    #: Names of what is written where OUTPUT is a folder.
    files: tuple[str, ...] = ()


#: Every command that reads rows or a model.
COMMANDS: Final = {
    "check": Command("INPUT", "--output json:OUTPUT"),
    "init": Command("INPUT --force"),
    "fix": Command("INPUT --unsafe", "--output OUTPUT"),
    "dedupe": Command("INPUT", "--output OUTPUT"),
    "split": Command("INPUT --eval 1", "--output OUTPUT", ("train.jsonl", "eval.jsonl", "split.json")),
    "convert": Command("INPUT --to openai-chat", "--output OUTPUT"),
    "compare": Command("INPUT other.jsonl", "--output json:OUTPUT"),
    "baseline": Command("INPUT", "--baseline OUTPUT"),
    "advise": Command("INPUT", "--output json:OUTPUT"),
    "stats": Command("INPUT", "--output json:OUTPUT"),
    "preview": Command("INPUT --model model", "--output json:OUTPUT"),
    "clusters": Command("INPUT", "--output json:OUTPUT"),
    "review": Command("export INPUT", "--output OUTPUT"),
    "model": Command("model"),
}
#: Those that read neither.
WITHOUT: Final = {"models", "targets", "target", "rules", "rule", "config", "cache"}
READING: Final = [name for name, command in COMMANDS.items() if "INPUT" in command.arguments]
WRITING: Final = [name for name, command in COMMANDS.items() if command.output]


@pytest.fixture
def place(checkout: Checkout, tmp_path: Path) -> Checkout:
    """A checkout with rows, a model and a configuration, next to a folder that is none of its business."""
    for name in ("train.jsonl", "other.jsonl"):
        checkout.write(name, ROWS)
    checkout.write("datalint.toml", 'model = "model"\n')
    shutil.copytree(ROOT / "fixtures" / "models" / "chatml", checkout.path / "model")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "rows.jsonl").write_text(json.dumps({"prompt": PRIVATE, "completion": PRIVATE}) + "\n")
    return checkout


def call(name: str, source: str = "train.jsonl", output: str | None = None, *more: str) -> tuple[str, ...]:
    """Return the arguments of a command."""
    command = COMMANDS[name]
    words = [name, *command.arguments.replace("INPUT", source).split(), *more]
    if output is not None:
        words += command.output.replace("OUTPUT", output).split()
    elif name in ("convert", "review"):
        words += ["--output", "-"]
    return tuple(words)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_lists_have_every_command() -> None:
    assert set(COMMANDS) | WITHOUT == set(cli.list_commands(None))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", READING)
def test_it_reads_nothing_outside(place: Checkout, name: str) -> None:
    place.link("link.jsonl", "../outside/rows.jsonl")
    before = contents(place.path)
    for source in ("../outside/rows.jsonl", "link.jsonl", "../outside", "../outside/*.jsonl"):
        done = run(*call(name, source, None, "--confine", "."), cwd=place.path)
        assert (done.code, "--confine" in done.error, PRIVATE in done.output + done.error) == (2, True, False)
    assert contents(place.path) == before


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("kind", ["device", "link to a device", "pipe"])
def test_it_reads_regular_files_alone(place: Checkout, name: str, kind: str) -> None:
    source = {"device": "/dev/zero", "link to a device": "zero.jsonl", "pipe": "pipe.jsonl"}[kind]
    place.link("zero.jsonl", "/dev/zero")
    os.mkfifo(place.path / "pipe.jsonl")
    done = run(*call(name, source), cwd=place.path)
    assert (done.code, "only regular files are read" in done.error) == (2, True), done.error


@pytest.mark.parametrize("name", sorted({*READING, "model"} - {"init", "convert"}))
def test_its_model_lies_inside(place: Checkout, name: str) -> None:
    (place.path.parent / "outside" / "template").write_text(PRIVATE)
    (place.path / "model" / "chat_template.jinja").unlink()
    place.link("model/chat_template.jinja", "../../outside/template")
    needs = () if name in ("model", "preview") else ("--model", "model")
    if name in ("compare", "dedupe", "split", "review"):
        needs = ()  # they know the model from the configuration
    done = run(*call(name, "train.jsonl", None, *needs, "--confine", "."), cwd=place.path)
    assert PRIVATE not in done.output + done.error
    assert (done.code, "--confine" in done.error) == (2, True) or name in ("dedupe", "split", "clusters", "fix")


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("spelling", ["train.jsonl", "./data/../train.jsonl", "hard", "soft", "datalint.toml", "model"])
def test_it_overwrites_nothing_that_it_reads(place: Checkout, name: str, spelling: str) -> None:
    """Of a folder that it writes to, no file is one that it reads."""
    command = COMMANDS[name]
    target = "model/chat_template.jinja" if spelling == "model" else spelling
    if command.files:
        if spelling in ("datalint.toml", "model"):
            pytest.skip("has names of its own for what it writes")
        source, target = (place.path / target).resolve() if spelling[0] in "t." else place.path / "train.jsonl", "parts"
        (place.path / "parts").mkdir()
        written = place.path / "parts" / command.files[0]
        if spelling == "soft":
            written.symlink_to(source)
        else:
            written.hardlink_to(source)
    elif spelling == "hard":
        (place.path / "hard").hardlink_to(place.path / "train.jsonl")
    elif spelling == "soft":
        place.link("soft", "train.jsonl")
    before = contents(place.path)
    done = run(*call(name, "train.jsonl", target), cwd=place.path)
    assert (done.code, " would overwrite the " in done.error) == (2, True), done.error
    assert contents(place.path) == before


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("target", ["../outside/new", "linked/new", ".git/new"])
def test_it_writes_nothing_outside(place: Checkout, name: str, target: str) -> None:
    place.link("linked", "../outside")
    before, git = contents(place.path.parent), sorted((place.path / ".git").iterdir())
    done = run(*call(name, "train.jsonl", target, "--confine", "."), cwd=place.path)
    assert (done.code, "--confine" in done.error) == (2, True), done.error
    assert contents(place.path.parent) == before
    assert sorted((place.path / ".git").iterdir()) == git


@pytest.mark.parametrize("name", sorted({*READING} - {"convert"}))
def test_it_shows_no_secret(place: Checkout, name: str) -> None:
    """What it writes for people is redacted and escaped; datasets that it writes are the rows themselves."""
    key = (
        json.dumps(
            {"prompt": "Which card?", SECRET: "one\x1b]0;", "completion": "Card 4.\u202e\n::error::x\n##[group]"}
        )
        + "\n"
    )
    named = f"{SECRET}\x1b]0;x\x07\x9b\u202e.jsonl"
    place.write(named, key + ROWS)
    more = {"init": ("--print",), "baseline": ("--update",)}.get(name, ())
    # A run that writes JSON to a file as well shows both.
    both = COMMANDS[name].output == "--output json:OUTPUT"
    ways = [("--output-format", "text", "--output", "json:report.json")] if both else [
        ("--output-format", kind) for kind in ("text", "json")
    ]  # fmt: skip
    for source in ("train.jsonl", named):
        for way in ways:
            for added in dict.fromkeys(((), more)):
                if name == "baseline":
                    (place.path / ".datalint-baseline.jsonl").touch()
                done = run(*call(name, source, None, *way, *added), cwd=place.path)
                shown = done.output + done.error
                if both:
                    shown += (place.path / "report.json").read_text(encoding="utf-8")
                assert done.code in (0, 1) or name == "baseline", shown
                assert not any(SECRET[at : at + 8] in shown for at in range(4, len(SECRET) - 8)), shown
                assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown), shown
                assert not re.search(r"(?m)^\s*::|##\[", shown), shown


@pytest.mark.parametrize("call", ["split rows.jsonl --eval 4 --output .", "convert rows.jsonl --to alpaca --drop -o o"])
@pytest.mark.parametrize("key", ["label", "role", "turn", "output"])
def test_what_it_names_of_rows_shows_no_secret(place: Checkout, call: str, key: str) -> None:
    """Strata of a split, and roles and keys that a shape cannot hold; they are cut after they are redacted."""
    long = f"So {SECRET}"
    answer = {"role": "assistant", "content": "Card 4."}
    rows = {
        "label": [{"text": f"Card {n * 7919 % 1000} opens dock {n}.", "label": (long, "b")[n % 2]} for n in range(40)],
        "role": [{"messages": [{"role": long, "content": f"Which card, {n}?"}, answer]} for n in range(40)],
        "turn": [{"messages": [{"role": "user", "content": f"{n}?", long: 1}, answer]} for n in range(40)],
        "output": [{"question": f"Which card, {n}?", "answer": "4", long: 1, "output": 2} for n in range(40)],
    }
    place.write("rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows[key]))
    done = run(*call.split(), cwd=place.path)
    shown = done.output + done.error
    if (place.path / "split.json").exists():
        shown += (place.path / "split.json").read_text()
    assert not any(SECRET[at : at + 8] in shown for at in range(4, len(SECRET) - 8)), shown


@pytest.mark.parametrize("name", ["fix", "dedupe"])
def test_a_dataset_is_replaced_in_place_and_nothing_else_with_it(place: Checkout, name: str) -> None:
    """The file for removed rows is no file that the command reads, and two inputs are not one file."""
    place.write("train.removed.jsonl", ROWS)
    place.link("removed", "train.removed.jsonl")
    unsafe = ("--unsafe",) if name == "fix" else ()
    evaluation = "--against" if name == "dedupe" else "--eval"
    (place.path / "twice.jsonl").hardlink_to(place.path / "train.jsonl")
    before = contents(place.path)
    for more, message in (
        (("train.removed.jsonl",), "are one file"),
        (("twice.jsonl",), "are one file"),
        ((evaluation, "removed"), "would overwrite the evaluation set"),
        ((evaluation, "twice.jsonl"), "would overwrite the evaluation set"),
    ):
        done = run(name, "train.jsonl", *more, *unsafe, "--in-place", cwd=place.path)
        assert (done.code, message in done.error) == (2, True), done.error
    assert contents(place.path) == before


@pytest.mark.parametrize("name", ["fix", "dedupe", "convert"])
@pytest.mark.parametrize("target", ["-", "/dev/stdout"])
def test_standard_output_is_written_to_and_not_replaced(place: Checkout, name: str, target: str) -> None:
    before = os.lstat("/dev/stdout").st_ino, set(os.listdir("/dev"))  # noqa: PTH208
    done = run(*call(name, "train.jsonl", target), cwd=place.path)
    assert (done.code, len(done.output.splitlines())) == (0, 4 if name == "convert" else 3)
    assert (os.lstat("/dev/stdout").st_ino, set(os.listdir("/dev"))) == before  # noqa: PTH208


@pytest.mark.parametrize("name", ["fix", "convert"])
def test_a_device_is_written_to_and_has_no_file_next_to_it(place: Checkout, name: str) -> None:
    before = set(os.listdir("/dev"))  # noqa: PTH208
    assert run(*call(name, "train.jsonl", "/dev/null"), cwd=place.path).code == 0
    assert Path("/dev/null").is_char_device()
    assert set(os.listdir("/dev")) == before  # noqa: PTH208


@pytest.mark.parametrize("key", ["data", "eval", "schema", "baseline", "model", "target", "benchmark", "exclude"])
def test_a_name_that_no_file_has_is_one_sentence(place: Checkout, key: str) -> None:
    value = '"a\\u0000\\u001bb"' if key in ("schema", "baseline", "model") else '["a\\u0000\\u001bb.toml"]'
    place.write("datalint.toml", f"{key} = {value}\n")
    done = run("check", *(() if key == "data" else ("train.jsonl",)), cwd=place.path)
    assert done.code in ((0, 1, 2) if key == "exclude" else (2,)), done.error
    assert "itself failed" not in done.error
    assert done.error.count("\n") == (done.code == 2)
    assert "\x1b" not in done.error
    given = run("check", "train.jsonl", cwd=place.path)
    assert "itself failed" not in given.error


def test_init_replaces_no_file_that_it_reads(place: Checkout) -> None:
    (place.path / "datalint.toml").unlink()
    (place.path / "datalint.toml").hardlink_to(place.path / "train.jsonl")
    done = run("init", "train.jsonl", "--force", cwd=place.path)
    assert "datalint.toml would overwrite the input train.jsonl" in done.error
    assert (place.path / "train.jsonl").read_text() == ROWS
