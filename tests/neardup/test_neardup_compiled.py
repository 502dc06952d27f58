"""Compiled code makes the sketches that numpy makes, and nobody needs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from string import ascii_letters

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from datalint.neardup import Shingling, bands, compiled, kernels, normalize, sketch_texts
from datalint.neardup.candidates import Candidates
from datalint.neardup.compiled import Compiled, Sketcher
from datalint.neardup.text import fold
from datalint.neardup.throwing import MULTIPLIERS, Bins

numba = pytest.importorskip("numba", reason="the extra fast is not installed")

SHINGLINGS = ["char-1", "char-3", "char-4", "char-5", "char-8", "char-9", "word-3"]
TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("ab ", max_size=60),
    st.text("日本語テスト。", max_size=40),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 400)),
    # Of so many different shingles they leave a few bins empty, or none.
    st.builds(
        lambda seed, size: "".join(Random(seed).choices(ascii_letters, k=size)), st.integers(), st.integers(200, 3000)
    ),
)
SPACES = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"
RAW = st.one_of(
    TEXTS,
    st.text(st.characters(max_codepoint=127), max_size=90),
    st.text(f"{SPACES}Aa@[`{{\0\x08\x0e\x1b!\x7f", max_size=200),
    st.text(f"{SPACES}AÀ×ßİΣςŽЖЁӁẾK \u2028\u3000\u200b日한🙂", max_size=40),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
RAW_CASES = [
    "",
    None,
    " ",
    SPACES,
    "A",
    " Z\t\t@[`{\0\x08\x0e\x1b\x7f ",
    "İ  K",
    "x  " * 99,
    "é\n\nÉ",
    "0" * 300,
    "\u3000\x85",
]


@pytest.fixture(scope="module")
def code() -> Compiled:
    made = compiled.load()
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def _nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_loaded", [])


def columns(rows: Sequence[Sequence[str]]) -> list[pl.Series]:
    return [pl.Series([row[part] for row in rows], dtype=pl.String) for part in range(2)]


@settings(max_examples=150, deadline=None)
@example(rows=[], shingling="char-5")
@example(rows=[], shingling="word-3")
@example(rows=[("", ""), ("", "")], shingling="char-5")
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8), shingling=st.sampled_from(SHINGLINGS))
def test_compiled_and_numpy_make_the_same_sketches(code: Compiled, rows: list[tuple[str, str]], shingling: str) -> None:
    parts, form = columns(rows), Shingling.parse(shingling)
    made, wanted = sketch_texts(parts, form, code), sketch_texts(parts, form)
    assert (made.signatures == wanted.signatures).all()
    assert (made.sizes == wanted.sizes).all()


@settings(max_examples=300, deadline=None)
@example(texts=[])
@example(texts=RAW_CASES)
@given(texts=st.lists(st.one_of(st.none(), RAW), max_size=8))
def test_compiled_and_polars_normalise_alike(code: Compiled, texts: list[str | None]) -> None:
    series = pl.Series("name", texts, dtype=pl.String)
    made, wanted = normalize(series, code), normalize(series)
    assert made.to_list() == wanted.to_list()
    (_, changeable), (_, wide) = fold(series, code), fold(series)
    assert set(changeable) <= set(wide)
    assert set(wide) == {place for place, text in enumerate(texts) if text and not text.isascii()}
    stable = series.gather(np.setdiff1d(np.arange(len(texts)), changeable))
    assert normalize(stable.str.normalize("NFKC")).to_list() == normalize(stable).to_list()
    assert (made.name, made.dtype, made.null_count()) == ("name", pl.String, 0)
    assert made.hash(1).to_list() == wanted.hash(1).to_list()
    # Parts of longer series, and series in pieces.
    assert normalize(series.slice(1, 3), code).to_list() == wanted.slice(1, 3).to_list()
    assert normalize(pl.concat([series, series]), code).to_list() == [*wanted, *wanted]


@pytest.mark.parametrize("throw", [0, 1, 2])
@pytest.mark.parametrize("few", [0, 4, 128])
def test_the_greatest_value_fills_the_last_bin(throw: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # The product is all ones, as an empty bin is: its bits that chose the bin must not be taken for a part of it.
    half = 0xFFFFFFFF * pow(int(MULTIPLIERS[throw]), -1, 1 << 32) & 0xFFFFFFFF
    halves = np.array([half ^ half >> 16], np.uint32)
    monkeypatch.setattr(kernels, "_FEW", few)
    bins, minima = np.empty((1, 128), np.uint32), np.full((1, 128), 0xFFFFFFFF, np.uint32)
    with np.errstate(over="ignore"):
        kernels.fill_bins(halves.copy(), MULTIPLIERS, bins[0])
    numpy_bins = Bins(minima)
    numpy_bins.throw(slice(0, 1), halves, np.zeros((1, 1), np.int64), np.ones((1, 1), np.int64))
    numpy_bins.finish()
    assert (bins == minima).all()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 32), threshold=st.sampled_from([0.5, 0.7, 0.9]), spare=st.booleans(), by=st.booleans())
def test_compiled_and_numpy_leave_the_same_candidates(
    code: Compiled, seed: int, threshold: float, spare: bool, by: bool
) -> None:
    random = np.random.default_rng(seed)
    # Rows of few templates, whose bands agree often and whose prints seldom do.
    templates = random.integers(0, 1 << 16, (5, 128), dtype=np.uint16)
    signatures = templates[random.integers(0, 5, 300)]
    changed = random.random(signatures.shape) < random.random((300, 1)) * 0.6
    signatures[changed] = random.integers(0, 1 << 16, int(changed.sum()), dtype=np.uint16)
    groups = np.sort(random.integers(0, 2, 300)).astype(np.uint8) if by else None
    found = []
    for compiled_code in (code, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bands, "ready", lambda compiled_code=compiled_code: compiled_code)
            candidates = Candidates(signatures, np.arange(300), threshold, groups, None, spare)
            found.append([*candidates.blocks(lambda first, second, _: np.ones(len(first), np.bool_))])
    for made, wanted in zip(*found, strict=True):
        assert [*map(list, made)] == [*map(list, wanted)]
    assert found[0]


def test_what_is_compiled_is_what_is_written() -> None:
    parts = columns([("the quick brown fox jumps over the lazy dog", "is it so? 是的。"), ("abc", ""), ("", "")])
    with np.errstate(over="ignore"):
        made = sketch_texts(parts, Shingling(), compiled.WRITTEN)
        texts = normalize(pl.Series(RAW_CASES, dtype=pl.String), compiled.WRITTEN)
    assert (made.signatures == sketch_texts(parts, Shingling()).signatures).all()
    assert texts.to_list() == [" ".join((text or "").lower().split()) for text in RAW_CASES]


@pytest.mark.parametrize("word", [0, 1, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0xF0F0123456789ABC])
def test_bits_are_counted(word: int) -> None:
    with np.errstate(over="ignore"):
        assert kernels.count_bits(np.uint64(word)) == word.bit_count()


@pytest.mark.parametrize(
    ("expected", "loaded"), [(None, [0, 0, 1, 1]), (999, [0, 0, 0, 0]), (1000, [1, 1, 1, 1])], ids=str
)
def test_code_is_loaded_once_and_where_it_pays(
    expected: int | None, loaded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = columns([("a text of forty characters, give or take.", "and its answer")] * 10)
    loads: list[int] = []
    real = compiled.load
    monkeypatch.setattr(compiled, "load", lambda: loads.append(1) or real())
    monkeypatch.setattr(compiled, "WORTH", 1000)
    sketcher, wanted = Sketcher(expected), sketch_texts(parts, Shingling())
    for count in loaded:
        assert (sketcher(parts, Shingling()).signatures == wanted.signatures).all()
        assert len(loads) == count


def test_settings_of_the_working_folder_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".numba_config.yaml").write_text("cache_dir: code\n")
    monkeypatch.chdir(tmp_path)
    assert compiled.load() is None


@pytest.mark.parametrize(
    "reason", ["not installed", "no pyarrow", "switched off", "no place for machine code", "disk full", "wrong"]
)
def test_without_compiled_code_numpy_goes_on(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(28, "No space left on device") if reason == "disk full" else RuntimeError("no locator available")

    def blunder(**_: object) -> object:
        return lambda _: lambda *_: None

    if reason == "not installed":
        monkeypatch.setitem(sys.modules, "numba", None)
    elif reason == "no pyarrow":
        monkeypatch.setitem(sys.modules, "pyarrow", None)
    elif reason == "switched off":
        monkeypatch.setattr(numba.config, "DISABLE_JIT", True)
    else:
        monkeypatch.setattr(numba, "njit", blunder if reason == "wrong" else refuse)
    assert compiled.load() is None
    parts = columns([("a text", "and its answer")])
    made, wanted = Sketcher(compiled.WORTH)(parts, Shingling()), sketch_texts(parts, Shingling())
    assert (made.signatures == wanted.signatures).all()
