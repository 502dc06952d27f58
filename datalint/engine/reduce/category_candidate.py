"""The candidate for the category key where no key is named like one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from datalint.engine.map.index import CATEGORY_NAMES
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.metadata_keys import NESTS

#: Rows in a run, and runs, that are looked at; the share of rows that has a value, and the fewest rows.
_ROWS: Final = 20
_PARTS: Final = 10
_FILLED: Final = 0.9
_LEAST_ROWS: Final = 20
#: Different values, characters of one at most, and rows for each value at least.
_VALUES: Final = range(2, 21)
_LONGEST: Final = 40
_AGAIN: Final = 3
#: Different words at least, where no name says that they sort rows.
_LEAST_WORDS: Final = 3
#: Last words of the names of keys that sort rows.
_SORTING: Final = frozenset(
    """type types kind level class topic label department priority category subcategory domain subdomain intent genre
    severity urgency difficulty team section subject skill theme scenario typ""".split()
)
#: Values that answer a question about a row.
_ANSWERS: Final = frozenset(("yes", "no", "true", "false", "none", "n/a", "-"))
#: Meanings, by their names, of keys that are no categories: texts that are read or learned, and the source of a row.
_ELSE: Final = ("about", "response", "prompt", "context", "system")
#: A key that the option can carry.
_USABLE: Final = lazy_pattern(r"[\w.-]{1,40}")


def category_candidate(
    fetch: Callable[[Sequence[int]], list[dict[str, Any]]], size: int, read: Collection[str] = ()
) -> str | None:
    """Return the key with few values whose name says that it sorts rows; None unless there is exactly one.

    If there is none, it is the only key with few values in words whose name has no other meaning.
    ``fetch`` returns records by their numbers, of which there are ``size``. Keys that are ``read`` as texts are none,
    and neither are those of the texts of a known shape, such as a side of preferences that is one of few sentences.
    """
    if size < _LEAST_ROWS:
        return None
    # Rows at equal distances may be of one kind, where kinds take turns.
    places = {min(size - 1, part * size // _PARTS + row) for part in range(_PARTS) for row in range(_ROWS)}
    rows = [_opened(row) for row in fetch(sorted(places))]
    keys = dict.fromkeys(key for row in rows for key in row)
    few = [key for key in keys if key not in read and _USABLE.fullmatch(key) and _has_few(key, rows)]
    if not few:
        return None
    # Most rows have other values, and then the names need not be loaded.
    from datalint.support.names.column_names import Strength, fold_name, strength

    few = [key for key in few if key not in _texts_of(tuple(rows[0]))]
    found = [key for key in few if not _SORTING.isdisjoint(fold_name(key.rpartition(".")[2])[-1:])]
    if not found:
        others = [key for key in few if "." not in key and all(_is_word(row.get(key)) for row in rows)]
        others = [key for key in others if len({row.get(key) for row in rows}) >= _LEAST_WORDS]
        found = [key for key in others if all(strength(key, each) < Strength.HEAD for each in _ELSE)]
    return found[0] if len(found) == 1 else None


def _texts_of(keys: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the texts in the first known shape that fits the keys of a row."""
    from datalint.shapes.formats import SHAPES

    shape = next((shape for shape in SHAPES if shape.fits(keys)), None)
    return frozenset() if shape is None else shape.turn_keys(keys)


def _is_word(value: object) -> bool:
    """Whether a value is a word that says more than yes or no; a row may have none."""
    if value in (None, ""):
        return True
    return isinstance(value, str) and any(map(str.isalpha, value)) and value.strip().lower() not in _ANSWERS


def _opened(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row, with those of metadata objects under dotted keys."""
    nested = {
        f"{key}.{name}": value for key in NESTS if isinstance(row.get(key), dict) for name, value in row[key].items()
    }
    return dict(row) | nested


def _has_few(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all rows have one of few short values under a key, each of which recurs."""
    leaf = key.rpartition(".")[2]
    if leaf.strip().lower() in CATEGORY_NAMES:
        return False  # a key that is named like a category was judged by all of its values
    values = [value for row in rows if (value := row.get(key)) not in (None, "")]
    if len(values) < _FILLED * len(rows) or not all(isinstance(value, str | int) for value in values):
        return False
    different = {str(value) for value in values}
    if len(different) not in _VALUES or len(different) * _AGAIN > len(values):
        return False
    return all(len(value) <= _LONGEST for value in different)
