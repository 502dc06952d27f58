"""Vocabularies that the package quicktok ships, and the models that use them.

Only models whose vocabulary and special tokens are those of the package are listed, so that counts are exact.
`benchmarks/tokens.py` compares each with the ``tokenizer.json`` of a model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from datalint.support.named_tuple import NamedTuple


class Vocabulary(NamedTuple):
    """A vocabulary: its name and that in quicktok, special tokens, the models that have it, and their maximum length.

    ``control`` are the control tokens by their numbers, from ``first`` on; empty where they are those of the package.
    ``pattern`` cuts texts into words, in those that :mod:`datalint.models.converted` converts, and is empty elsewhere.
    ``file`` is the SHA-256 of the ``tokenizer.json`` that is the same vocabulary, empty where there is none.
    """

    name: str
    encoding: str
    tokens: Mapping[str, str]
    models: str
    length: int
    file: str = ""
    control: tuple[str, ...] = ()
    first: int = 0
    pattern: str = ""


#: Sizes of Qwen3's language models; later families (Qwen3.5, Qwen3-VL, Qwen3-Next) have other special tokens.
_QWEN3: Final = (
    r"Qwen3-(?:0\.6B|1\.7B|4B|8B|14B|32B|30B-A3B|235B-A22B)(?:-(?:Base|Instruct-2507|Thinking-2507|FP8|AWQ))*"
)
_QWEN25: Final = r"Qwen2\.5-(?:Coder-)?(?:0\.5B|1\.5B|3B|7B|14B|32B|72B)(?:-Instruct)?(?:-1M)?"
_QWEN25_CONTROL: Final = (
    "<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> <|box_start|> <|box_end|> "
    "<|quad_start|> <|quad_end|> <|vision_start|> <|vision_end|> <|vision_pad|> <|image_pad|> <|video_pad|> "
    "<tool_call> </tool_call> <|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|> <|file_sep|>"
)
_HARMONY_CONTROL: Final = (
    "<|startoftext|> <|endoftext|> <|reserved_200000|> <|reserved_200001|> <|return|> <|constrain|> "
    "<|reserved_200004|> <|channel|> <|start|> <|end|> <|message|> <|reserved_200009|> <|reserved_200010|> "
    "<|reserved_200011|> <|call|> <|reserved_200013|> <|reserved_200014|> <|reserved_200015|> <|reserved_200016|> "
    "<|reserved_200017|> <|endofprompt|>"
)
_LLAMA_PATTERN: Final = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_LLAMA_OWNERS: Final = "(?:meta-llama|NousResearch|unsloth)/(?:Meta-)?"
#: Llama 3.1 renamed three of the reserved tokens of Llama 3, and numbered the others anew.
_LLAMA31_CONTROL: Final = (
    "<|begin_of_text|> <|end_of_text|> <|reserved_special_token_0|> <|reserved_special_token_1|> "
    "<|finetune_right_pad_id|> <|reserved_special_token_2|> <|start_header_id|> <|end_header_id|> <|eom_id|> "
    "<|eot_id|> <|python_tag|> " + " ".join(f"<|reserved_special_token_{number}|>" for number in range(3, 248))
)
VOCABULARIES: Final = (
    Vocabulary(
        "qwen3",
        "qwen3",
        {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"},
        rf"(?:Qwen|unsloth)/{_QWEN3}",
        131072,
        "aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4",
    ),
    Vocabulary(
        "qwen2.5",
        "qwen3",
        {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"},
        f"Qwen/{_QWEN25}",
        131072,
        "c0382117ea329cdf097041132f6d735924b697924d6f6fc3945713e96ce87539",
        tuple(_QWEN25_CONTROL.split()),
        151643,
    ),
    Vocabulary(
        "gpt-oss",
        "o200k_harmony",
        {"bos_token": "<|startoftext|>", "eos_token": "<|return|>", "pad_token": "<|endoftext|>"},
        r"(?:openai|unsloth)/gpt-oss-(?:safeguard-)?(?:20b|120b)",
        131072,
        "0614fe83cadab421296e664e1f48f4261fa8fef6e03e63bb75c20f38e37d07d3",
        tuple(_HARMONY_CONTROL.split()),
        199998,
    ),
    Vocabulary(
        "llama-3",
        "llama3",
        {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
        rf"{_LLAMA_OWNERS}Llama-3-(?:8B|70B)-Instruct",
        8192,
        pattern=_LLAMA_PATTERN,
    ),
    Vocabulary(
        "llama-3.1",
        "llama3",
        {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
        rf"{_LLAMA_OWNERS}Llama-3\.(?:1-(?:8B|70B|405B)|2-(?:1B|3B)|3-70B)-Instruct",
        131072,
        control=tuple(_LLAMA31_CONTROL.split()),
        first=128000,
        pattern=_LLAMA_PATTERN,
    ),
)


def vocabulary_named(name: str) -> Vocabulary | None:
    """Return the vocabulary with this name."""
    return next((each for each in VOCABULARIES if each.name == name), None)


def vocabulary_of(name: str) -> Vocabulary | None:
    """Return the vocabulary of a model, None if the package does not have it."""
    return next((each for each in VOCABULARIES if re.fullmatch(each.models, name, re.IGNORECASE)), None)


def same_file(digest: str) -> Vocabulary | None:
    """Return the vocabulary that a ``tokenizer.json`` with this SHA-256 has, None if the package does not have it."""
    return next((each for each in VOCABULARIES if each.file and each.file == digest), None)
