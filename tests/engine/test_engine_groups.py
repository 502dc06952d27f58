"""Small files that share a chunk give the report that they give one by one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from datalint.cache.store import Store
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.sources import open_sources
from datalint.testing import sentence

REGISTRY = Registry.default()
IDENTITY = b"this code"


def rows(start: int, count: int) -> str:
    return "".join(
        json.dumps({"prompt": f"{sentence(n)}?", "completion": sentence(n + 500), "topic": "ab"[n % 2]}) + "\n"
        for n in range(start, start + count)
    )


FILES: dict[str, str] = {
    "00.jsonl": rows(0, 3),
    "01.jsonl": "",
    "02.jsonl": "\n\n" + rows(2, 2) + '{"prompt": "cut',
    "03.csv": 'prompt,completion\n"Say it\nagain",Yes\nSay,\n',
    "04.jsonl": rows(10, 1).replace("\n", "\r\n") + '{"prompt": "a", "prompt": "b", "completion": NaN}\r\n',
    "05.json": json.dumps([json.loads(line) for line in rows(20, 3).splitlines()]),
    "06.jsonl": "\ufeff" + rows(1, 2),
    "07.jsonl": '{"unknown": 1}\n{"prompt": ["x"], "completion": "y"}\n' + rows(30, 1).rstrip("\n"),
    "08.jsonl": json.dumps({"prompt": "My mail is jane.doe@example.org", "completion": "As an AI model, I can't."}),
    "09.jsonl": rows(40, 40),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


def report(folder: Path, held: Path, jobs: int = 1, store: Store | None = None, **overrides: Any) -> bytes:
    settings = load_settings(registry=REGISTRY, isolated=True, overrides=overrides)
    train, evaluation = open_sources([str(folder)]), open_sources([str(held)])
    cache = None if store is None else (store, IDENTITY)
    return to_json(run_lint(settings, REGISTRY, train, evaluation, jobs=jobs, cache=cache))


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, Path]:
    held = {"a.jsonl": rows(11, 2), "b.jsonl": rows(41, 1)}
    return write(tmp_path / "train", FILES), write(tmp_path / "held", held)


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"columns": {"prompt": "prompt", "response": "completion"}, "balance.field": "topic"},
        {"group-by": ("topic",)},
    ],
)
def test_grouped_files_give_the_same_report(
    data: tuple[Path, Path], overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = report(*data, **overrides)
    found = json.loads(together)
    assert {"FMT019", "DIV001", "RDY003", "QUA020"} & found["rules"].keys()
    monkeypatch.setattr("datalint.sources.grouping.SMALL", 0)
    assert report(*data, **overrides) == together


def test_workers_map_groups_too(data: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    together = report(*data)
    monkeypatch.setattr("datalint.sources.grouping.MOST_CHUNKS", 2)
    assert report(*data, jobs=2) == together


def test_groups_are_cached(data: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = report(*data)
    monkeypatch.setattr("datalint.sources.grouping.MOST_CHUNKS", 2)
    monkeypatch.setattr("datalint.engine.execute.chunk_cache.LEAST", 1)
    monkeypatch.setenv("DATALINT_CACHE_KEY", str(tmp_path / "key"))
    store = Store(tmp_path / "cache", b"k" * 32)
    assert report(*data, store=store) == together
    assert store.written
    written = store.written
    assert report(*data, store=store) == together
    assert store.written == written
