"""Steps of one text in a list, each of which begins with its number: ``Step 1: …``, ``Step 2: …``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: The number at the beginning of a step, after the word for one.
_STEP: Final = lazy_pattern(
    r"(?i)[\s*#>-]{0,9}(?:step|schritt|paso|passo|étape|etape|stap|steg|krok|шаг|adım|langkah|bước|단계|ステップ|步骤|第)"
    r"\s{0,3}(\d{1,2})(?!\d)"
)


def are_steps(texts: Sequence[str]) -> bool:
    """Return whether each text begins as a step, with the numbers from 1 on: then all of them are one text."""
    found = [_STEP.match(text) for text in texts]
    return bool(texts) and [int(each[1]) for each in found if each is not None] == list(range(1, len(texts) + 1))
