"""Jinja's filters and tests with limits: what they are given and what they make is counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from itertools import islice
from typing import Any, Final, NoReturn

from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from datalint.models.limits import (
    MOST_ITEMS,
    Budget,
    LimitError,
    check_format,
    check_items,
    check_joined,
    check_length,
    check_power,
    check_replacement,
    check_widths,
    size_of,
)

#: Filters that no published chat template uses, and whose results cannot be bounded simply.
_REFUSED: Final = ("pprint", "urlize", "wordwrap", "xmlattr")
#: Filters that go through items, and may do much for each of them.
_EACH: Final = ("map", "reject", "rejectattr", "select", "selectattr")
#: Filters that make a list of what they are given.
_LISTS: Final = (*_EACH, "batch", "groupby", "join", "list", "max", "min", "reverse", "slice", "sort", "sum", "unique")
#: Tests that compare values, which may be long.
_COMPARISONS: Final = ("!=", "<", "<=", "==", ">", ">=", "eq", "equalto", "ge", "greaterthan", "gt", "in", "le",
                       "lessthan", "lt", "ne")  # fmt: skip

Filter = Callable[..., Any]


def filters(budget: Budget) -> dict[str, Filter]:
    """Return all filters of Jinja, and ``tojson`` of transformers, so that they stay within a budget."""
    found = {name: _bounded(name, each, budget) for name, each in FILTERS.items()}
    found |= {name: _refused(name) for name in _REFUSED}
    # The same in every run.
    return found | {"random": found["first"], "tojson": _bounded("tojson", _tojson, budget)}


def tests(budget: Budget) -> dict[str, Filter]:
    """Return the tests that compare values, counted as operations."""
    return {name: _counted_test(TESTS[name], budget) for name in _COMPARISONS}


def _bounded(name: str, each: Any, budget: Budget) -> Filter:
    check = _CHECKS.get(name)
    lists, steps = name in _LISTS, name in _EACH
    # Jinja passes its context or environment before the value to some filters.
    at = int(hasattr(each, "jinja_pass_arg"))

    @wraps(each)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        if check is not None:
            check(*args[at:], **kwargs)
        if lists and len(args) > at:
            value = args[at]
            if isinstance(value, str):
                check_items(len(value))
            elif steps:
                value = _stepped(value, budget)
            elif isinstance(value, Iterable) and not isinstance(value, list | tuple | Mapping):
                value = _listed(value)
            if name == "join":
                _check_join(value, *args[at + 1 :], **kwargs)
            args = (*args[:at], value, *args[at + 1 :])
        return budget.made(each(*args, **kwargs))

    return bounded


def _counted_test(test: Any, budget: Budget) -> Filter:
    @wraps(test)
    def counted(*args: Any, **kwargs: Any) -> Any:
        budget.operate()
        return test(*args, **kwargs)

    return counted


def _stepped(values: Any, budget: Budget) -> Any:
    """Return the items of ``values`` so that each counts as an operation; what has no items as it is."""
    if not isinstance(values, Iterable) or isinstance(values, str) or not values:
        return values

    def each() -> Iterator[Any]:
        for value in values:
            budget.operate()
            yield value

    return each()


def _listed(values: Iterable[Any]) -> list[Any]:
    found = list(islice(values, MOST_ITEMS + 1))
    size_of(found)
    return found


def _refused(name: str) -> Filter:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise LimitError(f"uses the filter {name}, which is not available to chat templates here")

    return refused


def _check_join(value: Any, d: Any = "", attribute: Any = None) -> None:
    if isinstance(value, str):
        check_length(len(value) * (len(str(d)) + 1))
    elif isinstance(value, list | tuple | Mapping):
        # With an attribute, each item gives at most what is in it.
        check_joined(str(d), list(value))


def _check_center(value: Any, width: int = 80) -> None:
    check_widths("", [width])


def _check_formatted(value: Any, *args: Any, **kwargs: Any) -> None:
    check_widths(str(value).replace("%", "{"), [*args, kwargs])
    check_format(str(value), "%", [*args, *kwargs.values()])


def _check_indent(s: Any, width: int | str = 4, first: bool = False, blank: bool = False) -> None:
    length = len(width) if isinstance(width, str) else width
    check_widths("", [length])
    text = str(s)
    check_length(len(text) + (text.count("\n") + 1) * max(length, 0))


def _check_replace(s: Any, old: Any, new: Any, count: int | None = None) -> None:
    check_replacement(str(s), str(old), str(new))


def _check_round(value: Any, precision: int = 0, method: str = "common") -> None:
    # Python calculates ten to the power of it, for whole numbers and for the other methods.
    check_power(10, abs(precision))


def _check_parts(value: Any, number: int, fill_with: Any = None) -> None:
    check_widths("", [number])


def _check_sum(iterable: Any, attribute: Any = None, start: Any = 0) -> None:
    if not isinstance(start, int | float):
        raise LimitError("adds lists with the filter sum, each time copying what was added before")


def _check_truncate(s: Any, *args: Any, **kwargs: Any) -> None:
    check_length(len(s) + sum(len(each) for each in (*args, *kwargs.values()) if isinstance(each, str)))


_CHECKS: Final[dict[str, Filter]] = {
    "batch": _check_parts,
    "center": _check_center,
    "format": _check_formatted,
    "indent": _check_indent,
    "replace": _check_replace,
    "round": _check_round,
    "slice": _check_parts,
    "sum": _check_sum,
    "truncate": _check_truncate,
}


def _tojson(
    x: Any,
    ensure_ascii: bool = False,
    indent: int | str | None = None,
    separators: Any = None,
    sort_keys: bool = False,
) -> str:
    items, chars = size_of(x)
    between = sum(len(each) for each in separators or () if isinstance(each, str))
    width = 0
    if indent is not None:
        width = len(indent) if isinstance(indent, str) else indent
        check_widths("", [width])
        width *= _depth(x)
    check_length(chars + items * (between + width))
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def _depth(value: Any) -> int:
    """Return how deep lists and objects are in one another."""
    depth, level = 0, [value]
    while level:
        depth += 1
        inner = (
            each.values() if isinstance(each, dict) else each for each in level if isinstance(each, list | tuple | dict)
        )
        level = [each for values in inner for each in values]
    return depth
