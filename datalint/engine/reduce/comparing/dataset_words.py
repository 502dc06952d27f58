"""What the words of a dataset say, from some of its rows: variants of instructions, information, rewritten prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.engine.reduce.comparing.information import Information
from datalint.engine.reduce.comparing.instructions import Instructions
from datalint.engine.reduce.comparing.rewriting import are_rewritten
from datalint.engine.reduce.comparing.text_words import words_of
from datalint.records.analyses import Text
from datalint.support.distinct import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Rows that are read, evenly spaced, to see whether the answers of a dataset are its prompts with changes.
_SAMPLE: Final = 64
#: Rows in which words are counted, evenly spaced, and their characters.
_COUNTED: Final = 256
_COUNTED_CHARS: Final = 2_000


class DatasetWords:
    """What the words of a dataset say; its texts are read when that is asked for."""

    def __init__(
        self, texts: Callable[[list[int]], Sequence[Text]], *, asked: NDArray[np.bool_], learned: NDArray[np.bool_]
    ) -> None:
        """Prepare; ``asked`` are the rows whose prompts are read, and ``learned`` those whose answers are, too."""
        self._texts = texts
        self._asked = asked
        self._learned = learned

    @cached_property
    def rewritten(self) -> bool:
        """Whether the answers are the prompts with changes, in most of some rows."""
        rows = np.flatnonzero(self._learned)
        some = rows[evenly_spaced(len(rows), _SAMPLE)].tolist()
        return are_rewritten([words_of(text) for text in self._texts(some)]) if some else False

    @cached_property
    def instructions(self) -> Instructions:
        """The variants of the instructions that many prompts of this dataset have."""
        rows = np.flatnonzero(self._asked)
        some = rows[evenly_spaced(len(rows), _COUNTED)].tolist()
        return Instructions(map(words_of, self._texts(some) if some else ()))

    @cached_property
    def information(self) -> Information:
        """What words say in this dataset."""
        rows = evenly_spaced(len(self._asked), _COUNTED)
        texts = self._texts(rows.tolist())
        return Information([(text.prompt or text.response)[:_COUNTED_CHARS] for text in texts])
