"""Work of a second core: what will be needed is made while something else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")


def early(make: Callable[[], Item]) -> Future[Item]:
    """Return what ``make`` returns or raises, made by a thread of its own from now on.

    It pays where making it lets go of the interpreter, as hashing, queries of Polars and sorts of numpy do. Unlike an
    executor's, the thread is not waited for when the run ends early: hashing a large file takes a while.
    """
    future: Future[Item] = Future()

    def run() -> None:
        try:
            future.set_result(make())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ``items``, each made while the one before is used; an exception comes where its item would have come."""
    end = object()
    coming = early(lambda: next(items, end))
    while (item := coming.result()) is not end:
        coming = early(lambda: next(items, end))
        yield item  # type: ignore[misc]
