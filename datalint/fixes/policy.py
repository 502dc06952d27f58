"""What may be fixed, and how."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datalint.engine.reduce.suppress import Baseline, Ignored
    from datalint.fixes.keeping import Keep

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
