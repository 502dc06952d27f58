r"""A text is written in capitals.

## What it does
Reports responses, and plain texts of 300 characters or more, that begin in capitals and in which more than `max-share`
of the letters are capitals. Code, lists of abbreviations, headlines, responses to prompts that are in capitals or ask
for them, and text that is copied from the prompt are not reported.

## Why it matters
A response in capitals teaches the model to answer in capitals. If all rows are in capitals, an export has lost the
case, and the texts at inference will differ from the training data. OpenAI's old data preparation tool offered to
convert texts to lower case if more than a third of the letters were capitals.

## Bad
```jsonl
{"prompt": "When do you open?", "completion": "WE OPEN AT NINE ON WEEKDAYS AND AT TEN ON SATURDAYS. PLEASE RING THE BELL."}
```

## Good
```jsonl
{"prompt": "When do you open?", "completion": "We open at nine. PLEASE ring the bell."}
{"prompt": "Write a warning in all caps.", "completion": "DANGER! HIGH VOLTAGE BEHIND THIS DOOR. KEEP OUT AT ALL TIMES."}
```

## What to do
Write the text in ordinary case.

## Known limits
Prompts are not checked, because users write in capitals. Texts with fewer than `min-words` words in capitals are not
reported, because these may be names and abbreviations. Texts that begin in ordinary case are not reported either.
Short plain texts in capitals are mostly headlines, and comments as their authors wrote them.
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, percent, rule
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.turns import learned, without_code

#: A text in capitals does not leave them within so many characters.
_OPENING: Final = 24
_OTHERS: Final = " \t\n.,;:!?'\"()-/&0123456789"
_READ: Final = 20_000
#: Plain texts of fewer characters are headlines and comments.
_LONG_TEXT: Final = 300
_WORD: Final = r"(?<![\w-])[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f]{2,}(?![\w-])"
#: Code and data in capitals: SQL, constants, sequences, tables.
_CODE: Final = (
    r"^[\"'`]|[{}<>=_|\[\]\\]|;\s*$|\bSELECT\b[^.]*\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bCREATE (?:TABLE|VIEW|INDEX|DATABASE)\b"
    r"|\b[ACGTU]{8,}\b|\b[IVXLC]+\."
)
_ASKED: Final = (
    r"(?i)\b(?:all[- ])?caps\b|capital|upper[- ]?case|headline|title|acronym|abbreviat|shout|yell|scream|loud|sign\b|slogan"
    r"|cipher|encrypt|decode|decrypt|telegram|code|大写|sql|query"
)


@frozen
class ShoutingOptions(Options):
    """When a text is in capitals."""

    max_share: float = option(
        0.7,
        "share of the letters that may be capitals",
        source="names and abbreviations in ordinary text stay under .3",
    )
    min_words: int = option(
        6, "words in capitals from which a text is reported", source="headings and names have fewer"
    )


@rule("QUA018", "shouting", severity=Severity.INFO, since="0.1", confidence=Confidence.LOW)
def shouting(turns: Turns, options: ShoutingOptions) -> pl.Expr:
    """Find texts whose first characters have no lower case; the detail counts all."""
    return passing(
        learned(turns)
        & ~turns.has_tool_calls
        & (turns.chars >= pl.when(turns.role == "text").then(_LONG_TEXT).otherwise(_OPENING)),
        turns.text,
        lambda text: text.str.head(3) == text.str.head(3).str.to_uppercase(),
        lambda text: text.str.head(_OPENING).str.strip_chars_start(ascii_uppercase + _OTHERS) == "",
        lambda text: text.str.head(_OPENING).str.contains_any(["A", "E", "I", "O", "U"]),
    )


@shouting.detail
def _word(row: dict[str, Any], options: ShoutingOptions) -> str | None:
    text = without_code(row["text"][:_READ])
    capitals = _capitals(text)
    if capitals <= options.max_share or len(re.findall(_WORD, text)) < options.min_words:
        return None
    if re.search(_CODE, text) is not None or text.strip() in row["prompt"] or is_asked(_ASKED, row):
        return None
    # What is translated or rewritten from capitals may be in capitals as well.
    if _capitals(row["prompt"][:_READ]) > options.max_share:
        return None
    share = f"{percent(capitals)} of the letters are capitals, limit {percent(options.max_share)}"
    return f'{share}: "{excerpt(row["text"], 40)}"'


def _capitals(text: str) -> float:
    """Return the share of capitals among the letters that have a case; 0 without such letters."""
    capitals, small = (sum(map(test, text)) for test in (str.isupper, str.islower))
    return capitals / ((capitals + small) or 1)
