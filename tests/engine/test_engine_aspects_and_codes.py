"""Aspects next to the sentiment of each are part of the prompt; codes that only identify rows are no programs."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import md5
from typing import Any

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object

ASPECTS = ("price", "seats", "engine")
SAID = ("good", "bad", "fair")


def mapping_of(rows: Iterable[dict[str, Any]]) -> str | None:
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


@pytest.mark.parametrize("label", ["polarity", "sentiment", "label"])
def test_a_category_with_another_label_in_each_row_of_a_text_is_an_aspect(label: str) -> None:
    rows = [
        {"text": f"The boat of dock {n // 2} is what we had hoped for.", "category": ASPECTS[n % 3], label: SAID[n % 2]}
        for n in range(120)
    ]
    assert mapping_of(rows) == f"prompt=text,context=category,response={label},category={label}"


@pytest.mark.parametrize("label", ["polarity", "sentiment", "label"])
def test_a_category_of_texts_that_come_once_sorts_them(label: str) -> None:
    rows = [
        {"text": f"The boat of dock {n} is what we had hoped for.", "category": ASPECTS[n % 3], label: SAID[n % 2]}
        for n in range(120)
    ]
    assert "context" not in (mapping_of(rows) or "")


def made(number: int) -> str:
    return md5(str(number).encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("codes", "mapping"),
    [
        ([made(n)[:10] for n in range(60)], "text=text"),
        ([f"{made(n)[:8]}-{made(n)[:4]}-4444-8888-{made(n)[:12]}" for n in range(60)], "text=text"),
        ([f"{10_000_000 + n}" for n in range(60)], "text=text"),
        ([f"{84_713_000 + n * 37}" for n in range(60)], None),  # numbers of classes of goods
        ([made(n % 9)[:10] for n in range(60)], None),  # one code for several texts
        ([f"{'ABK'[n % 3]}{n % 90}.{n % 7}" for n in range(60)], None),  # diseases
    ],
)
def test_codes_that_programs_made_for_rows_are_not_learned(codes: list[str], mapping: str | None) -> None:
    rows = [{"text": f"The boat of dock {n} left before we came.", "code": code} for n, code in enumerate(codes)]
    assert mapping_of(rows) == mapping
