"""What the reader hands on: records with the truth about their bytes, and facts about whole files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeVar

from datalint.core.finding import Severity
from datalint.core.fix import Steps
from datalint.core.rule import Hit
from datalint.records.paths import values_by_path
from datalint.records.rendering import Rendering
from datalint.records.structure import Structure
from datalint.records.treatment import Treatment
from datalint.support.classes import mutable
from datalint.support.named_tuple import NamedTuple

Look = TypeVar("Look")
#: A key that one message alone has one of.
_SPEAKERS = frozenset(("role", "from"))


class Problem(NamedTuple):
    """Something the reader or a schema saw, named by the rule that reports it.

    ``line`` is physical and 1-based, relative to the chunk until chunks are merged; ``record`` is the index of
    the record in its chunk or None when the bytes yielded no record. ``severity`` is that of this one problem, where it
    is not the rule's. ``rewritable`` is true where nothing is lost, and the file only has to be written again,
    and ``fixable`` false where no fix may remove what is easily corrected by hand. ``is_note`` is true where it only
    says how the file is read.
    """

    rule: str
    message: str
    line: int | None = None
    record: int | None = None
    path: str | None = None
    excerpt: str | None = None
    severity: str | None = None
    rewritable: bool = False
    fixable: bool = True
    is_note: bool = False


#: Containers of texts without keys: lines, and blocks of them.
TEXT_CONTAINERS: Final = frozenset(
    {"text", "text-blocks", "text-parts", "text-questions", "ended-texts", "framed-texts"}
)


@mutable
class FileFacts:
    """What the reader saw of one file, merged over its chunks.

    ``problems`` are the reader's own, file by rule name. Lines are physical, 1-based. ``long_lines`` are lines with
    their bytes, and ``long_texts`` lines with the bytes of a text that are examined, where it has more. ``part`` names
    the list of rows that was read, where the file has others, and ``held_lists`` all lists of the file, where each is
    named after an evaluation set, or the key of a canary. ``rows_of`` says what a row is, where the container alone
    does not, and ``is_grouped`` that the file writes each value once for a list of rows, such as the name of an intent
    for its texts. ``tabbed`` and ``spaced`` are lines with tokens whose fields a tab or blanks separate.
    ``markup`` are tokens that are parts of the tags of XML, such as the ``first_markup``.
    """

    path: str
    container: str = "jsonl"
    part: str = ""
    held_lists: str = ""
    rows_of: str = ""
    is_grouped: bool = False
    size: int = 0
    sha256: str = ""
    lines: int = 0
    blank_lines: int = 0
    rows_read: int = 0
    rows_refused: int = 0
    first_blank: int | None = None
    crlf: int = 0
    lf: int = 0
    first_crlf: int | None = None
    first_lf: int | None = None
    bare_cr: int = 0
    first_bare_cr: int | None = None
    tabbed: int = 0
    spaced: int = 0
    first_tabbed: int | None = None
    first_spaced: int | None = None
    markup: int = 0
    first_markup: str = ""
    final_newline: bool = True
    long_lines: list[tuple[int, int]] = field(default_factory=list)
    long_texts: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_texts(self) -> bool:
        """Whether the rows are texts without keys."""
        return self.container in TEXT_CONTAINERS

    def seen(self, rule: str) -> Iterator[Hit]:
        """Yield a hit for each problem that the reader filed under ``rule``."""
        for problem in self.problems:
            if problem.rule == rule and not problem.is_note:
                row = None if problem.record is None else problem.record + 1
                yield Hit(
                    problem.message,
                    path=problem.path,
                    line=problem.line,
                    row=row,
                    excerpt=problem.excerpt,
                    severity=None if problem.severity is None else Severity(problem.severity),
                    rewritable=problem.rewritable,
                    fixable=problem.fixable,
                )


@dataclass(slots=True)
class Record:
    """One parsed record, as record rules see it.

    ``shape`` is the shape's name, or ``"unknown"``. ``turns`` are ``(role, text, path, side)`` in order. ``violations``
    are what the shape's schema holds against the row; ``noticed`` what the parser would hide. ``fits`` names every
    shape whose keys the row has. ``proposal`` is the option that would say what the keys of a row of unknown shape
    mean, and ``lacking`` the key that other rows are read by and this one has not, with the only one that it may have
    ``instead``; ``lacks_cell`` says that others have one text or label there, as in a table. ``slips`` are keys that
    nearly all rows write in another way, each with what they write. ``common`` are the keys that all rows like it have,
    and ``others`` how many more they may have. ``facts`` says that all of them are facts in a few words, ``varied``
    that rows have many sets of keys, ``versions`` how many of its texts are one in other words. ``typical`` is a row
    with typical values of all of them.
    ``lists`` are the dotted paths of the lists of messages that rows may have. ``renderings`` are what the model makes
    of the row's conversations, and ``treatments`` what each target does with the row; they are empty without a model or
    a target.
    """

    value: dict[str, Any]
    shape: str
    turns: list[tuple[str, str, str, str]] = field(default_factory=list)
    violations: tuple[Problem, ...] = ()
    noticed: tuple[Problem, ...] = ()
    fits: tuple[str, ...] = ()
    proposal: str | None = None
    lacking: str | None = None
    instead: str = ""
    lacks_cell: bool = False
    slips: tuple[tuple[str, str], ...] = ()
    common: tuple[str, ...] = ()
    others: int = 0
    facts: bool = False
    varied: bool = False
    versions: int = 0
    typical: Mapping[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ("messages", "conversations")
    renderings: tuple[Rendering, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    _looks: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, look: Callable[[Record], Look]) -> Look:
        """Return ``look(self)``, made once for all rules that ask for it; ``look`` is a function of a module."""
        if look not in self._looks:
            self._looks[look] = look(self)
        return self._looks[look]  # type: ignore[no-any-return]

    def seen(self, rule: str) -> Iterator[Hit]:
        """Yield a hit for each schema violation or reader's notice filed under ``rule``."""
        for problem in (*self.violations, *self.noticed):
            if problem.rule == rule:
                severity = None if problem.severity is None else Severity(problem.severity)
                yield Hit(problem.message, path=problem.path, excerpt=problem.excerpt, severity=severity)

    def place(self, path: str | None) -> tuple[Steps, Any] | None:
        """Return the steps to the value at a JSON path, as findings have it, and the value; None where none is."""
        return self.once(_places).get(path or "")

    def messages(self) -> Sequence[tuple[str, dict[str, Any]]]:
        """Return ``(JSON path, message)`` for each message object of every conversation list in the row."""
        return self.once(_all_messages)


