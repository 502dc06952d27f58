"""Most rows of one file are in other files too.

## What it does
If there are several training files, counts for each file how many of its rows another file also contains: as exact
copies, with the same texts, or as near-duplicates (in one verified cluster). Reports a file if another file contains
more than `max-share` of its rows. The finding names the other file, and gives the share of that file's rows that are
in this one.

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

from collections.abc import Iterator

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, counted, frozen, option, percent, printable, rule

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
    for number, file in enumerate(over):
        mine = parts[file,]
        share = f"{mine.height:,} ({percent(mine.height / sizes[file])}, limit {percent(options.max_share)})"
        message = f"{share} of this file's {counted(sizes[file], 'row')} are in "
        holder = _holder(mine, shared) if number < _NAMED else None
        related: tuple[tuple[int, float | None], ...] = ((mine["i"][0], None),)
        if holder is None:
            message += f"other files{_kinds(mine, sizes[file])}"
        else:
            other, held, back, twin = holder
            name = printable(data.files[other].path)
            whole = held.height == mine.height
            message += f"{name if whole else 'other files'}{_kinds(held if whole else mine, sizes[file])}"
            message += "; " if whole else f", most in {name} ({percent(held.height / sizes[file])}); "
            message += f"{percent(back / sizes[other])} of that file's {sizes[other]:,} are here"
            related = (*related, (twin, None))
        yield Hit(message, file=file, related=related, key=printable(data.files[file].path))


def _rows(data: Dataset) -> pl.DataFrame:
    """Return ``i``, ``file``, what each row is a copy of by kind, and whether another file holds it by kind."""
    keyed = data.examples.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("i"), "file", "exact", "normalized")
    rows = keyed.with_columns(pl.col("i").min().over(kind).alias(kind) for kind in ("exact", "normalized"))
    anchors = {row: group.rows[0] for group in data.near for row in group.rows}
    near = pl.col("normalized").replace_strict(anchors, default=pl.col("normalized"), return_dtype=pl.Int64)
    rows = rows.with_columns((near if anchors else pl.col("normalized")).alias("near"))
    first, last = pl.col("file").min(), pl.col("file").max()
    return rows.with_columns((first.over(kind) != last.over(kind)).alias(f"{kind}_elsewhere") for kind, _ in _KINDS)


def _holder(mine: pl.DataFrame, shared: pl.DataFrame) -> tuple[int, pl.DataFrame, int, int]:
    """Return the file that holds most of ``mine``, which of them, how many of its own they are, and the first's twin."""
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
    return other, held, theirs.height, twin


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
