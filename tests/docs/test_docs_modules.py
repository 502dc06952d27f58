"""The list of modules: folders, those below one, and those with a word."""

from __future__ import annotations

import modules
import pytest


def test_folders_are_listed_with_what_they_are_for() -> None:
    found = [*modules.folders()]
    assert any(each.startswith("datalint/rules/quality ") and each.endswith("consistent.") for each in found)
    assert all(each.endswith((".", ")")) or ":" in each for each in found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["datalint/support/names/"], "support/names/spelling"),
        (["support/names"], "support/names/speakers"),
        (["LEAK"], "engine/reduce/leaks/exact_and_near"),
        (["no such word", "misspelled"], "support/names/spelling"),
    ],
)
def test_modules_are_found_by_folder_and_by_word(words: list[str], name: str) -> None:
    assert any(each.startswith(f"{name}: ") for each in modules.modules(words))


def test_other_modules_are_left_out() -> None:
    assert all(each.startswith("support/names/") for each in modules.modules(["support/names"]))
    assert not [*modules.modules(["no such word"])]


def test_every_module_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert modules.main([""]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1_000
    assert not [line for line in lines if line.endswith(": ")]
