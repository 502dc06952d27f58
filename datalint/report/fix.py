"""What fixes change: a summary by rule, and the changes row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.core.fix import Action, Safety
from datalint.fixes.changes import Change, Value, changes
from datalint.fixes.displayed_changes import CONTEXT, shown_edit, value_texts
from datalint.privacy.display import Shown, excerpt, file_name, printable
from datalint.privacy.json_paths import json_path
from datalint.records.places import listed
from datalint.report.inert import to_json_document
from datalint.report.layout import Line, runs
from datalint.report.wording import shown_path
from datalint.support.common_prefix import common_prefix
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.fixes.files import Written
    from datalint.fixes.result import Fixes

#: Characters of a text that are shown before and after, and how many at least on a narrow screen.
_SHOWN: Final = 96
_LEAST: Final = 40
#: The mark before a text, and the dots after one that is cut.
_MARKS: Final = 2
_NAMED: Final = 3
#: What changes the bytes of a file and no value of its rows.
_AS_A_WHOLE: Final = frozenset((Action.ENCODING, Action.LINE_ENDINGS, Action.BYTE_ORDER_MARK))
SCHEMA: Final = "datalint-fix/1"


def fix_summary(fixes: Fixes) -> Iterator[Line]:
    """Yield what the fixes do: rows and findings by rule, and what only unsafe fixes would do."""
    names = [shown_path(file.path) for file in fixes.files]
    named = listed(names, len(names), _NAMED)
    rows = rows_of(fixes)
    if not fixes.any:
        yield runs((named, "bold"), f": nothing to fix in {counted(rows, 'row')}")
    else:
        removed = removed_of(fixes)
        what = f": {counted(rows, 'row')}, {fixes.changed:,} changed, {removed:,} removed"
        if anew := sum(not _AS_A_WHOLE.isdisjoint(layouts) for layouts in fixes.layouts.values()):
            what += f"; {counted(anew, 'file')} with the same values in other bytes"
        yield runs((named, "bold"), what)
        yield from _counts(fixes, _done(fixes))
    for number, count in sorted(fixes.withheld.items()):
        rule = fixes.plan.rules[number].rule
        what = f"{printable(rule.name)} would remove {count:,} of {counted(rows, 'row')}"
        yield runs((what, "yellow"), ", and is not applied;")
        yield runs(f"  to apply it: --unsafe --select {rule.code}")
    yield from kept_lines(fixes)
    yield from _left_lines(fixes)
    if fixes.missing:
        found = counted(fixes.missing, "reviewed finding")
        yield runs((f"no row to remove for {found}: changed, removed before, or not selected", "yellow"))
    if hidden := fixes.hidden.total():
        yield runs(f"{counted(hidden, 'more finding')} with --unsafe, which removes rows or changes texts:")
        yield from _counts(fixes, [(number, Safety.UNSAFE, count) for number, count in fixes.hidden.items()])


def kept_lines(fixes: Fixes) -> Iterator[Line]:
    """Yield which files no line is removed from, as another file has a line for each, or numbers of lines."""
    for number, other in sorted(fixes.sides.items())[:_NAMED]:
        name = shown_path(fixes.files[number].path)
        yield runs(
            (f"no line of {name} is removed, as {file_name(other)} may have a line for each, or its number", "yellow")
        )


def _left_lines(fixes: Fixes) -> Iterator[Line]:
    """Yield which changed rows stay as they were, as the format that was written cannot hold them."""
    numbers = sorted(fixes.unwritten)
    for number in numbers[:_NAMED]:
        place = fixes.examples.row(number, named=True)
        name = printable(f"{shown_path(fixes.files[place['file']].path)}:{place['line']}")
        why = "its format cannot hold what a fix makes of it; name the output NAME.jsonl to have it"
        yield runs((f"{name} stays as it was: {why}", "yellow"))
    if len(numbers) > _NAMED:
        yield runs((f"and so do {counted(len(numbers) - _NAMED, 'more row')}", "yellow"))


def _done(fixes: Fixes) -> Iterator[tuple[int, Safety, int]]:
    """Yield rule, safety and number of the findings that are fixed."""
    for number, count in sorted(fixes.rewritten.items()):
        yield number, Safety.SAFE, count
    for number, count in sorted(fixes.applied.items()):
        if (fix := fixes.plan.rules[number].rule.fix) is not None:
            yield number, fix.safety, count


def _counts(fixes: Fixes, counts: Iterable[tuple[int, Safety, int]]) -> Iterator[Line]:
    """Yield a line for each rule: safe fixes first, then those of most findings."""
    for number, safety, count in sorted(counts, key=lambda each: (each[1] is Safety.UNSAFE, -each[2], each[0])):
        if count:
            rule = fixes.plan.rules[number].rule
            style = "green" if safety is Safety.SAFE else "yellow"
            yield runs(f"  {count:>7,}  ", (f"{safety:<6}", style), f"  {rule.code}  {printable(rule.name)}")


def fix_document(fixes: Fixes, written: Written | None = None, *, changed: bool = False) -> bytes:
    """Return what the fixes do as JSON, and with ``changed`` every change; texts are redacted and cut."""
    # What the format that is written cannot hold is removed as well.
    removed = removed_of(fixes) if written is None else written.removed
    rows = rows_of(fixes)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "rows_read": rows,
        "rows_changed": fixes.changed,
        "rows_removed": removed,
        "rows_left": rows - removed,
        "fixed": _rules_of(fixes, sorted(_done(fixes))),
        "unsafe": _rules_of(fixes, _unsafe(fixes.hidden)),
        "withheld": _rules_of(fixes, _unsafe(fixes.withheld)),
        "written": [] if written is None else list(written.paths),
        "removed": None if written is None else written.manifest,
    }
    if changed:
        data["changes"] = [_entry(change) for change in changes(fixes)]
    return to_json_document(data)


def rows_of(fixes: Fixes) -> int:
    """Return the number of rows that were read, and of lines without a row."""
    return fixes.examples.height + sum(file.rows_refused for file in fixes.files)


def removed_of(fixes: Fixes) -> int:
    """Return the number of rows that are removed, and of lines without a row."""
    lines = Counter(file for file, _ in fixes.lines)
    # That an array is not closed is a finding of its last line, where no row needs to be refused.
    return len(fixes.removed) + sum(min(count, fixes.files[file].rows_refused) for file, count in lines.items())


def _unsafe(counts: Counter[int]) -> list[tuple[int, Safety, int]]:
    return [(number, Safety.UNSAFE, count) for number, count in sorted(counts.items())]


def _rules_of(fixes: Fixes, counts: Iterable[tuple[int, Safety, int]]) -> list[dict[str, Any]]:
    rules = [(fixes.plan.rules[number].rule, safety, count) for number, safety, count in counts if count]
    return [
        {"rule": rule.code, "name": rule.name, "fix": safety.value, "count": count} for rule, safety, count in rules
    ]


def _entry(change: Change) -> dict[str, Any]:
    return {
        "file": file_name(change.file),
        "line": change.line,
        "row": change.row,
        "rules": [rule.code for rule in change.rules],
        "removed": change.removed,
        "reason": printable(change.reason) or None,
        "edits": [*map(_edit, change.values), *_rewritten(change)],
    }


def _edit(value: Value) -> dict[str, Any]:
    edit = shown_edit(value)
    return {"op": edit.op, "path": edit.path, "old": edit.old, "new": edit.new}


def _rewritten(change: Change) -> Iterator[dict[str, Any]]:
    """Yield the edit of a line that is written anew."""
    if change.lines and change.text:
        old, new = (text.decode(errors="replace") for text in (change.text, b"\n".join(change.lines)))
        start = _from(old, new)
        yield {"op": "rewrite", "path": None, "old": _part(old, start), "new": _part(new, start)}


def diff(fixes: Fixes, width: int | None = None) -> Iterator[Line]:
    """Yield every change, with the text around it before and after, on a screen of ``width`` characters."""
    for change in changes(fixes):
        yield runs((f"@@ {_place(change)} @@", "cyan"), f"  {_rules(change)}{_reason(change)}")
        if change.removed and change.text:
            yield runs((f"-{excerpt(change.text.decode(errors='replace'), _room(width, _MARKS))}", "red"))
        if change.lines:
            yield from _lines(change, width)
        for value in change.values:
            yield from _value(value, width)


def _room(width: int | None, used: int) -> int:
    """Return the characters of a text that have room after ``used`` ones."""
    return _SHOWN if width is None else max(min(_SHOWN, width - used), _LEAST)


def _place(change: Change) -> Shown:
    name = shown_path(change.file)
    if change.line is not None:
        return printable(f"{name}:{change.line}")
    return name if change.row is None else printable(f"{name} row {change.row}")


def _rules(change: Change) -> Shown:
    return printable(", ".join(f"{rule.code} {rule.name}" for rule in change.rules))


def _reason(change: Change) -> Shown:
    return printable(f": {change.reason}{', removed' if change.removed else ''}" if change.reason else "")


def _value(value: Value, width: int | None) -> Iterator[Line]:
    path = printable(json_path(value.path))
    if value.key is not None:
        yield runs((f"-{path}", "red"))
        yield runs((f"+{json_path((*value.path[:-1], value.key))}", "green"))
        return
    before, after = value_texts(value)
    start = _from(before, after)
    room = _room(width, len(path) + 2 + _MARKS + bool(start))
    for mark, text, style in (("-", before, "red"), ("+", after, "green")):
        yield runs((f"{mark}{path}: {_part(text, start, room)}", style))


def _lines(change: Change, width: int | None) -> Iterator[Line]:
    """Yield a line that is written anew, and what becomes of it: one line for each of its rows, the first few."""
    before, *after = (text.decode(errors="replace") for text in (change.text, *change.lines))
    # Without a line before it, a row shows what its letters are read as.
    start = 0 if not before and after[0].isascii() else _from(before or _in_ascii(after[0]), after[0])
    room = _room(width, _MARKS + bool(start))
    if before:
        yield runs((f"-{_part(before, start, room)}", "red"))
    for number, text in enumerate(after[:_NAMED]):
        yield runs((f"+{_part(text, start if not number else 0, room)}", "green"))
    if len(after) > _NAMED:
        yield runs((f"+… {counted(len(after) - _NAMED, 'more line')}", "green"))


def _in_ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _from(before: str, after: str) -> int:
    """Return where the shown parts of two texts begin: shortly before they differ."""
    return max(common_prefix(before, after) - CONTEXT, 0)


def _part(text: str, start: int, room: int = _SHOWN) -> Shown:
    return printable(f"{'…' if start else ''}{excerpt(text, room, start=start)}")
