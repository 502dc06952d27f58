"""Clusters of repeated rows: the first row, and each other one with what differs from it marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datalint.report.html.browsing import place
from datalint.support.numbers import similar


def clusters(charts: Mapping[str, Any], room: int) -> dict[str, Any] | None:
    """Return up to ``room`` clusters, the largest first; None where nothing repeats or nothing was gathered."""
    members = charts.get("members")
    if not members:
        return None
    return {
        "total": f"{charts['clusters']['count']:,}",
        "left": f"{charts['clusters']['count'] - min(room, len(members)):,}" if _left(charts, room) else "",
        "list": [_cluster(number, cluster) for number, cluster in enumerate(members[:room], start=1)],
    }


def _left(charts: Mapping[str, Any], room: int) -> bool:
    return bool(charts["clusters"]["count"] > min(room, len(charts["members"])))


def _cluster(number: int, cluster: Mapping[str, Any]) -> dict[str, Any]:
    shown = [_member(member) for member in cluster["members"]]
    return {
        "number": number,
        "size": f"{cluster['size']:,}",
        "place": shown[0]["place"],
        "begins": _begins(cluster["members"][0]),
        "members": shown,
        "left": f"{cluster['size'] - len(shown):,}" if cluster["size"] > len(shown) else "",
    }


def _begins(member: Mapping[str, Any]) -> str:
    pieces = member["prompt"] or member["response"]
    text = "".join(text for _, text in pieces)
    return text if len(text) <= 90 else text[:90] + "…"


def _member(member: Mapping[str, Any]) -> dict[str, Any]:
    sides = [(side, member[side]) for side in ("prompt", "response") if member[side]]
    first = member["similarity"] is None
    return {
        "place": place(member["file"], member["line"], member["row"]),
        "first": first,
        "similarity": "" if first else similar(member["similarity"]),
        "same": not first and all(tag in ("same", "cut") for _, pieces in sides for tag, _ in pieces),
        "sides": [{"name": side, "pieces": pieces} for side, pieces in sides],
    }
