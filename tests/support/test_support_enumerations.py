"""Enumerations in a sentence."""

from __future__ import annotations

import pytest

from datalint.support.enumerations import enumerated


@pytest.mark.parametrize(("items", "said"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")])
def test_the_last_item_comes_after_and(items: str, said: str) -> None:
    assert enumerated([*items]) == said
