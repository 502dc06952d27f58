"""Reports of the results at other thresholds and of the recall on planted copies, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from rich.table import Table
from rich.text import Text

from datalint.report.clusters import clusters_document, search_settings
from datalint.report.inert import inert_json
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from datalint.core.charts import ThresholdLevel


class RecallRow(Protocol):
    """The recall for one mutation; see :class:`datalint.neardup.evaluate.recall.RecallRow`."""

    @property
    def mutation(self) -> str: ...
    @property
    def planted(self) -> int: ...
    @property
    def alike(self) -> int: ...
    @property
    def found(self) -> int: ...
    @property
    def clustered(self) -> int: ...
    @property
    def under(self) -> float | None: ...
    @property
    def share(self) -> float | None: ...


def print_sweep(levels: Sequence[ThresholdLevel], settings: Any, size: int, console: Console) -> None:
    """Print a line for each threshold."""
    console.print(Text(f"{counted(size, 'example')}, {settings.view} view, {settings.shingle}", style="bold"))
    table = _table("similarity from", "clusters", "repeating rows", "share", "largest cluster", "search")
    for level in levels:
        share = f"{100 * level.redundant / size:.1f} %" if size else "–"
        counts = (f"{level.clusters:,}", f"{level.redundant:,}", share, f"{level.largest:,}")
        table.add_row(f"{level.threshold:g}", *counts, "exact" if level.complete else "sketch")
    console.print(table)


def sweep_lines(levels: Sequence[ThresholdLevel], settings: Any, size: int, kind: str) -> Iterator[bytes]:
    """Yield thresholds: ``jsonl`` one a line, ``json`` one object."""
    data = [level.to_dict() for level in levels]
    what = search_settings(settings, size)
    del what["threshold"]
    yield from _lines({**what, "sweep": data}, data, kind)


def print_recall(results: Sequence[RecallRow], assurance: str, settings: Any, seed: int, console: Console) -> None:
    """Print a line for each mutation, and an explanation of the figures."""
    limit = f"{settings.threshold:g}"
    how = f"  {settings.view} view, {settings.shingle}, similarity {limit} and over, seed {seed}"
    console.print(Text.assemble(("Planted copies, searched as always", "bold"), (how, "dim")))
    console.print(Text(f"search: {assurance}", style="dim"))
    table = _table("mutation", "planted", "alike", "found", "recall", "in clusters", f"under {limit} (median)")
    for result in results:
        under = result.planted - result.alike
        table.add_row(
            result.mutation,
            f"{result.planted:,}",
            f"{result.alike:,}",
            f"{result.found:,}",
            "–" if result.share is None else f"{int(1000 * result.share) / 10:.1f} %",
            f"{result.clustered:,}",
            "0" if result.under is None else f"{under:,} ({int(100 * result.under) / 100:.2f})",
        )
    console.print(table)
    if any(result.found > result.clustered for result in results):
        console.print(Text("Copies beyond clusters are like a member of one, and not like its anchor.", style="dim"))
    if any(result.planted > result.alike for result in results):
        console.print(Text(f"Copies under similarity {limit} are no near-duplicates by this measure.", style="dim"))


def recall_lines(
    results: Sequence[RecallRow], complete: bool, settings: Any, size: int, seed: int, kind: str
) -> Iterator[bytes]:
    """Yield mutations: ``jsonl`` one a line, ``json`` one object."""
    data = [
        {
            "mutation": result.mutation,
            "planted": result.planted,
            "alike": result.alike,
            "found": result.found,
            "recall": result.share,
            "clustered": result.clustered,
            "median_similarity_under": result.under,
        }
        for result in results
    ]
    what = {**search_settings(settings, size), "method": "exact" if complete else "sketch", "seed": seed}
    yield from _lines({**what, "mutations": data}, data, kind)


def _lines(whole: dict[str, Any], rows: Iterable[dict[str, Any]], kind: str) -> Iterator[bytes]:
    if kind == "json":
        yield clusters_document(whole)
        return
    for row in rows:
        yield inert_json(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0))
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
