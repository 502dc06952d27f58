r"""A response mentions being an AI instead of answering.

## What it does
Reports responses with "as an AI language model", "as a large language model, I", a knowledge cut-off, "my last update"
or "I don't have personal opinions", in English and Chinese. Rejected answers and tool calls are left out, and so are
quotations and strings of code inside a response, and answers to a prompt that speaks of an AI itself. Where over a
quarter of the examples mention it, that is one finding: a medical assistant should perhaps say so.

## Why it matters
Such sentences come from the model that wrote the data. The trained model repeats them, with a cut-off date that is
not its own. They are common: 25 of 999 answers in LLaMA-Factory's English Alpaca sample have one.

## Bad
```jsonl
{"prompt": "Is tea better than coffee?", "completion": "As an AI language model, I don't have preferences. Both wake you up."}
```

## Good
```jsonl
{"prompt": "Is tea better than coffee?", "completion": "That is a matter of taste. Both wake you up."}
{"prompt": "What do you advise a student?", "completion": "As an AI researcher, I would start with linear algebra."}
```

## What to do
Cut the sentence, or remove the row if nothing else is left.

## Known limits
A text about language models may hold the same words in the third person; these are reported only where the sentence
goes on with "I". In a conversation about an AI none is reported. Where your assistant should say what it is, ignore this rule for those rows.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Policy, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.turns import learned

#: What every phrase holds: at most 16 plain literals, which the engine finds at memory speed.
_GATE: Final = (
    "n AI|a AI|ible AI|a language|a large|artificial|knowledge cut|y last |training data|personal "
    "|作为|我是|我只是|我的知识|截至我|我的训练数据"
)
_PHRASES: Final = (
    r"[Aa]s an? (?:responsible )?AI(?: language)? (?:model|assistant|chatbot|system)\b|[Aa]s an AI, ",
    r"I(?:['’]m| am) (?:just |only |merely )?an AI language model|I(?:['’]m| am) (?:just|only|merely) an AI\b",
    r"[Aa]s an artificial intelligence(?:,| language| model| assistant)",
    r"\b[Aa]s a (?:large )?language model,? (?:trained by [A-Z][A-Za-z]{2,20},? )?(?:I\b|my )",
    r"[Mm]y knowledge cut-?\s?off|[Mm]y last (?:knowledge |training )?(?:update|cut-?off|data)",
    r"[Mm]y training data (?:only |was |is |goes |ends |extends |cuts |up )",
    r"I (?:do(?:n['’]| no)t|cannot|can['’]t) (?:have|hold|possess) (?:any )?personal"
    r" (?:opinions?|feelings|beliefs|preferences|experiences?|emotions)",
    r"(?:作为|(?:由于|因为)我是|我只是)(?:一[个名款种位台])?(?:由[^，,。！？\n]{1,20}的)?(?:负责任的|大型)?"
    r"(?:AI|人工智能|大型?语言模型|语言模型|大模型)(?:语言模型|助手|助理|模型|程序|系统)?[,，、我]",
    r"我的知识(?:库)?(?:截止|截至|更新)|截至我(?:的|最后)|我的训练数据(?:截止|截至|只)",
)
#: Prompts about an AI, or for one to speak.
_ASKED: Final = (
    r"(?i)\ba\.?i\.?\b|artificial intelligence|language model|chat ?(?:bot|gpt)|\brobots?\b|\bgpt|(?:who|what) are you|who (?:made|created) you"
    r"|your name|have a name|about you(?:rself)?\b|introduce yourself"
    r"|are you (?:a |an )?(?:human|real|person|machine|bot)|(?:do|can) you (?:feel|dream|have (?:feelings|emotions|a body))"
    r"|人工智能|机器人|语言模型|你是谁|你是什么|你(?:有|会)(?:感情|情感|感觉)|你叫什么"
)
_DISCLAIMER: Final = "|".join(_PHRASES)
#: Characters before a phrase in which the quotation mark that opens it is looked for.
_REACH: Final = 400
_THOUGHT: Final = "</think>"


@rule(
    "QUA008",
    "assistant-disclaimer",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    policy=Policy("mention being an AI: a policy of the assistant, or a habit of the model that wrote them"),
)
def assistant_disclaimer(turns: Turns, options: Options) -> pl.Expr:
    """Find responses that speak of being an AI."""
    return passing(
        learned(turns) & ~turns.has_tool_calls,
        turns.text,
        lambda text: text.str.contains(_GATE),
        lambda text: text.str.contains(_DISCLAIMER),
    )


@assistant_disclaimer.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    if re.search(_ASKED, row["prompt"]) is not None:
        return None
    text = row["text"].rstrip()
    # What is thought before the answer is not said to anybody.
    begin = text.rfind(_THOUGHT) + 1
    match = next(
        (each for each in re.compile(_DISCLAIMER).finditer(text, begin) if not _is_quoted(text, each.start())), None
    )
    return None if match is None else f'mentions being an AI: "{excerpt(text, 60, start=match.start())}"'


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place of a text stands in a quotation or a string of code; a text in quotes as a whole is its own."""
    start = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    before = text[start:at]
    opened = before.rfind('"') if before.count('"') % 2 else before.rfind("“")
    return opened > before.rfind("”") and text[: start + opened].strip() != ""
