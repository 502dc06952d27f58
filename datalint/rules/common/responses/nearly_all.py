"""Properties of nearly all responses of a dataset: counted in each chunk, judged for the whole."""

from __future__ import annotations

import polars as pl

from datalint.api import Chunk, counted, percent

#: Examples seen, responses that count, those of them that have it, and the example of the first of these.
Found = tuple[int, int, int, int | None]


def found_in(chunk: Chunk, examples: pl.Series, has: pl.Series) -> Found:
    """Return the counts of a chunk, for each response that counts: its number in ``examples``, and whether it ``has`` it."""
    first = has.arg_max()
    return (
        chunk.examples.height,
        len(has),
        int(has.sum()),
        examples[first] if first is not None and has[first] else None,
    )


def joined(one: Found, other: Found) -> Found:
    """Add the counts; row numbers of the second part move behind the first's."""
    first = one[3] if one[3] is not None else None if other[3] is None else other[3] + one[0]
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], first


def joined_sides(one: tuple[Found, ...], other: tuple[Found, ...]) -> tuple[Found, ...]:
    """Do the same with what was found in prompts and in responses."""
    return tuple(joined(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def nearly_all(found: Found | None, share: float, least: int, what: str = "response") -> tuple[str, int] | None:
    """Return the share in words and the first example, if so large a share of ``least`` responses or more has it.

    ``what`` is the word for one of them.
    """
    if found is None:
        return None
    _, responses, having, first = found
    if first is None or responses < least or having < share * responses:
        return None
    return f"{having:,} of {counted(responses, what)} ({percent(having / responses)})", first
