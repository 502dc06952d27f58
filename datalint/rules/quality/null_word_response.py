r"""A response is nothing but a word for a missing value.

## What it does
Reports a response whose whole text is `N/A`, `None`, `null`, `nan` or the like. Labels of labelled texts are not
reported, because a label may be "none". A response is not reported either if the prompt names the word (as an option,
or in an instruction what to say), asks for the output of code, or asks a question to which "none" is an answer ("Which
of …", "How many …"). It is always reported if the prompt asks to write or explain something.

## Why it matters
Such a word is seldom an answer: a data frame wrote its missing value, or a generator its marker. The model learns to
say the word. tloen/alpaca-lora PR#32 had to clean up "N/A", "None" and several spellings of "no input".

## Bad
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "nan"}
```

## Good
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "Lima"}
```

## What to do
Write the real value, or an answer in words such as "There is none."

## Known limits
If "None" is a correct answer to other prompts in your data, remove it from `words`. The same words in a prompt or
input are reported by `null-word-prompt`.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Fix, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.null_words import NullWordOptions
from datalint.rules.common.turns import LONGEST_NULL_WORD, bare, learned

_LABELS: Final = ("$.label", "$.category", "$.intent", "$.class")
#: Prompts that ask what code prints, where a null word is a value.
_CODE: Final = (
    r"(?i)\boutputs?\b|\bprint|\breturn|console\.log|\bcode\b|\bfunction\b|\bsnippet\b|\bprogram\b|```|\bsql\b|\bjson\b"
    r"|代码|输出|返回"
)
#: Requests for a text or a program, which no null word answers.
_MAKES: Final = (
    r"(?i)^\W{0,5}(?:please |can you |how (?:can|do|should|would) (?:i|you|we) |how to )?"
    r"(?:write|create|fix|build|generate|implement|develop|compose|draft|design|explain|describe)\b"
    r"(?! (?:down )?(?:the |an? )?(?:output|result|value|what|which|whether|any)\b)"
)
#: Questions that "none" answers.
_NONE_ANSWERS: Final = (
    r"(?i)\b(?:any|which|what|who|whom|how (?:many|much)|extract|list|identify|find|detect|name|entit(?:y|ies))\b"
)


@rule(
    "QUA003",
    "null-word-response",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.removal(),
)
def null_word_response(turns: Turns, options: NullWordOptions) -> pl.Expr:
    """Find responses whose whole text is one of the words."""
    short = turns.chars <= LONGEST_NULL_WORD
    answers = learned(turns) & ~turns.path.is_in(_LABELS)
    return passing(short & answers, turns.text, lambda text: bare(text).is_in(options.words))


@null_word_response.detail
def _word(row: dict[str, Any], options: NullWordOptions) -> str | None:
    word, prompt = row["text"].strip(" \t\r\n.\"'"), f"{row['system']}\n{row['prompt']}"
    if re.search(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", prompt):
        return None
    none = word.lower() == "none" and re.search(_NONE_ANSWERS, row["prompt"])
    if re.search(_MAKES, row["prompt"]) is None and (none or re.search(_CODE, prompt)):
        return None
    return f'the whole response is "{excerpt(word, LONGEST_NULL_WORD)}", a word for a missing value'
