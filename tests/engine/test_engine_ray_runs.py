"""Runs on Ray, on this machine and on simulated nodes: the same reports, also when workers and nodes are lost.

All of these need Ray, and are skipped without it; a job of the workflow installs it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_engine_matrix import CONTAINERS, SEARCHES, prepare, report

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine.execute import comparing
from datalint.engine.execute.executor import Engine
from datalint.engine.execute.ray_tasks import RayTasks
from datalint.engine.map.mapper import Mapper
from datalint.neardup import limits
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.report.sarif import to_sarif
from datalint.report.text import to_text
from datalint.setup.plan import make_plan
from datalint.sources import open_sources
from datalint.sources.content import Region
from datalint.testing import sentence

ray = pytest.importorskip("ray", reason="Ray is not installed")
# Ray leaves files and sockets open.
pytestmark = pytest.mark.filterwarnings("ignore")

REGISTRY = Registry.default()
SETTINGS = load_settings(registry=REGISTRY, isolated=True)
RAY = Engine("ray")
#: Runs in which a worker or a node is lost, each at another moment.
MOMENTS = 10


@pytest.fixture(scope="module")
def local() -> Iterator[None]:
    """Ray on this machine, which the first run starts."""
    yield
    ray.shutdown()


def write(folder: Path, rows: int = 240) -> Path:
    path = folder / "rows.jsonl"
    made = [{"prompt": f"{sentence(n)}?", "completion": sentence(n // 2 + 900)} for n in range(rows)]
    path.write_text("".join(json.dumps(row) + "\n" for row in made))
    return path


def lint(
    path: Path,
    engine: Engine | None,
    *,
    chunk_bytes: int = 2_000,
    progress: Callable[[int], None] | None = None,
) -> list[Any]:
    """Return the report in three formats."""
    sources = open_sources([str(path)], chunk_bytes=chunk_bytes)
    found = run_lint(SETTINGS, REGISTRY, sources, jobs=2, engine=engine, progress=progress)
    return [to_json(found), to_text(found), to_sarif(found)]


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("search", SEARCHES)
def test_every_container_gives_the_same_report(search: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks: list[str] = []
    original = comparing.InTasks.task

    def noted(self: comparing.InTasks, *pairs: Any) -> Any:
        tasks.append(name)
        return original(self, *pairs)

    monkeypatch.setattr(comparing.InTasks, "task", noted)
    for name in CONTAINERS:
        path, held = prepare(search, name, tmp_path, monkeypatch)
        # A few rows in each task.
        few = replace(limits.DEFAULT, fetched_shingles=2_000, block_shingles=1_000)
        monkeypatch.setattr("datalint.neardup.limits.DEFAULT", few)
        assert report(path, held, jobs=2, engine=RAY) == report(path, held, jobs=1), name
    # Other files are read by the driver.
    assert set(tasks) == ({"rows.jsonl", "rows.csv", "rows.jsonl.gz", "rows.json"} if search != "exact" else set())


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("chunk_bytes", [64_000, 8 << 20])
def test_chunks_of_any_size_give_the_same_report(chunk_bytes: int, tmp_path: Path) -> None:
    # Four chunks, or no task is started.
    path = write(tmp_path, 200_000 if chunk_bytes > 64_000 else 3_000)
    assert lint(path, RAY, chunk_bytes=chunk_bytes) == lint(path, None, chunk_bytes=8 << 20)


def workers() -> list[int]:
    """Return the processes in which Ray runs tasks."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (folder / "cmdline").read_bytes().startswith((b"ray::IDLE", b"ray::_run")):
                found.append(int(folder.name))
    return found


@pytest.mark.usefixtures("local")
def test_lost_workers_cost_only_their_chunks(tmp_path: Path) -> None:
    path = write(tmp_path)
    plain = lint(path, None)
    rng = random.Random(19)
    for _ in range(MOMENTS):
        chunks = iter(range(rng.randrange(10), -1, -1))

        def kill(_done: int, left: Iterator[int] = chunks) -> None:
            if next(left, None) == 0 and (found := workers()):
                os.kill(rng.choice(found), signal.SIGKILL)

        assert lint(path, RAY, progress=kill) == plain


@pytest.mark.usefixtures("local")
def test_a_chunk_that_ends_every_worker_is_named() -> None:
    class Deadly:
        """A chunk that ends the process that reads it."""

        file = 0
        path = "rows.jsonl"
        region = Region("", b"{}", 0, 2)

        def load(self) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    tasks = RayTasks(None, 2).mapping(Mapper(make_plan(SETTINGS, REGISTRY)), None)
    with pytest.raises(DatalintError, match=r"^chunk 1 of rows\.jsonl ended its worker 5 times: "):
        list(tasks.map(iter([("rows.jsonl", Deadly())])))  # type: ignore[list-item]


def added(cluster: Any) -> Any:
    """Add a node to a cluster; on a busy machine, Ray may wait too short a time for it."""
    for _ in range(4):
        with contextlib.suppress(Exception):
            return cluster.add_node(num_cpus=1)
    return cluster.add_node(num_cpus=1)


def test_lost_nodes_cost_only_their_chunks(tmp_path: Path) -> None:
    from ray.cluster_utils import Cluster

    path = write(tmp_path)
    plain = lint(path, None)
    ray.shutdown()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        added(cluster)
        ray.init(address=cluster.address, log_to_driver=False, configure_logging=False)
        rng = random.Random(20)
        for _ in range(MOMENTS):
            nodes = [added(cluster)]
            chunks = iter(range(rng.randrange(8), -1, -1))

            def lose(_done: int, left: Iterator[int] = chunks, nodes: list[Any] = nodes) -> None:
                if next(left, None) == 0:
                    cluster.remove_node(nodes.pop(), allow_graceful=False)

            assert lint(path, RAY, progress=lose) == plain
            assert not nodes
    finally:
        ray.shutdown()
        cluster.shutdown()
