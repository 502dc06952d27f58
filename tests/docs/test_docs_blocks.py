"""Code blocks of the pages: what can run runs, what can be parsed parses."""

from __future__ import annotations

import doctest
import importlib
import json
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import readme
from console import sandbox
from fences import ROOT, Fence, fences

from datalint.cli.main import cli
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.shapes.detect import Detector
from datalint.shapes.formats import SHAPES as ALL


def blocks(page: Path, *languages: str) -> list[Fence]:
    return [fence for fence in fences(page.read_text(encoding="utf-8")) if fence.language in languages]


def test_every_block_says_its_language(page: Path) -> None:
    known = {"console", "sh", "python", "pycon", "toml", "json", "jsonl", "csv", "yaml", "text"}
    assert {fence.language for fence in fences(page.read_text(encoding="utf-8"))} <= known


@pytest.fixture
def room(page: Path) -> Iterator[Path]:
    """Stand in the page's folder; what is imported from there is forgotten afterwards."""
    with sandbox(*fences(page.read_text(encoding="utf-8"))) as folder:
        before = set(sys.modules)
        sys.path.insert(0, str(folder))
        try:
            yield folder
        finally:
            sys.path.remove(str(folder))
            for name in set(sys.modules) - before:
                if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
                    del sys.modules[name]


def test_python_runs(page: Path, room: Path) -> None:
    names: dict[str, Any] = {"__name__": "page"}
    for fence in blocks(page, "python"):
        if fence.title is None:
            code = compile("\n" * (fence.line - 1) + fence.body, str(page), "exec")
            exec(code, names)
            for name in [name for name in names if name.startswith("test_")]:
                names.pop(name)()


def test_sessions_print_what_they_show(page: Path, room: Path) -> None:
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for fence in blocks(page, "pycon"):
        test = doctest.DocTestParser().get_doctest(fence.body, names, page.name, str(page), fence.line - 1)
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize(verbose=False).failed == 0


def test_modules_that_a_page_shows_pass_their_tests(page: Path, room: Path) -> None:
    for fence in blocks(page, "python"):
        if fence.title and fence.title.startswith("test_"):
            module = importlib.import_module(fence.title.removesuffix(".py"))
            tests = [value for name, value in vars(module).items() if name.startswith("test_")]
            assert tests
            for test in tests:
                test()


def test_commands_in_shell_blocks_parse(page: Path) -> None:
    for fence in blocks(page, "sh"):
        for line in fence.body.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] != ["datalint"]:
                continue
            if words[1] not in cli.list_commands(click.Context(cli)):
                words.insert(1, "check")
            command = cli.get_command(cli.make_context("datalint", ["check"]), words[1])
            assert command is not None, line
            assert command.make_context(words[1], words[2:]), line


def test_configurations_are_valid(page: Path) -> None:
    registry = Registry()
    registry.load_builtin()
    for fence in blocks(page, "toml"):
        values = tomllib.loads(fence.body)
        if fence.title is None:
            assert load_settings(registry=registry, isolated=True, overrides=values)


def test_rows_are_json(page: Path) -> None:
    for fence in blocks(page, "jsonl"):
        assert all(isinstance(json.loads(line), dict) for line in fence.body.splitlines())


def test_the_readme_marks_one_command_for_each_job() -> None:
    assert set(readme.commands()) == {"lint", "tests"}
    assert all(line.startswith("python3 -m venv .venv && ") for line in readme.commands().values())


def test_nobody_is_told_to_install_another_package(page: Path) -> None:
    assert "install datalint" not in page.read_text(encoding="utf-8").replace("-q", "").replace("  ", " ")


def test_every_shape_has_a_row_that_is_one() -> None:
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    shown = {}
    for section in text.partition("\n## Unknown keys")[0].split("\n### ")[1:]:
        name = section.splitlines()[0]
        shown[name] = [json.loads(line) for fence in fences(section) for line in fence.body.splitlines()]
    assert set(shown) == {shape.name for shape in ALL} | {"mapped"}
    for name, rows in shown.items():
        assert all(Detector().shape(row).name == name for row in rows), name
