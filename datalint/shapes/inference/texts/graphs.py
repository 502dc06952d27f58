"""Graphs of how things are related, written as text next to a label: ``(rain; causes; mud)(mud; is a; soil)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import REASONS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import fold_name

#: Words of the names of graphs, and of the paths in them.
_GRAPHS: Final = frozenset("graph graphs subgraph triples triplets amr paths".split())
#: Three names between parentheses, and how a list or an object begins that is written as text.
_TRIPLE: Final = lazy_pattern(r"\s{0,9}\([^();]{1,80};[^();]{1,80};[^();]{1,80}\)")
_OPENED: Final = ("[", "{", "(")
_LOOKED_AT: Final = 50
_MOST: Final = 0.6


def without_graphs(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Return rows without graphs, and without the lists of explanations next to these; None if they have no graph.

    Next to what is learned, such as a class, a graph explains it.
    """
    sample = rows[:_LOOKED_AT]
    keys = dict.fromkeys(key for row in sample for key in row)
    graphs = [key for key in keys if _mostly(sample, key, graph=not _GRAPHS.isdisjoint(fold_name(key)))]
    if len(rows) < LEAST_ROWS or not graphs:
        return None
    left = {*graphs, *(key for key in keys if has_word(key, REASONS) and _mostly(sample, key, graph=True))}
    return [{key: value for key, value in row.items() if key not in left} for row in rows]


def _mostly(rows: Sequence[Mapping[str, Any]], key: str, *, graph: bool) -> bool:
    """Whether most values under a key are triples, or under the name of a ``graph`` lists or objects as text."""
    texts = [value for row in rows if isinstance(value := row.get(key), str) and value.strip()]
    found = sum(_TRIPLE.match(text) is not None or (graph and text.lstrip().startswith(_OPENED)) for text in texts)
    return bool(texts) and found >= _MOST * len(texts)
