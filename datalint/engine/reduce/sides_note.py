"""A note on plain texts whose lines belong to those of other files, and on how to join them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.other_sides import annotations_of
from datalint.privacy.display import FileName, file_name
from datalint.sources.side_files import LABELS
from datalint.support.enumerations import enumerated

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Suffixes of what is asked, and of what answers it.
_ASKED: Final = (".source", ".src", ".in")
_ANSWERED: Final = (".target", ".tgt", ".trg", ".out")
#: Files that are named at most.
_FILES: Final = 3


def sides_notes(dataset: Dataset, sides: Mapping[int, str]) -> Iterator[str]:
    """Yield a note on each of the first plain texts that have sides."""
    for number, other in [*sides.items()][:_FILES]:
        path = Path(dataset.files[number].path)
        names = [*dict.fromkeys((other, *annotations_of(path, number, dataset.nearby)))]
        shown = [file_name(name) for name in names]
        yield (
            f"{file_name(path.name)}: {_listed(shown)} may have a line for each line: join the files first"
            f"{_command(path.name, names)}, as no line may be removed or moved in one file alone"
        )


def _listed(names: list[FileName]) -> str:
    more = len(names) - _FILES
    shown: list[str] = [*names[:_FILES], *([f"{more:,} more"] if more > 0 else [])]
    return enumerated(shown)


def _command(name: str, others: list[str]) -> str:
    """Return the command that makes a table of a text and its labels or its target; empty if there is neither."""
    labels = [each for each in others if any(word in each for word in LABELS)][:1]
    sides = [name, *others[:1]]
    if labels:
        # Slots are labels of the tokens of a text, and are joined with those of the text.
        joined = [*sorted({name, *(each for each in others[:1] if each.startswith("seq."))}), *labels]
    else:
        joined = [each for suffixes in (_ASKED, _ANSWERED) for each in sides if each.lower().endswith(suffixes)]
        if len(joined) != len(sides) or joined[0].lower().endswith(_ANSWERED):
            return ""
    return f" (`{file_name(shlex.join(['paste', *joined]))} > joined.tsv`)"
