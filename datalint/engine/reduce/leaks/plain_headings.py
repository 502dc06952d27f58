"""Leaks of texts of a few words without an answer, such as headings and thanks, which any two samples share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.languages.brief import is_brief_line
from datalint.shapes.formats.text import SHAPE
from datalint.shapes.mapped import LABELS

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

#: Kinds of leaks of the same text, and of one that is nearly the same.
_KINDS: Final = ("exact", "normalized", "near")
#: Characters, words and letters of a script without spaces that a heading has at most, and rows that are read.
_CHARS: Final = 40
_WORDS: Final = 3
_SPACELESS: Final = 5
_MOST: Final = 50_000
#: Share of the different texts that are as short from which on a dataset is of terms, names or titles. A mark between
#: two sections is one, however often it stands.
_SHARE: Final = 1 / 3


def plain_headings(leaks: Sequence[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], reader: Reader) -> frozenset[Leak]:
    """Return the leaks of plain texts, or with labelled spans, of up to three words of a dataset of longer ones."""
    shapes, asked, learned = (splits[0][name] for name in ("shape", "prompt_chars", "response_chars"))
    plain = ((shapes == SHAPE.name) & (asked == 0) & (learned > 0)) | (
        (shapes == LABELS) & (asked > 0) & (learned == 0)
    )
    short = plain & (asked + learned <= _CHARS)
    if not short.any():
        return frozenset()
    texts, brief_texts = (splits[0]["exact"].filter(some).n_unique() for some in (plain, short))
    if brief_texts > _SHARE * texts:
        return frozenset()
    rows = sorted({leak.training for leak in leaks if leak.kind in _KINDS and short[leak.training]})[:_MOST]
    brief = {
        row for row, text in zip(rows, reader.texts(rows), strict=True) if _is_heading(text.prompt or text.response)
    }
    return frozenset(leak for leak in leaks if leak.kind in _KINDS and leak.training in brief)


def _is_heading(text: str) -> bool:
    return is_brief_line(text, words=_WORDS, spaceless=_SPACELESS)
