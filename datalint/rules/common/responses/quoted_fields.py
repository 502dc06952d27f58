"""Texts in quotation marks that a step which writes CSV has put there: those with a comma, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Chunk, NamedTuple, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.nearly_all import Share, joined_each, share_of
from datalint.rules.common.texts.turns import learned_texts, may_begin_blank

#: Characters of a text that may be a field of a table.
_FIELD: Final = 1_000
#: Quoted texts with a comma from which on they are reported, texts that are not, and the share of exceptions up to
#: which the comma decides.
_LEAST: Final = 20
_EXCEPT: Final = 0.02


class Side(NamedTuple):
    """How many texts of a side are quoted and have a comma, or only one of the two."""

    quoted_with_comma: Share
    quoted_without: Share
    bare_with_comma: Share


class Fields(NamedTuple):
    """The texts of both sides."""

    prompts: Side
    responses: Side


def find_fields(chunk: Chunk) -> Fields:
    """Count the prompts and responses of a chunk that are quoted, and those that have a comma."""
    turns = chunk.turns
    return Fields(_side(chunk, turns["is_prompt"] & (turns["role"] == "user")), _side(chunk, learned_texts(chunk)))


def _side(chunk: Chunk, read: pl.Series) -> Side:
    texts = picked(chunk.turns, read & (chunk.turns["chars"] <= _FIELD), "example", "text")
    found = texts.with_columns(_signs())
    quoted, comma_too = found["marked"], found["comma"]
    doubled = pl.Series(np.zeros(len(quoted), np.bool_))
    if quoted.any():
        at = np.flatnonzero(quoted.to_numpy())
        quoted = quoted.scatter(at, [_is_field(each) for each in found["text"][at]])
        # A mark is quoted as a comma is.
        doubled = doubled.scatter(at, ['""' in each.strip()[1:-1] for each in found["text"][at]])
    return Side(
        quoted_with_comma=share_of(chunk, found["example"], quoted & comma_too),
        quoted_without=share_of(chunk, found["example"], quoted & ~comma_too & ~doubled),
        bare_with_comma=share_of(chunk, found["example"], ~quoted & comma_too),
    )


@cache
def _signs() -> tuple[pl.Expr, pl.Expr]:
    """Return whether a text is between quotation marks, and whether it has a comma."""
    text = pl.col("text")
    marked = passing(text.str.starts_with('"') | may_begin_blank(text), text, _are_marked)
    return marked.alias("marked"), text.str.contains_any([","]).alias("comma")


def _are_marked(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    return bare.str.starts_with('"') & bare.str.ends_with('"')


def _is_field(text: str) -> bool:
    """Whether a text is one field as CSV writes it: between marks, and those in it are doubled."""
    inner = text.strip()[1:-1]
    return inner.strip() != "" and '"' not in inner.replace('""', "")


def quoted_fields(found: Fields, responses: str) -> Iterator[tuple[str, int, str]]:
    """Yield what to say of prompts and of ``responses`` that are quoted twice, the first example, and a key."""
    for side, what in zip(found, ("prompts", responses), strict=True):
        quoted = side.quoted_with_comma
        exceptions = side.quoted_without.having + side.bare_with_comma.having
        plain = quoted.texts - quoted.having - exceptions
        if quoted.first is None or min(quoted.having, plain) < _LEAST or exceptions > _EXCEPT * quoted.having:
            continue
        share = f"{quoted.having:,} of {quoted.texts:,} {what}"
        message = f"{share} are written in quotation marks, those with a comma, as CSV quotes them; remove these"
        yield message, quoted.first, f"{what} with a comma"


def joined_fields(one: Fields, other: Fields) -> Fields:
    """Add up; rows of ``other`` come after those of ``one``."""
    prompts = Side(*joined_each(one.prompts, other.prompts))
    return Fields(prompts, Side(*joined_each(one.responses, other.responses)))
