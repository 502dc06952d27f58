"""A run that is killed at any moment leaves what it has mapped, and the next run maps only the rest."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from unittest import mock

import pytest

from datalint.cache.store import Store
from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine.map.mapper import Mapper
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.sources import open_sources
from datalint.testing import sentence

REGISTRY = Registry.default()
#: Rules of every kind, since which they are makes no difference to what is kept.
SELECTED = ("FMT006", "FMT101", "QUA002", "QUA011", "DIV001", "DIV003", "DIV005", "VOL001")
SETTINGS = load_settings(registry=REGISTRY, isolated=True, overrides={"select": SELECTED})
ROWS = [{"prompt": f"{sentence(n)}?", "completion": sentence(n + 900)} for n in range(120)]
CHUNK = 2_000


def jsonl() -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)


def table() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ROWS[0])
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


CONTAINERS: dict[str, Callable[[], bytes]] = {
    "rows.jsonl": jsonl,
    "rows.csv": table,
    "rows.json": lambda: json.dumps(ROWS).encode(),
    "rows.txt": lambda: b"".join(f"{row['prompt']} {row['completion']}\n".encode() for row in ROWS),
}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.engine.execute.chunk_cache.LEAST", 0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "work", b"k" * 32, keeps_all=True)


def lint(path: Path, store: Store | None, *, jobs: int = 1, progress: Callable[[int], None] | None = None) -> bytes:
    sources = open_sources([str(path)], chunk_bytes=CHUNK)
    cache = None if store is None else (store, b"this code")
    return to_json(run_lint(SETTINGS, REGISTRY, sources, jobs=jobs, cache=cache, progress=progress))


def mapped(path: Path, store: Store) -> tuple[bytes, int]:
    """Return the report, and the number of chunks that were mapped for it."""
    with mock.patch.object(Mapper, "_map", autospec=True, side_effect=Mapper._map) as mapping:
        return lint(path, store), mapping.call_count


class Killed(BaseException):
    """Ends a run where the system would."""


def killed_after(chunks: int) -> Callable[[int], None]:
    left = iter(range(chunks, -1, -1))

    def progress(_done: int) -> None:
        if next(left) == 0:
            raise Killed

    return progress


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_killed_run_resumes(name: str, store: Store, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(CONTAINERS[name]())
    plain = lint(path, None)
    chunks = sum(1 for source in open_sources([str(path)], chunk_bytes=CHUNK) for _ in source.chunks(0))
    done = 0
    for more in (0, 2, 3):
        with pytest.raises(Killed):
            lint(path, store, progress=killed_after(done + more))
        done = len(list(store.root.glob("v*/chunks/*")))
    assert 4 < done < chunks
    assert mapped(path, store) == (plain, chunks - done)
    assert mapped(path, store) == (plain, 0)


def test_rows_that_are_inserted_are_mapped_and_no_others(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    lint(path, store)
    lines = jsonl().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:60], b'{"prompt": "Is it new?", "completion": "It is."}\n', *lines[60:]]))
    report, count = mapped(path, store)
    assert report == lint(path, None)
    assert 1 <= count <= 3


@pytest.mark.skipif(os.name == "nt", reason="there are no signals to end a process by")
def test_a_worker_that_is_killed_leaves_what_was_mapped(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    plain = lint(path, None)

    def kill_a_worker() -> None:
        from multiprocessing import active_children

        # Once the parent has mapped a chunk, the worker is still starting, and has chunks to map.
        while not any(store.root.glob("v*/chunks/[0-9a-f]*")):
            time.sleep(0.001)
        for child in active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    killer = Thread(target=kill_a_worker, daemon=True)
    killer.start()
    with pytest.raises(DatalintError, match=r"worker 1 .* died while it read chunk \d+ of .*: killed by SIGKILL"):
        lint(path, store, jobs=2)
    killer.join()
    left = len(list(store.root.glob("v*/chunks/[0-9a-f]*")))
    assert left
    report, count = mapped(path, store)
    assert report == plain
    assert count == len(list(store.root.glob("v*/chunks/[0-9a-f]*"))) - left


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[:-1],
    "changed": lambda data: data[:40] + b"x" + data[41:],
    "empty": lambda _: b"",
}


def test_a_damaged_entry_is_mapped_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    plain = lint(path, store)
    for name, damage in DAMAGES.items():
        entry = sorted(store.root.glob("v*/chunks/*"))[2]
        entry.write_bytes(damage(entry.read_bytes()))
        assert mapped(path, store) == (plain, 1), name
    assert mapped(path, store) == (plain, 0)


def test_a_full_disk_ends_no_run(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    replace = Path.replace
    left = iter(range(3))

    def full(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    assert lint(path, store) == lint(path, None)
    assert store.trouble == "No space left on device"
    names = [each.name for each in store.root.glob("v*/chunks/*")]
    assert len(names) == 3
    assert not any(name.startswith(".") for name in names)


def changes(path: Path) -> Iterator[Callable[[], Any]]:
    yield lambda: path.write_bytes(jsonl() + b"\n")
    yield lambda: path.write_bytes(b"")
    yield path.unlink


@pytest.mark.parametrize("number", range(3))
def test_an_input_that_changes_is_refused(number: int, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    change = list(changes(path))[number]
    calls = iter([change])
    with pytest.raises(
        DatalintError, match=r"rows\.jsonl changed while it was read: run again|no such file: .*rows\.jsonl"
    ):
        lint(path, None, progress=lambda _done: next(calls, lambda: None)())


def test_an_input_that_changes_after_the_map_half_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl())
    from datalint.engine import run

    reduce_rows = run.reduce_rows

    def late(*given: Any) -> Any:
        path.write_bytes(jsonl() + b"\n")
        return reduce_rows(*given)

    monkeypatch.setattr(run, "reduce_rows", late)
    with pytest.raises(DatalintError, match="changed while it was read"):
        lint(path, None)
