"""Columns with the labels that models predicted for a text, next to the label that a person gave it, or alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_few
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, SampledColumn
from datalint.shapes.inference.labelled.raters import label_text
from datalint.support.names.column_names import fold_name

#: Words of the names of labels that a person gave, and of those that a program predicted.
GIVEN: Final = ("manual", "manually", "human", "gold", "golden", "true", "truth", "actual", "annotated", "expert")
_PREDICTIONS: Final = ("pred", "preds", "predicted", "prediction", "predictions")
_PREDICTED: Final = (*_PREDICTIONS, "auto", "automatic", "machine", "model")
#: Predictions of unknown programs at least, next to a label, and predictions by their name without one.
_SEVERAL: Final = 2
#: Share of the rows in which a prediction is the label.
_AGREE: Final = 0.5


def predicted_from(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of labels that programs predicted; nothing where a name or their values do not say so.

    Next to ``sentiment_manual``, other names that begin with ``sentiment`` are predictions if their labels are the same
    ones and mostly agree with it.
    """
    if len(rows) < LEAST_ROWS:
        return frozenset()
    families: dict[str, list[SampledColumn]] = {}
    for each in columns:
        words = fold_name(each.key)
        if len(words) > 1 and is_few(each) and not each.sparse:
            families.setdefault(words[0], []).append(each)
    found: set[str] = set()
    for word, family in families.items():
        given = [each for each in family if has_word(each.key, GIVEN)]
        others = [each for each in family if each not in given]
        named = all(has_word(each.key, _PREDICTED) for each in others)
        alone = word in _PREDICTIONS and not given and len(others) >= _SEVERAL
        next_to = len(given) == 1 and len(others) >= (1 if named else _SEVERAL)
        if not (alone or next_to) or not _are_alike(family, rows):
            continue
        if alone or all(_agrees(each.key, given[0].key, rows) for each in others):
            found.update(each.key for each in others)
    return frozenset(found)


def without_predictions(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return columns of lists of labels without those that programs predicted by their names, next to people's."""
    predicted = [each for each in columns if has_word(each.key, _PREDICTIONS)]
    given = any(has_word(each.key, GIVEN) for each in columns if each not in predicted)
    return [each for each in columns if each not in predicted or not given]


def _are_alike(family: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether columns have the same values, but for one that a program never chose."""
    values = [{label for row in rows if (label := label_text(row.get(each.key)))} for each in family]
    every = set().union(*values)
    return len(every) > 1 and all(len(each) >= max(len(every) - 1, 1) for each in values)


def _agrees(key: str, given: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    pairs = [(label_text(row.get(key)), label_text(row.get(given))) for row in rows]
    return sum(one == other != "" for one, other in pairs) >= _AGREE * len(pairs)
