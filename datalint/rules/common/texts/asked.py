"""Words of a prompt by which what looks odd in a response was asked for."""

from __future__ import annotations

import re
from typing import Any, Final

#: Markup, code and what is written in them. A word ends where a Chinese one begins, so boundaries are those of ASCII.
MARKUP: Final = (
    r"(?ai)html|xml|css\b|markup|markdown|\bcode\b|web ?(?:page|site)|template|\btags?\b|javascript|\bjsx?\b|\breact(?:\.?js\b| (?:app|component|hook|native|router))|\bsvg"
    r"|regex|python|\bjava\b|\bphp|\bscript|\bpars(?:e|ing)|\bscrap(?:e|ing)|\bentit(?:y|ies)\b|\bescape|\bencod|snippet"
    r"|</?[a-z]+[ />]|&[a-z]+;|网页|代码"
)


def is_asked(pattern: str, row: dict[str, Any]) -> bool:
    """Return whether the prompts or the system prompt before a turn match."""
    return any(re.search(pattern, row[each]) is not None for each in ("prompt", "system"))
