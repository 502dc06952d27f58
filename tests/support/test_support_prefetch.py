"""Background results equal foreground results, exceptions included."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from datalint.support.prefetch import in_background, prefetch


def test_a_value_is_made_by_another_thread() -> None:
    assert in_background(threading.current_thread).result() is not threading.current_thread()


def test_what_is_not_long_is_made_at_once_by_this_thread() -> None:
    assert in_background(threading.current_thread, is_long=False).result() is threading.current_thread()


@pytest.mark.parametrize("is_long", [True, False])
def test_an_exception_is_raised_to_whoever_asks(*, is_long: bool) -> None:
    made = in_background(lambda: 1 // 0, is_long=is_long)
    with pytest.raises(ZeroDivisionError):
        made.result()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_items_come_in_their_order(count: int) -> None:
    assert list(prefetch(iter(range(count)))) == list(range(count))


def test_the_next_item_is_made_while_one_is_used() -> None:
    asked = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        asked.set()
        yield 2

    coming = prefetch(items())
    assert next(coming) == 1
    assert asked.wait(10)
    assert list(coming) == [2]


def test_an_exception_comes_where_its_item_would() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second one")

    coming = prefetch(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="no second one"):
        next(coming)
