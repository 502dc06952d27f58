"""Lines of text that are rows of a table: fields with a tab between them.

Where line breaks of texts divide rows, further lines have no tab. Ids or labels in a column then show that it is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.sources.readers.lines import SPACE

#: Lines that are looked at for tabs.
_MANY: Final = 20
#: Share of the lines with as many tabs where others have none, and of those with another number.
_MOST: Final = 0.8
_OTHERS: Final = 0.02
#: Labels of a column at most, the lines that each has on average, and the characters of one.
_LABELS: Final = 50
_EACH: Final = 5
_LONGEST: Final = 30


def have_tabs(head: bytes) -> bool:
    """Return whether the first lines have the same number of tabs, as those of a table have, but for blank lines."""
    lines = [line for line in head.split(b"\n") if line.strip()][:_MANY]
    tabs = {line.strip(b"\r").count(b"\t") for line in lines}
    return len(lines) == _MANY and len(tabs) == 1 and tabs != {0} and not any(line[:1] in b"\t" for line in lines)


def have_divided_rows(head: bytes, *, cut: bool) -> bool:
    """Return whether most lines are rows of a table with ids or labels, and nearly all others have no tab.

    The last line may be ``cut`` off.
    """
    lines = [line.strip(b"\r") for line in head.split(b"\n")[: -1 if cut else None] if line.strip(SPACE)]
    counts = Counter(line.count(b"\t") for line in lines)
    # The first line is a row or the header.
    tabs = lines[0].count(b"\t") if lines else 0
    if not tabs or counts[tabs] < max(_MANY, _MOST * len(lines)):
        return False
    if len(lines) - counts[tabs] - counts[0] > _OTHERS * len(lines):
        return False
    rows = [line.split(b"\t") for line in lines if line.count(b"\t") == tabs]
    return all(row[0] for row in rows) and any(
        _are_ids(column) or _are_labels(column) for column in zip(*rows[1:], strict=True)
    )


def _are_ids(column: Sequence[bytes]) -> bool:
    """Return whether the values of a column are numbers, all different."""
    return len(set(column)) == len(column) and all(value.isdigit() for value in column)


def _are_labels(column: Sequence[bytes]) -> bool:
    """Return whether a column has a few short values."""
    kinds = {value.strip() for value in column}
    return 1 < len(kinds) <= min(_LABELS, len(column) // _EACH) and all(0 < len(kind) <= _LONGEST for kind in kinds)
