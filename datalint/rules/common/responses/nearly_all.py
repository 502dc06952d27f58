"""Properties of nearly all responses of a dataset: counted in each chunk, judged for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from datalint.api import Chunk, NamedTuple, counted, percent


class Share(NamedTuple):
    """How many texts of a chunk or dataset have a property."""

    #: All examples, also those without a text that was looked at: the rows of the next chunk are numbered from here.
    examples: int
    #: The texts that were looked at.
    texts: int
    #: Those of them that have the property.
    having: int
    #: The example of the first one that has it.
    first: int | None


def share_of(chunk: Chunk, examples: pl.Series, has: pl.Series) -> Share:
    """Return the share of a chunk, from one value in ``has`` for each text, and the number of its example."""
    first = has.arg_max()
    return Share(
        chunk.examples.height,
        len(has),
        int(has.sum()),
        examples[first] if first is not None and has[first] else None,
    )


def joined(one: Share, other: Share) -> Share:
    """Add the counts; row numbers of the second part move behind the first's."""
    first = one.first
    if first is None and other.first is not None:
        first = other.first + one.examples
    return Share(one.examples + other.examples, one.texts + other.texts, one.having + other.having, first)


def joined_each(one: Iterable[Share], other: Iterable[Share]) -> Iterator[Share]:
    """Join two parts that count the same properties, in the same order."""
    return (joined(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def nearly_all(found: Share | None, share: float, least: int, what: str = "response") -> tuple[str, int] | None:
    """Return the share in words and the first example, if so large a share of ``least`` responses or more has it.

    ``what`` is the word for one of them.
    """
    if found is None or found.first is None or found.texts < least or found.having < share * found.texts:
        return None
    return f"{found.having:,} of {counted(found.texts, what)} ({percent(found.having / found.texts)})", found.first
