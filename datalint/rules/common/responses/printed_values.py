"""Responses that are a list of one text, or a dict, as Python prints them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Hit, NamedTuple, Severity
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Share, joined_each, share_of
from datalint.rules.common.texts.turns import learned_texts

#: What such values begin with. JSON has no single quotes.
_OPENS: Final = ("['", "{'")
#: A list of one text, a list of any texts, and a dict; characters of a response that are read.
_ONE: Final = lazy_pattern(r"(?s)\['(?:[^'\\]|\\.)*'\]")
_LIST: Final = lazy_pattern(r"(?s)\['.*['\"]\]")
_DICT: Final = lazy_pattern(r"(?s)\{'[^'\\\n]{1,60}': .*\}")
_READ: Final = 20_000
#: Prompts and system prompts that ask for a list, data or code, and characters of them that are searched.
ASKED: Final = lazy_pattern(
    r"(?i)\blists?\b|python|\barrays?\b|json|\bcode|\bsentences\b|extract|\bsplit\b|segment|列表|句子|提取|代码|liste|lista"
)
_DATA: Final = lazy_pattern(
    r"(?i)\bdict|\bkeys?\b|\bformat|\bfunctions?\b|\btools?\b|\bobjects?\b|\bstructured\b|格式|字典"
)
_SEARCHED: Final = 2_000
#: Share of the responses that are printed values if all are meant to be, and up to which the others are plain texts.
_ALL: Final = 0.9
_SOME: Final = 0.5
#: Share of the lists up to which they hold several texts: more hold what may be several, such as labels.
_SEVERAL: Final = 0.01
_LEAST: Final = 20
_LEAST_SOME: Final = 10
_LEAST_SHARE: Final = 0.01


class Printed(NamedTuple):
    """How many responses are a list of one text, a list of any number of texts, and a dict."""

    single_lists: Share
    lists: Share
    dicts: Share


def find_printed(chunk: Chunk) -> Printed:
    """Count the responses of a chunk that are such values, and that no prompt asks for."""
    texts = picked(chunk.turns, learned_texts(chunk) & (chunk.turns["role"] != "text"), "example", "text")
    may = texts.select(pl.any_horizontal(pl.col("text").str.starts_with(sign) for sign in _OPENS)).to_series()
    if not may.any():
        none = Share(chunk.examples.height, texts.height, 0, None)
        return Printed(none, none, none)
    kinds = [
        _kinds(text.strip(), chunk.examples, example) if may_be else ()
        for example, text, may_be in zip(texts["example"], texts["text"], may, strict=True)
    ]
    shares = (
        share_of(chunk, texts["example"], pl.Series([kind in each for each in kinds], dtype=pl.Boolean))
        for kind in ("one", "list", "dict")
    )
    return Printed(*shares)


def joined_printed(one: Printed, other: Printed) -> Printed:
    """Add up; rows of ``other`` come after those of ``one``."""
    return Printed(*joined_each(one, other))


def _kinds(text: str, examples: pl.DataFrame, example: int) -> tuple[str, ...]:
    if len(text) > _READ:
        return ()
    asked = [examples[key][example][:_SEARCHED] for key in ("prompt", "system")]
    if any(ASKED.search(each) for each in asked):
        return ()
    if _DICT.fullmatch(text):
        return () if any(_DATA.search(each) for each in asked) else ("dict",)
    if _LIST.fullmatch(text):
        return ("one", "list") if _ONE.fullmatch(text) else ("list",)
    return ()


def printed_values(printed: Printed) -> Iterator[Hit]:
    """Yield a hit for lists of one text and one for dicts, if nearly all responses are such, or a few are."""
    singles, dicts = printed.single_lists, printed.dicts
    lists, responses = printed.lists.having, printed.lists.texts
    message = f"{singles.having:,} of {responses:,} responses are a list of one text as Python writes it (['…'])"
    if lists - singles.having <= _SEVERAL * lists:
        if _are_all(singles):
            yield Hit(f"{message}; write the text alone", at=singles.first, key="one")
        elif _are_some(singles):
            yield Hit(f"{message}, the others are not", at=singles.first, key="one")
    message = f"{dicts.having:,} of {responses:,} responses are a dict as Python writes it ({{'…': …}})"
    if _are_all(dicts):
        yield Hit(f"{message}, which no parser of JSON reads", at=dicts.first, key="dict", severity=Severity.INFO)
    elif _are_some(dicts):
        yield Hit(f"{message}, the others are not", at=dicts.first, key="dict")


def _are_all(found: Share) -> bool:
    return found.having >= _ALL * max(found.texts, _LEAST)


def _are_some(found: Share) -> bool:
    return _LEAST_SOME <= found.having < _SOME * found.texts and found.having >= _LEAST_SHARE * found.texts
