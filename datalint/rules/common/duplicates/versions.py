"""Copies among the files of a set in several versions, of which each row has the id of one in every other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datalint.api import Dataset, Group, Hit, Severity, counted, others
from datalint.records.versions import version_files


def without_versions(data: Dataset, groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return groups of rows in two parts: the others, and those of which each row is in another version of one set."""
    versions = frozenset(data.once(version_files)) if groups else frozenset()
    if not versions:
        return list(groups), []
    files = data.examples["file"]
    parts: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        mine = [files[row] for row in group.rows]
        parts[len(set(mine)) == len(mine) and versions.issuperset(mine)].append(group)
    return parts


def version_copies(groups: Sequence[Group], what: str) -> Iterator[Hit]:
    """Yield one note on such groups; ``what`` says how their rows repeat others."""
    rows = sorted(row for group in groups for row in group.rows[1:])
    if rows:
        repeat = f"{counted(len(rows), 'row')} {'repeats' if len(rows) == 1 else 'repeat'}"
        yield Hit(
            f"{repeat} a row of another version of the set{what} (each file has the same ids): train on one version, and "
            "keep all of its rows",
            at=rows[0],
            related=others(rows[1:]),
            severity=Severity.INFO,
            key="versions",
            fixable=False,
        )
