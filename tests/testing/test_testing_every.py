"""A table of cases in one test says which of them failed."""

from __future__ import annotations

import pytest
from every import every


def test_every_case_runs_and_those_that_fail_are_named() -> None:
    ran: list[tuple[int, str]] = []

    @every("word", ["a", pytest.param("b", id="other")])
    @every(("number", "wanted"), [(1, 1), (2, 3), (3, 3), (4, 0)], ids=["one", "two", "three", "four"])
    def test(extra: str, number: int, wanted: int, word: str) -> None:
        ran.append((number, word + extra))
        assert number == wanted
        if word == "b":
            pytest.fail("no")

    with pytest.raises(BaseExceptionGroup, match="2 of 2 cases failed") as caught:
        test(extra="!")
    assert ran == [(number, word) for word in ("a!", "b!") for number in (1, 2, 3, 4)]
    tables = caught.value.exceptions
    assert [each.__notes__ for each in tables] == [["case: 'a'"], ["case: other"]]
    assert [[case.__notes__ for case in each.exceptions] for each in tables] == [
        [["case: two"], ["case: four"]],
        [["case: one"], ["case: two"], ["case: three"], ["case: four"]],
    ]
