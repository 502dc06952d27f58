"""Evaluation prompts that are training prompts with other numbers or names: one note for the dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Dataset, Hit, Places, Severity, counted, percent
from datalint.support.lazy_pattern import lazy_pattern

#: Evaluation rows, their share of all, and different templates of them, at least: a set that one template makes is
#: evaluated on it by design.
_LEAST: Final = 5
_SHARE: Final = 0.1
_TEMPLATES: Final = 5
#: Templates whose first training prompt is read.
_READ: Final = 2_000
#: Characters of a prompt that are read; numbers and words in small letters that it has, at least, or characters of a
#: script without spaces. Between quotation marks may be what is asked about.
_CHARS: Final = 4_000
_NUMBERS: Final = 2
_WORDS: Final = 8
_SPACELESS: Final = 20
_QUOTED: Final = ('"', "“", "«")
#: A line of a form, whose rows are different cases by design, and such lines of a prompt that is one.
_FIELD: Final = lazy_pattern(r"(?m)^[ \t]{0,8}[^\W\d_][^:：\n]{0,39}[:：][ \t]{0,8}\S")
_FIELDS: Final = 3


def template_leaks(data: Dataset) -> Iterator[Hit]:
    """Yield a note if many evaluation prompts are equal to training prompts once numbers and names are masked.

    Prompts that training has as they are do not count.
    """
    held = data.evaluation
    if held is None:
        return
    found = _filled_again(data.examples, held)
    if found.height < max(_LEAST, _SHARE * held.height):
        return
    firsts = found["training"].unique(maintain_order=True).head(_READ).to_list()
    asks = [row for row, text in zip(firsts, data.texts(firsts), strict=True) if _is_exercise(text.prompt)]
    found = found.filter(pl.col("training").is_in(asks))
    if found.height < max(_LEAST, _SHARE * held.height) or found["training"].n_unique() < _TEMPLATES:
        return
    training, evaluation = found.row(0)
    yield Hit(
        f"{found.height:,} of {held.height:,} evaluation rows ({percent(found.height / held.height)}) have the prompt of a "
        f"training row with other numbers or names, from {counted(found['training'].n_unique(), 'template')}: "
        f"{Places(data).of_evaluation(evaluation)} has that of this row",
        at=training,
        severity=Severity.INFO,
        related_eval=((evaluation, None),),
        key="templates",
        fixable=False,
    )


def _filled_again(examples: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Return evaluation rows of templates that training has with other values: ``training``, its first row, and ``i``."""
    rows = pl.int_range(pl.len(), dtype=pl.Int64)
    asked = (pl.col("prompt_chars") > 0) & pl.col("template").is_not_null()
    known = examples.lazy().select("template", "templated", "prompt_chars", rows.alias("training")).filter(asked)
    return (
        held.lazy()
        .select("template", "templated", "prompt_chars", rows.alias("i"))
        .filter(asked)
        .join(known.select("templated"), on="templated", how="anti")
        .join(known.unique("template", keep="first"), on="template", how="inner")
        .select("training", "i")
        .sort("i")
        .collect(engine="in-memory")
    )


def _is_exercise(prompt: str) -> bool:
    """Whether a prompt is a question with numbers and enough words, so that its template is no instruction alone."""
    text = prompt[:_CHARS]
    if any(mark in text for mark in _QUOTED) or len(re.findall(r"\d+", text)) < _NUMBERS:
        return False
    if len(_FIELD.findall(text)) >= _FIELDS:
        return False
    words = sum(word.islower() for word in re.findall(r"[^\W\d_]+", text))
    return words >= _WORDS or len(re.findall("[\u3040-\u30ff\u3400-\u9fff]", text)) >= _SPACELESS
