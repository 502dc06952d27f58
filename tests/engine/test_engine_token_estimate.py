"""The estimate of tokens is the sum of what each character costs, whatever the texts stand with."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.engine.map import token_estimate
from datalint.engine.map.token_estimate import estimated_tokens
from datalint.neardup.compiled.written import WRITTEN


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(1, 9))
def test_a_text_costs_the_same_alone_and_among_others(texts: list[str], stretch: int) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_estimate, "_STRETCH", stretch)
        together = estimated_tokens(pl.Series(texts, dtype=pl.String)).tolist()
    assert together == [estimated_tokens(pl.Series([text])).item() for text in texts]
    assert estimated_tokens(pl.Series(texts, dtype=pl.String), WRITTEN).tolist() == together


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("x", 1), ("Hello, how are you today?", 6), ("2026", 4), ("温度", 2), ("привет", 3), ("😀", 6)],
)
def test_known_texts(text: str, tokens: int) -> None:
    assert estimated_tokens(pl.Series([text])).tolist() == [tokens]


def test_a_long_text_is_summed_exactly() -> None:
    assert estimated_tokens(pl.Series(["9" * 3_000_000])).tolist() == [3_000_000]
