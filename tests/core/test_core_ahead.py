"""What is made early is what would be made later, exceptions too."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from datalint.core.ahead import ahead, early


def test_a_value_is_made_by_another_thread() -> None:
    assert early(threading.current_thread).result() is not threading.current_thread()


def test_an_exception_is_raised_to_whoever_asks() -> None:
    made = early(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        made.result()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_items_come_in_their_order(count: int) -> None:
    assert list(ahead(iter(range(count)))) == list(range(count))


def test_the_next_item_is_made_while_one_is_used() -> None:
    asked = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        asked.set()
        yield 2

    coming = ahead(items())
    assert next(coming) == 1
    assert asked.wait(10)
    assert list(coming) == [2]


def test_an_exception_comes_where_its_item_would() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second one")

    coming = ahead(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="no second one"):
        next(coming)
