"""The result of a comparison, as plain values for renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from datalint.core.finding import Finding
from datalint.core.results import Outcome, Verdict
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.display import FileName, Shown


class Level(StrEnum):
    """How an old and a new row were matched, most reliable first."""

    EXACT = "exact"
    NORMALIZED = "normalized"
    TEXT = "text"
    WORDS = "words"
    VALUES = "values"
    NEAR = "near"
    PROMPT = "prompt"
    RESPONSE = "response"


class EditKind(StrEnum):
    """The most severe change of an edited row, mildest first."""

    KEYS = "keys"
    WHITESPACE = "whitespace"
    ESCAPES = "escapes"
    SPELLING = "spelling"
    VALUES = "values"
    WORDS = "words"

    @property
    def rank(self) -> int:
        """Higher is more severe."""
        return list(EditKind).index(self)


class What(StrEnum):
    """The type of a change at one path of a row."""

    MOVED = "moved"
    MOVED_CHANGED = "moved-changed"
    ENCODED = "encoded"
    REORDERED = "reordered"
    DROPPED = "dropped"
    ADDED = "added"
    WHITESPACE = "whitespace"
    ESCAPES = "escapes"
    SPELLING = "spelling"
    VALUE = "value"
    FILLED = "filled"
    EMPTIED = "emptied"
    WORDS = "words"


class RowPlace(NamedTuple):
    """The position of a row; ``line`` is None in containers without lines."""

    file: FileName
    line: int | None
    row: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One kind of change at one path, over all edited rows.

    Paths omit list indices, as in ``messages[].content``. ``values`` are the most frequent changes of short values:
    before, after, number of rows.
    """

    what: What
    old: Shown | None
    new: Shown | None
    rows: int
    values: tuple[tuple[Shown, Shown, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row that exists on both sides with different values or keys.

    ``words`` is a readable difference; None if no text changed or too many rows were edited.
    """

    old: RowPlace
    new: RowPlace
    level: Level
    kind: EditKind
    similarity: float | None = None
    words: Shown | None = None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An added or removed row; only the first ones have an ``excerpt``."""

    place: RowPlace
    excerpt: Shown | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An added row that duplicates an old one: exactly, after normalisation, or nearly."""

    new: RowPlace
    old: RowPlace
    level: Level
    similarity: float
    words: Shown | None = None


@dataclass(frozen=True, slots=True)
class GateChange:
    """A gate whose value or verdict changed; the values are formatted text."""

    factor: str
    title: Shown
    before: Shown
    after: Shown
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class CategoryShift:
    """Changes of category sizes; ``distance`` is the total variation distance of the shares, 0 to 1."""

    old_key: Shown | None
    new_key: Shown | None
    counts: tuple[tuple[Shown, int, int], ...]
    distance: float | None


class KeyCount(NamedTuple):
    """The number of changed rows with a non-empty value under a top-level key, before and after."""

    key: Shown
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class NewLeak:
    """An evaluation row that leaks into the training data now, and before did not or only in a milder form."""

    evaluation: RowPlace
    training: RowPlace
    kind: str
    similarity: float


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two datasets: its files and its lint results."""

    files: tuple[FileName, ...]
    outcome: Outcome
    rows: int
    refused: int
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes from ``old`` to ``new``.

    ``unchanged`` rows are the same in canonical form; ``moved`` of them are in another order. ``summary`` is one or two
    sentences. ``keys`` are the keys that a different share of the changed rows has. ``fields`` and ``kinds`` count over
    all ``edits``. ``findings`` are those that the old dataset did not have; ``fixed`` counts, by rule, the findings
    that no longer exist.
    """

    old: ComparedSide
    new: ComparedSide
    unchanged: int
    moved: int
    edits: Sequence[EditedRow]
    kinds: Mapping[EditKind, int]
    fields: Sequence[FieldChange]
    same_text: int
    keys: Sequence[KeyCount]
    added: Sequence[ChangedRow]
    removed: Sequence[ChangedRow]
    copies: Sequence[Copy]
    gates: Sequence[GateChange]
    findings: Sequence[Finding]
    fixed: Mapping[str, int]
    category: CategoryShift | None
    leaks: Sequence[NewLeak]
    notes: tuple[Shown, ...] = ()
    summary: tuple[Shown, ...] = ()

    @property
    def identical(self) -> bool:
        """Whether both sides are the same files, byte for byte; never true for the Hub, whose bytes are not known."""
        return self.hashed and sorted(self.old.digests) == sorted(self.new.digests)

    @property
    def hashed(self) -> bool:
        """Whether every file has a hash of its bytes."""
        return bool(self.new.digests) and all((*self.old.digests, *self.new.digests))

    @property
    def failed(self) -> bool:
        """Whether the new dataset fails its gates."""
        return self.new.outcome.failed
