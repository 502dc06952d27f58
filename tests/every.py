"""Tables of many small cases in one test: pytest takes longer for a test of its own than such a case does."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

_PARAM = type(pytest.param())
_FAILURES = (Exception, pytest.fail.Exception, BaseExceptionGroup)


def every(
    names: str | Sequence[str],
    cases: Iterable[Any],
    ids: Iterable[object] | Callable[[Any], object] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a test with each case; all cases run, and those that fail are reported together, each with its name.

    Only for cases that leave nothing behind: fixtures are made once. Those that need their own, or that one may want to
    run alone, belong into ``parametrize``, whose arguments these are.

    Raises:
        BaseExceptionGroup: with what each failed case raised, and its name as a note.
    """
    split = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = list(cases)
    name = ids if callable(ids) else _name
    labels = [name(row) for row in rows] if ids is None or callable(ids) else list(ids)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**given: Any) -> None:
            failed: list[BaseException] = []
            for label, row in zip(labels, rows, strict=True):
                values = _values(row, len(split))
                try:
                    test(**given, **dict(zip(split, values, strict=True)))
                except _FAILURES as error:
                    error.add_note(f"case: {label}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(rows)} cases failed", failed)

        asked = inspect.signature(test)
        others = [each for each in asked.parameters.values() if each.name not in split]
        run.__signature__ = asked.replace(parameters=others)  # type: ignore[attr-defined]
        return run

    assert rows, "no case"
    return decorate


def _values(row: Any, count: int) -> Sequence[Any]:
    if isinstance(row, _PARAM):
        assert not row.marks, "a case that is marked needs a test of its own"
        return tuple(row.values)
    return (row,) if count == 1 else tuple(row)


def _name(row: Any) -> object:
    return row.id if isinstance(row, _PARAM) and row.id else repr(row)[:200]
