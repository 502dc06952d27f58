"""What deduplicating removes: how many rows of which kind, and some clusters side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.difference import difference
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
_SHOWN: Final = 76


def dedupe_summary(fixes: Fixes) -> Iterator[Line]:
    """Yield the rows that are removed by kind, and the largest clusters."""
    rows = fixes.examples.height
    gone = len(fixes.removed)
    yield runs(f"{counted(rows, 'row')}, {gone:,} removed, {rows - gone:,} left")
    for number, count in sorted(fixes.counts.items(), key=lambda item: (-item[1], item[0])):
        rule = fixes.plan.rules[number].rule
        yield runs(f"  {count:>7,}  {rule.code}  {printable(rule.name)}")
    clusters = sorted(_clusters(fixes).items(), key=lambda item: (-len(item[1]), item[0]))
    shown = dict(islice(clusters, _CLUSTERS))
    texts = _texts(fixes, shown)
    for kept, members in shown.items():
        yield []
        yield runs((_place(fixes, kept), "bold"), f"  stays: {_beginning(texts[kept])}")
        for row in members[:_MEMBERS]:
            words = _differs(texts[kept], texts[row])
            rule = fixes.plan.rules[fixes.removed[row].rule].rule
            yield runs(f"  {_place(fixes, row)}  {printable(rule.name)}: ", (words, "dim"))
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


def _beginning(text: Text) -> Shown:
    return excerpt(text.prompt or text.response, _SHOWN)


def _differs(one: Text, other: Text) -> Shown:
    parts = ((one.system, other.system), (one.prompt, other.prompt), (one.response, other.response))
    words = "; ".join(difference(a, b, _SHOWN) for a, b in parts if a != b)
    return printable(words or "the same text")
