"""Columns with a number for each class of a label, such as how many people chose it, next to the label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.inference.labelled.raters import label_text
from datalint.support.names.column_names import fold_name

#: Classes at least.
_LEAST: Final = 2


def votes_of_classes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of numbers that are named after the classes of the only label; none if not every class has one.

    ``neutral_judgments`` and ``entailment_judgments`` are such keys next to a ``gold_label`` with these two values. All
    of them say the same of their class, whose name alone may be that of another label.
    """
    labels = [each for each in columns if each.holds is Holds.LABEL and is_class(each)]
    if len(labels) != 1 or len(rows) < LEAST_ROWS:
        return frozenset()
    classes = {fold_name(text) for row in rows if (text := label_text(row.get(labels[0].key)))} - {()}
    named: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
    for each in columns:
        words = fold_name(each.key) if each.holds is Holds.NUMBER and not each.sparse else ()
        for name in classes:
            if len(words) > len(name) and words[: len(name)] == name:
                named.setdefault(words[len(name) :], {})[name] = each.key
    found = [keys for keys in named.values() if len(keys) >= _LEAST and keys.keys() >= classes]
    return frozenset(key for keys in found for key in keys.values())
