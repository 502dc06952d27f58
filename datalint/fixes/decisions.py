"""What happens to the rows and lines of one file: they stay, are repaired, or are removed."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from datalint.core.fix import Action
from datalint.core.rule import Rule
from datalint.sources.json_truth.fast_path import reread
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    import polars as pl

    from datalint.fixes.result import Fixes
    from datalint.fixes.state import Removed
    from datalint.sources import Source

#: Line ends of a row.
ENDS: Final = b"\r\n"


class Lost(NamedTuple):
    """A row or line that was removed: its place, the rule (None if it cannot be read), the reason, and its bytes."""

    file: str
    line: int | None
    row: int | None
    rule: Rule | None
    reason: str
    data: bytes

    def to_json(self) -> bytes:
        """Return the line of the manifest of removed rows; bytes that are not UTF-8 are in it as Base64 as well."""
        entry: dict[str, Any] = {"file": self.file, "line": self.line, "row": self.row}
        entry |= {"rule": None if self.rule is None else self.rule.code, "reason": self.reason}
        try:
            entry["text"] = self.data.decode()
        except UnicodeDecodeError:
            entry["text"] = self.data.decode(errors="replace")
            entry["base64"] = base64.b64encode(self.data).decode("ascii")
        return orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE)


class NewLine(NamedTuple):
    """The rows of a line that are written anew with the same values: its number, the first row, and the bytes.

    ``after`` has the bytes of each row, without line ends. Rows are counted from 0. ``size`` is the number of these
    rows without those that a fix changes or removes as well.
    """

    line: int
    row: int
    before: bytes
    after: tuple[bytes, ...]
    size: int = 1


def record_of(line: bytes) -> dict[str, Any]:
    """Return the record of a row's JSON text, with what orjson refuses, such as a lone surrogate."""
    found = reread(line)
    assert found is not None
    return found


#: What a writer yields: bytes of the fixed file, and what is not in it.
Pieces = Iterator[bytes | Lost]


class Decisions:
    """What happens to the rows and lines of one file, for those who write it."""

    def __init__(self, fixes: Fixes, file: int) -> None:
        self.fixes = fixes
        self.file = file
        self.source: Source = fixes.sources[file]
        self.layouts = _layouts(fixes, file)
        files = fixes.examples["file"].to_numpy()
        self.base = int(np.searchsorted(files, file))
        self.rows: pl.DataFrame = fixes.examples.slice(
            self.base, int(np.searchsorted(files, file, side="right")) - self.base
        )
        self._reported = {problem.line for problem in fixes.files[file].problems}

    def removed(self, row: int) -> Removed | None:
        """Return why row number ``row`` of the file is removed, None where it stays."""
        return self.fixes.removed.get(self.base + row)

    def repaired(self, row: int) -> bytes | None:
        """Return the JSON text of a row that was changed."""
        each = self.fixes.repaired.get(self.base + row)
        return None if each is None else each.line

    def leave(self, row: int) -> None:
        """Note that a changed row stays as it is, as the format that is written cannot hold the change."""
        self.fixes.unwritten.add(self.base + row)

    def is_touched(self, row: int) -> bool:
        """Return whether row number ``row`` of the file is changed or removed."""
        return self.base + row in self.fixes.repaired or self.base + row in self.fixes.removed

    def touched(self) -> list[int]:
        """Return the rows that are changed or removed, in order."""
        changed = np.fromiter(self.fixes.repaired, np.int64, len(self.fixes.repaired))
        removed = np.fromiter(self.fixes.removed, np.int64, len(self.fixes.removed))
        numbers = np.union1d(changed, removed) - self.base
        found: list[int] = numbers[(numbers >= 0) & (numbers < self.rows.height)].tolist()
        return found

    def lost(self, row: int, why: Removed, data: bytes) -> Lost:
        """Return a row as removed."""
        rule = self.fixes.plan.rules[why.rule].rule
        return Lost(
            self.source.path, self.rows["line"][row], self.rows["row"][row], rule, why.reason, data.rstrip(ENDS)
        )

    def lost_line(self, line: int | None, why: Removed | None, data: bytes) -> Lost:
        """Return what no row was read from as removed; ``why`` is None if only the new format cannot hold it."""
        if why is None:
            return Lost(self.source.path, line, None, None, "no row could be read from it", data.rstrip(ENDS))
        rule = self.fixes.plan.rules[why.rule].rule
        return Lost(self.source.path, line, None, rule, why.reason, data.rstrip(ENDS))

    def reasons(self, lines: Sequence[int]) -> list[Removed | None]:
        """Return why each of ``lines``, which no row is read from, is removed; None where it stays.

        They stand between two rows. A record on several lines has one problem, on one of them; the others have their
        reason from the line before.
        """
        known = {line: self.fixes.lines.get((self.file, line)) for line in lines if line in self._reported}
        reason = next(iter(known.values()), None)
        found: list[Removed | None] = []
        for line in lines:
            reason = known.get(line, reason)
            found.append(reason)
        return found


def _layouts(fixes: Fixes, file: int) -> Collection[Action]:
    """Return what changes in a file as a whole."""
    layouts = set(fixes.layouts.get(file, {}))
    if fixes.standardizes(file):
        layouts.add(Action.JSON)
    return layouts
