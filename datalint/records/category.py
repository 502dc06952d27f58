"""The category that the balance of a dataset is judged by: its key, its values and their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.support.classes import mutable

if TYPE_CHECKING:
    import polars as pl

#: Share of the rows and number of rows below which a value of a category is stray, and the others at most: of many
#: classes, some are small. What stands for no value, and the share of the rows below which it does so by mistake.
_STRAY: Final = 0.005
_STRAY_ROWS: Final = 10
_FEW_VALUES: Final = 5
_NONE: Final = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "--", "?", "#n/a"))
_FEW_NONE: Final = 0.05
#: What stands between the labels of a row that has several: a sign that no label has.
BETWEEN_LABELS: Final = "\x1f"
#: How a key was found that the user named.
CONFIGURED: Final = "as configured"


@mutable
class Category:
    """The key that the balance factor counts, and how it was found.

    ``counts`` maps each value to its number of examples, largest first; ``missing`` counts rows without one. If a row
    may have ``several`` labels, it counts for each of them; its value then has ``BETWEEN_LABELS`` between them, and is
    empty if none of them applies.
    """

    key: str
    origin: str
    counts: dict[str, int]
    missing: int
    values: pl.Series
    expected: dict[str, float] | None = None
    several: bool = False

    @property
    def total(self) -> int:
        """Examples that have a value."""
        return self.values.len() - self.missing

    @property
    def ways(self) -> int:
        """How many values share the rows evenly: two where each of several labels is there or not."""
        return 2 if self.several else len(self.judged)

    def first_row(self, value: str) -> int | None:
        """Return the first row that has a value."""
        if not self.several:
            return self.values.index_of(value)
        around = BETWEEN_LABELS
        rows = (around + self.values + around).str.contains(f"{around}{value}{around}", literal=True)
        return rows.fill_null(False).index_of(True)

    @property
    def unfinished(self) -> list[int]:
        """Rows whose text of several labels ends with a separator, behind which no label is."""
        ends = self.values.str.ends_with(BETWEEN_LABELS) if self.several else None
        return [] if ends is None else ends.fill_null(False).arg_true().to_list()

    @property
    def judged(self) -> dict[str, int]:
        """The ``counts`` by which balance is judged: those without stray values, if two or more others remain.

        Stray are the name of the key, as a header between rows has it, what stands for no value (``NA``) in few rows,
        and the values of hardly any row next to a few others, which are at least twice as many.
        """
        own = self.key.casefold()
        stated = {
            value: count
            for value, count in self.counts.items()
            if value.strip().casefold() != own
            and not (count < _FEW_NONE * self.total and value.strip().casefold() in _NONE)
        }
        least = min(_STRAY * self.total, _STRAY_ROWS)
        kept = {value: count for value, count in stated.items() if count >= least}
        rare = len(stated) - len(kept)
        kept = kept if len(kept) <= _FEW_VALUES and 2 * rare <= len(kept) else stated
        return kept if len(kept) > 1 else self.counts

    @property
    def is_constant(self) -> bool:
        """Whether all rows have one value under a key that was not configured: a file of one of several classes."""
        return len(self.counts) == 1 and self.origin != CONFIGURED and self.expected is None
