"""Vocabularies that the package quicktok ships, and the models that use them.

Only models whose vocabulary and special tokens are those of the package are listed, so that counts are exact.
`benchmarks/tokens.py` compares qwen3 with the ``tokenizer.json`` of Qwen3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple


class Vocabulary(NamedTuple):
    """A vocabulary: its name in quicktok, special tokens, the models that have it, and their maximum length.

    ``file`` is the SHA-256 of the ``tokenizer.json`` that is the same vocabulary, empty where there is none.
    """

    name: str
    tokens: Mapping[str, str]
    models: str
    length: int
    file: str = ""


#: Sizes of Qwen3's language models; later families (Qwen3.5, Qwen3-VL, Qwen3-Next) have other special tokens.
_QWEN3: Final = (
    r"Qwen3-(?:0\.6B|1\.7B|4B|8B|14B|32B|30B-A3B|235B-A22B)(?:-(?:Base|Instruct-2507|Thinking-2507|FP8|AWQ))*"
)
VOCABULARIES: Final = (
    Vocabulary(
        "qwen3",
        {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"},
        rf"(?:Qwen|unsloth)/{_QWEN3}",
        131072,
        "aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4",
    ),
    Vocabulary(
        "o200k_harmony",
        {"bos_token": "<|startoftext|>", "eos_token": "<|return|>", "pad_token": "<|endoftext|>"},
        r"(?:openai|unsloth)/gpt-oss-(?:safeguard-)?(?:20b|120b)",
        131072,
    ),
)


def vocabulary_of(name: str) -> Vocabulary | None:
    """Return the vocabulary of a model, None if the package does not have it."""
    return next((each for each in VOCABULARIES if re.fullmatch(each.models, name, re.IGNORECASE)), None)


def same_file(digest: str) -> Vocabulary | None:
    """Return the vocabulary that a ``tokenizer.json`` with this SHA-256 has, None if the package does not have it."""
    return next((each for each in VOCABULARIES if each.file and each.file == digest), None)
