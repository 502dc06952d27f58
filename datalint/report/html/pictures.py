"""The pictures, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.report.html.browsing import short_place
from datalint.report.html.charts import bar, histogram, levels, part_of, positions, span
from datalint.report.wording import shown_path
from datalint.support.numbers import percent

if TYPE_CHECKING:
    from datalint.core.charts import (
        CategoryChart,
        Charts,
        ClusterSizes,
        FilePositions,
        Lengths,
        Similarities,
        ThresholdLevel,
    )

_SEVERITIES: Final = ("error", "warning", "info")
_WIDEST: Final = 1.05


def pictures(charts: Charts | None) -> dict[str, Any] | None:
    """Return every picture that there is data for; None without any."""
    if charts is None:
        return None
    found = {
        "lengths": _lengths(charts.lengths),
        "category": _category(charts.category),
        "sizes": _sizes(charts.clusters),
        "similarity": _similarity(charts.similarity),
        "thresholds": _thresholds(charts.thresholds),
        "positions": [_positions(number, data) for number, data in enumerate(charts.positions)],
        "more_files": charts.files_with_findings - len(charts.positions),
    }
    return found if any(found.values()) else None


def _lengths(data: Lengths | None) -> dict[str, Any] | None:
    if data is None:
        return None
    edges, roles = data.edges, [role for role in data.roles if any(role.counts)]
    top = max(max(role.counts) for role in roles)
    return {
        "roles": [
            {
                "name": role.role,
                "svg": histogram(role, edges, top=top, key=f"lengths-{role.role}"),
                "median": f"{role.median:,}",
                "p95": f"{role.p95:,}",
                "longest": f"{role.longest:,}",
                "empty": f"{role.empty:,}" if role.empty else "",
            }
            for role in roles
        ],
        "rows": [
            {"span": span(edges, index), "counts": [f"{role.counts[index]:,}" for role in roles]}
            for index in range(len(edges) - 1)
        ],
    }


def _category(data: CategoryChart | None) -> dict[str, Any] | None:
    if data is None:
        return None
    values = data.values
    shares = [share for value in values for share in (value.share, value.expected)]
    full = _WIDEST * max(*shares, data.other_count / data.total)
    rows = [
        {
            "name": value.name,
            "count": f"{value.count:,}",
            "share": percent(value.share),
            "expected": f"{100 * value.expected:.1f} %",
            "bar": bar(value.share / full, tone="series", mark=value.expected / full),
        }
        for value in values
    ]
    if data.others:
        part = data.other_count / data.total
        mark = data.other_expected
        rows.append(
            {
                "name": f"{data.others:,} others together",
                "count": f"{data.other_count:,}",
                "share": percent(part),
                "expected": f"{100 * mark:.1f} %",
                "bar": bar(part / full, tone="series", mark=mark / full if mark <= full else None),
            }
        )
    return {
        "key": data.key,
        "total": f"{data.total:,}",
        "missing": f"{data.missing:,}" if data.missing else "",
        "against": "declared" if data.declared else "even",
        "rows": rows,
    }


def _sizes(data: ClusterSizes | None) -> dict[str, Any] | None:
    if data is None:
        return None
    most = data.largest[0].size
    one_file = len({cluster.file for cluster in data.largest}) == 1
    return {
        "more": f"{data.count - len(data.largest):,}" if data.count > len(data.largest) else "",
        "redundant": f"{data.redundant:,}",
        "share": percent(data.redundant / data.examples),
        "largest": [
            {
                "number": number,
                "place": f"line {cluster.line:,}"
                if one_file and cluster.line is not None
                else short_place(cluster.file, cluster.line, cluster.row),
                "size": f"{cluster.size:,}",
                "share": percent(cluster.size / data.examples),
                "bar": bar(cluster.size / most, tone="series"),
            }
            for number, cluster in enumerate(data.largest, start=1)
        ],
        "by_size": [{"size": f"{size:,}", "count": f"{count:,}"} for size, count in data.by_size],
    }


def _similarity(data: Similarities | None) -> dict[str, Any] | None:
    if data is None:
        return None
    return {
        "svg": levels(data.steps, key="similarity"),
        "threshold": f"{data.threshold:g}",
        "rows": [{"at": f"{at:.2f}", "count": f"{count:,}"} for at, count in data.steps],
    }


def _thresholds(levels: Sequence[ThresholdLevel]) -> list[dict[str, str]]:
    """Return the rows of the table of thresholds; none where no threshold finds anything."""
    if not any(level.clusters for level in levels):
        return []
    return [
        {
            "at": f"{level.threshold:g}",
            **{key: f"{getattr(level, key):,}" for key in ("clusters", "redundant", "largest")},
        }
        for level in levels
    ]


def _positions(number: int, data: FilePositions) -> dict[str, Any]:
    severities, name = data.severities, shown_path(data.file)
    there = [each for each in _SEVERITIES if each in severities]
    bins = len(severities[there[0]])
    return {
        "name": name,
        "svg": positions(severities, rows=data.rows, key=f"positions-{number}", name=name),
        "severities": there,
        "rows": [
            {"part": part_of(index, bins, data.rows), "counts": [f"{severities[each][index]:,}" for each in there]}
            for index in range(bins)
            if any(severities[each][index] for each in there)
        ],
    }
