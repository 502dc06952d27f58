"""Clusters of repeated rows: the first row, and each other one with what differs from it marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datalint.report.html.browsing import short_place
from datalint.support.numbers import similar

if TYPE_CHECKING:
    from datalint.core.charts import Charts, ClusterMember, ClusterTexts


def clusters(charts: Charts | None, room: int) -> dict[str, Any] | None:
    """Return up to ``room`` clusters, the largest first; None where nothing repeats or nothing was gathered."""
    if charts is None or charts.clusters is None:
        return None
    shown = charts.members[:room]
    left = charts.clusters.count - len(shown)
    return {
        "total": f"{charts.clusters.count:,}",
        "left": f"{left:,}" if left else "",
        "list": [_cluster(number, cluster) for number, cluster in enumerate(shown, start=1)],
    }


def _cluster(number: int, cluster: ClusterTexts) -> dict[str, Any]:
    shown = [_member(member) for member in cluster.members]
    return {
        "number": number,
        "size": f"{cluster.size:,}",
        "place": shown[0]["place"],
        "begins": _begins(cluster.members[0]),
        "members": shown,
        "left": f"{cluster.size - len(shown):,}" if cluster.size > len(shown) else "",
    }


def _begins(member: ClusterMember) -> str:
    pieces = member.prompt or member.response
    text = "".join(text for _, text in pieces)
    return text if len(text) <= 90 else text[:90] + "…"


def _member(member: ClusterMember) -> dict[str, Any]:
    sides = [(side, pieces) for side, pieces in (("prompt", member.prompt), ("response", member.response)) if pieces]
    similarity = member.similarity
    return {
        "place": short_place(member.file, member.line, member.row),
        "first": similarity is None,
        "similarity": "" if similarity is None else similar(similarity),
        "same": similarity is not None and all(tag in ("same", "cut") for _, pieces in sides for tag, _ in pieces),
        "sides": [{"name": side, "pieces": pieces} for side, pieces in sides],
    }
