"""Prompts that ask for JSON, and responses in plain text although theirs ask for JSON and nothing else."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern

#: What JSON, or code around it, has somewhere; and the word in prompts that ask for it.
_MARKS: Final = ("{", "[", "```")
_JSON: Final = ("json", "JSON", "Json")
_VERBS: Final = "(?:respond|answer|reply|output|return|produce|provide|generate|write|give|print|emit)"
_ALONE: Final = "(?:only|just|exclusively|strictly|nothing but)"
#: Prompts that ask for JSON alone. Asked for "only JSON files", a program may be the answer.
_DEMANDS: Final = lazy_pattern(
    rf"(?i)\b{_VERBS}\b[^.\n]{{0,40}}\b{_ALONE}\b[^.\n]{{0,40}}\bjson\b(?! files?\b| endpoints?\b)"
    rf"|\b{_ALONE} {_VERBS}\b[^.\n]{{0,40}}\bjson\b"
    r"|\bjson\b(?: object| array| format| data)?,?(?: and)? (?:only|nothing else|(?:with(?:out)?|no) (?:any |no )?"
    r"(?:other|additional|extra|further|explanation|comment|text|markdown|preamble))\b"
    r"|[仅只](?:能|需|允许)?\s?(?:输出|返回|回复|回答|生成|以)[^。\n]{0,12}json"
    r"|(?:输出|返回|回复|生成)[^。\n]{0,12}json[^。\n]{0,16}(?:不要|无需|不得|不含|禁止)"
)
#: Prompts that ask for JSON, perhaps with other text, or of which only a part should be JSON.
_ASKS: Final = (
    r"(?i)\b(?:respond|answer|reply|output|return|produce|provide|generate|write|give)\b[^.\n]{0,60}\bjson\b"
    r"|\b(?:in|as|valid|only|strict(?:ly)?) json\b|\bjson[ -](?:format|only|object|structure|output)\b"
    r"|json\s?(?:格式|形式|フォーマット)"
)
#: Prompts in which JSON is for the calls of tools, or is asked for under a condition.
_CONDITIONED: Final = lazy_pattern(
    r"(?i)tool_?calls?\b|<tools>|\bfunction calls?\b|\bcall(?:ing)? (?:a|the|any) (?:tool|function)"
    r"|\b(?:if|when|unless|otherwise)\b[^.\n]{0,80}\bjson\b|如果[^。\n]{0,40}json"
)
_SEARCHED: Final = 20_000
_SHOWN: Final = 60
#: Responses that are reported, at least, and their share of all: what a whole dataset is asked for.
_LEAST: Final = 10
_SHARE: Final = 0.5


class Demanded(NamedTuple):
    """How many responses are no JSON though it is asked for, and the first: its example, path and beginning."""

    many: int
    first: tuple[int, str, str] | None


def demanded_of(turns: pl.DataFrame, chunk: Chunk) -> Demanded:
    """Return the responses that are no JSON though it is asked for, of a frame with ``example``, ``path``, ``text``."""
    asked = chunk.examples.select(
        pl.any_horizontal(pl.col(name).str.contains_any(list(_JSON)) for name in ("system", "prompt"))
    ).to_series()
    if not asked.any():
        return Demanded(0, None)
    may = asked.gather(turns["example"]) & ~turns.select(pl.col("text").str.contains_any(list(_MARKS))).to_series()
    some = picked(turns, may, "example", "path", "text")
    texts = chunk.examples.select("system", "prompt")[some["example"].to_list()].iter_rows()
    found = [row for row, each in zip(some.iter_rows(), texts, strict=True) if _demands(*each)]
    if not found:
        return Demanded(0, None)
    at, path, text = found[0]
    return Demanded(len(found), (at, path, excerpt(text.strip(), _SHOWN)))


def count_asking(examples: pl.DataFrame, rows: list[int]) -> int:
    """Return how many of some rows have a prompt or system prompt that asks for JSON."""
    if not rows:
        return 0
    asked = examples.select("system", "prompt")[rows].iter_rows()
    return sum(any(re.search(_ASKS, text[:_SEARCHED]) is not None for text in texts) for texts in asked)


def joined_demanded(one: Demanded, other: Demanded, rows: int) -> Demanded:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    later = None if other.first is None else (other.first[0] + rows, *other.first[1:])
    return Demanded(one.many + other.many, one.first or later)


def described_demanded(found: Demanded, responses: int) -> str:
    """Return words on responses that are no JSON; empty for a few, whose prompts may quote what others were asked."""
    if found.first is None or found.many < max(_LEAST, _SHARE * responses):
        return ""
    return (
        f"{found.many:,} of {responses:,} responses are no JSON, though their prompts ask for JSON alone: "
        f'"{found.first[2]}"'
    )


def _demands(system: str, prompt: str) -> bool:
    """Whether a prompt or its system prompt asks for JSON alone, whatever the user says."""
    texts = [text[:_SEARCHED] for text in (system, prompt)]
    return any(map(_DEMANDS.search, texts)) and not any(map(_CONDITIONED.search, texts))
