"""Compiled code makes the sketches that numpy makes, and nobody needs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numba
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.neardup import Shingling, compiled, sketch_texts
from datalint.neardup.compiled import Compiled, Sketcher

SHINGLINGS = ["char-1", "char-3", "char-4", "char-5", "char-8", "char-9", "word-3"]
TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("ab ", max_size=60),
    st.text("日本語テスト。", max_size=40),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 400)),
)


@pytest.fixture(scope="module")
def code() -> Compiled:
    made = compiled.load()
    assert made is not None
    return made


def columns(rows: Sequence[Sequence[str]]) -> list[pl.Series]:
    return [pl.Series(part, dtype=pl.String) for part in zip(*rows, strict=True)]


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), shingling=st.sampled_from(SHINGLINGS))
def test_compiled_and_numpy_make_the_same_sketches(code: Compiled, rows: list[tuple[str, str]], shingling: str) -> None:
    parts, form = columns(rows), Shingling.parse(shingling)
    made, wanted = sketch_texts(parts, form, code), sketch_texts(parts, form)
    assert (made.signatures == wanted.signatures).all()
    assert (made.sizes == wanted.sizes).all()


def test_what_is_compiled_is_what_is_written() -> None:
    parts = columns([("the quick brown fox jumps over the lazy dog", "is it so? 是的。"), ("abc", ""), ("", "")])
    with np.errstate(over="ignore"):
        made = sketch_texts(parts, Shingling(), Compiled(compiled.add_windows, compiled.fill))
    assert (made.signatures == sketch_texts(parts, Shingling()).signatures).all()


def test_little_text_loads_nothing_and_much_text_loads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = columns([("a text of forty characters, give or take.", "and its answer")] * 10)
    loads: list[int] = []
    real = compiled.load
    monkeypatch.setattr(compiled, "load", lambda: loads.append(1) or real())
    monkeypatch.setattr(compiled, "WARM", 1000)
    sketcher = Sketcher()
    first = sketcher(parts, Shingling())
    assert loads == []
    others = [sketcher(parts, Shingling()) for _ in range(3)]
    assert loads == [1]
    assert all((other.signatures == first.signatures).all() for other in others)


@pytest.mark.parametrize("reason", ["not installed", "no place for machine code", "disk full", "wrong"])
def test_without_compiled_code_numpy_goes_on(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(28, "No space left on device") if reason == "disk full" else RuntimeError("no locator available")

    def blunder(**_: object) -> object:
        return lambda _: lambda *_: None

    if reason == "not installed":
        monkeypatch.setitem(sys.modules, "numba", None)
    else:
        monkeypatch.setattr(numba, "njit", blunder if reason == "wrong" else refuse)
    assert compiled.load() is None
    monkeypatch.setattr(compiled, "WARM", 1)
    parts = columns([("a text", "and its answer")])
    assert (Sketcher()(parts, Shingling()).signatures == sketch_texts(parts, Shingling()).signatures).all()
