"""Labels that stand for none (``-1``, ``-``, ``nan``): what missing-category-value reports, and other rules leave out."""

from __future__ import annotations

from typing import Final

from datalint.api import Category, Dataset

#: Values that stand for no label, the share of the rows that have one at most, and classes that are more than bad,
#: neutral and good.
_NO_NUMBER: Final = "-1"
_NOTHING: Final = ("NA", "None")
#: What pandas writes for a missing value, and no person as a label.
_NAN: Final = ("nan", "NaN")
_NO_WORDS: Final = ("-", *_NAN, *_NOTHING)
RARE: Final = 0.05
_CLASSES: Final = 3


def named_for_none(data: Dataset) -> frozenset[str]:
    """Return the label of which missing-category-value says that it stands for none, if there is one and it runs."""
    if data.category is None or "BAL003" not in data.rules_run:
        return frozenset()
    return frozenset(filter(None, (value_for_none(data.category),)))


def value_for_none(category: Category) -> str:
    """Return the value that stands for no label next to the others, rare unless a program wrote it; empty for none."""
    values = category.counts.keys() - {_NO_NUMBER, *_NO_WORDS}
    counted = len(values) > 1 and values == set(map(str, range(len(values))))
    numbers = counted and len(values) >= _CLASSES
    words = len(values) > 1 and all(any(map(str.isalpha, value)) for value in values)
    # NA and None are classes next to names with capitals, as none is in lower case; no number is written so.
    lower = words and len(values) >= _CLASSES and all(value == value.lower() for value in values)
    signs = [each for each in _NO_WORDS if each in category.counts and (lower or each not in _NOTHING)] if words else []
    signs += [each for each in ("NA", *_NAN) if each in category.counts] if counted else []
    found = signs[0] if signs else _NO_NUMBER if numbers else ""
    count = category.counts.get(found, 0)
    rare = 0 < count <= RARE * category.total or (count > 0 and found in _NAN)
    return found if rare and len(category.counts) == len(values) + 1 and not category.several else ""
