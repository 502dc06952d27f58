"""Hits as rows of a table, which the map half returns instead of finding objects."""

from __future__ import annotations

import operator
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, SupportsIndex

import polars as pl

from datalint.core.finding import Severity
from datalint.core.rule import Hit
from datalint.core.staged import passing
from datalint.engine.plan import Active
from datalint.privacy.display import excerpt, printable
from datalint.privacy.escapes import escape_unsafe
from datalint.privacy.personal import PERSONAL_DIGITS, PERSONAL_NUMBERS, PERSONAL_SIGNS
from datalint.privacy.redaction import NEAR, Fragments, window
from datalint.privacy.secret import secret_signs
from datalint.records.canonical import visible_surrogates

#: The ``rule`` of a hit that reports a rule that raised.
INTERNAL_ERROR: Final = -1

RELATED: Final = pl.List(pl.Struct({"at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}))
#: Maximum lengths of a finding's texts, in characters.
LENGTHS: Final = {"path": 400, "message": 400, "excerpt": 100, "key": 400}
#: Characters of a row that are enough to show its excerpt, unless a long word or a key is near its end.
_SEEN: Final = LENGTHS["excerpt"] + NEAR + 100
#: Literal of a JSON web token, whose beginning may be longer than the patterns search.
_TOKEN: Final = ".eyJ"
#: Hits up to which each of their texts is searched for private data by itself.
_FEW: Final = 10
#: Characters that ``escape`` may change: control, invisible and default-ignorable characters.
_UNSAFE: Final = r"[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]"

#: ``rule`` is the rule's index in the plan, ``severity`` the hit's own where it has one, ``at`` the row's index;
#: ``line`` and ``row`` are for hits without a record; ``fixable`` is false where the rule's fix does not apply.
#: ``rewritable`` is true where a safe one takes its place, which writes the row as JSON.
SCHEMA: Final = pl.Schema(
    {
        "rule": pl.Int32(),
        "severity": pl.String(),
        "at": pl.Int64(),
        "line": pl.Int64(),
        "row": pl.Int64(),
        "path": pl.String(),
        "message": pl.String(),
        "excerpt": pl.String(),
        "key": pl.String(),
        "fixable": pl.Boolean(),
        "rewritable": pl.Boolean(),
    }
)


class HitTable:
    """Collects hits about ``size`` rows and ``held`` evaluation rows, and converts them to one frame.

    The texts of rules are not trusted: private data in them is redacted, then they are cut and escaped, so that the
    columns of :meth:`frame` are :data:`~datalint.privacy.display.Shown`.
    """

    def __init__(self, size: int, held: int = 0) -> None:
        self._size = size
        self._held = held
        self._rows: list[tuple[Any, ...]] = []
        self._related: list[tuple[int, int, float | None, bool]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(
        self,
        rule: int,
        hit: Hit,
        *,
        at: int | None = None,
        shown: str | None = None,
        secrets: Fragments | None = None,
    ) -> None:
        """Add one hit of rule number ``rule``.

        ``at`` is the row index and ``shown`` the row's text (as returned by :func:`beginning`) if the hit has none.
        ``secrets`` are the secrets in the texts that the rule read: no part of one is shown, even if the rule cut the
        text before using it in a message.

        Raises:
            TypeError: if it is not a hit, or contains a value that can't become a finding.
            IndexError: if it refers to a row that does not exist.
        """
        if not isinstance(hit, Hit):
            raise TypeError(f"returns a {type(hit).__name__}, not a Hit")
        row = hit.at if hit.at is not None else at
        path, message, excerpt, key = hit.path, hit.message or "", hit.excerpt, hit.key
        for name, text in (("path", path), ("message", message), ("excerpt", excerpt), ("key", key)):
            if text is not None and not isinstance(text, str):
                raise TypeError(f"the {name} of a Hit is {type(text).__name__}, not str")
        if hit.severity is not None and not isinstance(hit.severity, Severity):
            raise TypeError(f"the severity of a Hit is {type(hit.severity).__name__}, not Severity")
        if secrets is not None:
            message = secrets.hide(message)
            path, excerpt, key = (None if text is None else secrets.hide(text) for text in (path, excerpt, key))
        related = self._relations(hit) if hit.related or hit.related_eval else ()
        self._rows.append(
            (
                rule,
                None if hit.severity is None else hit.severity.value,
                None if row is None else _within(row, self._size),
                None if hit.line is None else operator.index(hit.line),
                None if hit.row is None else operator.index(hit.row),
                path,
                message,
                shown if excerpt is None else excerpt,
                key,
                bool(hit.fixable),
                bool(hit.rewritable),
            )
        )
        self._related += related

    def _relations(self, hit: Hit) -> list[tuple[int, int, float | None, bool]]:
        number = len(self._rows)
        return [
            (number, _within(other, size), None if similarity is None else float(similarity), held)
            for others, size, held in ((hit.related, self._size, False), (hit.related_eval, self._held, True))
            for other, similarity in others
        ]

    def extend(self, rule: int, hits: Iterable[Hit], secrets: Fragments | None = None) -> None:
        """Add every hit of a rule; ``secrets`` are as for :meth:`add`."""
        for hit in hits:
            self.add(rule, hit, secrets=secrets)

    def frame(self) -> pl.DataFrame:
        """Return the hits in the order in which they were added, with ``related`` (null if there is none)."""
        if not self._rows:
            return _no_hits().clone()
        frame = _table(self._rows)
        if not self._related:
            return frame.with_columns(*_safe(frame), pl.lit(None, dtype=RELATED).alias("related"))
        frame = frame.with_columns(_safe(frame))
        columns = {"hit": pl.Int64, "at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}
        flat = pl.DataFrame(self._related, schema=columns, orient="row")
        lists = flat.group_by("hit", maintain_order=True).agg(
            pl.struct("at", "similarity", "evaluation").alias("related")
        )
        numbered = frame.with_row_index("hit").cast({"hit": pl.Int64})
        return numbered.join(lists, on="hit", how="left", maintain_order="left").drop("hit")


@cache
def _no_hits() -> pl.DataFrame:
    """Return the frame of no hits, which nearly every run needs several times."""
    return pl.DataFrame(schema={**SCHEMA, "related": RELATED})


def beginning(text: str) -> str:
    """Return the part of a row's text that :meth:`HitTable.add` needs to show an excerpt without parts of a secret."""
    if len(text) <= _SEEN:
        return text
    limit = LENGTHS["excerpt"]
    _, last = window(text, 0, limit)
    return text[:last] if last <= _SEEN else excerpt(text, limit)


def may_hold_secret(text: pl.Expr) -> pl.Expr:
    """Return whether each text contains what every secret contains; a fast test in Polars."""
    # One by one, since the rules have these patterns compiled already. Few texts have such a sign, and the automata for
    # the literals take longer to build than all of the rest.
    signs = secret_signs()
    return pl.any_horizontal(
        text.str.contains(signs.words),
        passing(text.str.contains(signs.tail).fill_null(False), text, _any_of(signs.tailed)),
        passing(text.str.contains(signs.either).fill_null(False), text, _any_of(signs.valued)),
        text.str.contains_any([_TOKEN]),
    )


def _any_of(lists: Sequence[list[str]]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: pl.any_horizontal(map(text.str.contains_any, lists))


def internal_error(active: Active, error: Exception) -> Hit:
    """Return the finding for a rule that raised; the run continues and exits with 2."""
    rule = active.rule
    what = excerpt(f"{type(error).__name__}: {error}", 200)
    return Hit(f"rule {rule.code} ({rule.name}) failed: {what}{_raised_at(error, rule.module)}", key=rule.code)


def _raised_at(error: Exception, module: str) -> str:
    """Return the last line of the rule's module that was running, as `` (FILE, line N)``; empty for none."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [(frame.f_code.co_filename, line) for frame, line in frames if frame.f_globals.get("__name__") == module]
    return f" ({printable(Path(lines[-1][0]).name)}, line {lines[-1][1]})" if lines else ""


def _within(row: SupportsIndex, size: int) -> int:
    index = operator.index(row)
    if not 0 <= index < size:
        raise IndexError(f"refers to row {index} of {size}")
    return index


def _table(rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    try:
        return pl.DataFrame(rows, schema=SCHEMA, orient="row")
    except UnicodeEncodeError:
        visible = [tuple(visible_surrogates(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
        return pl.DataFrame(visible, schema=SCHEMA, orient="row")


def _safe(frame: pl.DataFrame) -> list[pl.Series]:
    """Return the texts of hits redacted, cut to their maximum lengths and escaped.

    Most texts need no change; fast searches in Polars select those that do.
    """
    names = [name for name in LENGTHS if frame[name].null_count() < frame.height]
    if not names:
        return []
    if frame.height <= _FEW:
        # Three queries take as long as a hundred such texts.
        return [pl.Series(name, [*map(partial(_shown, limit=LENGTHS[name]), frame[name])], pl.String) for name in names]
    heads = frame.select(map(_head, names)).get_columns()
    texts = [frame[name] for name in names]
    # One query for all columns: each has a fixed cost, and there are few texts.
    both = pl.DataFrame({"text": pl.concat(texts), "head": pl.concat(heads)})
    found = both.select(_may_be_private().alias("private"))
    # Not in one query, which would search for private data twice.
    found = found.with_columns(odd=found["private"] | both["head"].str.contains(_UNSAFE))
    parts = [found.slice(number * frame.height, frame.height) for number in range(len(names))]
    return [_corrected(*each) for each in zip(texts, heads, parts, map(LENGTHS.__getitem__, names), strict=True)]


def _shown(text: str | None, limit: int) -> str | None:
    return None if text is None else excerpt(text, limit)


@cache
def _head(name: str) -> pl.Expr:
    text, limit = pl.col(name), LENGTHS[name]
    return pl.when(text.str.len_chars() <= limit).then(text).otherwise(text.str.head(limit) + "…")


@cache
def _may_be_private() -> pl.Expr:
    text = pl.col("text")
    # Ids and dates are digits too: without the exact search, every row of a table with such a column is searched by
    # the patterns of each kind of number.
    digits = text.str.contains(PERSONAL_DIGITS).fill_null(False)
    exact = passing(digits, text, lambda texts: texts.str.contains(PERSONAL_NUMBERS))
    return pl.any_horizontal(may_hold_secret(text), text.str.contains(PERSONAL_SIGNS), exact)


def _corrected(texts: pl.Series, heads: pl.Series, found: pl.DataFrame, limit: int) -> pl.Series:
    if not found["odd"].any():
        return heads
    odd = found["odd"].arg_true()
    columns = (column.gather(odd) for column in (texts, heads, found["private"]))
    # Findings in one turn show the same text, and many messages are equal.
    known: dict[str, str] = {}
    corrected = []
    for text, head, private in zip(*columns, strict=True):
        if (safe := known.get(text)) is None:
            safe = known[text] = excerpt(text, limit) if private else escape_unsafe(head)
        corrected.append(safe)
    return heads.scatter(odd, corrected)
