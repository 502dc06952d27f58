"""Work of a second core: what comes next is made while what is there is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ``items``, each made by a thread of its own while the one before is used.

    It pays where making them lets go of the interpreter, as sorts and arithmetic of numpy do. An exception of
    ``items`` is raised where its item would have come. A consumer that stops early waits for one item at most.
    """
    from concurrent.futures import ThreadPoolExecutor

    end = object()
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = maker.submit(next, items, end)
            yield item  # type: ignore[misc]
