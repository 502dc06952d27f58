"""Summaries of one text by several aspects: the aspect is a parameter of the task, which the model has to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of aspects.
_ASPECTS: Final = frozenset("aspect facet perspective viewpoint angle focus".split())
#: Share of the texts that have several rows, and of these with another aspect in each.
_MANY: Final = 0.5
_NEARLY_ALL: Final = 0.9
#: Characters of a text that are compared.
_LOOKED_AT: Final = 500


def by_aspect(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts that are in several rows, each with another aspect and what is written about it."""
    aspects = [each for each in columns if fold_name(each.key)[-1:] and fold_name(each.key)[-1] in _ASPECTS]
    aspects = [each for each in aspects if each.short and each.holds in READABLE]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    written = [each for each in texts if strength(each.key, "written") is Strength.WHOLE]
    lists = [each for each in columns if each.holds is Holds.LIST and not is_about(each)]
    sources = [each for each in (*texts, *lists) if each not in written]
    if len(rows) < LEAST_ROWS or not len(aspects) == len(written) == 1 or not sources:
        return None
    sizes = {each.key: sum(len(as_text(row.get(each.key) or "")) for row in rows) for each in sources}
    source = max(sources, key=lambda each: sizes[each.key])
    if any(each.holds is Holds.TEXT for each in sources if each is not source):
        return None
    if sizes[source.key] <= sum(len(as_text(row.get(written[0].key) or "")) for row in rows):
        return None
    if not all(_differ(rows, source.key, each.key) for each in (aspects[0], written[0])):
        return None
    found = {"prompt": source.key, "context": aspects[0].key, "response": written[0].key}
    return Guess.of(found, clear=True, basis="values")


def _differ(rows: Sequence[Mapping[str, Any]], source: str, key: str) -> bool:
    """Whether most texts are in several rows, in nearly all of which they have a value of their own under a key."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(as_text(row.get(source) or "")[:_LOOKED_AT], []).append(as_text(row.get(key) or ""))
    several = [each for each in found.values() if len(each) > 1]
    apart = sum(len(set(each)) == len(each) for each in several)
    return len(several) >= max(2, _MANY * len(found)) and apart >= _NEARLY_ALL * len(several)
