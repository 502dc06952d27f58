"""Inference of tables without a header that have a column of tags, one for each word of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.labels import VARIED, is_few
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.tag_lists import name_parts
from datalint.shapes.guess import Guess
from datalint.shapes.inference.spans.unwritten import are_one_each


def with_tags(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a table without names of texts, a tag for each of their words, and perhaps a class."""
    if len(rows) < LEAST_ROWS or len(columns) not in (2, 3) or not all(map(is_unnamed, columns)):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED]
    tags = [each for each in columns if each.holds is Holds.OTHER and name_parts([row.get(each.key) for row in rows])]
    classes = [each.key for each in columns if each not in (*texts, *tags) and is_few(each)]
    if not len(texts) == len(tags) == 1 or len(classes) != len(columns) - 2:
        return None
    text, tag = texts[0].key, tags[0].key
    if not are_one_each([{**row, tag: str(row.get(tag) or "").split()} for row in rows], text, tag):
        return None
    sorted_by = {"response": classes[0], "category": classes[0]} if classes else {}
    return Guess.of({"prompt": text, **sorted_by, "labels": tag}, clear=True, basis="values")
