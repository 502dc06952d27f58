"""Columns without names whose texts have the label of their row in them: ``safety:negative`` next to ``negative``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed

#: Share of the texts of a column that have the label in them, and of those of another one at most; and letters of it.
_TOLD: Final = 0.95
_BY_CHANCE: Final = 0.5
_LEAST: Final = 3


def without_told_labels(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]] | None:
    """Return the rows of a table without names without the texts that have a label in them; None if there are none.

    Such texts are no part of the prompt, as they answer it.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    labels = [each.key for each in columns if each.holds is Holds.LABEL and not each.uniform]
    texts = [each.key for each in columns if each.holds is Holds.TEXT]
    shares = {text: max((_share(rows, text, label) for label in labels), default=0.0) for text in texts}
    told = {text for text, share in shares.items() if share >= _TOLD}
    if not told or not any(share < _BY_CHANCE for share in shares.values()):
        return None
    return [{key: value for key, value in row.items() if key not in told} for row in rows]


def _share(rows: Sequence[Mapping[str, Any]], text: str, label: str) -> float:
    pairs = [(str(row.get(label) or "").strip(), str(row.get(text) or "")) for row in rows]
    pairs = [(name, said) for name, said in pairs if said.strip() and len(name) >= _LEAST]
    many = len(pairs) >= LEAST_ROWS and len({name for name, _ in pairs}) > 1
    return sum(name in said for name, said in pairs) / len(pairs) if many else 0.0
