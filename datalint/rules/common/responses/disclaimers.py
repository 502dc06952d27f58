"""Responses that mention being an AI, in English and Chinese."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Turns, passing
from datalint.rules.common.texts.turns import learned

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


def may_disclaim(turns: Turns) -> pl.Expr:
    """Return whether a response has the words of a disclaimer; :func:`find_disclaimer` decides."""
    return passing(
        learned(turns) & ~turns.has_tool_calls,
        turns.text,
        lambda text: text.str.contains(_GATE),
        lambda text: text.str.contains(_DISCLAIMER),
    )


def find_disclaimer(text: str, prompt: str) -> int | None:
    """Return where the first disclaimer of a response to ``prompt`` begins; None if there is none."""
    if re.search(_ASKED, prompt) is not None:
        return None
    # What is thought before the answer is not said to anybody.
    begin = text.rfind(_THOUGHT) + 1
    found = re.compile(_DISCLAIMER).finditer(text, begin)
    return next((each.start() for each in found if not _is_quoted(text, each.start())), None)


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place of a text stands in a quotation or a string of code; a text in quotes as a whole is its own."""
    start = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    before = text[start:at]
    opened = before.rfind('"') if before.count('"') % 2 else before.rfind("“")
    return opened > before.rfind("”") and text[: start + opened].strip() != ""
