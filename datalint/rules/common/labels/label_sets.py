"""Texts that have one set of labels in a row and another one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import polars as pl

from datalint.api import Dataset, Group
from datalint.languages.brief import is_brief
from datalint.records.category import BETWEEN_LABELS
from datalint.rules.common.duplicates.brief import BRIEF_WORDS
from datalint.rules.common.spans.span_conflicts import are_told_apart

#: The shape of texts with labels that are no response, and the columns of their labels.
_SHAPE: Final = "mapped-labels"
_COLUMNS: Final = "labels:"
#: Labels of a set at most, and rows to each at least: tags and keywords are more, and nobody names all of them.
_MOST_LABELS: Final = 100
_ROWS_PER_LABEL: Final = 3
#: Letters of a text of a few words in a script without spaces.
_SPACELESS: Final = 5
#: Share of the labelled rows above which several rows for a text are by design, and texts that are read at most.
_BY_DESIGN: Final = 0.5
_MOST: Final = 5_000
#: Sets of labels of one text that are compared.
_SETS: Final = 8


def label_set_conflicts(data: Dataset) -> list[Group]:
    """Return the rows of each text whose sets of labels contradict each other, with the labels as names.

    Of two sets of which one contains the other, that may be all that one of two people thought of. Texts of a few words
    are left out, which people mean in several ways, and all texts if a key tells their rows apart.
    """
    columns = [name for name in data.examples.columns if name.startswith(_COLUMNS)]
    if len(columns) != 1:
        return []
    at = pl.int_range(pl.len(), dtype=pl.Int64).alias("at")
    is_labelled = (pl.col("shape") == _SHAPE) & (pl.col("prompt_chars") > 0) & (pl.col(columns[0]).fill_null("") != "")
    rows = data.examples.select("shape", "prompt_hash", "prompt_chars", columns[0], at).filter(is_labelled)
    labels = rows[columns[0]].str.split(BETWEEN_LABELS).explode().n_unique()
    if labels > min(_MOST_LABELS, rows.height // _ROWS_PER_LABEL):
        return []
    shared = (
        rows.unique(["prompt_hash", columns[0]], keep="first", maintain_order=True)
        .group_by("prompt_hash", maintain_order=True)
        .agg("at", columns[0])
        .filter(pl.col("at").list.len() > 1)
    )
    if shared["at"].list.len().sum() > _BY_DESIGN * rows.height:
        return []
    found = [
        Group(ats, names=names) for ats, names in shared.select("at", columns[0]).iter_rows() if _contradict(names)
    ]
    found = list(_of_sentences(data, found[:_MOST]))
    records = [data.records(group.rows) for group in found]
    return [] if are_told_apart(records) else found


def _contradict(names: Sequence[str]) -> bool:
    """Return whether each of two sets has a label that the other one has not."""
    sets = [frozenset(each.split(BETWEEN_LABELS)) for each in names[:_SETS]]
    return any(one - other and other - one for one, other in combinations(sets, 2))


def _of_sentences(data: Dataset, groups: Sequence[Group]) -> Iterator[Group]:
    """Yield the groups of rows that have one text, of more than a few words, with their labels as they are shown."""
    rows = [row for group in groups for row in group.rows]
    read = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    for group in groups:
        text = read[group.rows[0]].prompt
        if any(read[row].prompt != text for row in group.rows):
            continue
        if not is_brief(text, words=BRIEF_WORDS, spaceless=_SPACELESS):
            yield Group(group.rows, names=[name.replace(BETWEEN_LABELS, ", ") for name in group.names])
