"""A rule: its metadata, options, code and documentation, declared in one place.

The unit of work is the annotation of the first parameter:

====================  =========================================================================
``FileFacts``         what the reader saw of one file's bytes and lines
``Record``            one parsed record; the function is a generator of :class:`Hit`
``Turns``             every turn of a chunk; the function returns a boolean Polars expression
``Examples``          every example of a chunk; the function returns a boolean Polars expression
``Dataset``           the merged whole; the function is a generator of :class:`Hit`
====================  =========================================================================
"""

from __future__ import annotations

import copy
import dataclasses
import importlib
import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final

from datalint.core.finding import Confidence, Factor, Severity
from datalint.core.fix import Fix
from datalint.core.kind import Kind
from datalint.support.classes import frozen

#: Sections that every rule's page has.
SECTIONS: Final = ("What it does", "Why it matters", "Bad", "Good", "What to do")


class Scope(StrEnum):
    """A rule's unit of work."""

    FILE = "file"
    RECORD = "record"
    TURN = "turn"
    EXAMPLE = "example"
    DATASET = "dataset"


class Options:
    """Base of every rule's options: a frozen dataclass whose fields are made with :func:`option`."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


@frozen
class NoOptions(Options):
    """The options of a rule that has none."""


def option(default: Any, help: str, *, source: str = "", setting: str = "") -> Any:  # noqa: A002
    """Declare an option: its default, what it means, and where the default's number comes from.

    ``setting`` names a setting of the project (``schema``) that provides the value where the option itself is not set.
    """
    metadata = {"help": help, "source": source, "setting": setting}
    if isinstance(default, list | dict | set):
        return dataclasses.field(default_factory=lambda: copy.deepcopy(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(slots=True)
class Hit:
    """One place where a rule fired, before it becomes a finding.

    ``at`` is a row index of the scope's frame (Dataset: of ``data.examples``); None means the dataset as a
    whole. ``related`` holds ``(row index, similarity)`` pairs, ``related_eval`` the same of evaluation rows.
    ``line`` and ``row`` are for file rules; ``file`` is for dataset rules that speak of one training file as a
    whole, an index of ``data.files``. ``key`` tells findings apart in their fingerprint, and stands in for the words
    of one without a row, so that it stays the same while the numbers in them change. ``fixable`` is false where the
    rule's fix does not apply to this place, and ``rewritable`` is true where the file only has to be written again.
    """

    message: str
    path: str | None = None
    at: int | None = None
    related: tuple[tuple[int, float | None], ...] = ()
    related_eval: tuple[tuple[int, float | None], ...] = ()
    excerpt: str | None = None
    severity: Severity | None = None
    line: int | None = None
    row: int | None = None
    file: int | None = None
    key: str | None = None
    fixable: bool = True
    rewritable: bool = False


@frozen
class Policy:
    """What a rule's findings say together where so many examples have one that the data is meant to be so.

    Over ``share`` of at least ``least`` examples, or in ``many`` of these, they are one finding about the dataset, of
    ``severity`` and with ``words``: "N of M examples …"; with ``example``, also with the message of the first of them.
    Over ``most`` of the examples, they are none of it. With ``key`` that concerns only hits with one of these. With
    ``placed``, they stay findings on their rows, as severe as they are, and each says ``words``, if any, instead of its
    message, with ``example`` before that of the first one of their file and key.

    With ``file_words``, hits that stay where they are say these in a file that alone has more than the share.
    In data of ``kind``, over that share, or in all of several rows, they are one finding about the dataset with
    ``kind_words``, of severity INFO, and no fix changes these rows.

    Hits with a key of ``rare`` are warnings where at most ``rare_share`` of at least ``rare_least`` examples have one.
    Those with a key of ``learned`` are notes in an evaluation set, from whose answers nothing is learned; without
    ``key``, they stay on their rows in any data.
    """

    words: str
    share: float = 0.25
    most: float = 1.0
    least: int = 50
    severity: Severity = Severity.INFO
    key: tuple[str, ...] = ()
    placed: bool = False
    example: bool = False
    file_words: str = ""
    kind: Kind | None = None
    kind_words: str = ""
    rare: tuple[str, ...] = ()
    rare_share: float = 0.01
    rare_least: int = 100
    learned: tuple[str, ...] = ()
    many: int | None = None


@dataclass(eq=False)
class Rule:
    """A declared rule. Made by :func:`rule`, never by hand."""

    code: str
    name: str
    severity: Severity
    since: str
    scope: Scope
    message: str
    function: Callable[..., Any]
    options_type: type[Options]
    factor: Factor
    requires: frozenset[str]
    needs: frozenset[str]
    tags: frozenset[str]
    gated: bool
    each: str | None
    confidence: Confidence | None
    module: str
    detail_function: Callable[..., Any] | None = None
    rows_function: Callable[..., Any] | None = None
    measure_function: Callable[..., Any] | None = None
    merge_function: Callable[..., Any] | None = None
    check_function: Callable[..., None] | None = None
    fix: Fix | None = None
    policy: Policy | tuple[Policy, ...] | None = None
    repair_function: Callable[..., Any] | None = None

    @property
    def document(self) -> str:
        """The docstring of the rule's module, which is its page."""
        return inspect.cleandoc(sys.modules[self.module].__doc__ or "")

    @property
    def summary(self) -> str:
        """The page's first line."""
        return (sys.modules[self.module].__doc__ or "").lstrip().partition("\n")[0].rstrip()

    @property
    def remedy(self) -> str:
        """The first sentence of the page's "What to do"."""
        text = " ".join(self.section("What to do").split())
        ends = (match.start() for match in re.finditer(r"\. ", text) if text[: match.start()].count("`") % 2 == 0)
        return text[: next(ends, len(text))].rstrip(".")

    @property
    def missing_sections(self) -> list[str]:
        """The titles of :data:`SECTIONS` that the page lacks."""
        return [title for title in SECTIONS if not re.search(rf"^## {title}[ \t]*$", self.document, re.MULTILINE)]

    def section(self, title: str) -> str:
        """Return the text under one of the page's headings, empty without it."""
        _, _, rest = self.document.partition(f"## {title}\n")
        return rest.partition("\n## ")[0].strip()

    def detail(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate ``(row, options) -> Hit | str | None`` that words one turn's or example's hit.

        ``row`` is a dict of the frame's columns (see :func:`~datalint.core.columns.describe_columns`); that of a turn
        has ``row["prompt"]`` (prompts and tool results) and ``row["system"]`` too, what was said before it.
        ``row["record"]`` is the record that they are read from. It runs only where the expression was true, so it may
        be slow; returning None withdraws the hit, which makes a cheap expression plus an exact check one rule.
        """
        self.detail_function = function
        return function

    def rows(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate ``(chunk, options) -> Series`` of a record rule: false at the rows that have no finding.

        ``chunk`` is that of :meth:`measure`. The rule's function then runs on the other rows alone, so that its time
        is spent where there is something to find. It always runs on rows which the schema of their shape refuses, or
        in which the reader, a model or a target noticed something.
        """
        self.rows_function = function
        return function

    def measure(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate ``(chunk, options) -> partial`` of a dataset rule; a partial must survive pickling."""
        self.measure_function = function
        return function

    def merge(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate ``(partial, partial) -> partial``: associative; partials come in file and line order."""
        self.merge_function = function
        return function

    def check(self, function: Callable[..., None]) -> Callable[..., None]:
        """Decorate ``(options) -> None`` that raises DatalintError for options that the rule cannot work with.

        It runs before any data is read, so that the error can name the line of the configuration.
        """
        self.check_function = function
        return function

    def repair(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate the function of a fix that edits rows; it is called for rows with a finding of the rule.

        That of a turn rule is ``(row, options) -> str | None``: it takes what :meth:`detail` takes, once for each turn
        of the row (of a list of parts, for each text), and returns the text to put in its place, None for the same.
        That of any other rule is ``(record, options) -> Iterator[Edit]``.
        """
        self.repair_function = function
        return function

    def options(self, values: Mapping[str, Any] | None = None) -> Options:
        """Return the rule's options with ``values`` over the defaults; unknown names raise TypeError."""
        return self.options_type(**(values or {}))

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, str, str | None]]:
        return _restore, (self.module, self.code, getattr(sys.modules[self.module], "__file__", None))

    def __repr__(self) -> str:
        return f"<Rule {self.code} {self.name}>"


def _restore(module: str, code: str, file: str | None) -> Rule:
    """Find a rule again in another process, by its module; a local file that has no name to import by is run."""
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        if file is None:
            raise
        spec = importlib.util.spec_from_file_location(module, file)
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        sys.modules[module] = found
        spec.loader.exec_module(found)
    return next(item for item in vars(found).values() if isinstance(item, Rule) and item.code == code)
