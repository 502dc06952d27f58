"""Lines that a program appends to what a model wrote: how sure it was, which model it was, and what that cost."""

from __future__ import annotations

import re
from typing import Final

#: Characters of a line that is appended.
_LONGEST: Final = 120
_MODELS: Final = (
    "gemini groq gpt-3 gpt-4 gpt-5 gpt-oss chatgpt openai claude anthropic llama mistral mixtral deepseek ollama qwen "
    "cohere openrouter perplexity"
).split()
_COSTS: Final = "tokens latency elapsed".split()
MODEL: Final = rf"(?i)(?<![\w/.])(?:{'|'.join(map(re.escape, _MODELS))})"
#: A label with a number, a cell of another kind, and no list, table, heading, link or code around them.
_FIELD: Final = r"\W{0,12}[^\W\d_][^\n:：|•·\d]{0,40}[:：]\s?\D{0,4}\d"
_COST: Final = r"(?i)(?:tokens|latency|elapsed|response time)\s?[:：=]\s?\d"
_CELL: Final = r" [|•·] "
_OTHER: Final = r"\s*(?:[-*+•|#>] |\|)|.*(?:\||[`{}<>]|\]\(|https?:)\s*$|.*(?:[`{}<>]|\]\(|https?:)"
#: A mark in brackets before a label with a percentage: "[ OK ] Confidence: 63% | local".
_MARKS: Final = ("ok", "!", "!!", "?")
_MARKED: Final = rf"(?i)\[ {{0,2}}(?:{'|'.join(map(re.escape, _MARKS))}) {{0,2}}\] ?[^\W\d_][^\n:：|•·\d]{{0,40}}[:：]\s?(?:%\s?\d|\d{{1,3}}(?:[.,]\d+)?\s?%)"
#: Literals of which each such line has one, case ignored, and those between its parts.
SIGNS: Final = [
    *_MODELS,
    *_COSTS,
    "response time",
    *(form.format(mark) for mark in _MARKS for form in ("[{}]", "[ {} ]", "[  {}  ]")),
]
CELLS: Final = (" | ", " • ", " · ")


def footer_of(end: str) -> str | None:
    """Return the last line of the end of a response if a program appended it."""
    before, _, line = end.rstrip().rpartition("\n")
    if not before.strip() or len(line) > _LONGEST or re.match(_OTHER, line) or not re.search(_CELL, line):
        return None
    named = re.match(_FIELD, line) and re.search(MODEL, line)
    marked = re.match(_MARKED, line)
    return line if named or marked or len(re.findall(_COST, line)) > 1 else None


def without_footer(text: str) -> str:
    """Return a text without the line that a program appended, if it has one."""
    body = text.rstrip()
    line = footer_of(body[-2 * _LONGEST :])
    return text if line is None else body[: -len(line)].rstrip()
