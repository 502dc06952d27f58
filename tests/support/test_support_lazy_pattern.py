"""Patterns that are compiled when they are first used do what compiled ones do."""

from __future__ import annotations

import copy
import re

import pytest

from datalint.support.lazy_pattern import lazy_pattern


def test_has_the_methods_of_a_pattern() -> None:
    lazy, pattern = lazy_pattern(r"(B)(o)at", re.IGNORECASE), re.compile(r"(B)(o)at", re.IGNORECASE)
    text = "boat, BOAT"
    assert [lazy.findall(text), lazy.sub("car", text), lazy.split(text)] == [
        pattern.findall(text),
        pattern.sub("car", text),
        pattern.split(text),
    ]
    assert [each.span() for each in lazy.finditer(text)] == [(0, 4), (6, 10)]
    assert (lazy.pattern, lazy.groups) == (pattern.pattern, 2)
    assert lazy_pattern(rb"\d+").fullmatch(b"42") is not None


def test_is_compiled_by_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def compile_and_note(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_now(pattern, flags)

    monkeypatch.setattr(re, "compile", compile_and_note)
    lazy = lazy_pattern("boats?")
    assert compiled == []
    assert (lazy.match("boats") is None, lazy.match("car") is None) == (False, True)
    assert compiled == ["boats?"]


def test_a_mistake_is_reported_by_the_first_use() -> None:
    with pytest.raises(re.error):
        lazy_pattern("(").search("boat")


def test_can_be_copied() -> None:
    assert copy.copy(lazy_pattern("boat")).match("boat") is not None
