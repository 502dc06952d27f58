"""Values: numbers, names and opposites that make similar rows different examples instead of near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.differing import differ_in_values, reject_others
from datalint.engine.reduce.text_words import Words
from datalint.records.analyses import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The columns of examples by which :class:`Values` decides which rows to read.
VALUE_COLUMNS: Final = ("template", "templated", "prompt_chars", "response_chars", "response_hash")
#: Texts without a prompt of up to this many characters are read.
_SHORT_CHARS: Final = 200
#: Prompts of up to this many characters are read.
_ASKED_CHARS: Final = 8_000
#: Pairs that are decided at a time, and rows whose words are kept in memory.
_PAIRS: Final = 4_096
_KEPT: Final = 16_384


class Values:
    """Decides from the texts of similar rows whether they are different examples; reads only rows that may be."""

    def __init__(
        self, examples: pl.DataFrame, texts: Callable[[Sequence[int]], list[Text]], *, sides: bool = False
    ) -> None:
        """Prepare.

        Args:
            examples: :data:`VALUE_COLUMNS` of all rows, and ``is_preference`` for ``sides``.
            texts: reads the texts of rows.
            sides: whether preferences of one prompt differ if they reject different answers. They repeat each other
                less than they teach together; but one of them leaks the other.
        """
        self._texts = texts
        self._template = examples["template"].fill_null(0).to_numpy()
        self._templated = examples["templated"].to_numpy()
        self._prompted = examples["prompt_chars"].to_numpy() > 0
        chars = examples.select(pl.when(pl.col("prompt_chars") > 0).then("prompt_chars").otherwise("response_chars"))
        self._readable = chars.to_series().to_numpy() <= np.where(self._prompted, _ASKED_CHARS, _SHORT_CHARS)
        self._answered = self._prompted & (examples["response_chars"].to_numpy() > 0)
        self._response = examples["response_hash"].to_numpy()
        self._words: dict[int, Words] = {}
        self._paired = self._prompted & examples["is_preference"].to_numpy() if sides else None

    def different(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows are different examples; those without a prompt are compared by their responses."""
        result = np.zeros(len(first), np.bool_)
        of_template = self._template[first] == self._template[second]
        changed = self._templated[first] != self._templated[second]
        same = self._answered[first] & (self._response[first] == self._response[second])
        readable = self._readable[first] & self._readable[second]
        possible = np.flatnonzero(changed & (of_template | readable))
        for start in range(0, len(possible), _PAIRS):
            some = possible[start : start + _PAIRS]
            self._read(np.unique(np.concatenate([first[some], second[some]])).tolist())
            for place, one, other in zip(some.tolist(), first[some].tolist(), second[some].tolist(), strict=True):
                result[place] = differ_in_values(self._words[one], self._words[other], same_answer=bool(same[place]))
        if self._paired is not None:
            self._compare_sides(
                result, np.flatnonzero(~changed & self._paired[first] & self._paired[second]), first, second
            )
        return result

    def _compare_sides(
        self, result: NDArray[np.bool_], pairs: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64]
    ) -> None:
        for start in range(0, len(pairs), _PAIRS):
            some = pairs[start : start + _PAIRS]
            rows = np.unique(np.concatenate([first[some], second[some]])).tolist()
            texts = dict(zip(rows, self._texts(rows), strict=True))
            result[some] = [
                reject_others(texts[one], texts[other])
                for one, other in zip(first[some].tolist(), second[some].tolist(), strict=True)
            ]

    def _read(self, rows: list[int]) -> None:
        if len(self._words) > _KEPT:
            self._words = {row: self._words[row] for row in rows if row in self._words}
        missing = [row for row in rows if row not in self._words]
        for row, text in zip(missing, self._texts(missing) if missing else (), strict=True):
            self._words[row] = Words(
                text.prompt or text.response, text.response if text.prompt else "", asked=bool(text.prompt)
            )
