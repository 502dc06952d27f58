"""Compute a value, or the next item of an iterator, in a background thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")


def in_background(function: Callable[[], Item], *, is_long: bool = True) -> Future[Item]:
    """Call ``function`` in a new thread and return a future of its result or exception.

    This is faster only if the function releases the global interpreter lock, as hashing, Polars queries and numpy sorts
    do. Unlike a thread of an executor, this one is not joined at exit, because hashing a large file takes a while. A
    function that is not ``is_long`` is called at once, as a thread would take longer.
    """
    future: Future[Item] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:
            future.set_exception(error)

    if is_long:
        Thread(target=run, daemon=True).start()
    else:
        run()
    return future


def prefetch(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ``items``, computing each one while the previous one is in use; exceptions are raised at their item."""
    end = object()
    coming = in_background(lambda: next(items, end))
    while (item := coming.result()) is not end:
        coming = in_background(lambda: next(items, end))
        yield item  # type: ignore[misc]
