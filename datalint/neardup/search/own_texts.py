"""The texts of rows without the preamble that all of them share.

Under a long preamble, all rows are similar: sketches say little about the rest, and n-grams that extend from the
preamble into the rest count as well. Without it, a search finds the pairs that it finds if no row has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.neardup.limits import DEFAULT
from datalint.neardup.search.texts_at_hand import NearRows, Parts
from datalint.neardup.sketch.sketch import Sketches, sketch_texts
from datalint.neardup.text.common import CommonShingles
from datalint.neardup.text.hashing import Rows, portions
from datalint.neardup.verify.compare import Fetch

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


def own_texts(
    rows: NearRows, fetch: Fetch, common: CommonShingles | None, kernels: Kernels | None = None
) -> tuple[NearRows, Fetch]:
    """Return the rows, and what reads them, without preambles; rows without one remain as they are.

    Rows whose texts are not in memory are read and sketched again.

    Args:
        rows: the rows.
        fetch: reads the normalised parts of rows.
        common: has the preambles.
        kernels: compiled code, if it is loaded.
    """
    if common is None or not common.preambles or not len(rows):
        return rows, fetch

    def own(wanted: Rows) -> list[pl.Series]:
        return without_preambles(fetch(wanted), common)

    numbers = np.arange(len(rows))
    if isinstance(rows, Parts):
        texts = Parts(own(numbers), common.shingling)
        return texts, texts.fetch
    blocks = portions(rows.sizes.sum(axis=1, dtype=np.int64), DEFAULT.fetched_shingles)
    sketches = [sketch_texts(own(numbers[some]), common.shingling, kernels) for some in blocks]
    return Sketches.concat(sketches), own


def without_preambles(parts: list[pl.Series], common: CommonShingles | None) -> list[pl.Series]:
    """Return the parts of rows without preambles, which only the first part of a row has."""
    if common is None or not common.preambles:
        return parts
    table = pl.DataFrame([part.alias(str(number)) for number, part in enumerate(parts)])
    for part, preamble in common.preambles.items():
        text = pl.col(str(part))
        first = pl.all_horizontal(pl.lit(value=True), *(pl.col(str(before)) == "" for before in range(part)))
        has = first & text.str.starts_with(preamble) & (text != preamble)
        table = table.with_columns(pl.when(has).then(text.str.strip_prefix(preamble)).otherwise(text).alias(str(part)))
    return table.get_columns()
