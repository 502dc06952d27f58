"""Merging of partial results: associative, in file and line order, so that the number of workers does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.engine.execute.spill import Scratch, Spill, SpilledRows
from datalint.engine.map.hits import INTERNAL_ERROR, HitTable, internal_error
from datalint.engine.map.mapper import Partial
from datalint.engine.map.named_columns import bounded_columns
from datalint.engine.map.row_keys import RowKeys
from datalint.engine.plan import Plan
from datalint.records.record import FileFacts
from datalint.sources import has_lines, has_numbers, merge_facts
from datalint.support.classes import mutable

if TYPE_CHECKING:
    from datalint.neardup import ChosenSketches, NearRows, Sketches

# Number of rows of a block.
_GATHERED = 1 << 16


@mutable
class Merged:
    """A merged split: ``examples`` in file and line order with ``file``, physical ``line`` and ``row``.

    ``hits["at"]`` are indices into ``examples``; hits without a record carry ``file`` and ``line`` themselves.
    ``keys`` are, by file, the keys of the settings that occur in its rows. ``kept`` are all records if
    they are few. With ``keep_sketches`` the analyses do not free the sketches. ``accepted`` are the findings that rows
    accept, a frame of :mod:`~datalint.engine.map.acceptances`; None for none. ``scratch`` makes arrays for all rows.
    ``prompts`` are the sketches of prompts if the plan has them.
    """

    files: list[FileFacts]
    examples: pl.DataFrame
    hits: pl.DataFrame
    sketches: NearRows | None
    measured: dict[int, Any]
    keys: list[RowKeys | None] = field(default_factory=list)
    kept: list[dict[str, Any]] | None = None
    keep_sketches: bool = False
    scratch: Scratch = np.empty
    accepted: pl.DataFrame | None = None
    prompts: Sketches | ChosenSketches | None = None


class Merger:
    """Takes the partial results of a split one by one, in file and line order, and releases each.

    So its size is that of the result, and joining takes the additional memory of one column.
    """

    def __init__(self, plan: Plan, spill: Spill | None = None) -> None:
        self._plan = plan
        self._spill = spill or Spill()
        self._facts: dict[int, list[FileFacts]] = {}
        self._examples = _Columns(plan.category_key, self._spill)
        self._hits: list[pl.DataFrame] = []
        self._sketches = _Gathered(self._spill)
        self._prompts = _Gathered(self._spill)
        self._measured: dict[int, Any] = {}
        self._keys: dict[int, RowKeys] = {}
        self._accepted: list[pl.DataFrame] = []
        self._failed = HitTable(0)
        self._file = -1
        self._lines = self._rows = 0

    def add(self, files: Sequence[int], chunk: Partial) -> None:
        """Add the next chunk, of the files with these numbers; files come one after the other."""
        base = self._examples.height
        place = self._place(files, chunk)
        for sketches, gathered in ((chunk.sketches, self._sketches), (chunk.prompts, self._prompts)):
            if sketches is not None:
                if not sketches.has_texts:
                    self._spill.take(sketches.signatures.nbytes + sketches.sizes.nbytes)
                gathered.add(sketches)
        self._spill.take(int(chunk.examples.estimated_size()))
        self._examples.add(
            chunk.examples.with_columns(
                place["file"],
                # A file may have more lines than 32 bits can count, nearly all of them blank.
                (pl.col("line").cast(pl.Int64) + place["lines"]).alias("line"),
                pl.coalesce(
                    pl.col("line").cast(pl.Int64) + place["numbers"],
                    pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + place["rows"],
                )
                .cast(pl.UInt32)
                .alias("row"),
                _told_apart(),
            )
        )
        if chunk.hits.height:
            # A hit without a row is about the chunk.
            single = pl.lit(files[0] if len(files) == 1 else None, dtype=pl.Int64)
            file = pl.lit(place["file"].cast(pl.Int64)).gather(pl.col("at")) if len(files) > 1 else single
            self._hits.append(chunk.hits.with_columns(file.alias("file")).with_columns(pl.col("at") + base))
        _join(chunk.measured, self._measured, self._plan, self._failed)
        if chunk.accepted is not None:
            self._accepted.append(chunk.accepted.with_columns(pl.col("at") + base))

    def _place(self, files: Sequence[int], chunk: Partial) -> pl.DataFrame:
        """Return for each row of a chunk its file, and the offsets of its line and number; null for no lines.

        ``numbers`` is added to the line of a row to get its number, null where rows are counted instead.
        """
        found: list[tuple[int, int | None, int | None, int]] = []
        before = 0
        for file, (rows, facts, keys) in zip(files, chunk.files, strict=True):
            if file != self._file:
                self._file, self._lines, self._rows = file, 0, 0
            lines = self._lines if has_lines(facts.container) else None
            numbers = self._lines if has_numbers(facts.container) else None
            found.append((file, lines, numbers, self._rows - before))
            self._rows += rows
            self._lines += facts.lines
            before += rows
            self._facts.setdefault(file, []).append(facts)
            if keys is not None:
                known = self._keys.get(file)
                self._keys[file] = keys if known is None else known.joined(keys)
        schema = {"file": pl.UInt32, "lines": pl.Int64, "numbers": pl.Int64, "rows": pl.Int64}
        table = pl.DataFrame(found, schema=schema, orient="row")
        if len(found) == 1:
            return pl.DataFrame([column.new_from_index(0, chunk.files[0].rows) for column in table])
        return table[np.repeat(np.arange(len(found)), [part.rows for part in chunk.files])]

    def finish(self, facts: Sequence[FileFacts]) -> Merged:
        """Return the merged split; ``facts`` are those of each file."""
        if len(self._failed):
            self._hits.append(self._failed.frame().with_columns(pl.lit(None, dtype=pl.Int64).alias("file")))
        return Merged(
            files=[merge_facts([*self._facts.get(number, ()), whole]) for number, whole in enumerate(facts)],
            examples=self._examples.finish(),
            hits=pl.concat(self._hits) if self._hits else pl.DataFrame(),
            sketches=self._sketches.finish(),
            prompts=None if (prompts := self._prompts.finish()) is None else prompts.sketches,
            measured=self._measured,
            keys=[self._keys.get(number) for number in range(len(facts))],
            scratch=self._spill.scratch,
            accepted=pl.concat(self._accepted) if self._accepted else None,
        )


def _told_apart() -> pl.Expr:
    """Return a key that rows with the same texts share; for a row without any text, a key of the complete row.

    A row has no text if, for example, its messages are a string or another value that no shape reads. Such rows are not
    equal just because of that.
    """
    silent = (pl.col("prompt_chars") == 0) & (pl.col("response_chars") == 0) & ~pl.col("has_system")
    return pl.when(silent).then(pl.col("exact")).otherwise(pl.col("normalized")).alias("normalized")


class _Columns:
    """Rows of examples, collected into blocks and kept by column, so that each column can be joined and released.

    With a spill that is active, blocks and columns are in files.
    """

    def __init__(self, category_key: str | None, spill: Spill) -> None:
        self.height = 0
        self._spill = spill
        self._spilled = 0
        self._category_key = category_key
        self._waiting: list[pl.DataFrame] = []
        self._held = 0
        self._heights: list[int] = []
        self._blocks: dict[str, dict[int, pl.Series]] = {}

    def add(self, frame: pl.DataFrame) -> None:
        self._waiting.append(frame)
        self.height += frame.height
        self._held += frame.height
        if self._held > _GATHERED:
            self._gather()

    def finish(self) -> pl.DataFrame:
        """Return all rows; the columns named by keys of rows (``category:…``) are sorted, whichever chunk had them
        first."""
        self._gather()
        names = [name for name in self._blocks if ":" not in name]
        names += sorted(name for name in self._blocks if ":" in name)
        return pl.DataFrame([self._join(name) for name in names])

    def _gather(self) -> None:
        if not self._waiting:
            return
        # Each chunk has a bounded number of names, but the next chunk may have other names.
        names = {name for frame in self._waiting for name in frame.columns}
        brought = {name for name in names.union(self._blocks) if ":" in name}
        dropped = brought - bounded_columns(brought, self._category_key)
        frames = [frame.drop(dropped, strict=False) for frame in self._waiting] if dropped else self._waiting
        self._blocks = {name: blocks for name, blocks in self._blocks.items() if name not in dropped}
        # A frame from another process is one buffer, which each of its columns would keep in memory.
        block = pl.concat(frames, how="diagonal").rechunk()
        for column in block:
            self._blocks.setdefault(column.name, {})[len(self._heights)] = column
        self._heights.append(block.height)
        self._waiting, self._held = [], 0
        while self._spill.is_active and self._spilled < len(self._heights):
            block = pl.DataFrame([blocks[self._spilled] for blocks in self._blocks.values() if self._spilled in blocks])
            for column in self._spill.frame(block):
                self._blocks[column.name][self._spilled] = column
            self._spilled += 1

    def _join(self, name: str) -> pl.Series:
        blocks = self._blocks.pop(name)
        null = pl.Series(name, [None], next(iter(blocks.values())).dtype)
        column = pl.concat(
            [blocks[i] if i in blocks else null.new_from_index(0, height) for i, height in enumerate(self._heights)],
            rechunk=True,
        )
        return self._spill.column(column) if self._spill.is_active else column


class _Gathered:
    """Sketches in two growing arrays, in memory or in files, or texts while there are only texts."""

    def __init__(self, spill: Spill) -> None:
        self._spill = spill
        self._files: list[SpilledRows] = []
        self._rows = 0
        self._texts: list[NearRows] = []
        self._arrays: list[npt.NDArray[Any]] = []

    def add(self, chunk: NearRows) -> None:
        if chunk.has_texts and not self._arrays and not self._files:
            self._texts.append(chunk)
            return
        texts, self._texts = self._texts, []
        for each in (*texts, chunk):
            sketches = each.sketches
            self._append([sketches.signatures, sketches.sizes])

    def _append(self, parts: list[npt.NDArray[Any]]) -> None:
        if self._spill.is_active:
            if not self._files:
                self._files = [self._spill.rows(part.shape[1:], part.dtype) for part in parts]
                for file, array in zip(self._files, self._arrays, strict=False):
                    file.append(array[: self._rows])
                self._arrays = []
            for file, part in zip(self._files, parts, strict=True):
                file.append(part)
            return
        if not self._arrays:
            self._arrays = [np.empty((0, part.shape[1]), part.dtype) for part in parts]
        rows = self._rows + len(parts[0])
        for array, part in zip(self._arrays, parts, strict=True):
            if rows > len(array):
                # The allocator can often extend a large array in place, without a second copy.
                array.resize((max(rows, self._rows * 17 // 16), array.shape[1]), refcheck=False)
            array[self._rows : rows] = part
        self._rows = rows

    def finish(self) -> NearRows | None:
        from datalint.neardup import Sketches, join

        if self._files:
            return Sketches(*(file.finish() for file in self._files))
        if not self._arrays:
            return join(self._texts) if self._texts else None
        for array in self._arrays:
            array.resize((self._rows, array.shape[1]), refcheck=False)
        return Sketches(*self._arrays)


def _join(partials: dict[int, Any], measured: dict[int, Any], plan: Plan, failed: HitTable) -> None:
    """Merge the partials of dataset rules from one more chunk into ``measured``."""
    for index, partial in partials.items():
        active = plan.rules[index]
        try:
            measured[index] = (
                active.rule.merge_function(measured[index], partial)
                if index in measured and active.rule.merge_function is not None
                else partial
            )
        except Exception as error:
            failed.add(INTERNAL_ERROR, internal_error(active, error))
