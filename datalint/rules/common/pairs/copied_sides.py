"""Chosen answers that stand whole in their prompts, where the rejected ones do not."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Characters and lines of an answer at least: a name, an option or a sentence may be quoted from what a question is about.
_CHARS: Final = 80
_LINES: Final = 3
#: Requests whose answer is a part of the prompt, or all of it.
_ASKED: Final = lazy_pattern(
    r"(?i)\b(?:unchanged|as[ -]is|verbatim|word for word|repeat|recite|copy|echo|quote|cite|extract|excerpt|retriev|select"
    r"|choose|pick|passage|paragraph|relevant|if (?:needed|necessary))|原样|原文|提取|摘录|引用|复制|重复|选择"
)
_SEED: Final = 15


class CopiedSides(NamedTuple):
    """Examples, pairs, those whose chosen answer is copied, of these those that ask for it, the first, and hashes."""

    rows: int = 0
    pairs: int = 0
    copied: int = 0
    asked: int = 0
    first: int | None = None
    texts: frozenset[int] = frozenset()


def copied_sides(chunk: Chunk) -> CopiedSides:
    """Return the pairs of a chunk of whose sides only the chosen one is some lines of the prompt, word for word."""
    compared = chunk.examples["is_preference"]
    if not compared.any():
        return CopiedSides(chunk.examples.height)
    prompt, chosen, rejected = (pl.col(name) for name in ("prompt", "chosen", "rejected"))
    pairs = picked(chunk.examples, compared, "prompt", "chosen", "rejected")
    copied = (
        pairs.lazy()
        .with_columns(
            compared.arg_true().cast(pl.Int64).alias("example"), chosen.str.strip_chars(), rejected.str.strip_chars()
        )
        .filter((chosen.str.len_chars() >= _CHARS) & (chosen.str.count_matches("\n", literal=True) >= _LINES - 1))
        .filter(prompt.str.contains(chosen, literal=True) & ~prompt.str.contains(rejected, literal=True))
        .collect(engine="in-memory")
    )
    found = zip(copied["example"], copied["prompt"], copied["chosen"], strict=True)
    kept = [(example, *rest, said) for example, asked, said in found if (rest := _outside(asked, said)) is not None]
    return CopiedSides(
        chunk.examples.height,
        pairs.height,
        len(kept),
        sum(_ASKED.search(before) is not None or _ASKED.search(after) is not None for _, before, after, _ in kept),
        kept[0][0] if kept else None,
        frozenset(pl.Series([said for *_, said in kept], dtype=pl.String).hash(_SEED).to_list()),
    )


def joined_copied_sides(one: CopiedSides, other: CopiedSides) -> CopiedSides:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    later = None if other.first is None else other.first + one.rows
    return CopiedSides(
        one.rows + other.rows,
        one.pairs + other.pairs,
        one.copied + other.copied,
        one.asked + other.asked,
        later if one.first is None else one.first,
        one.texts | other.texts,
    )


def _outside(prompt: str, chosen: str) -> tuple[str, str] | None:
    """Return what of a prompt stands before and after an answer that is whole lines of it, None if it is not."""
    before, _, after = prompt.partition(chosen)
    starts, ends = before.rstrip(" \t")[-1:], after.lstrip(" \t")[:1]
    return (before, after) if (before + after).strip() and starts in ("", "\n") and ends in ("", "\n", "\r") else None
