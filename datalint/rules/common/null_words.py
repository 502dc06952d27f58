"""Words for a missing value, which two rules look for."""

from __future__ import annotations

from datalint.api import Options, frozen, option
from datalint.rules.common.turns import NULL_WORDS


@frozen
class NullWordOptions(Options):
    """The words that null-word-response and null-word-prompt report."""

    words: list[str] = option(
        list(NULL_WORDS),
        "texts that stand for a missing value, in lower case; the whole text is compared",
        source="tloen/alpaca-lora PR#32, and what pandas, JavaScript and SQL write",
    )
