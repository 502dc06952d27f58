"""A note on plain texts whose lines belong to those of other files, and on how to read both as rows."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.other_sides import annotations_of, count_lines
from datalint.privacy.display import FileName, file_name
from datalint.sources.parallel.roles import roles_of
from datalint.sources.side_files import LABELS
from datalint.support.enumerations import enumerated

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Files that are named at most.
_FILES: Final = 3


def sides_notes(dataset: Dataset, sides: Mapping[int, str]) -> Iterator[str]:
    """Yield a note on each of the first plain texts that have sides."""
    for number, other in [*sides.items()][:_FILES]:
        path = Path(dataset.files[number].path)
        names = [*dict.fromkeys((other, *annotations_of(path, number, dataset.nearby)))]
        shown = [file_name(name) for name in names]
        yield (
            f"{file_name(path.name)}: {_listed(shown)} may have a line for each line: {_remedy(path, names)}, as no "
            "line may be removed or moved in one file alone"
        )


def _listed(names: list[FileName]) -> str:
    more = len(names) - _FILES
    shown: list[str] = [*names[:_FILES], *([f"{more:,} more"] if more > 0 else [])]
    return enumerated(shown)


def _remedy(path: Path, others: list[str]) -> str:
    """Return how a text and the files that belong to it are read as rows, or are made a table."""
    labels = [each for each in others if any(word in each for word in LABELS)][:1]
    if labels:
        # Slots are labels of the tokens of a text, and are joined with those of the text.
        joined = [*sorted({path.name, *(each for each in others[:1] if each.startswith("seq."))}), *labels]
        return f"join the files first (`{file_name(shlex.join(['paste', *joined]))} > joined.tsv`)"
    other = path.parent / others[0]
    mine, theirs = count_lines(path), count_lines(other)
    if roles_of(path, other) is None or mine is None or theirs is None or mine[0] != theirs[0]:
        return "join the files first"
    return f"name two to read them as pairs (`{file_name(shlex.join(['datalint', 'check', path.name, others[0]]))}`)"
