"""Edited rows: the changes in each row, and totals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from datalint.compare.fields import ValueChange, field_changes, most_severe
from datalint.compare.keys import BLOCK, Keys
from datalint.compare.matching import RowMatch
from datalint.compare.model import EditedRow, EditKind, FieldChange, Level, RowPlace, What
from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.canonical import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from datalint.engine.execute.row_reader import Reader

#: The maximum number of edited rows for which word differences are stored.
_MOST_WITH_WORDS: Final = 200
#: The maximum number of distinct kinds of change that are counted; hostile keys could cause one per row.
_MOST_CHANGES: Final = 1000
_VALUES: Final = 3
_SHOWN: Final = 60
_SHORT: Final = (What.VALUE, What.FILLED, What.EMPTIED)
#: Match levels at which both rows have the same training text.
_SAME_TEXT: Final = (Level.NORMALIZED, Level.TEXT, Level.WORDS, Level.VALUES)


@dataclass(slots=True)
class Edits:
    """All edits in the order of the new rows, and their totals.

    ``same_text`` counts edits without new words; ``keys`` counts the keys of the rows before and after.
    """

    edits: list[EditedRow] = field(default_factory=list)
    kinds: Counter[EditKind] = field(default_factory=Counter)
    same_text: int = 0
    keys: tuple[Keys, Keys] = field(default_factory=lambda: (Keys(), Keys()))
    _rows: Counter[tuple[What, str | None, str | None]] = field(default_factory=Counter)
    _values: dict[tuple[What, str | None, str | None], Counter[tuple[Shown, Shown]]] = field(default_factory=dict)

    def add(self, edit: EditedRow, found: Sequence[ValueChange]) -> None:
        """Count one edit."""
        self.edits.append(edit)
        self.kinds[edit.kind] += 1
        self.same_text += edit.level in _SAME_TEXT
        seen = set()
        for change in found:
            key = (change.what, change.old, change.new)
            if key not in self._rows and len(self._rows) >= _MOST_CHANGES:
                continue
            if key not in seen:
                seen.add(key)
                self._rows[key] += 1
            if change.what is What.VALUE:
                values = self._values.setdefault(key, Counter())
                shown = _both(change)
                if shown in values or len(values) < _MOST_CHANGES:
                    values[shown] += 1

    def fields(self) -> list[FieldChange]:
        """Return the changes by path, most frequent first."""
        order = sorted(self._rows.items(), key=lambda item: (-item[1], *map(str, item[0])))
        return [
            FieldChange(what, _path(old), _path(new), rows, self._commonest((what, old, new)))
            for (what, old, new), rows in order
        ]

    def _commonest(self, key: tuple[What, str | None, str | None]) -> tuple[tuple[Shown, Shown, int], ...]:
        values = sorted(self._values.get(key, Counter()).items(), key=lambda item: (-item[1], item[0]))
        return tuple((before, after, rows) for (before, after), rows in values[:_VALUES])


def _path(path: str | None) -> Shown | None:
    return None if path is None else printable(path)


def find_edits(
    matched: Sequence[RowMatch],
    readers: tuple[Reader, Reader],
    places: tuple[Callable[[int], RowPlace], Callable[[int], RowPlace]],
) -> Edits:
    """Compare the records of matched rows that differ; ``places`` returns the place of an old and of a new row."""
    edited = [match for match in matched if match.level is not Level.EXACT]
    out = Edits()
    with_words = 0
    for start in range(0, len(edited), BLOCK):
        block = edited[start : start + BLOCK]
        old = readers[0].records([match.old for match in block])
        new = readers[1].records([match.new for match in block])
        out.keys[0].add(old)
        out.keys[1].add(new)
        for match, one, other in zip(block, old, new, strict=True):
            found = field_changes(one, other)
            kind = most_severe(found)
            words = _words(found) if with_words < _MOST_WITH_WORDS and kind.rank >= EditKind.VALUES.rank else None
            with_words += words is not None
            edit = EditedRow(places[0](match.old), places[1](match.new), match.level, kind, match.similarity, words)
            out.add(edit, found)
    return out


def _words(found: Sequence[ValueChange]) -> Shown | None:
    """Describe the first changes of a row, labels and other short values first."""
    ordered = sorted(found, key=lambda change: change.what not in _SHORT)
    parts = [part for part in map(_in_words, ordered[:_VALUES]) if part]
    return printable("; ".join(parts)) or None


def _in_words(change: ValueChange) -> str:
    path = change.new or change.old or "row"
    if change.what is What.VALUE:
        return f"{path}: [{' → '.join(_both(change))}]"
    if change.what is What.FILLED:
        return f"{path}: [+ {_short(change.after)}]"
    if change.what is What.EMPTIED:
        return f"{path}: [- {_short(change.before)}]"
    if change.what in (What.WORDS, What.MOVED_CHANGED):
        from datalint.records.difference import difference

        return f"{path}: {difference(change.before, change.after)}"
    return ""


def _both(change: ValueChange) -> tuple[Shown, Shown]:
    """Format a value before and after, as JSON if only the types differ."""
    before, after = as_text(change.before), as_text(change.after)
    if before == after:
        before, after = (json.dumps(value, ensure_ascii=False) for value in (change.before, change.after))
    return excerpt(before, _SHOWN), excerpt(after, _SHOWN)


def _short(value: Any) -> Shown:
    return excerpt(as_text(value), _SHOWN)
