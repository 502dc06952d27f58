"""Lists of words with the label that each of several annotators gave them, as HateXplain has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Words of keys of annotations, and of lists of words; the key of one annotation.
_ANNOTATORS: Final = ("annotators", "annotations", "annotator")
_WORDS: Final = frozenset(("tokens", "words"))
_LABEL: Final = "label"
#: Share of the rows with labels, and of different labels among all at most; labels of a row on average, at least.
_NEARLY_ALL: Final = 0.9
_FEW: Final = 0.2
_SEVERAL: Final = 2


def word_annotators(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about lists of words and their annotations, which does not decide which annotator is right.

    Texts are read alone. Annotations are votes: as responses, they would make copies of a text differ.
    """
    said = [each for each in columns if each.holds is Holds.OBJECT and has_word(each.key, _ANNOTATORS)]
    words = [e for e in columns if e.holds is Holds.LIST and fold_name(e.key)[-1:] and fold_name(e.key)[-1] in _WORDS]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(said) != 1 or len(words) != 1 or texts:
        return None
    labels = [_labels(row.get(said[0].key)) for row in rows]
    found = [label for each in labels for label in each]
    if sum(map(bool, labels)) < _NEARLY_ALL * len(rows) or len(found) < _SEVERAL * len(rows):
        return None
    if not 1 < len(set(found)) <= _FEW * len(found):
        return None
    return Guess.of({"prompt": words[0].key, "labels": said[0].key}, clear=True, basis="values")


def _labels(value: object) -> list[str]:
    """Return the labels in a list of objects, or in an object of lists."""
    if isinstance(value, dict):
        value = [{_LABEL: label} for label in labels] if isinstance(labels := value.get(_LABEL), list) else []
    items = value if isinstance(value, list) else []
    return [str(each[_LABEL]) for each in items if isinstance(each, dict) and isinstance(each.get(_LABEL), str | int)]
