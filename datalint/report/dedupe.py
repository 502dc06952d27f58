"""What deduplicating removes: how many rows of which kind, and some clusters side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.analyses import NO_TEXT
from datalint.records.difference import difference
from datalint.report.fix import kept_lines
from datalint.report.layout import Line, runs
from datalint.report.wording import shown_path
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datalint.fixes.result import Fixes
    from datalint.records.analyses import Text

#: Clusters that are shown, and rows of each.
_CLUSTERS: Final = 10
_MEMBERS: Final = 4
#: Characters of a text that are shown at least, however narrow the terminal is.
_LEAST: Final = 24


def dedupe_summary(fixes: Fixes, width: int = 110) -> Iterator[Line]:
    """Yield the rows that are removed by kind, and the largest clusters, in lines of ``width`` characters."""
    rows = fixes.examples.height
    gone = len(fixes.removed)
    yield runs(f"{counted(rows, 'row')}, {gone:,} removed, {rows - gone:,} left")
    for number, count in sorted(fixes.counts.items(), key=lambda item: (-item[1], item[0])):
        rule = fixes.plan.rules[number].rule
        yield runs(f"  {count:>7,}  {rule.code}  {printable(rule.name)}")
    if fixes.alike:
        said = f"near-duplicates in an evaluation set stay ({counted(fixes.alike, 'item')})"
        yield runs((f"{said}; if it is training data: --kind sft", "yellow"))
    yield from kept_lines(fixes)
    clusters = sorted(_clusters(fixes).items(), key=lambda item: (-len(item[1]), item[0]))
    shown = dict(islice(clusters, _CLUSTERS))
    texts = _texts(fixes, shown)
    for kept, members in shown.items():
        yield []
        place = _place(fixes, kept)
        yield runs((place, "bold"), f"  stays: {_beginning(texts[kept], width - len(place) - 10)}")
        for row in members[:_MEMBERS]:
            removed = fixes.removed[row]
            # A copy of a row that is removed itself differs from the one that stays as that one does.
            of = "" if removed.like in (kept, None) else f" of {_place(fixes, removed.like)}"
            why = f"  {_place(fixes, row)}  {printable(fixes.plan.rules[removed.rule].rule.name)}{of}: "
            yield runs(why, (_differs(texts[kept], texts[row], width - len(why) - 1), "dim"))
        if len(members) > _MEMBERS:
            yield runs(f"  and {len(members) - _MEMBERS:,} more")
    if len(clusters) > len(shown):
        yield []
        yield runs((f"{len(clusters) - len(shown):,} more clusters", "dim"))


def _clusters(fixes: Fixes) -> dict[int, list[int]]:
    """Return the removed rows by the row that stays instead."""
    found: dict[int, list[int]] = {}
    for row in sorted(fixes.removed):
        kept = fixes.removed[row].kept
        while kept is not None and kept in fixes.removed:
            kept = fixes.removed[kept].kept
        if kept is not None:
            found.setdefault(kept, []).append(row)
    return found


def _texts(fixes: Fixes, clusters: Mapping[int, list[int]]) -> dict[int, Text]:
    rows = sorted({row for kept, members in clusters.items() for row in (kept, *members[:_MEMBERS])})
    assert fixes.reader is not None
    return dict(zip(rows, fixes.reader.texts(rows), strict=True))


def _place(fixes: Fixes, row: int) -> Shown:
    file, line, number = fixes.examples.select("file", "line", "row").row(row)
    name = shown_path(fixes.files[file].path) + ":" if len(fixes.files) > 1 else ""
    return printable(f"{name}row {number}" if line is None else f"{name}line {line}")


def _beginning(text: Text, width: int) -> Shown:
    return excerpt(text.prompt or text.response or NO_TEXT, max(width, _LEAST))


def _differs(one: Text, other: Text, width: int) -> Shown:
    parts = ((one.system, other.system), (one.prompt, other.prompt), (one.response, other.response))
    pairs = [(a, b) for a, b in parts if a != b]
    if not pairs:
        return printable("the same text" if any(one) else "the same row")
    width = max(width, _LEAST)
    words = "; ".join(filter(None, (difference(a, b, width) for a, b in pairs))) or "the same except for white space"
    return printable(words if len(words) <= width else f"{words[: width - 1]}…")
