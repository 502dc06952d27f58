"""Calculations: problems of one template that differ in numbers, and results of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.value_words import COMMON
from datalint.engine.reduce.comparing.word_counts import has_number

#: Currencies, which stand next to an amount and change with it.
_CURRENCIES: Final = frozenset(
    """rs inr usd eur gbp cny rmb jpy idr vnd dollar dollars cent cents euro euros pound pounds rupee rupees yuan yen
    peso pesos real reais rupiah dong rouble roubles""".split()
)
#: What a result is behind.
_EQUALS: Final = "[=≈≃≅]"


def have_one_result(*answers: str) -> bool:
    """Return whether the same number is behind the last sign of equality of answers, whose other steps may differ.

    "½mv² = 0.5 × 3 × 4² = 24 J" and "½ mv² = 0.5 × 3 × 16 = 24 J" are one answer.
    """
    results = {"".join(re.split(_EQUALS, answer)[-1].split()).strip("*$.\\)]").casefold() for answer in answers}
    counted = all(re.search(_EQUALS, answer) for answer in answers)
    return counted and len(results) == 1 and any(map(str.isdecimal, results.pop()))


def calculate_others(found: Difference) -> bool:
    """Return whether two prompts, and their answers, differ in numbers and in hardly any word.

    "If he lends rs 300 at 4 %" and "if she lends $ 480 at 5 %" are two problems; currencies and words that say nothing
    do not count.
    """
    if not (found.one.asked and found.renumbered and all(map(has_number, found.answered))):
        return False
    mine, theirs = map(_numbers, found.only)
    return bool(mine - theirs and theirs - mine) and found.words - found.values <= COMMON | _CURRENCIES


def _numbers(words: Iterable[str]) -> set[str]:
    """Return the numbers among some words, without the commas between their digits: "14,400" is 14400."""
    return {word.replace(",", "") for word in words if is_digits(word)}
