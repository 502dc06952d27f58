r"""A response claims to be another model, or to be made by its maker.

## What it does
Reports responses that say "I am ChatGPT", "I was trained by OpenAI" or the like, of any well-known model or maker, in
English and Chinese. Names under `own-names` are your model's own and pass. Rejected answers are left out.

## Why it matters
Data written by a model carries its name. A model tuned on it introduces itself as a product of another company, which
users notice at once and terms of use forbid.

## Bad
```jsonl
{"prompt": "Who made you?", "completion": "I am ChatGPT, a language model trained by OpenAI."}
```

## Good
```jsonl
{"prompt": "Who made you?", "completion": "I am the assistant of the Example Foundation."}
{"prompt": "Who made ChatGPT?", "completion": "ChatGPT was developed by OpenAI."}
```

## What to do
Put your model's own name in, or remove the row; list names that are right under `own-names`.

## Known limits
Names that are also people's or animals' (Claude, Gemini, Llama) count only next to words such as "an AI" or "made by".
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, rule
from datalint.rules.common.turns import learned

_MAKERS: Final = (
    r"(?:OpenAI|Anthropic|Google(?: DeepMind| AI)?|DeepMind|Meta(?: AI)?|Microsoft|Mistral(?: AI)?|Alibaba(?: Cloud)?"
    r"|DeepSeek|xAI|Cohere|Baidu|Zhipu(?: AI)?|Moonshot AI|LMSYS|LAION|Stability AI|Large Model Systems Organization"
    r"|阿里巴巴|阿里云|百度|智谱|深度求索|月之暗面|字节跳动|科大讯飞|腾讯|谷歌|微软)"
)
_MODELS: Final = (
    r"(?:(?:Chat|Instruct)?GPT(?:-?[345](?:\.\d)?)?|LLaMA|Qwen|DeepSeek|ChatGLM|Open ?Assistant"
    r"|通义千问|文心一言|讯飞星火|智谱清言|豆包|Kimi|Claude)"
)
#: Names that people, animals and stars bear too.
_SHARED: Final = r"(?:Claude|Bard|Gemini|Llama|Vicuna|Alpaca|Grok|Copilot|Mistral|Bing|Koala|Dolly|Falcon|Gemma|Phi)"
_NAMED: Final = r"(?:I(?:['’]m| am)|[Mm]y name is)"
_ADVERB: Final = r"(?:originally|initially|first|also|being|actually|indeed|not|never)"
_MADE: Final = r"(?:trained|developed|created|built|made|designed) by (?:the )?(?:team at |researchers (?:at|from) )?"

_PHRASES: Final = (
    rf"\b{_NAMED} (?:called |an? (?:AI|model|assistant|chatbot) (?:called|named) )?{_MODELS}\b[^'’ a-z]",
    rf"\b{_NAMED} {_SHARED},? (?:and I(?:['’]m| am) )?(?:an? (?:AI|large|language|virtual|chat)|{_MADE})",
    rf"\bI(?:['’]m| am| was|['’]ve been| have been)(?: {_ADVERB}){{0,2}} {_MADE}{_MAKERS}",
    rf"\bI(?:['’]m| am)\b[^.!?\n]{{0,60}}\b(?:AI|[Mm]odel|[Aa]ssistant|[Cc]hatbot)\b[^.!?\n]{{0,40}} {_MADE}{_MAKERS}",
    rf"\b[Aa]s an? (?:AI|large|language)[^.!?\n]{{0,40}} {_MADE}{_MAKERS}",
    r"(?:against|violates?|with|by|under) OpenAI['’]s (?:content|usage|use[- ]case) polic",
    rf"我(?:是|叫)(?:一[个名款种位])?{_MODELS}(?:[^A-Za-z]|$)",
    rf"(?:我是?|作为一[个名款种位]|我是一[个名款种位])由? ?{_MAKERS} ?(?:公司|团队)?(?:所)?"
    r"(?:训练|培训|开发|研发|创建|创造|推出|打造|设计)",
)
_LEAK: Final = "|".join(_PHRASES)
_NAME: Final = f"{_MAKERS}|{_MODELS}|{_SHARED}"
#: What every phrase holds, so that the expression runs on few texts.
_GATE: Final = (
    r"(?:ed|lt|de) by (?:[A-Z]|the [A-Z]|the team|researchers|the researchers)"
    r"|(?:I am|I'm|I’m|y name is) (?:[A-Z]|an? |called )|OpenAI|我是|我叫|我由|作为一"
)


@frozen
class IdentityOptions(Options):
    """Options of identity-leak."""

    own_names: list[str] = option(
        [], "names of models and makers that responses may claim, because they are your own", source="your model"
    )


@rule("QUA009", "identity-leak", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def identity_leak(turns: Turns, options: IdentityOptions) -> pl.Expr:
    """Find responses that claim a well-known model's or maker's name."""
    return passing(
        learned(turns), turns.text, lambda text: text.str.contains(_GATE), lambda text: text.str.contains(_LEAK)
    )


@identity_leak.detail
def _word(row: dict[str, Any], options: IdentityOptions) -> str | None:
    own = {name.casefold() for name in options.own_names}
    for match in re.finditer(_LEAK, row["text"]):
        foreign = [name for name in re.findall(_NAME, match.group()) if name.casefold() not in own]
        if foreign and not re.search(r"\b(?:not|never)\b|n['’]t\b", match.group()):
            start = match.end() - len(match.group().lstrip(" ,."))
            shown = excerpt(row["text"], 70, start=start, stop=match.start() + len(match.group().rstrip(" ,.")))
            return f'claims the identity of {foreign[-1]}: "{shown}"'
    return None
