"""Responses that are scores: numbers on a scale, which are estimated, instead of names of classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.support.lazy_pattern import lazy_pattern

#: A number, and characters of one at most.
_NUMBER: Final = lazy_pattern(r"\s{0,9}[+-]?\d{1,9}(?:[.,]\d{1,18})?\s{0,9}")
_CHARS: Final = 30
#: Different scores at least, and different whole numbers, which stand for classes unless most of a scale is left out.
_LEAST: Final = 10
_LEAST_WHOLE: Final = 20
_MOST_WHOLE: Final = 100
_SCALED: Final = 0.5
#: Steps of a scale that is made of a few grades: ratings with half stars are classes.
_STEPS: Final = 2
#: Steps of shares that may be classes.
_QUARTERS: Final = 4
#: Rows for each different score at least, and different ones that are read.
_ROWS_PER_SCORE: Final = 4
_READ: Final = 1_000
#: A number of a prompt, how many of them a calculation has at least, the share of prompts that have as many, and the
#: characters of a prompt that are read.
_GIVEN: Final = lazy_pattern(r"(?<![\w.])\d{1,9}(?:[.,]\d{1,9})?(?![\w])")
_OPERANDS: Final = 2
_NEARLY_ALL: Final = 0.9
_ASKED: Final = 1_000
#: Words of the names of grades.
GRADES: Final = frozenset("rating ratings rate star stars score scores grade grades points overall note".split())
#: Share of a scale up to which two scores of one text agree.
CLOSE: Final = 0.2


def key_words(key: str) -> frozenset[str]:
    """Return the words of the name of a key, or of a path to one."""
    return frozenset(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key[:200]).lower()))


def are_scores(labels: Sequence[str], key: str = "") -> bool:
    """Return whether different labels are numbers on a scale: many of them, most with decimals.

    Under a ``key`` that is named like a grade, these may be whole numbers as well, such as 0 to 10.
    """
    if len(labels) < _LEAST or not all(map(_NUMBER.fullmatch, labels)):
        return False
    values = {_value(label) for label in labels}
    if len(values) >= _LEAST and not GRADES.isdisjoint(key_words(key)):
        return True
    if len(values) >= _LEAST and 2 * sum(not (value * _STEPS).is_integer() for value in values) >= len(values):
        return True
    whole = len(values) >= _LEAST_WHOLE and min(values) >= 0 and max(values) <= _MOST_WHOLE
    return whole and len(values) < _SCALED * (max(values) - min(values))


def are_shares(labels: Sequence[str]) -> bool:
    """Return whether different labels are numbers from 0 to 1, of which one is no quarter."""
    if not labels or not all(map(_NUMBER.fullmatch, labels)):
        return False
    values = [_value(label) for label in labels]
    return all(0 <= value <= 1 for value in values) and not all((value * _QUARTERS).is_integer() for value in values)


def are_results(labels: Sequence[str], prompts: Sequence[str]) -> bool:
    """Return whether different labels are numbers that are computed from the numbers of their prompts."""
    if len(labels) < _LEAST or not all(map(_NUMBER.fullmatch, labels)):
        return False
    given = sum(len(_GIVEN.findall(prompt[:_ASKED])) >= _OPERANDS for prompt in prompts)
    return given >= _NEARLY_ALL * len(prompts)


def most_apart(examples: pl.DataFrame, reader: Reader) -> float:
    """Return how far apart two scores of one text may be; 0 if responses are no scores.

    Numbers that hardly repeat are answers to be computed.
    """
    chars = examples.select("response_hash", "response_chars", pl.int_range(pl.len(), dtype=pl.Int64).alias("i"))
    given = chars.filter(pl.col("response_chars") > 0)
    if given.is_empty() or int(given["response_chars"].max() or 0) > _CHARS:  # type: ignore[arg-type]
        return 0.0
    first = given.unique("response_hash", keep="first", maintain_order=True)
    if first.height * _ROWS_PER_SCORE > given.height:
        return 0.0
    texts = [text.response for text in reader.texts(first["i"].head(_READ).to_list())]
    if not are_scores(texts):
        return 0.0
    values = [*map(_value, texts)]
    return CLOSE * (max(values) - min(values))


def scale_of(examples: pl.DataFrame, reader: Reader) -> float:
    """Return the size of the scale of all responses, 0 if some of the first ones are no numbers."""
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    given = examples.select("response_hash", "response_chars", index).filter(pl.col("response_chars") > 0)
    rows = given.unique("response_hash", keep="first", maintain_order=True)["i"].head(_READ).to_list()
    texts = [text.response for text in reader.texts(rows)]
    if not texts or not all(map(_NUMBER.fullmatch, texts)):
        return 0.0
    values = [*map(_value, texts)]
    return max(values) - min(values)


def agree(answers: Sequence[str], apart: float) -> bool:
    """Return whether answers are scores of one text that are no further ``apart``."""
    if not apart or not all(map(_NUMBER.fullmatch, answers)):
        return False
    values = [*map(_value, answers)]
    return max(values) - min(values) <= apart


def _value(label: str) -> float:
    return float(label.replace(",", "."))
