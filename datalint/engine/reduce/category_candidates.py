"""The keys that may be the category key where no key is named like one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from datalint.engine.map.index import CATEGORY_NAMES
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.metadata_keys import NESTS

#: Rows in a run, and runs, that are looked at; the share of rows that has a value, and the fewest rows.
_ROWS: Final = 20
_PARTS: Final = 10
_FILLED: Final = 0.9
_LEAST_ROWS: Final = 20
#: Different values, characters of one at most, and rows for each value at least.
_VALUES: Final = range(2, 21)
_EXAMPLE_VALUES: Final = range(2, 51)
#: Keys that are named as examples at most.
_EXAMPLES: Final = 2
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


class Candidates(NamedTuple):
    """Keys that may be the category key, with the number of their values in a sample of ``rows`` rows.

    If ``clear``, there is one, and it is likely the category key; otherwise, the keys are examples.
    """

    values: Mapping[str, int]
    rows: int
    clear: bool


def category_candidates(
    fetch: Callable[[Sequence[int]], list[dict[str, Any]]], size: int, read: Collection[str] = ()
) -> Candidates | None:
    """Return the keys with few values that may be the category key; None if there are none.

    A key is clear if it is the only one with the name of a category, or, without such a name, the only one with few
    values in words and a name without another meaning. Without a clear key, the first two are examples. ``fetch``
    returns records by their numbers, of which there are ``size``. Keys that are ``read`` as texts are left out, and so
    are those of the texts of a known shape, such as a side of preferences that is one of few sentences.
    """
    if size < _LEAST_ROWS:
        return None
    # Rows at equal distances may be of one kind, where kinds take turns.
    places = {min(size - 1, part * size // _PARTS + row) for part in range(_PARTS) for row in range(_ROWS)}
    rows = [_opened(row) for row in fetch(sorted(places))]
    keys = dict.fromkeys(key for row in rows for key in row)
    keys = dict.fromkeys(key for key in keys if key not in read and _USABLE.fullmatch(key))
    counts = {key: count for key in keys if (count := _few_values(key, rows))}
    if not counts:
        return None
    # Most rows have other values, and then the names need not be loaded.
    from datalint.support.names.column_names import Strength, strength

    texts = _texts_of(tuple(rows[0]))
    counts = {key: count for key, count in counts.items() if key not in texts}
    sorting = [key for key in counts if sorts_rows(key)]
    others = [key for key in counts if "." not in key and all(_is_word(row.get(key)) for row in rows)]
    others = [key for key in others if all(strength(key, each) < Strength.HEAD for each in _ELSE)]
    named = [key for key in sorting if counts[key] in _VALUES]
    likely = [key for key in others if counts[key] in _VALUES and counts[key] >= _LEAST_WORDS]
    clear = named or likely
    chosen = clear if len(clear) == 1 else list(dict.fromkeys((*sorting, *others)))[:_EXAMPLES]
    return Candidates({key: counts[key] for key in chosen}, len(rows), len(clear) == 1) if chosen else None


def sorts_rows(key: str) -> bool:
    """Return whether the last word of the name of a key, perhaps within objects, is that of a category or type."""
    from datalint.support.names.column_names import fold_name

    return not _SORTING.isdisjoint(fold_name(key.rpartition(".")[2])[-1:])


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


def _few_values(key: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Return the number of values under a key of which nearly all rows have one; 0 if they are many, long or unique."""
    leaf = key.rpartition(".")[2]
    if leaf.strip().lower() in CATEGORY_NAMES:
        return 0  # a key that is named like a category was judged by all of its values
    values = [value for row in rows if (value := row.get(key)) not in (None, "")]
    if len(values) < _FILLED * len(rows) or not all(isinstance(value, str | int) for value in values):
        return 0
    different = {str(value) for value in values}
    if len(different) not in _EXAMPLE_VALUES or len(different) * _AGAIN > len(values):
        return 0
    return len(different) if all(len(value) <= _LONGEST for value in different) else 0
