"""Each option of each command that names a file or folder keeps to ``--confine``, and their list is complete."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest
from hostile import Checkout, run

from datalint.cli.main import cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

PRIVATE: Final = "only-outside-of-the-checkout"
ROWS: Final = "".join(json.dumps({"prompt": f"What is at {n}?", "completion": f"Ship {n}."}) + "\n" for n in (1, 2))
#: What each option that names something to read is given, in the folder outside.
READ: Final = {
    "--against": "rows.jsonl",
    "--baseline": "rows.jsonl",
    "--benchmark": "rows.jsonl",
    "--config": "datalint.toml",
    "--eval": "rows.jsonl",
    "--model": "model",
    "--plan": "datalint.toml",
    "--price": "datalint.toml",
    "--schema": "schema.json",
}
#: What each option that names something to write is given.
WRITTEN: Final = {"--cache-dir": "cache", "--findings": "findings", "--output": "new.json", "--work-dir": "work"}
#: Words of a metavar that names a file.
NAMES: Final = ("FILE", "PATH", "DIR", "FOLDER")
#: How a command is called, if not with rows alone.
CALLS: Final = {
    "split": ("train.jsonl", "--eval", "1"),
    "convert": ("train.jsonl", "--to", "openai-chat", "--output", "-"),
    "compare": ("train.jsonl", "train.jsonl"),
    "review export": ("train.jsonl", "--output", "-"),
    "preview": ("train.jsonl", "--model", "model"),
}
#: Options that are no file there: how many rows to hold out.
ELSE: Final = {("split", "--eval")}
#: Options that a command takes, so that commands on the same data can be called alike, and that it does not read.
UNREAD: Final = {
    *((command, "--benchmark") for command in ("advise", "clusters", "stats")),
    *((command, "--eval") for command in ("clusters", "stats")),
    *(("convert", option) for option in ("--cache-dir", "--work-dir")),
    ("clusters", "--model"),
}
#: Files that who calls the command names are trusted; a link to them is not, since it may come with the data.
TRUSTED: Final = {"--config", "--plan"}


def _options() -> Iterator[tuple[str, str]]:
    """Yield each command that takes ``--confine`` with each option of it that names a file or folder."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        inner = [(name, command)]
        if isinstance(command, click.Group):
            inner = [(f"{name} {each}", command.get_command(context, each)) for each in command.list_commands(context)]
        for full, each in inner:
            options = [option for option in each.params if isinstance(option, click.Option)] if each else []
            if any("--confine" in option.opts for option in options):
                for option in options:
                    if any(word in (option.metavar or "") for word in NAMES) and "--confine" not in option.opts:
                        yield full, option.opts[0]


OPTIONS: Final = sorted(set(_options()) - ELSE)


@pytest.fixture
def place(checkout: Checkout, tmp_path: Path) -> Checkout:
    """A checkout with rows, next to a folder with files of every kind that an option names."""
    checkout.write("train.jsonl", ROWS)
    outside = tmp_path / "outside"
    (outside / "model").mkdir(parents=True)
    (outside / "rows.jsonl").write_text(json.dumps({"prompt": PRIVATE, "completion": PRIVATE}) + "\n")
    (outside / "model" / "chat_template.jinja").write_text(PRIVATE)
    (outside / "datalint.toml").write_text(f'{PRIVATE} = "{PRIVATE}"\n')
    (outside / "schema.json").write_text(json.dumps({PRIVATE: PRIVATE, "type": "array"}))
    return checkout


def test_the_lists_have_every_option() -> None:
    assert {option for _, option in OPTIONS} == READ.keys() | WRITTEN.keys()


@pytest.mark.parametrize("how", ["path", "link"])
@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_it_stays_inside(place: Checkout, command: str, option: str, how: str) -> None:
    name = (READ | WRITTEN)[option]
    if option == "--output" and command in ("fix", "dedupe"):
        name = "new.jsonl"
    outside = place.path.parent / "outside"
    before = sorted(outside.rglob("*"))
    if how == "link":
        place.link("linked", "../outside")
    named = f"linked/{name}" if how == "link" else f"../outside/{name}"
    words = [*command.split(), *CALLS.get(command, ("train.jsonl",)), option, named]
    done = run(*words, "--confine", ".", cwd=place.path)
    assert sorted(outside.rglob("*")) == before
    if how == "path" and option in TRUSTED:
        assert "--confine" not in done.error
        return
    assert PRIVATE not in done.output + done.error
    if (command, option) in UNREAD:
        assert done.code == 0
    elif option == "--cache-dir":
        # A run goes on without its cache.
        assert "can't keep the cache" in done.error
        assert "--confine" in done.error
    else:
        assert (done.code, "--confine" in done.error) == (2, True), done.error