def _places(record: Record) -> dict[str, tuple[Steps, Any]]:
    return values_by_path(record.value)


def _all_messages(record: Record) -> list[tuple[str, dict[str, Any]]]:
    value = record.value
    return [each for keys in _keys_of(record.lists) if keys[0] in value for each in _messages(value, keys)]


@lru_cache(maxsize=16)
def _keys_of(paths: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the keys that dotted paths consist of."""
    return tuple(tuple(path.split(".")) for path in paths)


def _messages(value: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the messages under a path of keys: of a list, of an object with ``messages``, or a single one."""
    turns: Any = value
    path = ".".join(keys)
    for key in keys:
        turns = turns.get(key) if isinstance(turns, dict) else None
    if isinstance(turns, dict):
        inner = turns.get("messages")
        if not isinstance(inner, list):
            if not turns.keys().isdisjoint(_SPEAKERS):
                yield f"$.{path}", turns
            return
        path, turns = f"{path}.messages", inner
    for index, turn in enumerate(turns if isinstance(turns, list) else ()):
        if isinstance(turn, dict):
            yield f"$.{path}[{index}]", turn


@mutable
class Raw:
    """One chunk as a source delivers it.

    ``records[i]`` stands on line ``lines[i]`` (relative to the chunk, 1-based) at ``offsets[i]`` of the
    decoded bytes; ``noticed`` maps a record's index to what orjson would have hidden. ``rows_refused`` counts
    the non-blank lines (or elements) that yielded no record. ``structure`` is that of the records, where the
    source needed it itself.
    """

    records: Sequence[dict[str, Any]]
    lines: list[int]
    facts: FileFacts
    noticed: dict[int, list[Problem]] = field(default_factory=dict)
    structure: Structure | None = None
