"""Texts that are JSON in one form, so that white space and the order of keys make no other text."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import orjson
import polars as pl

from datalint.support.named_tuple import NamedTuple

#: What a JSON object or array is between, in texts without white space around them.
_ENDS: Final = (("{", "}"), ("[", "]"))
#: Bytes of texts up to which they are looked at one by one.
_FEW_BYTES: Final = 8_000
#: Numbers that may lose digits, or become infinite, when they are parsed.
_INEXACT: Final = r"[\d.]{16}|e[+-]?\d{3}"


class JsonTexts(NamedTuple):
    """The texts among others that are JSON objects or arrays.

    Attributes:
        rows: their positions.
        texts: each of them in one form.
    """

    rows: list[int]
    texts: pl.Series


def json_texts(normal: pl.Series) -> JsonTexts:
    """Return the texts of ``normal`` (in lower case, with single spaces) that are a JSON object or array."""
    if normal.estimated_size() <= _FEW_BYTES:  # a query takes longer than these
        is_enclosed = pl.Series([(each[:1], each[-1:]) in _ENDS for each in normal.to_list()], dtype=pl.Boolean)
    else:
        text = pl.col("text")
        enclosed = [text.str.starts_with(first) & text.str.ends_with(last) for first, last in _ENDS]
        is_enclosed = normal.alias("text").to_frame().select(enclosed[0] | enclosed[1]).to_series()
    if not is_enclosed.any():
        return JsonTexts([], pl.Series("text", dtype=pl.String))
    rows = np.flatnonzero(is_enclosed.to_numpy())
    formed = ((row, _in_one_form(each)) for row, each in zip(rows.tolist(), normal[rows], strict=True))
    some = [(row, each) for row, each in formed if each is not None]
    return JsonTexts([row for row, _ in some], pl.Series("text", [each for _, each in some], dtype=pl.String))


def _in_one_form(text: str) -> str | None:
    """Return JSON with sorted keys and no white space; None for other texts, or if parsing may lose something."""
    try:
        formed = orjson.dumps(orjson.loads(text), option=orjson.OPT_SORT_KEYS).decode()
    except (ValueError, TypeError):
        return None
    # Of keys that repeat, parsing keeps one, and a colon fewer.
    if formed.count(":") != text.count(":") or re.search(_INEXACT, text):
        return None
    return formed
