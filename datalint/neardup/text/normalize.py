"""Normalise texts before they are compared: lower case, single spaces."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.neardup.text.buffers import rewritten
from datalint.neardup.text.hashing import Bytes, Rows

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels

# All white space of str.split, in groups that the Rust engine finds at memory speed: five times faster than one class
# of all of them.
_ASCII_SPACE = r"([\t-\r])|([\x1c-\x1f])"
_WIDE_SPACE = (
    "(\u0085)|(\u00a0)|(\u1680)|([\u2000-\u2005])|([\u2006-\u200a])|(\u2028)|(\u2029)|(\u202f)|(\u205f)|(\u3000)"
)
# Bytes of texts up to which those of ASCII are normalised one by one.
_FEW_BYTES = 8_000

# Non-ASCII characters that NFKC does not change in any context, that are not white space, and whose lower case is one
# character of the same length in UTF-8: letters of Europe and Vietnam, then characters without case (punctuation,
# currencies, arrows, mathematics, symbols, kana, Chinese characters, Hangul, pictographs).
_LETTERS = (
    (0xC0, 0x12F), (0x134, 0x137), (0x139, 0x13E), (0x141, 0x148), (0x14A, 0x177), (0x179, 0x17E), (0x400, 0x481),
    (0x48A, 0x4BF), (0x1EA0, 0x1EF9),
)  # fmt: skip
_CASELESS = (
    (0x200B, 0x2010), (0x2012, 0x2016), (0x2018, 0x2023), (0x2030, 0x2032), (0x2039, 0x203B), (0x20A9, 0x20BF),
    (0x2190, 0x222B), (0x2500, 0x27BF), (0x3001, 0x3029), (0x3041, 0x3096), (0x30A0, 0x30FE), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFE0F, 0xFE0F), (0x1F300, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F900, 0x1F9FF),
)  # fmt: skip


def normalize(texts: pl.Series, compiled: Kernels | None = None) -> pl.Series:
    """Return ``texts`` in lower case, with runs of white space as one space, and none at the ends; null as empty.

    The same as ``" ".join(text.lower().split())``, except for letters that Unicode added after the version of the
    interpreter: Polars' newer tables are used, so that results depend neither on the interpreter nor on whether
    ``compiled`` code is used.
    """
    return fold(texts, compiled)[0]


def fold(
    texts: pl.Series, compiled: Kernels | None = None, read: tuple[Bytes, Rows] | None = None
) -> tuple[pl.Series, Rows]:
    """Return :func:`normalize` of ``texts``, and the positions of texts that NFKC normalisation may change.

    ``read`` is as for :func:`~datalint.neardup.text.buffers.rewritten`.
    """
    if compiled is None:
        made, wide = _by_queries(texts)
        return made, np.flatnonzero(wide)
    return rewritten(texts, partial(compiled.fold_texts, shifts()), lambda some: _by_queries(some)[0], read)


@cache
def shifts() -> Bytes:
    """Return for each code point the offset to its lower case plus one, or 0 if only Polars can convert it."""
    table = np.zeros(1 << 17, np.uint8)
    for first, last in _CASELESS:
        table[first : last + 1] = 1
    for first, last in _LETTERS:
        table[first : last + 1] = [ord(chr(code).lower()) - code + 1 for code in range(first, last + 1)]
    return table


@cache
def _normalized() -> tuple[pl.Expr, pl.Expr]:
    """Return the normal form of a text of ASCII, and whether it has other characters."""
    # Replacing other white space by spaces first leaves a second pattern that rarely matches. This is nine times faster
    # than replacing every run, since most runs are a single space already.
    text = pl.col("text").fill_null("")
    single = text.str.to_lowercase().str.replace_all(_ASCII_SPACE, " ").str.replace_all("  +", " ").str.strip_chars(" ")
    return single.alias("made"), (text.str.len_bytes() != text.str.len_chars()).alias("wide")


def _by_queries(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return normalised ``texts``, and a mask of those that are not ASCII."""
    if texts.estimated_size() <= _FEW_BYTES:  # a query takes longer than these
        few = [each or "" for each in texts.to_list()]
        if all(map(str.isascii, few)):
            made = pl.Series(texts.name, [" ".join(each.lower().split()) for each in few], dtype=pl.String)
            return made, pl.Series(texts.name, [False] * len(few), dtype=pl.Boolean)
    table = texts.alias("text").to_frame().select(_normalized())
    made, wide = table["made"], table["wide"]
    if wide.any():
        places = np.flatnonzero(wide.to_numpy())
        spaced = pl.col("made").str.replace_all(_WIDE_SPACE, " ").str.replace_all("  +", " ").str.strip_chars(" ")
        made = made.scatter(places, made[places].to_frame().select(spaced).to_series())
    return made.alias(texts.name), wide.alias(texts.name)
