"""The content of a comparison report: titled tables of printable text, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from datalint.compare.model import ChangedRow, ComparedSide, Comparison, EditKind, FieldChange, Level, What
from datalint.core.finding import Finding
from datalint.core.results import Verdict
from datalint.privacy.display import Shown, printable, shortened
from datalint.report.compare.places import finding_place, row_place
from datalint.support.numbers import counted, percent, similar

#: Rows of a table; 0 for all of them. Examples of rows get half as many.
ROWS: Final = 10
_PLACES: Final = 3
_NAME: Final = 40

_WHAT: Final = {
    What.MOVED: "moved",
    What.MOVED_CHANGED: "moved and changed",
    What.ENCODED: "from or to JSON text",
    What.REORDERED: "JSON with its keys in another order",
    What.DROPPED: "dropped",
    What.ADDED: "added",
    What.WHITESPACE: "white space",
    What.ESCAPES: r"escapes (\n and the like)",
    What.SPELLING: "letter case or width",
    What.VALUE: "another value",
    What.FILLED: "was empty",
    What.EMPTIED: "is empty now",
    What.WORDS: "other words",
}
_LEVEL: Final = {
    Level.EXACT: "the same row",
    Level.NORMALIZED: "the same text",
    Level.TEXT: "the same text, other tools, media or weights",
    Level.WORDS: "the same prompt and response",
    Level.VALUES: "the same values",
    Level.NEAR: "near-duplicate",
    Level.PROMPT: "the same prompt",
    Level.RESPONSE: "the same response",
}
_LEAK: Final = {
    "exact": "the same row",
    "normalized": "the same text",
    "near": "near-duplicate",
    "prompt": "the same prompt, another answer",
}


@dataclass(frozen=True, slots=True)
class CompareSection:
    """A title, the names of the columns, and rows of cells; ``rest`` says what is left out.

    ``numbers`` are the columns to align right; with ``cut`` the last one may be cut to fit its line.
    """

    title: Shown
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    rest: Shown | None = None
    numbers: frozenset[int] = frozenset()
    cut: bool = False


def verdict_line(found: Comparison) -> Shown:
    """Return ``FAIL (score 12) → FAIL (score 14)``."""
    return printable(f"{_verdict(found.old)} → {_verdict(found.new)}")


def _verdict(side: ComparedSide) -> str:
    score = side.outcome.score
    return f"{verdict_word(side.outcome.verdict)} ({'not assessed' if score is None else f'score {score}'})"


def verdict_word(verdict: Verdict) -> str:
    """Return a verdict as it is shown."""
    return verdict.words.upper()


def comparison_sections(found: Comparison, *, limit: int = ROWS) -> list[CompareSection]:
    """Return every section that has something to say; tables have at most ``limit`` rows, 0 for no bound."""
    half = (limit + 1) // 2
    made = (
        _factors(found),
        _gates(found, limit),
        _leaks(found, limit),
        _copies(found, limit),
        _findings(found, limit),
        _fields(found, limit),
        _edits(found, half),
        _rows("Added rows", found.added, found.new, half),
        _rows("Removed rows", found.removed, found.old, half),
        _keys(found, limit),
        _categories(found, limit),
    )
    return [section for section in made if section is not None and section.rows]


def _section(
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    limit: int,
    numbers: Iterable[int] = (),
) -> CompareSection:
    shown = tuple(rows[:limit] if limit else rows)
    cells = tuple(tuple(map(printable, row)) for row in shown)
    return CompareSection(printable(title), columns, cells, _rest(len(rows) - len(shown)), frozenset(numbers))


def _rest(left: int) -> Shown | None:
    return printable(f"… and {left:,} more") if left > 0 else None


def _factors(found: Comparison) -> CompareSection | None:
    if found.identical:
        return None
    old, new = found.old.outcome.factors, found.new.outcome.factors

    def score(value: float | None) -> str:
        return "–" if value is None else str(int(value))

    rows = [
        (
            name,
            _arrow(score(old[name].score), score(factor.score)),
            _arrow(old[name].verdict.words, factor.verdict.words),
        )
        for name, factor in new.items()
        if name in old
    ]
    return _section("Factors", ("factor", "score", "verdict"), rows, 0, (1,))


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _gates(found: Comparison, limit: int) -> CompareSection:
    rows = [
        (gate.title, _arrow(gate.before, gate.after), _arrow(gate.old.words, gate.new.words)) for gate in found.gates
    ]
    return _section("Gates that changed", ("gate", "value", "verdict"), rows, limit)


def _leaks(found: Comparison, limit: int) -> CompareSection:
    rows = [
        (row_place(leak.evaluation), row_place(leak.training, found.new), _LEAK[leak.kind], similar(leak.similarity))
        for leak in found.leaks
    ]
    title = f"New leakage: {counted(len(rows), 'evaluation row')} in the training set"
    return _section(title, ("evaluation row", "training row", "what is the same", "similarity"), rows, limit, (3,))


def _copies(found: Comparison, limit: int) -> CompareSection:
    rows = [
        (
            row_place(copy.new, found.new),
            row_place(copy.old, found.old),
            _LEVEL[copy.level],
            similar(copy.similarity),
            copy.words or "",
        )
        for copy in found.copies
    ]
    title = f"Added rows that repeat what was there: {len(rows):,} of {len(found.added):,}"
    columns = ("added row", "repeats", "what is the same", "similarity", "difference")
    return _section(title, columns, rows, limit, (3,))


def _findings(found: Comparison, limit: int) -> CompareSection:
    by_rule: dict[str, list[Finding]] = {}
    for finding in found.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    order = sorted(by_rule.values(), key=lambda each: (each[0].severity.rank, -len(each), each[0].rule))
    rows = [
        (
            findings[0].severity.value,
            f"{findings[0].rule} {findings[0].name}",
            f"{len(findings):,}",
            findings[0].message,
            ", ".join(finding_place(finding, found.new) for finding in findings[:_PLACES]),
        )
        for findings in order
    ]
    gone = sum(found.fixed.values())
    # One cause in many rows is one finding, as in a report.
    causes = len({(each.rule, each.file, each.path, each.message) for each in found.findings})
    places = f" in {counted(len(found.findings), 'place')}" if causes < len(found.findings) else ""
    title = f"{counted(causes, 'new finding')}{places}, {gone:,} gone"
    return _section(title, ("severity", "rule", "new", "the first", "where"), rows, limit, (2,))


def _fields(found: Comparison, limit: int) -> CompareSection:
    rows = [(_path(change), _WHAT[change.what], f"{change.rows:,}", _values(change)) for change in found.fields]
    kinds = ", ".join(f"{_KIND[kind]} {count:,}" for kind, count in found.kinds.items())
    title = f"{counted(len(found.edits), 'edited row')} by what changed most: {kinds}"
    return _section(title, ("path", "what", "rows", "values"), rows, limit, (2,))


_KIND: Final = {
    EditKind.KEYS: "keys alone",
    EditKind.WHITESPACE: "only white space",
    EditKind.ESCAPES: "escapes",
    EditKind.SPELLING: "letter case or width",
    EditKind.VALUES: "values",
    EditKind.WORDS: "words",
}


def _path(change: FieldChange) -> str:
    if change.old and change.new:
        return _arrow(change.old, change.new)
    return change.old or change.new or ""


def _values(change: FieldChange) -> str:
    return ", ".join(f"{before} → {after} ({rows:,})" for before, after, rows in change.values)


def _edits(found: Comparison, limit: int) -> CompareSection:
    with_words = [edit for edit in found.edits if edit.words]
    total = sum(edit.kind.rank >= EditKind.VALUES.rank for edit in found.edits)
    rows = [
        (
            row_place(edit.old, found.old),
            row_place(edit.new, found.new),
            _how(edit.level, edit.similarity),
            edit.words or "",
        )
        for edit in with_words
    ]
    made = _section("Edited rows, in words", ("was", "is", "matched by", "difference"), rows, limit)
    left = total - len(made.rows)
    return CompareSection(made.title, made.columns, made.rows, _rest(left))


def _how(level: Level, similarity: float | None) -> str:
    return _LEVEL[level] if similarity is None else f"{_LEVEL[level]} {similar(similarity)}"


def _rows(title: str, shown: Sequence[ChangedRow], side: ComparedSide, limit: int) -> CompareSection:
    rows = [(row_place(each.place, side), each.excerpt) for each in shown if each.excerpt is not None]
    made = _section(f"{title}: {len(shown):,}", ("row", "begins"), rows, limit)
    left = len(shown) - len(made.rows)
    return CompareSection(made.title, made.columns, made.rows, _rest(left), cut=True)


def _keys(found: Comparison, limit: int) -> CompareSection:
    before, after = (len(found.edits) + len(rows) for rows in (found.removed, found.added))
    rows = [(shortened(key, _NAME), f"{_of(old, before)} → {_of(new, after)}") for key, old, new in found.keys]
    return _section("Keys with a value, in the rows that changed", ("key", "rows"), rows, limit)


def _of(count: int, total: int) -> str:
    return f"{count:,} of {total:,}"


def _categories(found: Comparison, limit: int) -> CompareSection | None:
    shift = found.category
    if shift is None or shift.distance == 0:
        return None
    totals = [sum(old for _, old, _ in shift.counts) or 1, sum(new for *_, new in shift.counts) or 1]
    rows = [
        (
            shortened(name, _NAME),
            _arrow(f"{old:,}", f"{new:,}"),
            _arrow(percent(old / totals[0]), percent(new / totals[1])),
        )
        for name, old, new in shift.counts
    ]
    return _section(_category_title(found), ("category", "rows", "share"), rows, limit)


def _category_title(found: Comparison) -> str:
    shift = found.category
    assert shift is not None
    keys = [shortened(key, _NAME) if key is not None else "no key" for key in (shift.old_key, shift.new_key)]
    if shift.distance is None:
        return f"Categories: counted by {keys[0]} before, by {keys[1]} now"
    return f"Categories ({keys[1]}): {percent(shift.distance)} of the rows in another one"
