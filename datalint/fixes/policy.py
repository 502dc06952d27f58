"""What may be fixed, and how."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final, TypeAlias

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.reduce.suppress import Baseline, Ignored
    from datalint.fixes.kept_rows import Keep

#: Share of the rows that one rule removes only if it was named, and rows of a file so small that it does not matter.
_MOST: Final = 0.5
_FEW: Final = 20
#: Findings for which a person said to remove their row: the code of the rule, and the fingerprint.
Rejected: TypeAlias = frozenset[tuple[str, str]]


class Policy(NamedTuple):
    """What may be fixed, and how; see :func:`~datalint.fixes.find.find_fixes`."""

    unsafe: bool
    keep: Keep
    ignored: Ignored | None
    baseline: Baseline | None
    named: Collection[str]
    rejected: Rejected = frozenset()
    today: str | None = None


def withholds(removed: int, rows: int) -> bool:
    """Return whether a rule would remove so many of the rows that it does so only if it is named."""
    return removed > _MOST * rows and rows >= _FEW


def leaves_little(read: int, refused: int) -> bool:
    """Return whether little is left of a file without the lines that no row was read from."""
    return not read or withholds(refused, read + refused)
