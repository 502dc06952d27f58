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
from draws import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from neardup_brute import CHAR, planted, prepare

from datalint.core.errors import DatalintError
from datalint.neardup import Limits, Shingling, Sketches, normalize, sketch_texts
from datalint.neardup.compiled import dispatch as compiled
from datalint.neardup.compiled import pair_kernels, written
from datalint.neardup.compiled import sketch_kernels as kernels
from datalint.neardup.compiled.dispatch import Sketcher
from datalint.neardup.compiled.written import Kernels
from datalint.neardup.search import bands
from datalint.neardup.search.candidates import Candidates
from datalint.neardup.search.prefilter import rows_near
from datalint.neardup.sketch import bit_prints as prints
from datalint.neardup.sketch.one_permutation import MULTIPLIERS, Bins
from datalint.neardup.text.normalize import fold
from datalint.neardup.verify import intersect
from datalint.neardup.verify.compare import Comparer
from datalint.support import compiler

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
def code() -> Kernels:
    made = compiled.load()
    assert made is not None
    return made


def columns(rows: Sequence[Sequence[str]]) -> list[pl.Series]:
    return [pl.Series([row[part] for row in rows], dtype=pl.String) for part in range(2)]


@settings(max_examples=examples(30, often=60), deadline=None)
@example(rows=[], shingling="char-5")
@example(rows=[], shingling="word-3")
@example(rows=[("", ""), ("", "")], shingling="char-5")
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=8), shingling=st.sampled_from(SHINGLINGS))
def test_compiled_and_numpy_make_the_same_sketches(code: Kernels, rows: list[tuple[str, str]], shingling: str) -> None:
    parts, form = columns(rows), Shingling.parse(shingling)
    made, wanted = sketch_texts(parts, form, code), sketch_texts(parts, form)
    assert (made.signatures == wanted.signatures).all()
    assert (made.sizes == wanted.sizes).all()


@settings(max_examples=examples(100), deadline=None)
@example(texts=[])
@example(texts=RAW_CASES)
@given(texts=st.lists(st.one_of(st.none(), RAW), max_size=8))
def test_compiled_and_polars_normalise_alike(code: Kernels, texts: list[str | None]) -> None:
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


def test_what_a_null_hides_is_not_read(code: Kernels) -> None:
    # A query that makes a null leaves the text in its buffers.
    texts = pl.select(pl.when(pl.Series([True, False, True])).then(pl.Series(["A", "hidden " * 9, "b"]))).to_series()
    assert normalize(texts, code).to_list() == ["a", "", "b"]


@given(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1)), min_size=1, max_size=40))
@example([0xFF000000, 0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000, 0x01000000, 0])
def test_distinct_numbers_are_sorted(numbers: list[int]) -> None:
    assert kernels.distinct(np.array(numbers, np.uint32)).tolist() == sorted(set(numbers))


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


def candidates(
    code: Kernels | None, seed: int, threshold: float, *, spare: bool, by: bool, rows: int = 300
) -> list[tuple[list[int], list[int]]]:
    """Return the candidates among rows of few templates, whose bands agree often and whose prints seldom do."""
    random = np.random.default_rng(seed)
    templates = random.integers(0, 1 << 16, (5, 128), dtype=np.uint16)
    signatures = templates[random.integers(0, 5, rows)]
    changed = random.random(signatures.shape) < random.random((rows, 1)) * 0.6
    signatures[changed] = random.integers(0, 1 << 16, int(changed.sum()), dtype=np.uint16)
    groups = np.sort(random.integers(0, 2, rows)).astype(np.uint8) if by else None
    found = Candidates(signatures, np.arange(rows), threshold, groups, None, spare, Limits(), code)
    blocks = found.blocks(lambda first, second, _: np.ones(len(first), np.bool_))
    return [(first.tolist(), second.tolist()) for first, second in blocks]


@settings(max_examples=examples(30), deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    threshold=st.sampled_from([0.3, 0.5, 0.7, 0.9]),
    spare=st.booleans(),
    by=st.booleans(),
)
def test_compiled_and_numpy_leave_the_same_candidates(
    code: Kernels, seed: int, threshold: float, spare: bool, by: bool
) -> None:
    made, wanted = (candidates(each, seed, threshold, spare=spare, by=by) for each in (code, None))
    assert made == wanted
    assert made


@given(bins=st.lists(st.integers(0, (1 << 16) - 1), min_size=128, max_size=128))
def test_compiled_prints_are_those_of_numpy(code: Kernels, bins: list[int]) -> None:
    signatures, rows = np.array([[*reversed(bins)], bins], np.uint16), np.array([1, 0, 1])
    made = prints.prints(signatures, rows, code)
    assert made.tolist() == prints.prints(signatures, rows).tolist()


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_rows_have_few_candidates(code: Kernels, rows: int) -> None:
    made, wanted = (candidates(each, 7, 0.7, spare=True, by=False, rows=rows) for each in (code, None))
    assert made == wanted


def test_most_keys_that_come_once_are_left_out(code: Kernels) -> None:
    keys = np.random.default_rng(0).integers(0, 1 << 32, 10_000, dtype=np.uint32)
    keys[:200] = keys[200:400]
    rows = bands.packed_keys(keys, code) & np.uint64((1 << 32) - 1)
    assert {*range(400)} <= {*rows.tolist()}
    assert len(rows) < 5000


HASHES = st.one_of(st.sampled_from([0, 1, (1 << 64) - 1]), st.integers(0, (1 << 64) - 1), st.integers(0, 40))


