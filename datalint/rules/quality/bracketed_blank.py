r"""A text contains a blank in brackets that nobody filled in.

## What it does
Looks outside code for `[Your Name]`, `[insert the date]`, `<your answer>` and their Chinese forms. Blanks that the
prompt asks for are not reported: those in a letter, template or script, in an explanation of how to write one, and
those that the prompt itself contains. A response that is nothing but a blank is always reported.

## Why it matters
A model that learns "Best regards, [Your Name]" writes such blanks in its own answers.

## Bad
```jsonl
{"prompt": "You meet strangers on Mars. What do you say?", "completion": "My name is [Astronaut Name], and I come from Earth."}
```

## Good
```jsonl
{"prompt": "Write a letter of thanks to a customer.", "completion": "Dear customer,\n\nthank you.\n\n[Your Name]"}
```

## What to do
Fill in the value, or remove the row.

## Known limits
Most blanks in real data are intended, such as those in a letter, a flyer, or a form that the answer should have. The
rule therefore has low confidence, and runs only if you select it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, rule
from datalint.rules.common.texts.blanks import ANGLES, ASKED, ENGINES, REACH, TRIES, in_code
from datalint.rules.common.texts.turns import without_code

_SQUARES: Final = (
    r"\[(?:(?:[Yy]our|YOUR) [^\[\]\n,;.!?]{1,60}|(?:[Ii]nsert|INSERT) [^\[\]\n]{1,60}"
    r"|(?:[Ff]ill in|[Aa]dd|[Ee]nter|[Pp]rovide|[Ii]nclude|[Tt]ype) (?:your|the|any?|specific) [^\[\]\n]{1,60}"
    r"|(?:[A-Z][A-Za-z'’]{1,20} ){0,3}Name|Date|Company|Recipient|Sender|Position|Job Title|Address|Phone Number"
    r"|Email Address|Amount|City, State)\]"
    r"|[\[【［](?:你的|您的|插入|填写|请输入|请填写)[^\[\]【】［］\n]{1,20}[\]】］]"
    r"|[\[［][^\[\]【】［］\n,，:：]{0,8}(?:姓名|名字|名称|日期|地址|电话|职位|职务)[\]］]"
)
_FOUND: Final = rf"(?P<angles>{ANGLES})|(?P<written>(?<![A-Za-z0-9_\])'\"“‘])(?:{_SQUARES})(?![(:：\[]))"
#: What a system prompt says before the form that answers should have.
_FORM: Final = (
    r"(?i)\b(?:format|template|structure|layout|schema)\b|(?:respond|answer|reply|output)[^.\n]{0,40}:\s|格式|模板"
)


@rule("QUA032", "bracketed-blank", severity=Severity.WARNING, since="0.1", confidence=Confidence.LOW)
def bracketed_blank(turns: Turns, options: Options) -> pl.Expr:
    """Find turns with a blank; square brackets only where the user did not write them."""
    squares = turns.text.str.contains(_SQUARES) & ~turns.is_prompt
    return (turns.text.str.contains(ANGLES) | squares) & (turns.role != "tool") & (turns.side != "rejected")


@bracketed_blank.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = without_code(row["text"])
    for match in islice(re.finditer(_FOUND, text), TRIES):
        if not in_code(text, match) and not _is_meant(match, text, row):
            return f'contains the blank "{excerpt(row["text"], 40, start=match.start(), stop=match.end())}"'
    return None


def _is_meant(match: re.Match[str], text: str, row: dict[str, Any]) -> bool:
    """Whether a blank is what the author wanted: part of a letter, or a form to fill in."""
    if row["is_prompt"]:
        return True
    if row["role"] in ("system", "developer"):
        # Angle brackets are the form that an answer should have, and so are others where the text says so.
        before = text[max(match.start() - REACH, 0) : match.start()]
        form = match.lastgroup == "angles" or re.search(_FORM, before) is not None
        return form or re.search(ENGINES, text) is not None
    if match.group() == text.strip():
        # A letter has words around its blanks.
        return False
    prompt = f"{row['system']}\n{row['prompt']}"
    return match.group() in prompt or re.search(ASKED, prompt) is not None
