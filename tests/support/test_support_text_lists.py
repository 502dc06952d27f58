"""Lists of texts."""

from __future__ import annotations

import pytest

from datalint.support.text_lists import are_texts


@pytest.mark.parametrize(
    ("value", "least", "expected"),
    [
        (["a", "b"], 2, True), (["a"], 2, False), (["a"], 1, True), ([], 1, False), ([], 0, True),
        (["a", 1], 1, False), ([None], 0, False), ("ab", 1, False), (("a",), 1, False), ({"a": "b"}, 0, False),
        (None, 0, False),
    ],
)  # fmt: skip
def test_all_items_are_texts(value: object, least: int, expected: bool) -> None:
    assert are_texts(value, least) is expected
