"""Reads single rows again: verification and messages need a few texts, and texts are not kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import polars as pl

from datalint.engine.map.acceptances import without_key
from datalint.engine.map.views import view_parts
from datalint.records.analyses import Text
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.ray_tasks import RayTasks
    from datalint.engine.reduce.comparing.text_words import Words
    from datalint.neardup.compiled.written import Kernels
    from datalint.sources import Source

_Read = TypeVar("_Read")
#: Rows of a split in memory up to which the texts of all are read at once.
_SMALL: Final = 200
#: Characters of texts that are kept for the next analysis.
_KEPT_CHARS: Final = 1 << 25


class PromptPart(NamedTuple):
    """A text that a prompt has under a key of its own, with its JSON path."""

    path: str
    text: str


class Reader:
    """Fetches rows of one split by their index in the merged frame, for any thread.

    ``kept`` has the records of a small split; other records are read again.
    ``kernels`` is the compiled code that the process has loaded, and ``tasks`` runs comparisons on other machines.
    ``words`` caches the words of texts that were compared, so that the next search does not split them again. It also
    has those of the evaluation set, which ``partner`` reads.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        examples: pl.DataFrame,
        detector: Detector,
        kept: Sequence[dict[str, Any]] | None = None,
        kernels: Kernels | None = None,
        tasks: RayTasks | None = None,
    ) -> None:
        self.sources = sources
        self.tasks = tasks if kept is None else None
        self._kept = kept
        # Rows that are similar are compared first, then their values, and then what differs is shown.
        self._texts: dict[int, Text] = {}
        self._chars = 0
        self.detector = detector
        self.kernels = kernels
        self.words: dict[int, Words] = {}
        self.partner: Reader | None = None
        # A source need not support two threads at once.
        self._lock = Lock()
        self._file = examples["file"].to_numpy()
        self._row = examples["row"].to_numpy()
        self._offset = examples["offset"].to_numpy()

    def places(self, rows: NDArray[np.int64]) -> pl.DataFrame:
        """Return the places of ``rows``: ``file`` (number of the source), ``row`` and ``offset``."""
        return pl.DataFrame({"file": self._file[rows], "row": self._row[rows], "offset": self._offset[rows]})

    def records(self, rows: Sequence[int] | NDArray[np.int64]) -> list[dict[str, Any]]:
        """Return the records of ``rows``, in the order asked for, without the key by which they accept findings."""
        if self._kept is not None:
            return without_key([self._kept[row] for row in rows])
        wanted = np.asarray(rows, dtype=np.int64)
        order = np.argsort(wanted, kind="stable")
        ordered = wanted[order]
        records: list[dict[str, Any]] = []
        # Rows are in the order of files, so the rows of a file are contiguous.
        for mine in np.split(ordered, np.flatnonzero(np.diff(self._file[ordered])) + 1) if len(ordered) else ():
            ordinals = self._row[mine].astype(np.int64) - 1
            with self._lock:
                source = self.sources[int(self._file[mine[0]])]
                records += source.fetch(ordinals.tolist(), self._offset[mine].tolist())
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return without_key([records[position] for position in back])

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of ``rows``."""
        if not len(rows):
            return []
        wanted = rows
        if self._kept is not None:
            outside = next((row for row in rows if not 0 <= row < len(self._kept)), None)
            if outside is not None:
                raise IndexError(f"refers to row {outside} of {len(self._kept)}")
            # One query for many rows takes as long as one for a few.
            wanted = range(len(self._kept)) if len(self._kept) <= _SMALL else rows
        known = self._texts
        new = list(dict.fromkeys(row for row in wanted if row not in known))
        read = self._keep(new, self.examples(new)) if new else {}
        return [known[row] if row in known else read[row] for row in rows]

    def _keep(self, rows: Sequence[int], examples: pl.DataFrame) -> dict[int, Text]:
        """Return the texts of rows by their numbers, and keep them for the next analysis unless they are long."""
        texts = map(Text._make, examples.select("prompt", "response", "system", "chosen").iter_rows())
        read = dict(zip(rows, texts, strict=True))
        chars = sum(len(each) for text in read.values() for each in text)
        if self._chars + chars > _KEPT_CHARS:
            # Another thread may be reading the old ones.
            self._texts, self._chars = {}, 0
        if chars <= _KEPT_CHARS:
            self._texts.update(read)
            self._chars += chars
        return read

    def examples(self, rows: Sequence[int] | NDArray[np.int64]) -> pl.DataFrame:
        """Return the columns of examples for ``rows``, in the order asked for."""
        return flatten(self.records(rows), self.detector, hashes=False).examples

    def turns(self, rows: Sequence[int]) -> pl.DataFrame:
        """Return the columns of the turns of ``rows``."""
        return flatten(self.records(rows), self.detector, hashes=False).turns

    def prompt_parts(self, rows: Sequence[int], *, opening: bool = False) -> list[list[PromptPart]]:
        """Return the parts of the prompts of ``rows``, such as a context and a question; none of conversations.

        With ``opening``, those of a conversation are what stands before its first answer.
        """
        found: list[list[PromptPart]] = [[] for _ in rows]
        if rows:
            answered: set[int] = set()
            turns = self.turns(rows).select("example", "path", "text", "is_prompt", "is_response")
            for row, path, text, is_prompt, is_response in turns.iter_rows():
                if is_response:
                    answered.add(row)
                elif is_prompt and row in answered:
                    found[row] = found[row] if opening else []
                elif is_prompt:
                    found[row].append(PromptPart(path, text))
        return found

    def parts(self, rows: NDArray[np.int64], view: str) -> list[pl.Series]:
        """Return the normalised texts that near-duplicates compare."""
        records = self.records(rows)
        examples = flatten(records, self.detector, hashes=False).examples
        self._keep(rows.tolist(), examples)
        return view_parts(examples, records, view, self.kernels)


class Readers:
    """Two splits with one numbering: training rows first, then evaluation rows."""

    def __init__(self, training: Reader, evaluation: Reader, size: int) -> None:
        self.sources = [*training.sources, *evaluation.sources]
        # The numbers of training rows are the same; those of evaluation rows depend on the evaluation set.
        self.words = training.words
        if training.partner is not evaluation:
            for row in [row for row in self.words if row >= size]:
                del self.words[row]
            training.partner = evaluation
        self._training = training
        self._evaluation = evaluation
        self._size = size

    def places(self, rows: NDArray[np.int64]) -> pl.DataFrame:
        """Return the places of rows of both splits; the sources of the evaluation set have the higher numbers."""
        first = rows < self._size
        places = [self._training.places(rows[first]), self._evaluation.places(rows[~first] - self._size)]
        places = [each.cast(pl.Int64) for each in places]
        places[1] = places[1].with_columns(pl.col("file") + len(self._training.sources))
        back = np.empty(len(rows), np.int64)
        back[np.argsort(~first, kind="stable")] = np.arange(len(rows))
        return pl.concat(places)[back]

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return prompt, response and system text of rows of both splits, in the order asked for."""
        return self._of_both(rows, lambda reader, some: reader.texts(some))

    def prompt_parts(self, rows: Sequence[int]) -> list[list[PromptPart]]:
        """Return the parts of the prompts of rows of both splits; see :meth:`Reader.prompt_parts`."""
        return self._of_both(rows, lambda reader, some: reader.prompt_parts(some))

    def _of_both(self, rows: Sequence[int], read: Callable[[Reader, Sequence[int]], list[_Read]]) -> list[_Read]:
        ones = [row for row in rows if row < self._size]
        others = [row - self._size for row in rows if row >= self._size]
        found = iter(read(self._training, ones)), iter(read(self._evaluation, others))
        return [next(found[row >= self._size]) for row in rows]

    def parts(self, rows: NDArray[np.int64], view: str) -> list[pl.Series]:
        """Return the normalised texts of rows of both splits, in the order asked for."""
        first = rows < self._size
        order = np.argsort(~first, kind="stable")
        ones = self._training.parts(rows[first], view) if first.any() else None
        others = self._evaluation.parts(rows[~first] - self._size, view) if not first.all() else None
        if ones is None or others is None:
            return ones or others or []
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return [pl.concat([one, other])[back] for one, other in zip(ones, others, strict=True)]


@frozen
class RowTexts:
    """Reads the normalised texts that near-duplicates compare.

    Attributes:
        reader: reads the rows.
        view: the parts of a row that are compared.
        rows: the numbers that the rows have in ``reader``; None if they are the same.
    """

    reader: Reader | Readers
    view: str
    rows: NDArray[np.int64] | None = None

    def __call__(self, wanted: NDArray[np.int64]) -> list[pl.Series]:
        """Return the parts of rows, each a series."""
        return self.reader.parts(self._numbers(wanted), self.view)

    def places(self, wanted: NDArray[np.int64]) -> pl.DataFrame:
        """Return the places of rows; see :meth:`Reader.places`."""
        return self.reader.places(self._numbers(wanted))

    def _numbers(self, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
        return wanted if self.rows is None else self.rows[wanted]
