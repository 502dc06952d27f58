"""The kind of a dataset, which decides the limits of its volume."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from datalint.core.kind import EVALUATION, RL, SFT, Kind
from datalint.privacy.display import file_name
from datalint.records.dataset import Dataset
from datalint.shapes import mapped
from datalint.shapes.formats import SHAPES
from datalint.sources.splits import evaluation_name


def shape_kinds(columns: Mapping[str, str]) -> dict[str, Kind]:
    """Return the kind of data of every shape by its name; ``columns`` are those mapped by the user, or inferred."""
    own = mapped.make(columns)
    kinds = {shape.name: shape.kind for shape in (*SHAPES, *([own] if own is not None else []))}
    return {mapped.PROMPTS: RL, **kinds}


def kind_of(examples: pl.DataFrame, paths: Sequence[str], kinds: Mapping[str, Kind], *, alone: bool) -> Kind:
    """Return the kind of data; ``kinds`` are those of the shapes.

    ``alone`` is true if there is no evaluation set next to these files; then they are one themselves if all have such
    names. Otherwise the shape of most rows decides.
    """
    if alone and paths and all(map(evaluation_name, paths)):
        return EVALUATION
    counts: dict[Kind, int] = {}
    for shape, count in examples["shape"].value_counts().sort("shape").iter_rows() if examples.height else ():
        if shape in kinds:
            counts[kinds[shape]] = counts.get(kinds[shape], 0) + count
    return max(counts, key=lambda kind: (counts[kind], kind == SFT), default=SFT)


def kind_note(dataset: Dataset) -> str | None:
    """Return a note if the names of the files or the rows decide the kind, otherwise None."""
    if dataset.kind_words:
        return dataset.kind_words
    if dataset.kind != EVALUATION:
        return None
    if len(dataset.files) > 1:
        names = f"{len(dataset.files)} files are checked as an evaluation set because of their names"
        return f"{names}; if they are training data, rename them"
    path = dataset.files[0].path
    name, own = (file_name(each) for each in (evaluation_name(path), re.split(r"[/\\]", path)[-1]))
    if name.endswith("/"):
        return f"{own} is checked as an evaluation set because of the folder {name}; if it is training data, move it"
    return f"{own} is checked as an evaluation set because of its name; if it is training data, rename it"
