"""Repeated rows: exact, normalised and near-duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from datalint.engine.execute.comparing import elsewhere
from datalint.engine.execute.row_reader import Reader, RowTexts
from datalint.engine.plan import NearSettings
from datalint.engine.reduce.comparing.own_questions import OwnQuestions
from datalint.engine.reduce.comparing.random_numbers import text_keys
from datalint.engine.reduce.comparing.values import Values
from datalint.engine.reduce.comparing.verbatim import apart
from datalint.engine.reduce.duplicates.connected import Edges, near_edges
from datalint.engine.reduce.duplicates.dialogues import without_growing
from datalint.engine.reduce.duplicates.ordered_lines import rows_in_place
from datalint.engine.reduce.merge import Merged
from datalint.records.analyses import FileFinder, Group, InPlace, NearSearch, OtherValues
from datalint.records.empty_rows import empty_rows
from datalint.records.ties import without_answers
from datalint.support.classes import mutable
from datalint.support.duplicates import first_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from datalint.core.charts import ThresholdLevel
    from datalint.neardup import Pairs, Query

#: The most rows for which a report with charts shows other thresholds.
_SWEPT = 100_000


@mutable
class Repeats:
    """Repeated rows, and the row that each of them repeats.

    ``anchor[i]`` is the row that row ``i`` repeats (itself when it is the first of its kind), over exact,
    normalised and near repeats together. ``apart`` are rows of code that are equal except for characters that have a
    meaning in code, and rows with another label, which ``other_values`` has by key, ``in_place`` the equal lines of
    texts that are no repeats, and ``stay`` is true for these.
    ``continued`` is the number of rows that are no near-duplicates as they continue the dialogue of another one.
    ``edges`` connect all similar rows, also those that repeat no other one; None if these were not searched for.
    """

    exact: list[Group]
    normalized: list[Group]
    near: list[Group]
    anchor: NDArray[np.int64]
    search: NearSearch | None = None
    apart: frozenset[int] = frozenset()
    in_place: tuple[InPlace, ...] = ()
    other_values: tuple[OtherValues, ...] = ()
    stay: NDArray[np.bool_] | None = None
    continued: int = 0
    edges: Edges | None = None

    def stands_apart(self, row: int) -> bool:
        """Return whether a row that the search takes for a copy repeats no other row."""
        return row in self.apart or (self.stay is not None and bool(self.stay[row]))

    def without_others(self, groups: Sequence[Group]) -> list[Group]:
        """Return clusters of similar rows without the rows that repeat no other one.

        Copies of one of these are a cluster of their own.
        """
        found: list[Group] = []
        for group in groups:
            members: dict[int | None, list[int]] = {}
            for place, row in enumerate(group.rows):
                first = int(self.anchor[row])
                if row in self.apart or first in self.apart:
                    members.setdefault(first, []).append(place)
                elif not self.stands_apart(row):
                    members.setdefault(None, []).append(place)
            found.extend(_cluster(group, places) for places in members.values() if len(places) > 1)
        return sorted(found, key=lambda group: group.rows[0])

    def are_others(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of similar rows have a row that stands apart, and are no copies of one another."""
        apart = np.isin(self.anchor, list(self.apart))
        apart[list(self.apart)] = True
        if self.stay is not None:
            apart |= self.stay
        others: NDArray[np.bool_] = (apart[first] | apart[second]) & (self.anchor[first] != self.anchor[second])
        return others

    @property
    def redundant(self) -> NDArray[np.bool_]:
        """Rows beyond the anchor of their cluster."""
        mask: NDArray[np.bool_] = self.anchor != np.arange(len(self.anchor))
        return mask

    @property
    def largest(self) -> int:
        """Size of the largest cluster; 1 when nothing repeats, 0 without rows."""
        return int(np.bincount(self.anchor).max()) if len(self.anchor) else 0


def _cluster(group: Group, places: Sequence[int]) -> Group:
    """Return some rows of a cluster, the first of which is their anchor."""
    rows, similarities = zip(*((group.rows[place], group.similarities[place]) for place in places), strict=True)
    return Group(list(rows), [1.0, *similarities[1:]])


def groups_of(anchors: NDArray[np.int64], members: NDArray[np.int64]) -> list[Group]:
    """Return a group for each anchor of ``members`` (rows that aren't their own anchor), anchor first."""
    found: dict[int, list[int]] = {}
    for member, anchor in zip(members.tolist(), anchors[members].tolist(), strict=True):
        found.setdefault(anchor, [anchor]).append(member)
    return [Group(rows, [1.0] * len(rows)) for _, rows in sorted(found.items())]


def find_repeats(
    merged: Merged, reader: Reader, near: NearSettings, nearby: FileFinder | None = None, *, needs_near: bool
) -> Repeats:
    """Find exact, normalised and near repeats; near ones are verified pairs grouped by anchor.

    ``nearby`` looks for the files that lines of a parallel corpus belong to.
    """
    repeats = _equal(merged, reader, nearby, near=needs_near)
    if needs_near and merged.sketches is not None:
        _near(merged, reader, near, repeats)
    return repeats


