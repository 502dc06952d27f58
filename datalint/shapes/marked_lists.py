"""Lists of options that are objects, each with its text and a mark that says whether it is right."""

from __future__ import annotations

from typing import Any, Final

from datalint.support.names.column_names import fold_name

#: Options of a list at least and at most, and characters of one at most.
_LEAST: Final = 2
_MOST: Final = 26
_LONGEST: Final = 1_000
#: Words of the names of marks, of numbers that are marks or points, and of marks of answers that somebody liked.
_RIGHT: Final = frozenset(("correct", "right", "true", "valid", "verdadera", "verdadero"))
_POINTS: Final = frozenset(("score", "point", "points"))
_LIKED: Final = frozenset("accepted best chosen selected liked deleted removed edited pinned helpful verified".split())
#: Names of the letter or number of an option.
_PLACES: Final = frozenset((("id",), ("key",), ("letter",), ("label",), ("index",)))


def right_of(value: object) -> tuple[list[str], list[str]] | None:
    """Return the right options of a list, and all of them; None for other values, or if all or none are right."""
    options = _objects(value)
    mark, text = _mark_of(options), _text_of(options)
    if not mark or not text:
        return None
    return [each[text] for each in options if each[mark]], [each[text] for each in options]


def _objects(value: object) -> list[dict[str, Any]]:
    """Return a list of objects with the same keys; an empty one for any other value."""
    if not isinstance(value, list) or not _LEAST <= len(value) <= _MOST:
        return []
    fit = all(isinstance(each, dict) and each.keys() == value[0].keys() for each in value)
    return value if fit else []


def _mark_of(options: list[dict[str, Any]]) -> str:
    """Return the key of the marks, of which some are set; empty for none, or for any of several."""
    keys = options[0] if options else {}
    found = [key for key in keys if all(_is_mark(key, each[key]) for each in options)]
    found = [key for key in found if {bool(each[key]) for each in options} == {True, False}]
    counted = [key for key in keys if key not in found and fold_name(key) not in _PLACES and _counts(options, key)]
    # Votes are those of answers that people wrote.
    if counted:
        return ""
    named = [key for key in found if not _RIGHT.isdisjoint(fold_name(key))] or found
    return named[0] if len(named) == 1 else ""


def _is_mark(key: str, value: object) -> bool:
    words = frozenset(fold_name(key))
    if isinstance(value, bool):
        return _LIKED.isdisjoint(words)
    points = isinstance(value, int | float) and value >= 0 and not _POINTS.isdisjoint(words)
    return points or (value in (0, 1) and not (_RIGHT | {"label"}).isdisjoint(words))


def _counts(options: list[dict[str, Any]], key: str) -> bool:
    return all(isinstance(each[key], int | float) and not isinstance(each[key], bool) for each in options)


def _text_of(options: list[dict[str, Any]]) -> str:
    """Return the key of the texts, which differ: the longest ones; empty for none."""
    keys = options[0] if options else {}
    found = {key: [each[key] for each in options] for key in keys}
    texts = {key: values for key, values in found.items() if _are_texts(values)}
    usual = [key for key in texts if fold_name(key) not in _PLACES] or [*texts]
    return max(usual, key=lambda key: sum(map(len, texts[key])), default="")


def _are_texts(values: list[Any]) -> bool:
    fit = all(isinstance(each, str) and 0 < len(each.strip()) <= _LONGEST for each in values)
    return fit and len(set(values)) == len(values)
