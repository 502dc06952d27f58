"""Names of language models as names of columns, which hold what these models wrote."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Names of families of models, as a word of a key; digits may follow them.
_MODEL: Final = lazy_pattern(
    r"(?i)(?<![a-z])(?:(?:chat)?gpt|llama|gemini|gemma|claude|qwen|qwq|deepseek|mi[sx]tral|ministral|vicuna|falcon|olmo"
    r"|chatglm|glm|internlm|baichuan|kimi|ernie|grok|nllb|opus-?mt|m2m|madlad|aya|mt5|byt5|flan|deepl"
    r"|google[ _-]?translate)(?![a-z]{2})|^o[134](?![a-z])"
)


def is_model(key: str) -> bool:
    """Whether a key is the name of a model, such as ``gpt4o`` or ``llama-3.3-70b``: what it holds is its output."""
    return _MODEL.search(key) is not None
