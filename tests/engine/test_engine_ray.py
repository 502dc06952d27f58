"""Chunks as tasks of Ray: the same report, and nodes that differ are refused. Ray itself is used if it is installed."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datalint.cache.store import Store
from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine.execute import ray_tasks
from datalint.engine.execute.executor import Engine
from datalint.engine.execute.ray_tasks import NodeProbe, RayTasks, probe, refuse_differing
from datalint.engine.execute.usage import Usage
from datalint.engine.map.mapper import Mapper
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.testing import sentence

REGISTRY = Registry.default()
SETTINGS = load_settings(registry=REGISTRY, isolated=True)
SOURCE = Path(ray_tasks.__file__)


def test_one_module_imports_ray() -> None:
    package = SOURCE.parents[2]
    importing = [path for path in package.rglob("*.py") if "import ray" in path.read_text(encoding="utf-8")]
    assert importing == [SOURCE]


def test_nodes_that_differ_are_refused_by_name() -> None:
    mine = probe()
    refuse_differing("a", mine, mine)
    with pytest.raises(DatalintError, match=r"^node b has other versions of datalint or of a package; install"):
        refuse_differing("b", mine, NodeProbe("other", mine.hash))
    with pytest.raises(DatalintError, match=r"^node a has a processor on which Polars computes other hashes"):
        refuse_differing("a", mine, NodeProbe(mine.code, mine.hash + 1))


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without_ray(name: str, *given: Any, **named: Any) -> Any:
        if name == "ray":
            raise ImportError(name)
        return original(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without_ray)
    with pytest.raises(DatalintError, match=r"needs the package ray; install datalint-sft\[ray\]$"):
        lint(write(tmp_path), Engine("ray"))


def write(folder: Path) -> Path:
    path = folder / "rows.jsonl"
    rows = [{"prompt": f"{sentence(n)}?", "completion": sentence(n // 2 + 900)} for n in range(120)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def lint(path: Path, engine: Engine | None, store: Store | None = None) -> bytes:
    sources = open_sources([str(path)], chunk_bytes=2_000)
    cache = None if store is None else (store, b"this code")
    return to_json(run_lint(SETTINGS, REGISTRY, sources, jobs=2, engine=engine, cache=cache))


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    module = pytest.importorskip("ray")
    yield module
    module.shutdown()


@pytest.mark.filterwarnings("ignore")
def test_reports_are_the_same(ray: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path)
    plain = lint(path, None)
    monkeypatch.chdir(tmp_path)
    usage = Usage()
    assert lint(path, Engine("ray", usage=usage)) == plain
    assert usage.tasks > 3
    assert usage.mapped == path.stat().st_size
    assert min(usage.seconds, usage.sent, usage.returned) > 0
    store = Store(Path("work"), b"k" * 32, keeps_all=True)
    monkeypatch.setattr("datalint.engine.execute.chunk_cache.LEAST", 0)
    assert lint(path, Engine("ray"), store) == plain


@pytest.mark.filterwarnings("ignore")
def test_an_error_in_a_task_is_that_of_the_run(ray: Any, tmp_path: Path) -> None:
    path = write(tmp_path)
    [source] = open_sources([str(path)], chunk_bytes=2_000)
    chunks = [(source.path, chunk) for chunk in source.chunks(0)]
    path.unlink()
    tasks = RayTasks(None, 2).mapping(Mapper(make_plan(SETTINGS, REGISTRY)), None)
    with pytest.raises(DatalintError, match=r"^no such file: "):
        list(tasks.map(iter(chunks)))
