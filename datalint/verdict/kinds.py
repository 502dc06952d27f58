"""The kind of a dataset, which decides the limits of its volume."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from datalint.core.kind import EVALUATION, RL, SFT, Kind
from datalint.privacy.display import file_name
from datalint.shapes import mapped
from datalint.shapes.formats import SHAPES
from datalint.sources.splits import LISTS, evaluation_name
from datalint.support.remarks import is_canary_key


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


def name_note(paths: Sequence[str], otherwise: Kind) -> str:
    """Return a note that the names of files made them an evaluation set; ``otherwise`` is what their rows are for."""
    if len(paths) > 1:
        names = f"{len(paths)} files are checked as an evaluation set because of their names"
        return f"{names}; if they are training data: --kind {otherwise}"
    name, own = (file_name(each) for each in (evaluation_name(paths[0]), re.split(r"[/\\]", paths[0])[-1]))
    file, _, lists = own.partition(LISTS)
    because = f"the folder {name}" if name.endswith("/") else "its name"
    if is_canary_key(lists):
        because = f"its key {lists}"
    elif lists:
        because = f"its {'lists' if ' ' in lists else 'list'}, {lists}"
    return f"{file} is checked as an evaluation set because of {because}; if it is training data: --kind {otherwise}"
