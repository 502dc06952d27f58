"""Leaks of rows whose prompts differ only in the accents of Latin letters, with the same response."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.records.leaks import Leak
from datalint.shapes.detect import UNKNOWN

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Text

#: Characters and words of a prompt from which on accents alone make no other text of it.
_CHARS: Final = 15
_WORDS: Final = 4
#: Rows of a split that are read, the first ones; those that are read to find out whether texts have accents, evenly
#: spaced; and the share of these that must have one.
_MOST: Final = 50_000
_SAMPLE: Final = 200
_SHARE: Final = 0.05
#: A letter of ASCII with the marks that follow it when decomposed, and letters that Unicode does not decompose.
_MARKED: Final = re.compile("([A-Za-z])[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans("đĐłŁøØı", "dDlLoOi")


def accent_leaks(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Collection[Leak]
) -> list[Leak]:
    """Return leaks of kind ``near``, of rows that are in none of ``leaks``.

    To the other searches, most words of a prompt are others without their accents, as people leave them out in
    Vietnamese. Rows are read only where another row of the other split has a prompt of as many characters and an equal
    response.
    """
    ours, theirs = ({leak[side] for leak in leaks} for side in (1, 0))
    open_rows = [_open(train, ours, "training"), _open(held, theirs, "evaluation")]
    keys = ("prompt_chars", "response_hash", "identity")
    kept = [
        one.join(other, on=keys, how="semi", maintain_order="left").head(_MOST)
        for one, other in (open_rows, open_rows[::-1])
    ]
    rows = [each[:, -1].to_list() for each in kept]
    if not all(rows) or not any(map(_have_accents, readers, rows)):
        return []
    first: dict[tuple[str, str, int], int] = {}
    for row, text, response in zip(rows[0], readers[0].texts(rows[0]), kept[0]["response_hash"], strict=True):
        first.setdefault((_folded(text.system), _folded(text.prompt), response), row)
    found = []
    for row, text, response in zip(rows[1], readers[1].texts(rows[1]), kept[1]["response_hash"], strict=True):
        prompt = _folded(text.prompt)
        partner = first.get((_folded(text.system), prompt, response))
        if partner is not None and prompt.count(" ") >= _WORDS - 1:
            found.append(Leak(row, partner, "near", 1.0, but="accents"))
    return found


def _open(examples: pl.DataFrame, leaked: Collection[int], name: str) -> pl.DataFrame:
    """Return what the rows that are compared are compared by, and their numbers as the last column."""
    complete = (pl.col("prompt_chars") >= _CHARS) & (pl.col("response_chars") > 0) & (pl.col("shape") != UNKNOWN.name)
    numbered = examples.select(
        "prompt_chars", "response_hash", "identity", pl.int_range(pl.len()).alias(name), complete.alias("complete")
    )
    return numbered.filter(pl.col("complete") & ~pl.col(name).is_in(list(leaked))).drop("complete")


def _have_accents(reader: Reader, rows: Sequence[int]) -> bool:
    """Return whether some texts of a split have Latin letters with accents."""
    sample = rows[:: max(len(rows) // _SAMPLE, 1)][:_SAMPLE]
    return sum(map(_has_accent, reader.texts(sample))) >= _SHARE * len(sample)


def _has_accent(text: Text) -> bool:
    return not text.prompt.isascii() and _without_accents(text.prompt) != text.prompt


def _folded(text: str) -> str:
    """Return a text in lower case, without accents of Latin letters, and with single spaces."""
    return " ".join((text if text.isascii() else _without_accents(text)).lower().split())


def _without_accents(text: str) -> str:
    plain = _MARKED.sub(r"\1", unicodedata.normalize("NFD", text.translate(_LETTERS)))
    return unicodedata.normalize("NFC", plain)
