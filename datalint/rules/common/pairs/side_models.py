"""The models that wrote the two sides of preference pairs, as keys of the rows name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from datalint.api import Chunk, NamedTuple, excerpt

#: Keys of the models, of the row itself or of an object in it.
_KEYS: Final = (
    ("chosen_model", "rejected_model"),
    ("model_chosen", "model_rejected"),
    ("chosenModel", "rejectedModel"),
)
#: Characters of a name that are kept, and pairs of names, the first ones.
_LONGEST: Final = 60
_MOST: Final = 100


class SideModels(NamedTuple):
    """How many pairs name both models, and how many each two of them."""

    pairs: int = 0
    models: tuple[tuple[str, str, int], ...] = ()


def side_models(chunk: Chunk) -> SideModels:
    """Count the models of the two sides in a chunk."""
    counts: dict[tuple[str, str], int] = {}
    for group in chunk.structure.groups:
        objects = [key for key in group.keys if group.kinds(key) == {dict}]
        for names in _KEYS:
            if all(name in group.keys for name in names):
                for pair in zip(*map(group.column, names), strict=True):
                    _count(counts, pair)
            for key in objects:
                for value in group.column(key):
                    _count(counts, _named(value, names))
    return _bounded(counts)


def joined_models(one: SideModels, other: SideModels) -> SideModels:
    """Add up. Associative."""
    counts: dict[tuple[str, str], int] = {}
    for chosen, rejected, count in (*one.models, *other.models):
        counts[chosen, rejected] = counts.get((chosen, rejected), 0) + count
    return _bounded(counts)._replace(pairs=one.pairs + other.pairs)


def sole_models(found: SideModels, least: int, share: float) -> Iterator[tuple[str, str, int]]:
    """Yield the two different models that wrote the sides of more than a ``share`` of the pairs, and of ``least`` pairs."""
    for chosen, rejected, count in found.models:
        if chosen != rejected and count >= least and count > share * found.pairs:
            yield chosen, rejected, count


def _named(value: Mapping[str, Any], names: tuple[str, str]) -> tuple[Any, Any]:
    return value.get(names[0]), value.get(names[1])


def _count(counts: dict[tuple[str, str], int], pair: tuple[Any, ...]) -> None:
    chosen, rejected = pair
    if isinstance(chosen, str) and isinstance(rejected, str) and chosen.strip() and rejected.strip():
        names = (excerpt(chosen.strip(), _LONGEST), excerpt(rejected.strip(), _LONGEST))
        counts[names] = counts.get(names, 0) + 1


def _bounded(counts: dict[tuple[str, str], int]) -> SideModels:
    """Keep the first pairs by name: a choice that is the same however chunks are merged."""
    kept = tuple((*names, counts[names]) for names in sorted(counts)[:_MOST])
    return SideModels(sum(counts.values()), kept)
