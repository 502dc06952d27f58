"""Two texts that mean the same, and one that is hard to distinguish from them, under numbered names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of texts that do not match, without separators.
_NEGATIVES: Final = frozenset("hardneg hardnegative negative neg hn hardnegatives distractor".split())


def triplets(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for two numbered texts and one that does not match the first; None for other rows."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    negatives = [each for each in texts if "".join(fold_name(each.key)) in _NEGATIVES]
    pair = [each for each in texts if each not in negatives]
    if len(rows) < LEAST_ROWS or len(negatives) != 1 or len(pair) != 2 or any(e.distinct < VARIED for e in texts):
        return None
    if not stem(pair[0].key) or stem(pair[0].key) != stem(pair[1].key):
        return None
    return Guess.of({"prompt": pair[0].key, "chosen": pair[1].key, "rejected": negatives[0].key})
