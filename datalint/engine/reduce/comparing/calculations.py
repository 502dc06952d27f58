"""Calculations: problems of one template that differ in numbers, and results of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.value_words import COMMON
from datalint.engine.reduce.comparing.word_counts import has_number
from datalint.support.lazy_pattern import lazy_pattern

#: Currencies, which stand next to an amount and change with it.
_CURRENCIES: Final = frozenset(
    """rs inr usd eur gbp cny rmb jpy idr vnd dollar dollars cent cents euro euros pound pounds rupee rupees yuan yen
    peso pesos real reais rupiah dong rouble roubles""".split()
)
#: A word with a sign of a formula, no tag or address, and one that goes on with it: a number, operator or variable.
_FORMULA: Final = lazy_pattern(
    r"(?!\W{0,3}</?[A-Za-z]|\S{0,400}://)\S{0,400}(?:[\w)\]}=][=<>^+×÷≤≥*]|[²³√\\]|[=<>^×÷≤≥])\S{0,400}"
)
_OPERAND: Final = lazy_pattern(
    r"[-−–+*/=<>^×÷·()\[\]{}|$\d.,;:?!]+|[-−–+(\[{$]{0,3}[^\W_](?:\([^\W_]\))?[)\]}$.,;:?!]{0,3}"
)
#: Ways to write one formula.
_WRITTEN: Final = str.maketrans(dict(zip("−–÷²³", "--/23", strict=True)) | dict.fromkeys("^*×·{}()[]$\\", ""))
#: Signs around a formula in a sentence, and characters of a text that are compared.
_AROUND: Final = ".,;:?!"
_COMPARED: Final = 4_000
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


def restate_formulas(found: Difference) -> bool:
    """Return whether two prompts differ in formulas alone: ``f(x) = 2 - x²`` and ``f(x) = x²``.

    Their answers differ, or are labels. Ways to write one formula, such as ``x^2`` and ``x²``, do not count.
    """
    one, other = found.one, found.other
    if not one.asked or not (one.answer and other.answer) or not (one.signs or other.signs):
        return False
    if not found.of_labels and one.answer_sequence == other.answer_sequence:
        return False
    if max(len(one.text), len(other.text)) > _COMPARED:
        return False
    (words, formulas), (other_words, others) = map(_formulas, (one.text, other.text))
    return words == other_words and formulas != others


def _formulas(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text with an empty one in the place of each formula, and these as one way to write them."""
    words: list[str] = []
    formulas: list[str] = []
    kinds = [
        (word, bool(_FORMULA.fullmatch(word)), _OPERAND.fullmatch(word) is not None) for word in text.casefold().split()
    ]
    for is_part, run in groupby(kinds, lambda each: each[1] or each[2]):
        some = list(run)
        if is_part and any(is_formula for _, is_formula, _ in some):
            words.append("")
            formulas.append("".join(word for word, *_ in some).translate(_WRITTEN).strip(_AROUND))
        else:
            words += (word.strip(_AROUND) for word, *_ in some)
    return words, formulas


def _numbers(words: Iterable[str]) -> set[str]:
    """Return the numbers among some words, without the commas between their digits: "14,400" is 14400."""
    return {word.replace(",", "") for word in words if is_digits(word)}
