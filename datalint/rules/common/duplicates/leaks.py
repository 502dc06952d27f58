"""What the rules on leaks share: which leaks to speak of, and how they group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from datalint.api import Dataset, FileFacts, Leak, Places, counted, listed

#: Rows of an evaluation file, as many and as a share of it, from which on they are in training for one reason.
_LEAST_LEAKED: Final = 20
_MOSTLY: Final = 0.5
#: Files of these that a message names.
_NAMED: Final = 3


def same_files(data: Dataset) -> list[tuple[int, int]]:
    """Return ``(training file, evaluation file)`` indices of files that are one, by content or by name."""
    by_name: dict[str, list[int]] = {}
    for number, held in enumerate(data.evaluation_files):
        for name in (held.sha256, held.path):
            by_name.setdefault(name, []).append(number)
    return [
        (number, held_number)
        for number, file in enumerate(data.files)
        for held_number in sorted({*by_name.get(file.sha256, ()), *by_name.get(file.path, ())})
        if _same(file, data.evaluation_files[held_number])
    ]


def leaks_by_row(data: Dataset, *kinds: str) -> Iterator[tuple[int, list[Leak]]]:
    """Yield training rows in order, each with its leaks of these kinds.

    Evaluation files that are a training file are left out: that is one finding, not one a row.
    """
    if data.evaluation is None or not data.leaks:
        return
    twins = {held for _, held in same_files(data)}
    file = data.evaluation["file"]
    found: dict[int, list[Leak]] = {}
    for leak in data.leaks:
        if leak.kind in kinds and file[leak.evaluation] not in twins:
            found.setdefault(leak.training, []).append(leak)
    yield from sorted(found.items())


def mostly_leaked(data: Dataset, leaks: Iterable[Leak], how: str = "") -> Callable[[Iterable[Leak]], str]:
    """Return a function that says where leaks of a training row are, if most rows of these files leak.

    It returns the same for all rows that leak from such files, so that they are one finding, and otherwise an empty
    text.

    Args:
        data: the training rows.
        leaks: the leaks of all rows, also those that another rule reports.
        how: in which forms, if in others than the same one.
    """
    if data.evaluation is None:
        return lambda _: ""
    places, files = Places(data), data.evaluation["file"]
    rows = Counter(files)
    leaked = Counter(files[row] for row in {leak.evaluation for leak in leaks})
    mostly = sorted(file for file, count in leaked.items() if count >= max(_LEAST_LEAKED, _MOSTLY * rows[file]))
    parts = (f"{leaked[file]:,} of {counted(rows[file], 'row')} of {places.evaluation_file(file)}" for file in mostly)
    said = f"{listed(parts, len(mostly), _NAMED)}{how} are in training"

    def where(some: Iterable[Leak]) -> str:
        return said if {files[leak.evaluation] for leak in some} <= {*mostly} else ""

    return where


def compared_answers(data: Dataset, leak: Leak) -> str:
    """Return "another answer" or "the same answer" for the answers to one prompt in both rows of a leak.

    It is empty if one of them has none, or answers of another kind.
    """
    held = data.evaluation
    if held is None or held["file"][leak.evaluation] in data.analyses.other_answers:
        return ""
    if not (data.examples["response_chars"][leak.training] and held["response_chars"][leak.evaluation]):
        return ""
    same = data.examples["answer"][leak.training] == held["answer"][leak.evaluation]
    return "the same answer" if same else "another answer"


def _same(one: FileFacts, other: FileFacts) -> bool:
    if one.part != other.part:
        return False
    if one.sha256 and other.sha256:
        return one.sha256 == other.sha256 and one.size > 0
    return one.path == other.path and not one.path.startswith("<")
