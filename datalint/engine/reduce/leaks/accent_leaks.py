"""Leaks of rows whose prompts differ only in the accents of Latin letters, with the same response."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.records.leaks import Leak
from datalint.shapes.detect import UNKNOWN
from datalint.support.lazy_pattern import lazy_pattern

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
_MARKED: Final = lazy_pattern("([A-Za-z])[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans("đĐłŁøØı", "dDlLoOi")

#: Rows by the hash of their prompt, by system prompt and prompt without accents, and the hash of the response.
_Rows = dict[tuple[str, str, int], dict[int, list[int]]]


def accent_leaks(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Collection[Leak]
) -> list[Leak]:
    """Return leaks of kind ``near``, each of a training row or of an evaluation row that is in none of ``leaks``.

    To the other searches, most words of a prompt are others without their accents, as people leave them out in
    Vietnamese. Rows are read only where a row of the other split has a prompt of as many characters and an equal
    response.
    """
    keys = ("prompt_chars", "response_hash", "identity")
    sides = [_comparable(train), _comparable(held)]
    kept = [
        one.join(other, on=keys, how="semi", maintain_order="left").head(_MOST) for one, other in (sides, sides[::-1])
    ]
    rows = [each["row"].to_list() for each in kept]
    if not all(rows) or not any(map(_have_accents, readers, rows)):
        return []
    ours, theirs = (_folded_rows(*each) for each in zip(readers, kept, strict=True))
    found = _pairs(theirs, ours, {leak.evaluation for leak in leaks})
    found += [(other, row) for row, other in _pairs(ours, theirs, {leak.training for leak in leaks})]
    return [Leak(other, row, "near", 1.0, but="accents") for other, row in sorted(set(found))]


def _pairs(one: _Rows, other: _Rows, leaked: Collection[int]) -> list[tuple[int, int]]:
    """Return each row of a split that does not leak, with the first row of the other split that differs in accents."""
    pairs = []
    for key, prompts in one.items():
        for prompt, rows in prompts.items():
            partner = next((each[0] for written, each in other.get(key, {}).items() if written != prompt), None)
            if partner is not None:
                pairs += [(row, partner) for row in rows if row not in leaked]
    return pairs


def _comparable(examples: pl.DataFrame) -> pl.DataFrame:
    """Return what the rows with a prompt of some length and a response are compared by, and their numbers."""
    complete = (pl.col("prompt_chars") >= _CHARS) & (pl.col("response_chars") > 0) & (pl.col("shape") != UNKNOWN.name)
    columns = ("prompt_chars", "response_hash", "identity", "prompt_hash", pl.int_range(pl.len()).alias("row"))
    return examples.select(*columns, complete.alias("complete")).filter("complete").drop("complete")


def _folded_rows(reader: Reader, kept: pl.DataFrame) -> _Rows:
    """Return the rows with prompts of enough words by what is equal if they differ in accents alone."""
    found: _Rows = {}
    hashes = kept.select("row", "prompt_hash", "response_hash").rows()
    for (row, prompt, response), text in zip(hashes, reader.texts(kept["row"].to_list()), strict=True):
        folded = _folded(text.prompt)
        if folded.count(" ") >= _WORDS - 1:
            found.setdefault((_folded(text.system), folded, response), {}).setdefault(prompt, []).append(row)
    return found


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
