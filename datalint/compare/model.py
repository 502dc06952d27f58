"""The result of a comparison, as plain values for renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from datalint.core.finding import Finding
from datalint.core.results import Outcome, Verdict

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


class Kind(StrEnum):
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
        return list(Kind).index(self)


class What(StrEnum):
    """What happened at one place of a row."""

    MOVED = "moved"
    MOVED_CHANGED = "moved-changed"
    ENCODED = "encoded"
    DROPPED = "dropped"
    ADDED = "added"
    WHITESPACE = "whitespace"
    ESCAPES = "escapes"
    SPELLING = "spelling"
    VALUE = "value"
    FILLED = "filled"
    EMPTIED = "emptied"
    WORDS = "words"


class Place(NamedTuple):
    """Where a row stands; ``line`` is None in containers without lines."""

    file: FileName
    line: int | None
    row: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One kind of change at one path, over all edited rows.

    Paths are as in ``messages[].content``, list indices left out. ``values`` are the commonest changes of short
    values: before, after, number of rows.
    """

    what: What
    old: Shown | None
    new: Shown | None
    rows: int
    values: tuple[tuple[Shown, Shown, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A row that exists on both sides with different values or keys.

    ``words`` is what differs, for people; None where no text changed or too many rows did.
    """

    old: Place
    new: Place
    level: Level
    kind: Kind
    similarity: float | None = None
    words: Shown | None = None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An added or removed row; ``excerpt`` of the first ones."""

    place: Place
    excerpt: Shown | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An added row that duplicates an old one: exactly, after normalisation, or nearly."""

    new: Place
    old: Place
    level: Level
    similarity: float
    words: Shown | None = None


@dataclass(frozen=True, slots=True)
class GateChange:
    """A gate whose value or verdict changed; the values are in words."""

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
    """Changed rows that have a value under a top-level key which is not empty, before and after."""

    key: Shown
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class NewLeak:
    """An evaluation row that leaks into training now, and did not before or only in a milder way."""

    evaluation: Place
    training: Place
    kind: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two datasets: its files as they are shown, and what the linter says of it."""

    files: tuple[FileName, ...]
    outcome: Outcome
    rows: int
    refused: int
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from ``old`` to ``new``.

    ``unchanged`` rows are the same in canonical form, ``moved`` of them stand in another order among
    themselves. ``summary`` says it in a sentence or two; ``keys`` are
    those that another share of the changed rows has now. ``fields`` and ``kinds`` count over all ``edits``.
    ``findings`` are those that the old dataset did not have, ``fixed`` counts those that are gone by rule.
    """

    old: Side
    new: Side
    unchanged: int
    moved: int
    edits: Sequence[Edit]
    kinds: Mapping[Kind, int]
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
        """Whether both are the same files, byte for byte; what has no bytes of its own (the hub) never is."""
        return self.hashed and sorted(self.old.digests) == sorted(self.new.digests)

    @property
    def hashed(self) -> bool:
        """Whether the bytes of all files are known."""
        return bool(self.new.digests) and all((*self.old.digests, *self.new.digests))

    @property
    def failed(self) -> bool:
        """Whether the new dataset fails its gates."""
        return self.new.outcome.failed
