"""Pairs of sentences next to the translations of both, with one label: the translated pair is read, and no other."""

from __future__ import annotations

from typing import Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.support.names.column_names import fold_name

#: Names of translations but for their numbers.
_TRANSLATIONS: Final = (("translation",), ("translated",))
_PAIR: Final = 2


def without_translated(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns without ``sentence1`` and ``sentence2`` next to a ``translation1``, ``translation2`` and a label.

    Such rows were made for the language of the translations; in both languages, they are one pair twice.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.sparse]
    pairs: dict[tuple[str, ...], dict[str, SampledColumn]] = {}
    for each in texts:
        if number := "".join(filter(str.isdigit, each.key)):
            pairs.setdefault(fold_name(each.key), {})[number] = each
    made = next((pair for name, pair in pairs.items() if name in _TRANSLATIONS), {})
    others = [pair for name, pair in pairs.items() if name not in _TRANSLATIONS and pair.keys() == made.keys()]
    labels = [each for each in columns if each.relates or is_class(each)]
    if len(made) != _PAIR or len(others) != 1 or not labels:
        return columns
    return tuple(each for each in columns if each not in others[0].values())
