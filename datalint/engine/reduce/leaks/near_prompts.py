"""Near-leaked prompts: evaluation prompts that the training set has almost word by word, with another answer."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader, Readers
from datalint.engine.map.views import context_parts
from datalint.engine.reduce.comparing.own_questions import OwnQuestions
from datalint.engine.reduce.comparing.values import VALUE_COLUMNS, Values
from datalint.records.leaks import Leak

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.plan import NearSettings
    from datalint.engine.reduce.merge import Merged
    from datalint.neardup import ChosenSketches, CommonShingles, Fetch, Sketches

#: Evaluation rows that are read at a time.
_ROWS: Final = 8_192
#: Prompts are compared without their answers, so they have to be more similar than rows as a whole.
_LEAST: Final = 0.8


class PromptScan:
    """Selects the training rows whose prompts may be near evaluation prompts, by their sketches.

    System prompt, tools, media and everything else around a prompt have to be the same. Rows without a prompt are left
    out, and training rows without a response or that leak already: not evaluation rows, since what one training
    row leaks says nothing about another one. Rows are read only where the map half has not sketched their prompts.
    """

    def __init__(
        self,
        training: Merged,
        evaluation: Merged,
        readers: tuple[Reader, Reader],
        near: NearSettings,
        leaks: Collection[Leak],
    ) -> None:
        """Sketch the evaluation prompts."""
        from datalint.neardup import ChosenSketches, CommonShingles, Shingling, chosen
        from datalint.neardup.limits import DEFAULT
        from datalint.neardup.search.own_texts import own_texts

        self._readers = readers
        self._splits = (training.examples, evaluation.examples)
        self._threshold = max(near.threshold, _LEAST)
        self._shingling = Shingling.parse(near.shingle)
        self._open = [
            _compared(training.examples, {leak.training for leak in leaks}),
            _compared(evaluation.examples, (), answered=False),
        ]
        self._held = np.flatnonzero(self._open[1])
        self._common: CommonShingles | None = None
        self._held_sketches = self._sketch_held(evaluation.prompts)
        self._rows: list[NDArray[np.int64]] = []
        self._sketches: list[Sketches] = []
        if (held := self._held_sketches) is None:
            return
        rows, contexts = np.flatnonzero(self._open[0]), evaluation.examples["context"].to_numpy()[self._held]
        known = None if training.prompts is None else chosen(training.prompts, rows)
        read = 0 if known is None else int(known.sizes.sum(dtype=np.int64))
        few = read + int(held.sizes.sum(dtype=np.int64)) <= DEFAULT.own_shingles
        texts = self._prompts(1, self._held)
        self._common = CommonShingles(held.sizes, texts, self._shingling, contexts, preambles=few)
        self._held_sketches = own_texts(held, texts, self._common, readers[0].kernels)[0].sketches
        if known is not None:
            own = own_texts(known, self._prompts(0, rows), self._common, readers[0].kernels)[0]
            self._select(rows, own if isinstance(own, ChosenSketches) else own.sketches)

    def take(self, start: int, examples: pl.DataFrame) -> None:
        """Keep the rows of a block that may be near an evaluation prompt."""
        mine = np.flatnonzero(self._open[0][start : start + examples.height])
        if self._held_sketches is not None and len(mine):
            self._select(mine + start, self._sketch(examples[mine]))

    def _sketch_held(self, known: Sketches | ChosenSketches | None) -> Sketches | None:
        from datalint.neardup import Sketches

        if not len(self._held):
            return None
        if known is not None:
            return known.take(self._held)
        blocks = [self._held[start : start + _ROWS] for start in range(0, len(self._held), _ROWS)]
        return Sketches.concat([self._sketch(self._readers[1].examples(block)) for block in blocks])

    def _select(self, rows: NDArray[np.int64], sketches: Sketches | ChosenSketches) -> None:
        """Keep those of ``rows`` that may be near an evaluation prompt."""
        from datalint.neardup.search.prefilter import rows_near

        if self._held_sketches is not None:
            near = rows_near(sketches, self._held_sketches, self._threshold, kernels=self._readers[0].kernels)
            self._rows.append(rows[near])
            self._sketches.append(sketches.take(near))

    def finish(self) -> list[Leak]:
        """Return verified pairs: for each training row of the pairs one evaluation row."""
        from datalint.neardup import Query, Sketches, find_pairs
        from datalint.neardup.search.own_texts import without_preambles

        if self._held_sketches is None or not sum(map(len, self._rows)):
            return []
        old, new = np.concatenate(self._rows), self._held
        size = self._splits[0].height
        rows = np.concatenate([old, new + size])
        both = Readers(*self._readers, size)
        sketches = Sketches.concat([*self._sketches, self._held_sketches])
        contexts = [examples["context"].to_numpy() for examples in self._splits]
        examples = pl.concat([each.select(VALUE_COLUMNS) for each in self._splits])
        values = Values(examples, both)
        answers = examples["response_hash"].to_numpy() * (examples["response_chars"] > 0).to_numpy()
        own = OwnQuestions(values, both, answers=answers)
        query = Query(
            self._threshold,
            self._shingling,
            identical=np.concatenate([contexts[0][old], contexts[1][new]]),
            groups=np.repeat(np.array([0, 1], dtype=np.uint8), [len(old), len(new)]),
            spare=True,
            common=self._common,
            different=own.different,
            families=values.families,
            kernels=self._readers[0].kernels,
        ).among(rows)
        texts = partial(both.parts, view="context")
        pairs = find_pairs(sketches, lambda wanted: without_preambles(texts(rows[wanted]), self._common), query)
        return _leaks(pairs, old, new)

    def _prompts(self, side: int, rows: NDArray[np.int64]) -> Fetch:
        """Return what reads the prompts of ``rows`` of training (0) or evaluation (1)."""
        return lambda wanted: self._readers[side].parts(rows[wanted], "context")

    def _sketch(self, examples: pl.DataFrame) -> Sketches:
        from datalint.neardup import sketch_texts
        from datalint.neardup.search.own_texts import without_preambles

        kernels = self._readers[0].kernels
        parts = without_preambles(context_parts(examples, kernels), self._common)
        return sketch_texts(parts, self._shingling, kernels)


def _compared(examples: pl.DataFrame, leaked: Collection[int], *, answered: bool = True) -> NDArray[np.bool_]:
    """Return which rows are compared: those with a prompt, and a response if ``answered``, that do not leak already."""
    complete = (pl.col("prompt_chars") > 0) & ((pl.col("response_chars") > 0) | pl.lit(not answered))
    mask: NDArray[np.bool_] = examples.select(complete.alias("open")).to_series().to_numpy().copy()
    mask[list(leaked)] = False
    return mask


def _leaks(pairs: Any, old: NDArray[np.int64], new: NDArray[np.int64]) -> list[Leak]:
    """Return a leak for each training row that is, or is identical to, a row of a pair; with the most similar row."""
    table = pl.DataFrame({"one": pairs.first, "other": pairs.second, "similarity": pairs.similarity})
    best = table.sort("one", "similarity", "other", descending=[False, True, False]).unique(
        "one", keep="first", maintain_order=True
    )
    ours = pl.DataFrame({"training": old, "one": pairs.classes[: len(old)]})
    theirs = pl.DataFrame({"evaluation": new, "other": pairs.classes[len(old) :]})
    first = theirs.unique("other", keep="first", maintain_order=True)
    found = ours.join(best, on="one", maintain_order="left").join(first, on="other", maintain_order="left")
    return [
        Leak(held, row, "near-prompt", similarity)
        for held, row, similarity in found.select("evaluation", "training", "similarity").iter_rows()
    ]
