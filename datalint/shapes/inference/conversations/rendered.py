"""Conversations that a template wrote as one text, next to the columns that it is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn

#: How what somebody asks begins, at the beginning of a text, and how what is answered begins.
_ASKED: Final = re.compile(
    r"(?i)\s*(?:<s>|<bos>|<\|begin_of_text\|>|<\|endoftext\|>)?\s*"
    r"(?:<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<\|(?:user|system|prompter)\|>|<<SYS>>|\[INST\]"
    r"|#{2,3} ?(?:human|user|instruction|question|input|system|prompt)\b"
    r"|(?:human|user|instruction|question):|below is an instruction)"
)
_ANSWERED: Final = re.compile(
    r"(?i)<\|im_start\|>assistant|<\|start_header_id\|>assistant|<start_of_turn>model|<\|assistant\|>|\[/INST\]"
    r"|#{2,3} ?(?:assistant|response|answer|output|gpt|bot)\b|(?:^|\n)\s{0,9}(?:assistant|gpt|bot|ai|answer|response):"
)
#: Share of the rows in which a text is written so, and those in which a column is a part of it.
_NEARLY_ALL: Final = 0.9
_WITHIN: Final = 0.8
#: Rows that are compared, and characters of a text in which the answer begins.
_ROWS: Final = 50
_LOOKED_AT: Final = 20_000
#: Characters of a part at least: fewer are in a text by chance.
_PART: Final = 12


def rendered(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the key of texts that are whole conversations with another column in them; None for none, or several."""
    if len(rows) < LEAST_ROWS:
        return None
    some = rows[:: max(1, len(rows) // _ROWS)]
    texts = [each for each in columns if each.holds is Holds.TEXT]
    found = [each.key for each in texts if each.length > LONG and _are_rendered(some, each.key)]
    if len(found) != 1:
        return None
    parts = [each for each in texts if each.key != found[0] and each.length > _PART]
    return found[0] if any(_are_within(some, each.key, found[0]) for each in parts) else None


def _are_rendered(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    texts = [text for row in rows if isinstance(text := row.get(key), str) and text]
    written = sum(_ASKED.match(text) is not None and _ANSWERED.search(text[:_LOOKED_AT]) is not None for text in texts)
    return bool(texts) and written >= _NEARLY_ALL * len(texts)


def _are_within(rows: Sequence[Mapping[str, Any]], part: str, whole: str) -> bool:
    pairs = [(row.get(part), row.get(whole)) for row in rows]
    texts = [(one.strip(), other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    return bool(texts) and sum(bool(one) and one in other for one, other in texts) >= _WITHIN * len(texts)