def _equal(merged: Merged, reader: Reader, nearby: FileFinder | None, *, near: bool) -> Repeats:
    """Find exact and normalised repeats; code and commands whose case differs do not repeat each other."""
    examples = merged.examples
    exact = first_alike(examples["exact"].to_numpy())
    normalized = first_alike(examples["normalized"].to_numpy())
    # Of a tie, only the prompt is read: without a look at its answers, it is a copy of an equal row alone.
    tied = without_answers(examples)
    normalized[tied] = exact[tied]
    # Rows that say nothing are no examples, and repeat none.
    says_nothing = empty_rows(examples)
    silent = np.flatnonzero(says_nothing)
    exact[silent] = normalized[silent] = silent
    stay, in_place = rows_in_place(merged, reader, normalized, nearby, near=near)
    stay = stay | says_nothing
    kept = np.flatnonzero(stay)
    exact[kept] = normalized[kept] = kept
    is_first = exact == np.arange(len(exact))
    again = np.flatnonzero(~is_first)
    # What an exact copy copies may repeat no other row.
    normalized[again] = normalized[exact[again]]
    alike = np.flatnonzero((normalized != np.arange(len(normalized))) & is_first)
    moved = apart(normalized, alike, reader) if len(alike) else {}
    alike = _move(moved, normalized, exact, is_first) if moved else alike
    others: dict[int, int] = {}
    values: tuple[OtherValues, ...] = ()
    if len(alike):
        from datalint.engine.reduce.duplicates.other_values import other_values

        others, values = other_values(normalized, alike, examples, reader)
        alike = _move(others, normalized, exact, is_first) if others else alike
    named = [row for each in values for row in each.rows]
    return Repeats(
        groups_of(exact, again),
        groups_of(normalized, alike[~np.isin(alike, named)] if named else alike),
        near=[],
        anchor=normalized,
        apart=frozenset(moved | others),
        in_place=in_place,
        other_values=values,
        stay=stay | tied,
    )


def _move(
    moved: dict[int, int], anchors: NDArray[np.int64], exact: NDArray[np.int64], is_first: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Give rows another anchor, and exact copies that of what they copy; return the others that repeat a row."""
    anchors[list(moved)] = list(moved.values())
    anchors[~is_first] = anchors[exact[~is_first]]
    return np.flatnonzero((anchors != np.arange(len(anchors))) & is_first)


def _near(merged: Merged, reader: Reader, near: NearSettings, repeats: Repeats) -> None:
    from datalint.neardup import near_clusters

    assert merged.sketches is not None
    query = near_query(merged, reader, near)
    pairs, clusters = near_clusters(merged.sketches, RowTexts(reader, near.view), query)
    # Indexing a memoryview is much faster than indexing an array.
    anchor = repeats.anchor.data
    groups, repeats.continued = without_growing(clusters.groups(), merged.examples, reader)
    for group in groups:
        # Copies of a member are reported as copies; a cluster lists one row of each text. To the search, rows that
        # stand apart are copies too. JSON in two forms is no copy to it: if only another form than the first one is in
        # a cluster, it may be what others are near.
        mine = set(group.rows)
        texts: list[int] = []
        for i, row in enumerate(group.rows):
            if repeats.stands_apart(row):
                continue
            if anchor[row] == row or (not texts and anchor[row] not in mine):
                texts.append(i)
        if len(texts) > 1:
            rows = [group.rows[i] for i in texts]
            repeats.near.append(Group(rows, [group.similarities[i] for i in texts]))
            for row in rows[1:]:
                anchor[row] = rows[0]
    # From a near row to a copy, to what this copies, and to what that one is near.
    for _ in range(2):
        repeats.anchor = repeats.anchor[repeats.anchor]
    repeats.edges = near_edges(pairs)
    repeats.search = search_facts(pairs, near)


def near_query(merged: Merged, reader: Reader, near: NearSettings) -> Query:
    """Return the query for near-duplicates of a split: similar texts, without common shingles, and equal values.

    Responses are compared on their own by the view of that name, whatever the prompts.
    """
    from datalint.neardup import CommonShingles, Query, Shingling
    from datalint.neardup.limits import DEFAULT

    rows = merged.sketches
    assert rows is not None
    shingling = Shingling.parse(near.shingle)
    if near.view == "response":
        return Query(
            near.threshold, shingling, kernels=reader.kernels, scratch=merged.scratch, elsewhere=elsewhere(reader)
        )
    fetch = rows.reader(RowTexts(reader, near.view))
    values = Values(merged.examples, reader, sides=True)
    identical = text_keys(merged.examples, reader, near.view)
    return Query(
        near.threshold,
        shingling,
        identical=identical if near.view == "pair" else None,
        common=CommonShingles(
            rows.sizes,
            fetch,
            shingling,
            identical,
            preambles=rows.sizes.sum(dtype=np.int64) <= DEFAULT.own_shingles,
        ),
        different=OwnQuestions(values, reader, named=True).different,
        families=values.families,
        kernels=reader.kernels,
        scratch=merged.scratch,
        elsewhere=elsewhere(reader),
    )


def search_facts(pairs: Pairs, near: NearSettings) -> NearSearch:
    """Return the settings and limits of a search."""
    return NearSearch(*near, complete=pairs.complete, limited=pairs.limited.rows)


def sweep_thresholds(merged: Merged, reader: Reader, near: NearSettings) -> list[ThresholdLevel]:
    """Return the results at other thresholds, the lowest first. Empty for large datasets, since each takes a search."""
    if merged.sketches is None or not 0 < merged.examples.height <= _SWEPT:
        return []
    from datalint.neardup.evaluate.sweep import sweep

    query = near_query(merged, reader, near)
    return sweep(merged.sketches, RowTexts(reader, near.view), query)
