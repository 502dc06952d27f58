"""Texts that are equal once the labelled spans in them are masked: a template whose fields the spans are."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Dataset, NamedTuple
from datalint.rules.common.spans.span_conflicts import Marked, spans_of

#: The shape of texts with the labels of their parts, and how many of them are read again, evenly chosen.
_SHAPE: Final = "mapped-labels"
_MOST: Final = 2_000
#: Words of a template that are in no span, at least: fewer are a phrase that people use.
_LEAST_WORDS: Final = 4
#: Rows of a template, and the share of those that are read, at least.
_LEAST_ROWS: Final = 10
_LEAST_SHARE: Final = 0.01
#: What stands for a span and for a number.
_MASK: Final = "\x00"


class Templates(NamedTuple):
    """Rows that are read, and those of each template with different texts, the most common template first."""

    read: int
    families: list[list[int]]

    @property
    def rows(self) -> list[int]:
        """The rows of all templates, ascending."""
        return sorted(row for family in self.families for row in family)


def span_templates(data: Dataset) -> Templates:
    """Return the templates of texts with labelled spans, which have several different fillers each."""
    if not (data.examples["shape"] == _SHAPE).any():
        return Templates(0, [])
    labelled = data.examples.select("shape", "prompt_hash", pl.int_range(pl.len(), dtype=pl.Int64).alias("at"))
    found = labelled.filter(pl.col("shape") == _SHAPE).unique("prompt_hash", keep="first", maintain_order=True)["at"]
    rows = found.gather_every(max(1, -(-len(found) // _MOST))).to_list()
    if len(rows) < _LEAST_ROWS:
        return Templates(0, [])
    families: dict[str, list[int]] = {}
    for row, record, text in zip(rows, data.records(rows), data.texts(rows), strict=True):
        template = _masked(text.prompt, spans_of(record, text.prompt))
        if template is not None:
            families.setdefault(template, []).append(row)
    least = max(_LEAST_ROWS, _LEAST_SHARE * len(rows))
    common = [family for family in families.values() if len(family) >= least]
    return Templates(len(rows), sorted(common, key=lambda family: (-len(family), family[0])))


def _masked(text: str, spans: frozenset[Marked]) -> str | None:
    """Return a text with a mark for each span and number; None if too few words are left, or no span is in it."""
    parts: list[str] = []
    done = 0
    for start, end, _ in sorted(spans):
        if done <= start < end <= len(text):
            parts += [text[done:start], _MASK]
            done = end
    if not parts:
        return None
    parts.append(text[done:])
    words = sum(len(part.split()) for part in parts[::2])
    return re.sub(r"\d+", "0", "".join(parts)) if words >= _LEAST_WORDS else None