@settings(max_examples=examples(40), deadline=None)
@example(runs=[[]])
@example(runs=[[0], [0, 0]])
@example(runs=[[*range(5000)] * 2, [*range(2500, 7500)]])
@given(runs=st.lists(st.lists(HASHES, max_size=40), min_size=1, max_size=6))
def test_compiled_sets_are_those_of_python(code: Kernels, runs: list[list[int]]) -> None:
    hashes = np.array([each for run in runs for each in run], np.uint64)
    counts = np.array([len(run) for run in runs])
    left, right = (each.reshape(-1) for each in np.indices((len(runs), len(runs))))
    sets = intersect.distinct_runs(hashes, counts, code)
    shared = intersect.count_shared(sets, left, right, kernels=code).tolist()
    assert [sorted(each.tolist()) for each in sets] == [sorted(set(run)) for run in runs]
    assert shared == [len({*one} & {*other}) for one in runs for other in runs]


def test_compiled_code_verifies_what_numpy_does_and_reads_no_row_more_often(code: Kernels) -> None:
    limits = Limits(fetched_shingles=900, block_shingles=500)
    rows = [
        *planted(11, 60, (5, 40)),
        ("", "短い"),
        ("", "短い"),
        ("?", "😀" * 3),
        ("?", "😀" * 4),
        ("\x00" * 9, "a" * 3000),
    ]
    sketches, fetch = prepare(rows)
    first, second = np.triu_indices(len(rows), 1)
    similarities, reads = [], []
    for each in (code, None):
        read: list[list[int]] = []

        def reading(some: np.ndarray, read: list[list[int]] = read) -> list[pl.Series]:
            read.append(some.tolist())
            return fetch(some)

        compare = Comparer(sketches.sizes, reading, CHAR, 0.5, limits=limits, kernels=each)
        similarities.append(compare(first, second).tolist())
        reads.append(sorted(row for some in read for row in some))
        assert len(read) > 3
    assert similarities[0] == similarities[1]
    assert reads[0] == reads[1]


def test_what_fails_while_rows_are_read_ahead_is_raised(code: Kernels) -> None:
    def gone(_: np.ndarray) -> list[pl.Series]:
        raise DatalintError("the file went away")

    sketches, _ = prepare(planted(11, 20, (5, 40)))
    with pytest.raises(DatalintError, match="went away"):
        Comparer(sketches.sizes, gone, CHAR, 0.5, kernels=code)(np.array([0, 1]), np.array([2, 3]))


def test_what_is_compiled_is_what_is_written() -> None:
    parts = columns([("the quick brown fox jumps over the lazy dog", "is it so? 是的。"), ("abc", ""), ("", "")])
    with np.errstate(over="ignore"):
        made = sketch_texts(parts, Shingling(), written.WRITTEN)
        texts = normalize(pl.Series(RAW_CASES, dtype=pl.String), written.WRITTEN)
        mine, wanted = (candidates(each, 5, 0.7, spare=True, by=False, rows=40) for each in (written.WRITTEN, None))
        hashes, counts = np.array([7, 0, 7, 0, 0, 9], np.uint64), np.array([3, 1, 2])
        sets = intersect.distinct_runs(hashes, counts, written.WRITTEN)
        left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
        shared = intersect.count_shared(sets, left, right, kernels=written.WRITTEN).tolist()
    assert (made.signatures == sketch_texts(parts, Shingling()).signatures).all()
    assert texts.to_list() == [" ".join((text or "").lower().split()) for text in RAW_CASES]
    assert mine == wanted
    assert mine
    assert [each.tolist() for each in sets] == [[7, 0], [0], [0, 9]]
    assert shared == [1, 1, 1]


@pytest.mark.parametrize("word", [0, 1, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0xF0F0123456789ABC])
def test_bits_are_counted(word: int) -> None:
    with np.errstate(over="ignore"):
        assert pair_kernels.count_bits(np.uint64(word)) == word.bit_count()


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
    monkeypatch.setattr(compiler, "WORTH", 1000)
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
    made, wanted = Sketcher(compiler.WORTH)(parts, Shingling()), sketch_texts(parts, Shingling())
    assert (made.signatures == wanted.signatures).all()


@settings(deadline=None)
@given(seed=st.integers(0, 1 << 32), rows=st.integers(1, 9), pairs=st.integers(0, 40), kinds=st.integers(1, 3))
def test_compiled_and_numpy_count_the_same_equal_bins(
    code: Kernels, seed: int, rows: int, pairs: int, kinds: int
) -> None:
    random = np.random.default_rng(seed)
    signatures = random.integers(0, kinds, (rows, 128), dtype=np.uint16)
    first, second = random.integers(0, rows, (2, pairs))
    equal = np.empty(pairs, np.uint8)
    code.pairs.count_equal(signatures, first, second, equal)
    assert equal.tolist() == (signatures[first] == signatures[second]).sum(axis=1).tolist()


@settings(deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    rows=st.integers(0, 30),
    others=st.integers(0, 30),
    crowd=st.integers(0, 4),
    threshold=st.sampled_from([0.5, 0.6, 0.8]),
)
def test_compiled_and_numpy_find_the_same_rows_near_others(
    code: Kernels, seed: int, rows: int, others: int, crowd: int, threshold: float
) -> None:
    random = np.random.default_rng(seed)
    texts = random.integers(0, 1 << 16, (5, 128), dtype=np.uint16)
    sides = []
    for count in (rows, others):
        signatures = texts[random.integers(0, len(texts), count)]
        changed = random.random(signatures.shape) < random.random((count, 1)) / 2
        signatures[changed] = random.integers(0, 1 << 16, int(changed.sum()), dtype=np.uint16)
        sides.append(Sketches(signatures, random.integers(0, 4, (count, 1)).astype(np.uint32)))
    found = [rows_near(*sides, threshold, Limits(prefilter_crowd=crowd), kernels).tolist() for kernels in (None, code)]
    assert found[0] == found[1]
