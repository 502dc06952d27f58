"""Words of Chinese, Japanese or Korean within a sentence of another language, as a model wrote that knows these best."""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.rules.common.characters.east_asian import HAS_EAST_ASIAN
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.turns import without_code
from datalint.support.lazy_pattern import lazy_pattern

_EAST_ASIAN: Final = "\u3041-\u30fa\u3400-\u9fff\uac00-\ud7a3"
#: These and the letters that stand within or next to such words: marks that repeat or lengthen (々, ー), letters of
#: Hangul on their own (ㅋ), bopomofo, and other forms.
_ALL: Final = f"{_EAST_ASIAN}\u3005-\u3007\u30fc-\u30ff\u3105-\u318e\u31f0-\u31ff\uf900-\ufaff\uff66-\uff9f"
#: Bytes for each character below which a text is not mostly of such words, also if it is in Cyrillic letters.
_BYTES: Final = 2.2
#: The word directly after another one, where people write a blank, brackets or quotation marks: in text of small letters,
#: as names of products and abbreviations end with a capital or a digit.
_WORD: Final = lazy_pattern(
    rf"(?<=[^\W\d_{_ALL}A-ZА-Я])(?<![A-ZА-Я_/\\.@#-][^\W\d_])(?<=[^\W\d_][^\W\d_])[{_EAST_ASIAN}][{_EAST_ASIAN}\u3005\u30fc]{{0,7}}(?![\w(])"
)
_ANY: Final = lazy_pattern(rf"[{_ALL}]")
#: Letters of the text for each of such words, at least.
_SHARE: Final = 20
#: Prompts that speak of these languages, or of scripts.
_ASKED: Final = (
    r"(?i)chin|japan|korea|mandarin|cantones|kanji|hanzi|hangul|anime|manga|\bcjk|unicode|pinyin|translat|tradu|giappon|cines"
    r"|китай|япон|корей|иероглиф|перев|trung|nhật|hàn quốc|\bhán\b|dịch|çin|çevir|kore\b|الصين|الياب|ترجم|übersetz|język"
)


def may_have_stray_word(text: pl.Expr) -> pl.Expr:
    """Return whether a text may have such a word: it has few of these characters."""
    return (text.str.len_bytes() <= _BYTES * text.str.len_chars()) & text.str.contains(HAS_EAST_ASIAN)


def has_stray_word(text: pl.Expr) -> pl.Expr:
    """Return whether a text has such a word; in Python, as Polars keeps few patterns."""
    return text.map_batches(
        lambda texts: pl.Series([_WORD.search(each) is not None for each in texts], dtype=pl.Boolean)
    )


def stray_word(row: dict[str, Any]) -> re.Match[str] | None:
    """Return the first such word of a response, if neither the prompt nor most of the response has such characters."""
    text = without_code(row["text"])
    found = _WORD.search(text)
    if found is None or is_asked(_ASKED, row):
        return None
    if any(_ANY.search(row[each]) for each in ("prompt", "system")):
        return None
    return found if len(_ANY.findall(text)) * _SHARE <= sum(map(str.isalpha, text)) else None
