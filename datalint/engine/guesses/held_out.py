"""Whether sources are evaluation sets, by the kind that the user names or by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from datalint.core.kind import EVALUATION
from datalint.sources.splits import evaluation_name, with_lists

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.sources import Source


def are_held_out(sources: Sequence[Source], kind: Kind | None = None) -> bool:
    """Return whether all sources are evaluation sets: by the kind that the user names, otherwise by their names."""
    return kind == EVALUATION if kind is not None else all(map(_is_named_so, sources))


def _is_named_so(source: Source) -> bool:
    """Return whether a file, or all lists in it, have names of evaluation sets."""
    return bool(evaluation_name(with_lists(source.path, getattr(source, "held_lists", ""))))
