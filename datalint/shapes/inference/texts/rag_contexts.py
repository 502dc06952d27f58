"""Contexts that several retrievers found for a question, each under a key of its own: a model reads one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.support.names.column_names import Strength, fold_name, strength

#: A word of the names of what was retrieved for generation.
_RAG: Final = "rag"
_SEVERAL: Final = 2


def without_rag_contexts(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return columns without the contexts of several retrievers: ``bm25_rag_context`` and ``dense_rag_context``.

    A single one is what the model reads.
    """
    texts = [each.key for each in columns if each.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT)]
    found = of_several_retrievers(texts)
    return [each for each in columns if each.key not in found]


def of_several_retrievers(keys: Sequence[str]) -> frozenset[str]:
    """Return the keys of such contexts, by their names; none unless there are several."""
    found = frozenset(key for key in keys if _RAG in fold_name(key) and strength(key, "context") >= Strength.HEAD)
    return found if len(found) >= _SEVERAL else frozenset()
