"""Most rows of one file are in other files too.

## What it does
If there are several training files, counts for each file how many of its rows another file also contains: as exact
copies, with the same texts, or as near-duplicates (in one verified cluster). Reports a file if another file contains
more than `max-share` of its rows. The finding names the other file, and gives the share of that file's rows that are
in this one. If each of two files contains most of the other one, the smaller is reported, or the later of two that are
equally large.

## Why it matters
If a dataset grew by copying, its later versions contain the earlier ones: `train.jsonl` and `train_final.jsonl` read
together are one example repeated, the guide's Bad column. Reported by row, these are thousands of duplicates; reported
by file, they are one decision. The two shares show which file is part of the other.

## Bad
```jsonl vary=20
{"prompt": "{w}", "completion": "Answer {n}: {w}"}
```
```jsonl file=all.jsonl vary=60
{"prompt": "{w}", "completion": "Answer {n}: {w}"}
```
## Good
```jsonl vary=20
{"prompt": "{w}", "completion": "Answer {n}: {w}"}
```
```jsonl file=more.jsonl vary=60
{"prompt": "What is {n} times {n}?", "completion": "Multiply {n} by itself."}
```
## What to do
Train on the file with more rows, and leave the other one out.
## Known limits
Two rows count as near-duplicates if both are near the first row of their cluster. Evaluation files are checked by
`leaked-example` instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from datalint.api import Dataset, Hit, NamedTuple, Options, Severity, counted, frozen, option, percent, printable, rule

#: Kinds of repeats by column, the closest first.
_KINDS = (("exact", "exactly"), ("normalized", "in text"), ("near", "nearly"))
#: Files whose largest holder is looked for; each needs a pass over the rows that files share.
_NAMED = 200


@frozen
class ContainedFileOptions(Options):
    """When a file is inside others."""

    max_share: float = option(0.5, "share of a file's rows that other files may contain", source="most is over half")
    min_rows: int = option(10, "rows from which a file is checked", source="shares of fewer are chance")


@rule("DIV012", "contained-file", severity=Severity.WARNING, since="0.1", needs={"near"})
def contained_file(data: Dataset, options: ContainedFileOptions) -> Iterator[Hit]:
    """Yield a hit for each file that is over the limit; its first repeated row and a twin of it are related."""
    if len(data.files) < 2:
        return
    rows = _rows(data)
    sizes = dict(rows.group_by("file").len().iter_rows())
    shared = rows.filter(pl.col("near_elsewhere"))
    files = shared.group_by("file").len().sort("file")
    over = [f for f, n in files.iter_rows() if sizes[f] >= options.min_rows and n > options.max_share * sizes[f]]
    parts = shared.partition_by("file", as_dict=True)
    holders = {file: _holder(parts[file,], shared) for file in over[:_NAMED]}
    for file in over:
        mine, holder = parts[file,], holders.get(file)
        if holder is not None and _is_said_of(holder.file, holders, file, sizes):
            continue
        share = f"{mine.height:,} ({percent(mine.height / sizes[file])}, limit {percent(options.max_share)})"
        message = f"{share} of this file's {counted(sizes[file], 'row')} are in "
        related: tuple[tuple[int, float | None], ...] = ((mine["i"][0], None),)
        if holder is None:
            message += f"other files{_kinds(mine, sizes[file])}"
        else:
            name = printable(data.files[holder.file].path)
            held = holder.held
            message += f"{name if holder.whole else 'other files'}{_kinds(held if holder.whole else mine, sizes[file])}"
            message += "; " if holder.whole else f", most in {name} ({percent(held.height / sizes[file])}); "
            message += f"{percent(holder.back / sizes[holder.file])} of that file's {sizes[holder.file]:,} are here"
            related = (*related, (holder.twin, None))
        yield Hit(message, file=file, related=related, key=printable(data.files[file].path))


class _Holder(NamedTuple):
    """The file that holds most of another one's rows, which of these (``held``), and how many of its own they are.

    ``whole`` is true if no other file is needed, and ``twin`` is the row that is the first of ``held``.
    """

    file: int
    held: pl.DataFrame
    back: int
    twin: int
    whole: bool


def _is_said_of(other: int, holders: Mapping[int, _Holder], file: int, sizes: Mapping[int, int]) -> bool:
    """Return whether the finding of ``other`` says of two files, each in the other one, what that of ``file`` would."""
    back = holders.get(other)
    if back is None or back.file != file or not back.whole or not holders[file].whole:
        return False
    return (sizes[other], -other) < (sizes[file], -file)


def _rows(data: Dataset) -> pl.DataFrame:
    """Return ``i``, ``file``, what each row is a copy of by kind, and whether another file holds it by kind."""
    keyed = data.examples.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("i"), "file", "exact", "normalized")
    rows = keyed.with_columns(pl.col("i").min().over(kind).alias(kind) for kind in ("exact", "normalized"))
    anchors = {row: group.rows[0] for group in data.near for row in group.rows}
    near = pl.col("normalized").replace_strict(anchors, default=pl.col("normalized"), return_dtype=pl.Int64)
    rows = rows.with_columns((near if anchors else pl.col("normalized")).alias("near"))
    first, last = pl.col("file").min(), pl.col("file").max()
    return rows.with_columns((first.over(kind) != last.over(kind)).alias(f"{kind}_elsewhere") for kind, _ in _KINDS)


def _holder(mine: pl.DataFrame, shared: pl.DataFrame) -> _Holder:
    """Return the file that holds most of ``mine``, the rows of one file."""
    file = mine["file"][0]
    there = shared.filter(pl.col("file") != file).join(mine, on="near", how="semi", maintain_order="left")
    found = there.group_by("file").agg(pl.col("near").unique()).explode("near")
    counts = found.join(mine.select("near"), on="near").group_by("file").len()
    other = counts.sort("len", "file", descending=[True, False])["file"][0]
    theirs = there.filter(pl.col("file") == other)
    held = mine.join(theirs, on="near", how="semi", maintain_order="left").with_columns(
        pl.col(kind).is_in(theirs[kind].implode()).alias(f"{kind}_elsewhere") for kind, _ in _KINDS
    )
    twin = theirs.filter(pl.col("near") == held["near"][0])["i"][0]
    return _Holder(other, held, theirs.height, twin, held.height == mine.height)


def _kinds(rows: pl.DataFrame, size: int) -> str:
    """Return `` (70 % exactly, 12 % nearly)``: each row by its closest kind."""
    parts, before = [], 0
    for kind, word in _KINDS:
        count = int(rows[f"{kind}_elsewhere"].sum())
        if count > before:
            parts.append((percent((count - before) / size), word))
        before = count
    if len(parts) == 1:
        return f" ({parts[0][1]})"
    return f" ({', '.join(f'{share} {word}' for share, word in parts)})"
