"""What :func:`datalint.fix` returns: the rows that are left, those that were removed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from datalint.core.errors import DatalintError
from datalint.fixes.changes import Change, changes
from datalint.fixes.decisions import Lost
from datalint.fixes.files import manifest_path, write_fixed
from datalint.fixes.rows import row_texts
from datalint.fixes.writing import output_format, written_pieces
from datalint.sources.json_truth.fast_path import reread

if TYPE_CHECKING:
    import os

    import pandas as pd
    from numpy.typing import NDArray

    from datalint.fixes.result import Fixes


class Fixed:
    """A fixed dataset. Nothing is written until :meth:`write`."""

    def __init__(self, fixes: Fixes) -> None:
        self.fixes = fixes

    @property
    def counts(self) -> dict[str, int]:
        """How many findings were fixed, by the code of their rule."""
        rules = self.fixes.plan.rules
        counts = self.fixes.applied + self.fixes.rewritten
        return {rules[rule].rule.code: count for rule, count in sorted(counts.items())}

    @cached_property
    def changes(self) -> list[Change]:
        """Every change: rows that were edited (``values``) or removed (``reason``), and files laid out anew."""
        return list(changes(self.fixes))

    @cached_property
    def removed(self) -> list[dict[str, Any]]:
        """Each row and line that is not left: file, line, row, rule, reason and text."""
        return [orjson.loads(piece.to_json()) for piece in self._pieces() if isinstance(piece, Lost)]

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the rows that are left, as they are after their fixes."""
        numbers = [number for number in range(self.fixes.examples.height) if number not in self.fixes.removed]
        for start in range(0, len(numbers), 1024):
            block = numbers[start : start + 1024]
            places = self.fixes.examples[block].select("file", "row", "offset")
            for number, text in zip(block, row_texts(self.fixes.sources, places), strict=True):
                repaired = self.fixes.repaired.get(number)
                yield reread(text if repaired is None else repaired.line) or {}

    def keep_mask(self) -> NDArray[np.bool_]:
        """Return which of the rows that were given are left, in order.

        Raises:
            DatalintError: if a row could not be read, so that rows have no sure number.
        """
        if any(file.rows_refused for file in self.fixes.files):
            raise DatalintError("some rows could not be read; fix the file, or use records()")
        mask = np.ones(self.fixes.examples.height, np.bool_)
        mask[list(self.fixes.removed)] = False
        return mask

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows that are left as a pandas frame."""
        import pandas as pd

        return pd.DataFrame(list(self.records()))

    def write(self, path: str | os.PathLike[str]) -> Path | None:
        """Write what is left of one source to ``path``, and what is not next to it; return the latter's path.

        Raises:
            DatalintError: if there are several sources, or the file cannot be written.
        """
        if len(self.fixes.sources) != 1:
            raise DatalintError(f"{len(self.fixes.sources):,} files were fixed; write them one by one")
        target = Path(path)
        kind = output_format(str(target), self.fixes.sources[0])
        written = write_fixed(self.fixes, [target], manifest_path(target), kinds=[kind])
        return None if written.manifest is None else Path(written.manifest)

    def _pieces(self) -> Iterator[bytes | Lost]:
        for file in range(len(self.fixes.sources)):
            yield from written_pieces(self.fixes, file)

    def __repr__(self) -> str:
        rows = self.fixes.examples.height
        return f"<Fixed: {rows:,} rows, {self.fixes.changed:,} changed, {len(self.fixes.removed):,} removed>"
