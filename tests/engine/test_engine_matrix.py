"""One report for each dataset, whatever executor maps it: for every search of near-duplicates and every container."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.executor import LEAST_CHUNKS, Engine
from datalint.engine.execute.spill import Spill
from datalint.neardup import Limits
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.sources import open_sources
from datalint.testing import sentence

Rows = list[dict[str, Any]]

REGISTRY = Registry.default()
SIZE = 120
#: Bytes of a chunk, so that every container has one more than processes are started for.
CHUNK = 5_500
#: Rows of a row group of Parquet, of which a chunk has at least one.
GROUP = SIZE // 6


def varied() -> Rows:
    """Return rows of all sorts: copies, near-duplicates, conflicts, empty responses, categories."""
    rows = [
        {
            "prompt": sentence(n),
            "completion": f"{sentence(1000 + n)}, {sentence(2000 + n)}",
            "topic": ("a", "b", "b")[n % 3],
        }
        for n in range(SIZE)
    ]
    for n in range(0, SIZE, 8):
        rows[n] = rows[n // 2] | {"prompt": f"{rows[n // 2]['prompt']} now"}
        rows[n + 1] = rows[n // 2 + 1]
        rows[n + 2] = rows[n + 2] | {"prompt": "Is it so?", "completion": ("Yes", "No")[n % 16 // 8]}
        rows[n + 3] = rows[n + 3] | {"completion": ""}
    return rows


def template() -> Rows:
    """Return rows of one template, of which many are near-duplicates."""
    start = "Write a short and friendly product description for the online shop of a company that sells item number"
    return [
        {"prompt": f"{start} {n % 40}", "completion": f"{sentence(n % 25)} for {n} euros", "topic": "shop"}
        for n in range(SIZE)
    ]


def jsonl(rows: Rows) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def table(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet(rows: Rows) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=GROUP)
    return out.getvalue()


CONTAINERS: dict[str, Callable[[Rows], bytes]] = {
    "rows.jsonl": jsonl,
    "rows.csv": table,
    "rows.jsonl.gz": lambda rows: gzip.compress(jsonl(rows), mtime=0),
    "rows.json": lambda rows: json.dumps(rows).encode(),
    "rows.parquet": parquet,
}
#: Data, and the shingles over which an exact search is given up.
SEARCHES: dict[str, tuple[Callable[[], Rows], int]] = {
    "exact": (varied, 1 << 24),
    "sketch": (varied, 0),
    "template": (template, 0),
}


def held_out(rows: Rows) -> Rows:
    """Return evaluation rows: some of the rows, and some prompts in other words with other answers."""
    asked = [row | {"prompt": f"{row['prompt']} today", "completion": sentence(5000)} for row in rows[5::40]]
    return [*rows[::7], *asked]


def report(path: Path, held: Path, jobs: int, spill: Spill | None = None, engine: Engine | None = None) -> bytes:
    benchmark = held.with_name("benchmark.jsonl")
    overrides = {"group-by": ("topic",), "benchmarks": {"paths": (str(benchmark),), "definition": "palm"}}
    settings = load_settings(registry=REGISTRY, isolated=True, overrides=overrides)
    train, evaluation = (open_sources([str(each)], chunk_bytes=CHUNK) for each in (path, held))
    return to_json(run_lint(settings, REGISTRY, train, evaluation, jobs=jobs, spill=spill, engine=engine))


def prepare(search: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Write rows and evaluation rows for a search of near-duplicates."""
    make, shingles = SEARCHES[search]
    monkeypatch.setattr("datalint.neardup.limits.DEFAULT", Limits(exact_shingles=shingles))
    # Tables are cut by weight alone.
    monkeypatch.setattr("datalint.sources.tables.batches.CHUNK_BYTES", CHUNK)
    path, held = folder / name, folder / "eval.jsonl"
    path.write_bytes(CONTAINERS[name](make()))
    held.write_bytes(jsonl(held_out(make())))
    held.with_name("benchmark.jsonl").write_bytes(jsonl(make()[::50]))
    return path, held


#: What a search compares does not depend on the container, and what a container gives again not on the search: every
#: search with lines, and every container with one search, each of which reads rows again.
PAIRS = [
    *((search, "rows.jsonl") for search in SEARCHES),
    ("exact", "rows.csv"),
    ("sketch", "rows.jsonl.gz"),
    ("exact", "rows.json"),
    ("sketch", "rows.parquet"),
]


def test_every_container_and_every_search_is_paired() -> None:
    assert {name for _, name in PAIRS} == set(CONTAINERS)
    assert {search for search, _ in PAIRS} == set(SEARCHES)


@pytest.mark.parametrize(("search", "name"), PAIRS)
def test_every_executor_gives_the_same_report(
    search: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, held = prepare(search, name, tmp_path, monkeypatch)
    [source] = open_sources([str(path)], chunk_bytes=CHUNK)
    assert sum(1 for _ in source.chunks(0)) > LEAST_CHUNKS, "or no process is started"
    alone = report(path, held, jobs=1)
    found = json.loads(alone)
    expected = {"RDY003", "RDY006"} if search == "template" else {"RDY003", "RDY006", "RDY008", "RDY009"}
    assert found["rules"].keys() >= expected
    measure = "template-family-share" if search == "template" else "redundant-share"
    assert found["measures"][measure] > 0
    # More processes than two are another case of the order in which results come, whatever the rows are.
    for jobs in (2, 3) if (search, name) == PAIRS[0] else (2,):
        assert report(path, held, jobs=jobs) == alone
    if name == "rows.jsonl":
        # What is stored are merged rows, whatever they were read from: from the first row on, or from the middle.
        spill = Spill(30_000 if search == "exact" else 0)
        assert report(path, held, jobs=1, spill=spill) == alone
        assert spill.is_active
