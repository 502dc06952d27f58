"""Quotation marks of a table that was read line by line: texts that begin or end with one which nothing closes, and
texts with the doubled marks of CSV around words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Share, share_of
from datalint.rules.common.texts.turns import learned_texts

_MARK: Final = '"'
#: Texts with a lone mark from which on they are reported, and their share: in a story, some speeches go on in the next
#: paragraph.
_LEAST: Final = 50
_SHARE: Final = 0.2
#: What may close a mark that is typed as it is.
_CURLY: Final = ("“", "”")

#: Words between doubled marks, texts with them from which on they are reported, and their share; and signs of code and
#: of tables in a text, where they are right.
_TWICE: Final = '""'
_DOUBLED: Final = lazy_pattern(r'(?<!")""[^\W_][^"\n]{0,200}""(?!")')
_LEAST_DOUBLED: Final = 10
_DOUBLED_SHARE: Final = 0.01
_CODE: Final = ("=", "{", "\\", "`", ',"', '",', "CSV", "csv")


class LoneMarks(NamedTuple):
    """How many prompts and responses have a lone mark, and how many have doubled marks."""

    lone_prompts: Share
    lone_responses: Share
    doubled_prompts: Share
    doubled_responses: Share


def find_lone_marks(chunk: Chunk) -> LoneMarks:
    """Count the prompts and responses of a chunk that begin or end with a lone mark, and those with doubled marks."""
    turns = chunk.turns
    doubled_prompts, lone_prompts = _side(chunk, turns["is_prompt"] & (turns["role"] == "user"))
    doubled_responses, lone_responses = _side(chunk, learned_texts(chunk))
    return LoneMarks(lone_prompts, lone_responses, doubled_prompts, doubled_responses)


def _side(chunk: Chunk, read: pl.Series) -> tuple[Share, Share]:
    """Return how many of the texts that are ``read`` have doubled marks, and how many a lone one."""
    texts = picked(chunk.turns, read, "example", "text").with_columns(_marks())
    return share_of(chunk, texts["example"], texts["doubled"]), share_of(chunk, texts["example"], texts["lone"])


@cache
def _marks() -> tuple[pl.Expr, pl.Expr]:
    """Return whether a text has a lone mark, and whether it has doubled ones."""
    text = pl.col("text")
    ends = text.str.starts_with(_MARK) | text.str.ends_with(_MARK)
    doubled = text.str.contains_any([_TWICE])
    return passing(ends, text, _are_lone).alias("lone"), passing(doubled, text, _are_doubled).alias("doubled")


def _are_doubled(text: pl.Expr) -> pl.Expr:
    return text.map_batches(lambda texts: pl.Series(map(_is_doubled, texts), dtype=pl.Boolean))


def _is_doubled(text: str) -> bool:
    return _DOUBLED.search(text) is not None and not any(sign in text for sign in _CODE)


def _are_lone(text: pl.Expr) -> pl.Expr:
    # In Python, as for marks in other places of the text: few texts begin or end with one.
    return text.map_batches(lambda texts: pl.Series(map(_is_lone, texts), dtype=pl.Boolean))


def _is_lone(text: str) -> bool:
    # Behind a number, a mark stands for inches.
    is_inch = text[-2:-1].isdigit() and text.endswith(_MARK)
    return text.count(_MARK) == 1 and not is_inch and "\n" not in text and not any(sign in text for sign in _CURLY)


def lone_marks(found: LoneMarks, responses: str) -> Iterator[tuple[str, int, str]]:
    """Yield what to say of prompts and of ``responses`` with a lone or doubled mark, the first example, and a key."""
    for each, what in ((found.doubled_prompts, "prompts"), (found.doubled_responses, responses)):
        if each.first is not None and each.having >= max(_LEAST_DOUBLED, _DOUBLED_SHARE * each.texts):
            message = (
                f'{each.having:,} of {each.texts:,} {what} have doubled quotation marks (""…""), as CSV has them; write '
                "them once"
            )
            yield message, each.first, f"{what} with doubled marks"
    for each, what in ((found.lone_prompts, "prompts"), (found.lone_responses, responses)):
        if each.first is not None and each.having >= max(_LEAST, _SHARE * each.texts):
            message = (
                f"{each.having:,} of {each.texts:,} {what} begin or end with a quotation mark that nothing closes; remove "
                "it, or read the table that they are from with a CSV parser"
            )
            yield message, each.first, f"{what} with a lone mark"
