"""Plain texts whose lines belong to those of another file: a parallel corpus, or labels in a file of their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.files import open_regular
from datalint.core.fix import Action
from datalint.sources.base import LINES_OF_TEXT
from datalint.sources.inflate import SUFFIXES
from datalint.sources.parallel.unrelated_lines import are_unrelated
from datalint.sources.side_files import annotation_names
from datalint.sources.side_names import UP, side_names

if TYPE_CHECKING:
    from datalint.engine.plan import Active
    from datalint.records.analyses import FileFinder
    from datalint.records.record import FileFacts
    from datalint.sources import Source

#: Bytes of a text whose lines are counted at most.
_MOST: Final = 256 << 20


def sides_of(files: Sequence[FileFacts | Source], nearby: FileFinder | None) -> dict[int, str]:
    """Return the name of the file with the other side of each plain text that has one, by the number of the text.

    Names are relative to the folder of the text: a side in the folder of another language is ``../de/train.txt``.
    """
    if nearby is None:
        return {}
    found = {}
    lengths: dict[Path, tuple[float, float] | None] = {}
    for number, facts in enumerate(files):
        if facts.container != LINES_OF_TEXT:
            continue
        path = Path(facts.path)
        belongs = _finder(path, number, nearby, lengths)
        if (other := next(filter(belongs, side_names(path.name, path.absolute().parent.name)), None)) is not None:
            found[number] = other
    return found


def annotations_of(path: Path, number: int, nearby: FileFinder | None) -> Sequence[str]:
    """Return the names of the files with a label for each line of a plain text, or with its tokens, tags and so on."""
    if nearby is None:
        return ()
    belongs = _finder(path, number, nearby, {})
    return [each for each in dict.fromkeys(annotation_names(path.name)) if belongs(each)]


def _finder(
    path: Path, number: int, nearby: FileFinder, lengths: dict[Path, tuple[float, float] | None]
) -> Callable[[str], bool]:
    """Return a function that returns whether there is a file of a name, and it has a line for each line of a text."""

    def belongs(name: str) -> bool:
        there = nearby.is_near(number, name) if name.startswith(UP) else nearby.has(number, name)
        if not there:
            return False
        nearby.read.add(str(path.parent / name))
        return _as_long(path, path.parent / name, lengths) and not are_unrelated(path, path.parent / name)

    return belongs


def _as_long(path: Path, other: Path, known: dict[Path, tuple[float, float] | None]) -> bool:
    """Return whether two texts have as many lines; what is compressed or very large is not read for that.

    ``known`` are the numbers of lines of texts that were counted.
    """
    for each in (path, other):
        if each not in known:
            known[each] = count_lines(each)
    mine, theirs = known[path], known[other]
    return mine is None or theirs is None or any(one == two for one, two in zip(mine, theirs, strict=True))


def count_lines(path: Path) -> tuple[float, float] | None:
    """Return the number of lines of a text, and that of the lines that are not empty; None if they are not counted.

    A side of a parallel text has an empty line for what nobody translated, and may have one more at its end. A text
    that cannot be read has as many lines as no other.
    """
    lines = filled = 0
    try:
        if path.suffix.lower() in SUFFIXES or path.stat().st_size > _MOST:
            return None
        with open_regular(path) as file:
            for line in file:
                lines += 1
                filled += bool(line.strip())
    except OSError:
        return math.nan, math.nan
    return lines, filled


def without_removals(hits: pl.DataFrame, rules: Sequence[Active], sides: dict[int, str]) -> pl.DataFrame:
    """Return placed hits without the fixes that remove lines of one side alone: all after them would lose their own."""
    if not sides or not hits.height:
        return hits
    removing = [
        number
        for number, active in enumerate(rules)
        if active.rule.fix is not None and active.rule.fix.action in (Action.REMOVE, Action.KEEP_ONE)
    ]
    kept = ~(pl.col("rule").is_in(removing) & pl.col("file").is_in(list(sides)).fill_null(False))
    return hits.with_columns(pl.when(kept).then("fix").alias("fix"))
