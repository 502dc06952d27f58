"""Rows in files: the same values, nothing left behind, and one sentence if the disk is full."""

from __future__ import annotations

import errno
import math
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from datalint.core.errors import DatalintError
from datalint.engine.execute import spill as spilling
from datalint.engine.execute.memory import Sample, estimate_peak, samples_of, spill_under
from datalint.engine.execute.spill import Spill, free_memory
from datalint.engine.map.mapper import Mapper
from datalint.engine.plan import Plan
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object

PLAN = Plan(rules=(), needs=frozenset({"near"}))
LARGE = Sample(1_000_000, chunks=113, chunk_bytes=8 << 20, chunk_rows=9_000, held=4e8, found=0)
FRAME = pl.DataFrame(
    {
        "hash": pl.Series([2**64 - 1, 0, 7], dtype=pl.UInt64),
        "text": ["a", None, "a text of more than twelve bytes, ü"],
        "flag": [True, None, False],
        "lists": [[1], [], None],
        "kind": pl.Series(["x", "y", "x"], dtype=pl.Categorical),
    }
)


def test_a_frame_has_the_same_values(tmp_path: Path) -> None:
    spill = Spill(0, str(tmp_path / "new" / "work"))
    for frame in (FRAME, FRAME.clear(), pl.DataFrame(), pl.concat([FRAME, FRAME], rechunk=False)):
        spilled = spill.frame(frame)
        assert_frame_equal(spilled, frame, categorical_as_str=True)
        assert all(column.n_chunks() == 1 for column in spilled)
    assert spill.column(FRAME["hash"]).to_list() == FRAME["hash"].to_list()
    assert not list((tmp_path / "new" / "work").iterdir())


def test_arrays_have_the_same_values_and_can_be_written(tmp_path: Path) -> None:
    spill = Spill(0, str(tmp_path))
    rows = np.arange(60, dtype=np.uint16).reshape(10, 6)
    growing = spill.rows((6,), np.uint16)
    for start, stop in ((0, 3), (3, 3), (3, 10)):
        growing.append(rows[start:stop])
    made = growing.finish()
    assert made.dtype == np.uint16
    assert type(made) is np.ndarray
    assert (made == rows).all()
    made[0] = 9
    assert made[0].tolist() == [9] * 6
    zeros = spill.array((4, 5), np.uint32)
    assert zeros.shape == (4, 5)
    assert not zeros.any()
    assert spill.array((4, 0), np.uint32).shape == (4, 0)
    assert not list(tmp_path.iterdir())


def test_rows_go_to_files_when_they_are_more_than_fit() -> None:
    spill = Spill(100)
    assert spill.scratch is np.empty
    assert not spill.take(100)
    assert spill.take(1)
    assert spill.take(0)
    assert spill.scratch == spill.array
    assert not Spill().take(1 << 60)


Usage = namedtuple("Usage", "total used free")


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spill = Spill(0, str(tmp_path))
    growing = spill.rows((), np.uint8)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_ipc", full)
    with pytest.raises(DatalintError, match=r"cannot keep the rows of this run: .*No space left on device$"):
        spill.frame(FRAME)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 30, 0, 1 << 20))
    for fails in (lambda: spill.frame(FRAME), lambda: growing.append(np.zeros(9, np.uint8)), lambda: growing.extend(9)):
        with pytest.raises(DatalintError, match=r"has only 1 MiB left: free some, or use another --work-dir$"):
            fails()
    with pytest.raises(DatalintError, match=r"or set TMPDIR to a folder with more$"):
        Spill(0).frame(FRAME)


def test_free_memory_is_that_of_the_machine_or_the_group(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "/proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    4000 kB\n",
        "/sys/fs/cgroup/memory.stat": "anon 1000000\nfile 5\n",
        "/sys/fs/cgroup/memory.max": "3000000\n",
    }

    def read(path: Path, *_: Any, **__: Any) -> str:
        if str(path) not in files:
            raise FileNotFoundError(path)
        return files[str(path)]

    monkeypatch.setattr(Path, "read_text", read)
    assert free_memory() == 2_000_000
    files["/sys/fs/cgroup/memory.max"] = "max\n"
    assert free_memory() == 4_096_000
    assert Spill.automatic().most == pytest.approx(4_096_000 / 2 / spilling.REDUCED)
    files.clear()
    assert free_memory() == math.inf


def test_a_limit_decides_where_rows_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.engine.execute.memory.sample", lambda *_, **__: LARGE)
    inside, outside = (estimate_peak([LARGE], 2, spilled=spilled).bytes for spilled in (False, True))
    source = from_object([{"text": "a"}])
    assert outside < inside
    fits = spill_under(inside, [source], [], PLAN, jobs=2)
    assert fits.most == pytest.approx(LARGE.held)
    assert spill_under(inside - 1, [source], [], PLAN, jobs=2).most == 0
    assert spill_under(outside, [source], [], PLAN, jobs=2).most == 0
    with pytest.raises(DatalintError, match=r"1,000,000 rows with 2 processes need about .* over the limit"):
        spill_under(outside - 1, [source], [], PLAN, jobs=2)


def test_of_many_files_the_largest_speak_for_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.jsonl").write_text('{"prompt": "a", "completion": "b"}\n' * (1 + number % 4))
    sources = open_sources([str(tmp_path)])
    mapper = Mapper(PLAN)
    every = [samples_of([source], mapper)[0] for source in sources]
    monkeypatch.setattr("datalint.engine.execute.memory._SAMPLED", 10)
    some = samples_of(sources, mapper)
    assert len(some) == 11
    assert sum(each.rows for each in some) == sum(each.rows for each in every)
    assert sum(each.held for each in some) == pytest.approx(sum(each.held for each in every), rel=0.01)
