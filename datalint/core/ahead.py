"""Work of a second core: what will be needed is made while something else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Early(Generic[Item]):
    """What ``make`` returns, made by a thread of its own from now on.

    It pays where making it lets go of the interpreter, as hashing, queries of Polars and sorts of numpy do.
    """

    def __init__(self, make: Callable[[], Item]) -> None:
        self._make = make
        self._made: list[Item] = []
        self._error: BaseException | None = None
        # Nobody waits for it when the run ends early.
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._made.append(self._make())
        except BaseException as error:
            self._error = error

    def get(self) -> Item:
        """Wait for the value and return it; raises what making it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._made[0]


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ``items``, each made while the one before is used; an exception comes where its item would have come."""
    end = object()
    coming: Early[Item | object] = Early(lambda: next(items, end))
    while (item := coming.get()) is not end:
        coming = Early(lambda: next(items, end))
        yield item  # type: ignore[misc]
