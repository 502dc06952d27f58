"""Paraphrased leaks: evaluation prompts that the training set asks in other words.

A pair counts if its vectors are more similar than those of any other pair, **and** its numbers and names agree and are
rare. The thresholds were chosen on GSM8K and its rephrased test set (Yang et al. 2023, "Rethinking Benchmark and
Contamination for Language Models with Rephrased Samples"), and on public sets without paraphrases: see
docs/near-duplicates.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.neardup.semantic.facts import TextFacts, agreement
from datalint.neardup.semantic.vectors import Vectors, embed
from datalint.records.leaks import Paraphrase

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: Cosine from which two prompts are neighbours, and by how much the nearest has to be nearer than any other prompt, as
#: in a template all rows are near.
_COSINE: Final = 0.75
_MARGIN: Final = 0.15
#: Prompts this near to each other are one, and no rivals.
_SAME: Final = 0.95
#: What numbers and names of both must have in common, how many of them, and how rare they must be together among the
#: evaluation rows, in bits: 8 is one row in 256 by chance.
_NUMBERS: Final = 0.8
_NAMES: Final = 0.75
_SHARED: Final = 2
_BITS: Final = 8.0
#: Of fewer evaluation rows nobody can tell what is rare; they count as so many.
_FEW: Final = 64
#: Cells of a matrix of cosines, and texts of the evaluation set that are read at a time.
_CELLS: Final = 8_000_000
_TEXTS: Final = 4_096


class ParaphraseScan:
    """Compares every training prompt with all evaluation prompts; rows without a prompt by their response."""

    def __init__(self, evaluation: Reader, size: int, leaked: Collection[int]) -> None:
        """Read the evaluation set.

        Args:
            evaluation: reads its rows.
            size: their number.
            leaked: training rows that leak already, word by word; they are left out.
        """
        self._leaked = frozenset(leaked)
        self._facts: list[TextFacts] = []
        vectors: list[Vectors] = []
        for start in range(0, size, _TEXTS):
            texts = _questions(evaluation.examples(np.arange(start, min(start + _TEXTS, size))))
            self._facts += map(TextFacts.of, texts)
            vectors.append(embed(texts))
        self._counts = Counter(fact for facts in self._facts for fact in facts.numbers | facts.names)
        self._vectors = np.concatenate(vectors) if vectors else np.zeros((0, 1), np.float32)
        self.found: list[Paraphrase] = []

    def take(self, start: int, examples: pl.DataFrame) -> None:
        """Compare the rows of a block."""
        if not len(self._vectors):
            return
        texts = _questions(examples)
        vectors = embed(texts)
        step = max(_CELLS // len(self._vectors), 1)
        for first in range(0, len(texts), step):
            cosines = vectors[first : first + step] @ self._vectors.T
            for at in np.flatnonzero((cosines >= _COSINE).any(axis=1)).tolist():
                row = first + at
                if start + row not in self._leaked:
                    self._add(start + row, texts[row], cosines[at])

    def _add(self, row: int, text: str, cosines: Vectors) -> None:
        best = int(np.argmax(cosines))
        rivals = cosines > cosines[best] - _MARGIN
        if (self._vectors[rivals] @ self._vectors[best] < _SAME).any():
            return
        found = agreement(TextFacts.of(text), self._facts[best])
        if (
            len(found.shared) >= _SHARED
            and (found.numbers is None or found.numbers >= _NUMBERS)
            and (found.names is None or found.names >= _NAMES)
            and self._bits(found.shared) >= _BITS
        ):
            self.found.append(Paraphrase(best, row, round(float(cosines[best]), 3), found.shared))

    def _bits(self, facts: Sequence[str]) -> float:
        """Return how improbable it is that an evaluation row has all these numbers and names."""
        size = max(len(self._facts), _FEW) + 1
        return sum(math.log2(size / max(self._counts[fact], 0.5)) for fact in facts)


def _questions(examples: pl.DataFrame) -> list[str]:
    prompt = pl.col("prompt")
    return examples.select(pl.when(prompt != "").then(prompt).otherwise(pl.col("response"))).to_series().to_list()
