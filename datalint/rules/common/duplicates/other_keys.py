"""Rows with the texts of another row that differ in keys which are not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from datalint.api import Dataset, Hit, excerpt, listed, percent

#: Share of the rows, and rows, from which texts that are the same lack something by which they differ; how many of them
#: are read, the similarity of texts that are the same, and keys that are named.
_MANY: Final = 0.1
_LEAST: Final = 20
_LOOKED_AT: Final = 50
_SAME: Final = 0.9995
_KEYS: Final = 3


def by_other_keys(data: Dataset) -> tuple[frozenset[int], Iterator[Hit]]:
    """Return the rows that differ from their anchor in other keys alone, if they are very many, and a hit for them."""
    pairs = _differing(data)
    return frozenset(pairs), _finding(data, pairs)


def _finding(data: Dataset, pairs: Mapping[int, int]) -> Iterator[Hit]:
    if pairs:
        first, *more = sorted(pairs)
        share = percent(len(pairs) / data.size)
        yield Hit(
            f"{len(pairs):,} of {data.size:,} rows ({share}) have the texts of another row and differ only in keys "
            f"that are not read ({_named(data, pairs)}): if the model should see one, name it with --columns "
            "prompt=KEY,context=KEY,response=KEY",
            at=first,
            related=tuple((row, None) for row in more),
            key="other keys",
            fixable=False,
        )


def _differing(data: Dataset) -> dict[int, int]:
    """Return the rows with the texts of their anchor and other values elsewhere, and these, if they are very many."""
    pairs = {
        member: group.rows[0]
        for group in data.near
        for member, similarity in zip(group.rows[1:], group.similarities[1:], strict=True)
        if similarity >= _SAME
    }
    if len(pairs) < max(_MANY * data.size, _LEAST):
        return {}
    identity = data.examples["identity"]
    mine, theirs = identity.gather(list(pairs)), identity.gather(list(pairs.values()))
    found = {member: pairs[member] for member, one, other in zip(pairs, mine, theirs, strict=True) if one != other}
    looked_at = sorted(found)[:_LOOKED_AT]
    rows = sorted({*looked_at, *(found[row] for row in looked_at)})
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    same = sum(texts[row] == texts[found[row]] for row in looked_at)
    return found if len(found) >= max(_MANY * data.size, _LEAST) and same >= _SAME * len(looked_at) else {}


def _named(data: Dataset, pairs: Mapping[int, int]) -> str:
    """Return the keys in which most rows differ from their anchors, in words."""
    looked_at = sorted(pairs)[:_LOOKED_AT]
    rows = sorted({*looked_at, *(pairs[row] for row in looked_at)})
    records = dict(zip(rows, data.records(rows), strict=True))
    counts = Counter(
        key
        for row in looked_at
        for key in records[row].keys() | records[pairs[row]].keys()
        if records[row].get(key) != records[pairs[row]].get(key)
    )
    names = [excerpt(key, 30) for key, count in sorted(counts.items()) if 2 * count > len(looked_at)]
    return listed((f"'{name}'" for name in names), len(names), _KEYS)
