"""Questions with an answer whose other keys hold the options, or say that the answer is one option, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.records.options import labelled_options
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: A key that may be one of a series of options, and options of a question at least.
_OF_SERIES: Final = lazy_pattern(r".{0,80}?[A-Ha-hА-Еа-е0-9][).]?")
_LEAST: Final = 3
#: Options of a question at most, and words of the name of the right one.
_MOST: Final = 11
_RIGHT: Final = ("correct", "right")
_LONGEST_NAME: Final = 60
#: Texts of a flag, and characters of the longest.
_FLAGS: Final = frozenset(("0", "1", "true", "false"))
_LONGEST_FLAG: Final = 5


def may_choose(row: Mapping[str, Any]) -> bool:
    """Return whether a row may have options, or a flag that says if its answer is right."""
    if any(map(_is_flag, row.values())) or sum(_OF_SERIES.fullmatch(key) is not None for key in row) >= _LEAST:
        return True
    if any(isinstance(value, dict) for value in row.values()) and any(
        _names_option(value, row) for value in row.values()
    ):
        return True
    if _names_mark(row):
        return True
    return any(map(_are_texts, row.values())) and any(_may_be_right(key, value) for key, value in row.items())


def _names_option(value: object, row: Mapping[str, Any]) -> bool:
    """Whether a value is the name of one of several texts in an object of the row."""
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        return False
    return any(isinstance(each, dict) and len(each) > 1 and value in each for each in row.values())


def _names_mark(row: Mapping[str, Any]) -> bool:
    """Whether a value names the marks of options that are a list of objects, such as ``answers``."""
    listed = (value for value in row.values() if isinstance(value, list | str) and _begins_list(value))
    marks = [options for value in listed if len(options := labelled_options(value)) > 1]
    if not marks:
        return False
    from datalint.shapes.inference.choices.by_mark import picked_marks

    picked = [found for value in row.values() if (found := picked_marks(value))]
    return any(options.keys() >= {*found} for options in marks for found in picked)


def _begins_list(value: list[Any] | str) -> bool:
    """Whether a value may be a list of objects, which tables write as text."""
    return isinstance(value[0], dict) if isinstance(value, list) and value else value[:1] == "["


def _is_flag(value: object) -> bool:
    """Whether a value says yes or no; a long text is not copied, nor a long number written."""
    if isinstance(value, int):
        return value in (0, 1)
    return isinstance(value, str) and len(value) <= _LONGEST_FLAG and value.lower() in _FLAGS


def _are_texts(value: object) -> bool:
    """Whether a value is a list of two texts or more."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(each, str) for each in value[:_LEAST])


def _may_be_right(key: str, value: object) -> bool:
    """Whether a value may be the place or letter of an option, or says by its name that it is the right one."""
    if isinstance(value, str):
        return len(value) == 1 or any(word in key.lower() for word in _RIGHT)
    return isinstance(value, int) and value in range(_MOST)


def choosing(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads options next to the question, and learns which is right, instead of a known shape."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.choices.choices import with_choices

    guess = with_choices(columns_of(rows), rows)
    return guess and guess.about(rows, known.name)
