"""Responses that begin with a line that announces them, although the prompt asks for the answer alone."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern

#: What such a line says within its first characters, and the line, with the colon at its end.
_SIGNS: Final = ("ere is ", "ere's ", "ere’s ", "ere are ")
_HEAD: Final = 40
_LINE: Final = lazy_pattern(
    r"(?i)\s*(?:(?:okay|ok|sure|certainly|absolutely|of course|alright)\b[^\n]{0,9}?)?\bhere(?:['’]s| is| are) [^\n]{1,160}"
    r"[:：][ \t*]{0,9}\n"
)
#: Prompts that ask for the answer alone; "respond only in French" and "only if" ask for something else.
_ALONE: Final = lazy_pattern(
    r"(?i)\b(?:return|output|respond with|reply with|print) only (?!in |if |when |using |based |from |to |after |once |on )"
    r"|\bonly (?:return|output|respond with|reply with|print) "
    r"|\bno (?:extra|additional|other|further) (?:commentary|comments?|text|words|explanations?)\b"
    r"|\b(?:do not|don['’]t) (?:add|include|write) (?:any |an )?(?:(?:extra|additional|other) )?"
    r"(?:commentary|preamble|introduction|introductory)"
)
_SEARCHED: Final = 20_000
_SHOWN: Final = 60
#: Responses that are reported, at least: fewer are chance.
_LEAST: Final = 10


class Announced(NamedTuple):
    """How many responses announce themselves, and the first of them: its example, path and line."""

    many: int
    first: tuple[int, str, str] | None


def announced_of(turns: pl.DataFrame, chunk: Chunk) -> Announced:
    """Return the responses that announce themselves, of a frame with ``example``, ``path`` and ``text``."""
    may = turns.select(pl.col("text").str.head(_HEAD).str.contains_any(list(_SIGNS))).to_series()
    if not may.any():
        return Announced(0, None)
    some = picked(turns, may, "example", "path", "text")
    lines = [(at, path, match[0]) for at, path, text in some.iter_rows() if (match := _LINE.match(text)) is not None]
    asked = chunk.examples.select("system", "prompt")[[at for at, *_ in lines]].iter_rows()
    found = [line for line, texts in zip(lines, asked, strict=True) if any(_asks_alone(text) for text in texts)]
    if not found:
        return Announced(0, None)
    at, path, line = found[0]
    return Announced(len(found), (at, path, excerpt(line.strip(), _SHOWN)))


def joined_announced(one: Announced, other: Announced, rows: int) -> Announced:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    later = None if other.first is None else (other.first[0] + rows, *other.first[1:])
    return Announced(one.many + other.many, one.first or later)


def described_announced(found: Announced, responses: int) -> str:
    """Return words on responses that announce themselves; empty for a few."""
    if found.first is None or found.many < _LEAST:
        return ""
    begin = f'{found.many:,} of {responses:,} responses begin with a line such as "{found.first[2]}"'
    return f"{begin}, though their prompts ask for the answer alone"


def _asks_alone(text: str) -> bool:
    return _ALONE.search(text[:_SEARCHED]) is not None
