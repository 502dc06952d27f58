"""Blocks of a passage, a question about it and the answer, each after its mark: ``T: …``, ``Q: …`` and ``A: …``.

A passage may have several lines, each with its mark or only the first one; the row is ``{"context": …, "question": …,
"answer": …}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines

#: The container of such blocks.
ASKED_PASSAGES: Final = "asked-passages"
#: The marks of the three parts.
_MARK: Final = re.compile(
    r"[ \t]{0,9}(?:(t|text|c|context|p|passage|paragraph|premise|document|story|текст|контекст)"
    r"|(q|question|вопрос)|(a|ans|answer|ответ))[ \t]?[:：](?=\s|$)[ \t]{0,9}(.*)",
    re.DOTALL | re.IGNORECASE,
)
_PARTS: Final = ("context", "question", "answer")
#: Characters of a line that are looked at.
_LOOKED_AT: Final = 200


def is_asked_passage(block: Sequence[bytes]) -> bool:
    """Return whether a block has one or several lines of a passage, a question and its answer, in this order."""
    found = [_part(line[:_LOOKED_AT].decode("utf-8", "replace"))[0] for line in block]
    marked = [part for part in found if part]
    passage = marked.count(_PARTS[0])
    return passage > 0 and found[0] != "" and marked == [_PARTS[0]] * passage + [*_PARTS[1:]]


def asked_passage(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block whose first line has the number ``first``, and the problem with its text.

    A block without a mark is a text.
    """
    texts, problem = decoded_lines(block, first)
    if texts is None:
        return None, problem
    row: dict[str, Any] = {}
    part = ""
    for text in texts:
        found, said = _part(text)
        part = found or part
        if part:
            row[part] = f"{row[part]}\n{said}" if part in row else said
    return {key: text.strip() for key, text in row.items()} or {"text": "\n".join(texts)}, problem


def _part(line: str) -> tuple[str, str]:
    """Return the part that a line begins and its text; the part is empty for a line without a mark."""
    match = _MARK.match(line)
    if match is None:
        return "", line
    return next(part for part, mark in zip(_PARTS, match.groups(), strict=False) if mark), match[4]
