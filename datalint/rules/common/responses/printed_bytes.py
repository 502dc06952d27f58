"""Prompts and responses that are ``bytes`` as Python prints them: ``str(text.encode())``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Found, found_in
from datalint.rules.common.responses.printed_values import ASKED
from datalint.rules.common.texts.turns import learned_texts, opens_with

_OPENS: Final = ("b'", 'b"')
_LITERAL: Final = lazy_pattern(r"""(?s)b(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
#: Characters of such a text, and of a prompt that asks for one, that are read.
_READ: Final = 20_000
_SEARCHED: Final = 2_000
#: Such texts at least, as many and as a share.
_LEAST: Final = 10
_SHARE: Final = 0.01

#: Those among the prompts, and among the responses and plain texts.
Literals = tuple[Found, ...]


def find_bytes(chunk: Chunk) -> Literals:
    """Count the prompts, and the responses that no prompt asks for, that are such a text as a whole."""
    turns = chunk.turns
    prompts = picked(turns, turns["is_prompt"] & (turns["role"] == "user"), "example", "text")
    return _counted(chunk, prompts, learned=False), _counted(
        chunk, picked(turns, learned_texts(chunk), "example", "text"), learned=True
    )


def _counted(chunk: Chunk, texts: pl.DataFrame, *, learned: bool) -> Found:
    may = texts.select(opens_with(pl.col("text"), *_OPENS)).to_series()
    if not may.any():
        return chunk.examples.height, texts.height, 0, None
    has = may.to_list()
    for at in may.arg_true():
        text, example = texts["text"][at].strip(), texts["example"][at]
        is_asked = learned and ASKED.search(chunk.examples["prompt"][example][:_SEARCHED]) is not None
        has[at] = len(text) <= _READ and not is_asked and _LITERAL.fullmatch(text) is not None
    return found_in(chunk, texts["example"], pl.Series(has, dtype=pl.Boolean))


def printed_bytes(found: Literals, responses: str) -> Iterator[tuple[str, int, str]]:
    """Yield what to say of prompts and of ``responses`` that are such texts, the first example, and a key."""
    for (_, texts, count, first), what in zip(found, ("prompts", responses), strict=True):
        if first is not None and count >= max(_LEAST, _SHARE * texts):
            message = f"{count:,} of {texts:,} {what} are bytes as Python prints them (b'…'); decode them"
            yield message, first, f"bytes {what}"
