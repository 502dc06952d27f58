"""The findings of a run as columns; a finding becomes an object when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

from datalint.core.finding import FIELDS, Finding, Range, Related, Severity

if TYPE_CHECKING:
    import polars as pl

    from datalint.privacy.display import FileName

#: Findings of a rule that a screen has room for in any case.
_FEW: Final = 2


class Findings(Sequence[Finding]):
    """Every place that was found in report order, kept as columns and made into objects as they are asked for.

    The texts of ``table`` come from :class:`~datalint.engine.map.hits.HitTable`; they are safe to show.
    """

    def __init__(self, table: pl.DataFrame, files: Sequence[FileName]) -> None:
        self.table = table
        self.files = list(files)

    @cached_property
    def grouped(self) -> Findings:
        """The same with one finding for each cause, as reports list them."""
        from datalint.core.grouping import group

        return Findings(group(self.table), self.files)

    def __len__(self) -> int:
        return self.table.height

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return [self[i] for i in range(start, stop, step)]
        return self._make(self.table.row(range(len(self))[index], named=True))

    def __iter__(self) -> Iterator[Finding]:
        for row in self.table.iter_rows(named=True):
            yield self._make(row)

    def of(self, code: str, limit: int | None = None) -> list[Finding]:
        """Return the findings of one rule, the first ``limit`` of them."""
        [found] = (self.table["rule"] == code).to_numpy().nonzero()
        if limit is not None:
            return [self[at] for at in found[:limit].tolist()]
        return [self._make(row) for row in self.table[found].iter_rows(named=True)]

    def main(self, code: str, limit: int) -> list[Finding]:
        """Return the first findings of one rule, the most severe first, then that of more than half of its places."""
        [places] = (self.table["rule"] == code).to_numpy().nonzero()
        found: list[int] = places.tolist()
        severities = self.table["severity"].gather(places)
        if severities.n_unique() > 1:
            ranks = severities.replace_strict({each.value: each.rank for each in Severity}).to_numpy()
            found = places[ranks.argsort(kind="stable")].tolist()
        if len(found) > _FEW and "count" in self.table.columns:
            counts = self.table["count"].to_numpy()[found]
            most = int(counts.argmax())
            if most >= _FEW and 2 * counts[most] > counts.sum():
                # The first one stays first if it is more severe.
                first = [found[0]] if self.table["severity"][found[0]] != self.table["severity"][found[most]] else []
                found = [*first, found[most], *(at for at in found[len(first) : limit] if at != found[most])]
        return [self[at] for at in found[:limit]]

    def counts(self) -> dict[str, int]:
        """Return the number of findings of each rule, by code."""
        return dict(self.table["rule"].value_counts().iter_rows())

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield each finding as :meth:`Finding.to_dict` has it, for reports of very many; grouped, with its ranges."""
        grouped = [name for name in ("count", "rows", "lines") if name in self.table.columns]
        for row in self.table.select(*FIELDS, *grouped).iter_rows(named=True):
            row["file"] = self._name(row["file"])
            row["related"] = [other | {"file": self.files[other["file"]]} for other in row["related"] or ()]
            yield row

    def _name(self, file: int | None) -> FileName | None:
        return None if file is None else self.files[file]

    def _make(self, row: dict[str, Any]) -> Finding:
        related = tuple(
            Related(self.files[other["file"]], other["line"], other["row"], other["similarity"])
            for other in row["related"] or ()
        )
        return Finding(
            rule=row["rule"],
            name=row["name"],
            severity=Severity(row["severity"]),
            file=self._name(row["file"]),
            line=row["line"],
            row=row["row"],
            path=row["path"],
            message=row["message"],
            related=related,
            fingerprint=row["fingerprint"],
            excerpt=row["excerpt"],
            places=row.get("count", 1),
            rows=_ranges(row, "rows", "row"),
            lines=_ranges(row, "lines", "line"),
            fix=row["fix"],
        )


def _ranges(row: dict[str, Any], name: str, single: str) -> tuple[Range, ...]:
    """Return the ranges of a finding of many places, or that of one place."""
    if name in row:
        return tuple((first, last) for first, last in row[name] or ())
    return () if row[single] is None else ((row[single], row[single]),)
