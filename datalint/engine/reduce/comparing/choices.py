"""Options that the answers of a dataset name, also if the options are a list and the answers are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.comparing.permuted_options import LEAST, MOST_ANSWER, Choice, choice_in, plain
from datalint.records.options import LETTERS, LISTS, MARKS, without_letters
from datalint.shapes.formats import multiple_choice
from datalint.support.distinct import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import PromptPart, Reader, Readers

#: Characters of a prompt at least and at most.
_FEWEST: Final = 20
_MOST_CHARS: Final = 4_000
#: Rows that are read, evenly spaced, to see whether a dataset has such questions, the share of them that shows it, and
#: rows that are read at most.
_SAMPLE: Final = 64
_SHARE: Final = 0.5
_MOST_ROWS: Final = 200_000
_AT_A_TIME: Final = 8_192
#: The paths of lists of options, and of texts that a question is about.
_LISTS: Final = frozenset(f"$.{key}" for key in LISTS)
_PASSAGES: Final = frozenset(f"$.{key}" for key in multiple_choice.PASSAGES)


class Choices:
    """Questions with options, and the options that their answers name; reads no rows that cannot be such questions.

    ``examples`` has the columns ``response_chars``, ``prompt_chars``, ``is_preference`` and ``shape``.
    """

    def __init__(self, examples: pl.DataFrame, reader: Reader | Readers) -> None:
        self._reader = reader
        self.is_listed = (examples["shape"] == multiple_choice.SHAPE.name).to_numpy()
        answers, prompts = (examples[name].to_numpy() for name in ("response_chars", "prompt_chars"))
        brief = (answers >= 1) & (answers <= MOST_ANSWER) & ~examples["is_preference"].to_numpy()
        self._rows = np.flatnonzero(brief & (prompts >= _FEWEST) & (prompts <= _MOST_CHARS))

    def batches(self) -> Iterator[dict[int, Choice]]:
        """Yield the choices of rows by row, in batches; nothing unless most rows of the dataset have one."""
        rows = self._rows
        if not 2 <= len(rows) <= _MOST_ROWS or 2 * len(rows) < len(self.is_listed):
            return
        if len(self.of(self._some.tolist())) > _SHARE * len(self._some):
            for start in range(0, len(rows), _AT_A_TIME):
                yield self.of(rows[start : start + _AT_A_TIME].tolist())

    def of(self, rows: list[int]) -> dict[int, Choice]:
        """Return the choices of the given rows, leaving out rows without one."""
        found = {}
        for row, text in zip(rows, self._reader.texts(rows), strict=True):
            choice = choice_in(text.prompt, text.response)
            if choice is not None:
                found[row] = choice
        left = [row for row in rows if row not in found and self.is_listed[row]]
        answers = [text.response for text in self._reader.texts(left)]
        for row, parts, answer in zip(left, self._reader.prompt_parts(left), answers, strict=True):
            choice = _listed(parts, answer, self._first)
            if choice is not None:
                found[row] = choice
        return found

    @cached_property
    def _some(self) -> NDArray[np.int64]:
        rows = self._rows
        return rows[evenly_spaced(len(rows), _SAMPLE)] if len(rows) else rows

    @cached_property
    def _first(self) -> int | None:
        """The number of the first option, if answers are letters or numbers."""
        some = self._some[self.is_listed[self._some]].tolist()
        return _first_of([text.response for text in self._reader.texts(some)])


def _listed(parts: Sequence[PromptPart], answer: str, first: int | None) -> Choice | None:
    """Return the choice of a question whose options are a list, or a text under a key each; None for another one."""
    asked, options = _parted(parts)
    if len(options) < LEAST or not asked or not all((*asked, *options)):
        return None
    bare = without_letters(dict(zip(LETTERS, options, strict=False)))
    options, said = options if bare is None or len(bare) < len(options) else [*bare.values()], plain(answer)
    if len(set(options)) < len(options):
        return None
    question = "\n".join(asked)
    if said in options:
        return Choice(question, tuple(sorted(options)), said)
    if first is None or len(said) != 1:
        return None
    at = _number(said) - first
    return Choice(question, tuple(sorted(options)), options[at]) if 0 <= at < len(options) else None


def _parted(parts: Sequence[PromptPart]) -> tuple[list[str], list[str]]:
    """Return the texts of a question, and its options."""
    listed = next((part for part in parts if part.path in _LISTS), None)
    if listed is not None:
        asked = [plain(part.text) for part in parts if part is not listed]
        return asked, [plain(line) for line in listed.text.split("\n")]
    options = [part for part in parts[1:] if part.path not in _PASSAGES]
    return [plain(part.text) for part in parts if part not in options], [plain(part.text) for part in options]


def _first_of(answers: Sequence[str]) -> int | None:
    """Return the number of the first option, if all answers are one letter, or one number from 0 or 1 on."""
    numbers = [_number(answer) for each in answers if len(answer := plain(each)) == 1]
    if len(numbers) < len(answers) or not numbers or min(numbers) < 0:
        return None
    first = 1 if min(numbers) == 1 and all(map(str.isdigit, map(plain, answers))) else 0
    return first if max(numbers) - first + 1 >= LEAST else None


def _number(mark: str) -> int:
    return int(mark) if mark.isascii() and mark.isdigit() else MARKS.find(mark.upper())
