"""Thinking that a text marks with tags, in the dialects that trainers and chat templates read."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import NamedTuple
from datalint.rules.common.texts.turns import unclosed_fence, without_code

#: Opening and closing tag: DeepSeek-R1 and Qwen3; axolotl reads the second and third as well; Magistral; Seed-OSS;
#: Kimi-VL; others.
TAGS: Final = (
    ("<think>", "</think>"),
    ("<reasoning>", "</reasoning>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("[THINK]", "[/THINK]"),
    ("<seed:think>", "</seed:think>"),
    ("◁think▷", "◁/think▷"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
)
#: The pair whose thinking chat templates remove from earlier turns.
TEMPLATES: Final = TAGS[0]
#: What a response with reasoning begins with: a tag, or the channel of gpt-oss, which another channel ends.
OPENINGS: Final = (*(opening for opening, _ in TAGS), "<|channel|>analysis")
#: The ends of all tags: three bytes tell most texts apart at memory speed.
_SIGNS: Final = ("think>", "reasoning>", "of_thought|>", "THINK]", "thinking>", "thought>", "think▷")
_EITHER: Final = {tag: (pair, tag == pair[1]) for pair in TAGS for tag in pair}
_TAG: Final = "|".join(map(re.escape, _EITHER))


class Tag(NamedTuple):
    """A tag in a text: the pair that it belongs to, whether it closes, and where it starts and ends."""

    pair: tuple[str, str]
    closes: bool
    start: int
    stop: int


def may_think(text: pl.Expr) -> pl.Expr:
    """Return whether a text holds the end of any tag."""
    return text.str.contains_any(list(_SIGNS))


def tags(text: str) -> list[Tag]:
    """Return the tags of a text in order, those in code left out.

    A fence that nothing closes hides no end of thinking that began before it.
    """
    plain = without_code(text)
    found = [_tag(match) for match in re.finditer(_TAG, plain)]
    if found and not found[-1].closes and (fence := unclosed_fence(text)) >= 0:
        end = re.compile(re.escape(found[-1].pair[1])).search(text, fence)
        found += [_tag(end)] if end is not None else []
    return found


def _tag(match: re.Match[str]) -> Tag:
    return Tag(*_EITHER[match.group()], match.start(), match.end())
