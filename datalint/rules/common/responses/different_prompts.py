"""Prompts that one answer is given to: whether they ask for the same in other words, or for different things."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final

from datalint.api import Dataset

#: Prompts of an answer that are compared with each other, and the share of words that paraphrases have in common.
_COMPARED: Final = 8
_PARAPHRASES: Final = 0.3
_SPACELESS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
#: Words that say what a prompt is about, and runs of scripts without spaces, of which two characters stand for a word.
_WORD: Final = rf"[^\W\d_{_SPACELESS}]{{4,}}|[{_SPACELESS}]+"
#: Characters of a prompt that are compared.
_READ: Final = 2_000


def different_prompts(data: Dataset, rows: list[int]) -> list[int]:
    """Return the first rows of an answer that have different prompts."""
    first: dict[int, int] = {}
    for prompt, row in zip(data.examples["prompt_hash"].gather(rows).to_list(), rows, strict=True):
        first.setdefault(prompt, row)
    return list(first.values())[:_COMPARED]


def are_paraphrases(prompts: list[str]) -> bool:
    """Return whether prompts have so many words in common that they ask for the same."""
    words = [_words(prompt) for prompt in prompts]
    shares = [len(one & other) / max(min(len(one), len(other)), 1) for one, other in combinations(words, 2)]
    return sum(shares) > _PARAPHRASES * len(shares)


def _words(prompt: str) -> set[str]:
    found = re.findall(_WORD, prompt[:_READ].casefold())
    plain = {word for word in found if not re.match(f"[{_SPACELESS}]", word)}
    return plain | {run[i : i + 2] for run in set(found) - plain for i in range(max(len(run) - 1, 1))}
