"""What a run is expected to take, and that one which takes too much never starts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import datalint
from datalint.core.errors import DatalintError
from datalint.engine.execute import memory
from datalint.engine.execute.memory import Sample, estimate_peak, refuse_over, sample
from datalint.engine.map.mapper import Mapper
from datalint.engine.plan import Plan
from datalint.neardup.compiled import dispatch as compiled
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object
from datalint.support import compiler
from datalint.testing import sentence

ROWS = [{"prompt": f"Explain: {sentence(n)}", "completion": sentence(1000 + n)} for n in range(400)]
PLAN = Plan(rules=(), needs=frozenset({"near"}))
LARGE = Sample(1_000_000, chunks=113, chunk_bytes=8 << 20, chunk_rows=9_000, held=4e8, found=0)


def sampled(rows: Any, **how: Any) -> Sample:
    return sample(from_object(rows, **how), Mapper(PLAN))


def test_a_file_of_one_chunk_is_counted_not_guessed() -> None:
    seen = sampled(ROWS)

    assert (seen.rows, seen.chunks) == (400, 1)
    assert seen.held > 256 * seen.rows


def test_the_first_chunk_speaks_for_the_rest() -> None:
    whole, seen = sampled(ROWS), sampled(ROWS, chunk_bytes=4096)

    assert seen.rows == pytest.approx(400, rel=0.2)
    assert seen.chunks > 10
    assert seen.held == pytest.approx(whole.held, rel=0.2)


def test_a_table_is_counted() -> None:
    pa = pytest.importorskip("pyarrow")
    rows = ROWS * 50

    seen = sampled(pa.Table.from_pylist(rows))

    assert seen.rows == len(rows)
    assert seen.chunks > 1


@pytest.mark.parametrize("rows", [[], [{"unknown": 1}]])
def test_next_to_nothing_needs_next_to_nothing(rows: list[dict[str, Any]]) -> None:
    assert estimate_peak([sampled(rows)], 8).bytes < 2**30


def test_what_dataset_rules_find_is_held_too() -> None:
    broken = [{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}] * 50
    with_rules = make_plan(*_defaults())

    assert sample(from_object(broken), Mapper(with_rules)).found > sampled(broken).found


@given(st.integers(1, 64), st.integers(4, 10_000), st.floats(0, 1e12))
def test_more_processes_rows_or_chunks_never_need_less(jobs: int, chunks: int, held: float) -> None:
    seen = Sample(1, chunks, 8 << 20, 9_000, held, held / 2)

    needed = estimate_peak([seen], jobs)

    assert needed.processes == jobs
    assert needed.bytes <= estimate_peak([seen, seen], jobs).bytes
    # Compiled code is for processes that have much to do: of more of them, fewer have.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "footprint", lambda _: 0)
        assert estimate_peak([seen], jobs).bytes <= estimate_peak([seen], jobs + 1).bytes


def test_compiled_code_takes_memory_where_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (Sample(1, chunks, compiler.WORTH // 8, 9_000, 0.0, 0.0) for chunks in (7, 8))
    monkeypatch.setattr(compiled, "find_spec", lambda name: name)

    assert estimate_peak([large], 1).bytes - estimate_peak([small], 1).bytes == compiled.FOOTPRINT
    assert estimate_peak([large], 2).bytes == estimate_peak([small], 2).bytes
    monkeypatch.setattr(compiled, "find_spec", lambda _: None)
    assert estimate_peak([large], 1).bytes == estimate_peak([small], 1).bytes


def test_few_chunks_start_no_process() -> None:
    assert estimate_peak([Sample(10, 2, 8 << 20, 10, 1e3, 0)], 8).processes == 1
    assert estimate_peak([Sample(10, 2, 8 << 20, 10, 1e3, 0)] * 2, 8).processes == 8


def test_a_run_that_is_too_large_says_what_would_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.engine.execute.memory.sample", lambda *_, **__: LARGE)
    needed = [estimate_peak([LARGE], jobs).bytes for jobs in range(5)]
    fits = max(jobs for jobs in range(1, 5) if needed[jobs] <= needed[1])
    source = from_object(ROWS)

    with pytest.raises(DatalintError, match=rf"1,000,000 rows with 4 processes need about .* give --jobs {fits}, or"):
        refuse_over(needed[1], [source], [], PLAN, jobs=4)
    with pytest.raises(DatalintError, match=r"with 1 process .* over the limit of 10 MB; raise"):
        refuse_over(10**7, [source], [], PLAN, jobs=1)
    refuse_over(needed[4], [source], [], PLAN, jobs=4)


def test_a_long_row_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise AssertionError("read")

    path = tmp_path / "train.jsonl"
    path.write_text(f'{{"text": "{"a" * (20 << 20)}"}}\n', encoding="utf-8")
    monkeypatch.setattr("datalint.sources.readers.json_lines.reader.JsonLinesChunk.load", load)
    with pytest.raises(DatalintError, match=r"^about 1 row with 1 process need about [34]\d\d MB"):
        refuse_over(300_000_000, open_sources([str(path)]), [], PLAN, jobs=1)


def test_the_report_is_the_same_under_a_limit() -> None:
    free, bounded = (datalint.lint(ROWS, config=config) for config in ({}, {"max-memory": "2 GiB"}))

    assert free.to_dict() == bounded.to_dict()


def test_evaluation_rows_count() -> None:
    with pytest.raises(DatalintError, match=r"about 800 rows with 1 process need"):
        datalint.lint(ROWS, eval=ROWS, config={"max-memory": "1MB"})


def test_nothing_is_printed_of_a_run_that_never_starts(tmp_path: Path, capsysbinary: Any) -> None:
    from datalint.cli import main

    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")

    with pytest.raises(SystemExit) as end:
        main(["check", "--isolated", "--no-cache", "--max-memory", "5MB", str(path)])

    said = capsysbinary.readouterr()
    assert end.value.code == 2
    assert said.out == b""
    assert said.err.startswith(b"error: about 400 rows with 1 process need about ")


def _defaults() -> tuple[Any, Any]:
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry

    registry = Registry.default()
    return load_settings(registry=registry, isolated=True), registry
