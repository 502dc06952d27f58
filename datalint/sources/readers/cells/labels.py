"""Labels of KTO in the cells of a text-only table, read as `datasets` reads them from CSV.

In a column of only ``true`` and ``false`` these are booleans, and in one of ``0`` and ``1`` numbers. Elsewhere
than next to a prompt and its completion, or a conversation, they are texts: there, they may be answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: Sets of columns, one of which must be next to a label, and the columns of labels, each with its only such sets.
_LABELLED: Final = ({"prompt", "completion"}, {"messages"}, {"conversations"})
_LABELS: Final = (("label", _LABELLED), ("kto_tag", (*_LABELLED, {"instruction", "output"})))
#: The spellings that are booleans, as pandas has them, and numbers.
_TRUTH: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_BITS: Final = {"1": 1, "0": 0}
#: Share of the cells that are not empty that must be labels.
_NEARLY_ALL: Final = 0.9


class CellLabels(NamedTuple):
    """A column of labels; ``values`` maps the texts that were found in it to their values."""

    column: str
    values: tuple[tuple[str, int], ...]

    def read(self, cell: str) -> Any:
        """Return the label that a cell holds, or its text."""
        return dict(self.values).get(cell, cell)

    def written(self, value: Any) -> str:
        """Return a label as the text of a cell."""
        return next((text for text, label in self.values if label is value), str(value))


def cell_labels(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[CellLabels, ...]:
    """Return the column of the labels of ``rows``, if they have one."""
    named = [name for name, others in _LABELS if name in names and any(each.issubset(names) for each in others)]
    found = (_column(name, rows, names.index(name)) for name in named)
    return tuple(each for each in found if each is not None)


def _column(name: str, rows: Sequence[Sequence[str]], number: int) -> CellLabels | None:
    filled = [row[number] for row in rows if number < len(row) and row[number]]
    for values in (_TRUTH, _BITS):
        labels = [cell for cell in filled if cell in values]
        if labels and len(labels) >= _NEARLY_ALL * len(filled):
            # The spellings in the sample are first, so that labels are written in the same way.
            spelled = dict.fromkeys((*labels, *values))
            return CellLabels(name, tuple((text, values[text]) for text in spelled))
    return None
