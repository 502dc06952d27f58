"""Comparison of pairs of rows in tasks, on the machines that map chunks; the search itself runs in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader, RowTexts
from datalint.sources.content import Content
from datalint.support.distinct import distinct
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.ray_tasks import Stage
    from datalint.neardup import Shingling
    from datalint.neardup.limits import Limits
    from datalint.neardup.text.common import CommonShingles
    from datalint.neardup.text.hashing import Rows
    from datalint.neardup.verify.compare import Compare, Comparer, Similarities
    from datalint.shapes.detect import Detector
    from datalint.sources import Source


class Shared(NamedTuple):
    """What all tasks of a comparison need; ``compiled`` is whether they use compiled code."""

    sources: Sequence[Source]
    detector: Detector
    view: str
    shingling: Shingling
    threshold: float
    common: CommonShingles | None
    limits: Limits
    compiled: bool


class Comparison(NamedTuple):
    """Pairs of some rows: their numbers among these rows, where the rows are, and the sizes of their parts."""

    first: Rows
    second: Rows
    places: pl.DataFrame
    sizes: NDArray[np.uint32]


def elsewhere(reader: Reader) -> Callable[[Comparer], Compare] | None:
    """Return a function that makes the comparer of a reader run as tasks; None if the reader has no tasks."""
    return None if reader.tasks is None else partial(_compare_in_tasks, reader)


def _compare_in_tasks(reader: Reader, comparer: Comparer) -> Compare:
    if not isinstance(comparer.fetch, RowTexts):  # the texts of a small dataset, in memory
        return comparer
    sources = [_for_all_machines(source) for source in comparer.fetch.reader.sources]
    if reader.tasks is None or None in sources:
        return comparer
    shared = Shared(
        [source for source in sources if source is not None],
        reader.detector,
        comparer.fetch.view,
        comparer.shingling,
        comparer.threshold,
        comparer.common,
        comparer.limits,
        comparer.kernels is not None,
    )
    return InTasks(comparer, comparer.fetch, reader.tasks.stage(comparing, shared, compiled=False))


class InTasks:
    """Compares each batch of pairs in a task; a single batch is compared in this process."""

    def __init__(self, comparer: Comparer, texts: RowTexts, stage: Stage) -> None:
        self._comparer = comparer
        self._texts = texts
        self._stage = stage

    def __call__(self, first: Rows, second: Rows) -> Similarities:
        """Return the similarity of each pair."""
        batches = [np.concatenate(tiles) for tiles in self._comparer.batches(first, second)]
        if len(batches) < 2:
            return self._comparer(first, second)
        similarities = np.ones(len(first), np.float64)
        tasks = (self.task(first[batch], second[batch]) for batch in batches)
        for batch, found in zip(batches, self._stage.run(tasks), strict=True):
            similarities[batch] = found
        return similarities

    def task(self, first: Rows, second: Rows) -> tuple[str, Comparison]:
        """Return the name of a task and its input, the pairs to compare."""
        rows = distinct(np.concatenate([first, second]))
        left, right = np.searchsorted(rows, first), np.searchsorted(rows, second)
        self._stage.usage.rows += len(rows)
        task = Comparison(left, right, self._texts.places(rows), self._comparer.sizes[rows])
        return f"a comparison of {len(rows):,} rows", task


def comparing(shared: Shared) -> Callable[[Comparison], Similarities]:
    """Return the function that computes the similarities of a task's pairs."""
    from datalint.neardup.compiled import dispatch
    from datalint.neardup.verify.compare import Comparer

    kernels = dispatch.load() if shared.compiled else None

    def compare(task: Comparison) -> Similarities:
        reader = Reader(shared.sources, task.places, shared.detector, kernels=kernels)
        texts = RowTexts(reader, shared.view)
        rest = (shared.shingling, shared.threshold, shared.common, shared.limits, kernels)
        return Comparer(task.sizes, texts, *rest)(task.first, task.second)

    return compare


def _for_all_machines(source: Source) -> Source | None:
    """Return a source whose file is found from any working folder; None if only this process can read its rows again:
    tables, and decoded input, which is in a file without a name."""
    content = getattr(source, "content", None)
    if not isinstance(content, Content) or content.path.startswith("/proc/"):
        return None
    path = str(Path(content.path).absolute()) if content.path else ""
    data = b"" if path else content.read(0, content.size)
    return replace(source, content=Content(data, path=path, size=content.size))  # type: ignore[type-var]
