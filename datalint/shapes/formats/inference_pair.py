"""Natural-language inference: two texts, and how they relate.

In defeasible inference, an ``update`` makes the hypothesis more or less likely, and is read too. Of two questions or
sentences that are duplicates, or alike in a degree, either may come first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.shapes.single_turn import single_turn

_PAIRS: Final = (
    ("premise", "hypothesis"),
    ("sentence1", "sentence2"),
    ("text1", "text2"),
    ("sentence_a", "sentence_b"),
    ("question1", "question2"),
    ("context", "hypothesis"),
)
_UPDATE: Final = "update"
_LABELS: Final = ("label", "target", "answer", "gold_label", "relation", "score", "is_duplicate")
#: Pairs of texts with names of one kind, labels that say how alike they are, and those that they are duplicates.
_ALIKE: Final = _PAIRS[1:5]
_QUESTIONS: Final = _PAIRS[4]
_SCORES: Final = frozenset(("score", "is_duplicate"))
_DUPLICATES: Final = _SCORES | {"label"}


def _fits(keys: Collection[str]) -> bool:
    if "question" in keys and "context" in keys:
        return False  # what is asked about the context is read as well
    return any(one in keys and other in keys for one, other in _PAIRS) and any(key in keys for key in _LABELS)


def _are_alike(keys: Collection[str]) -> bool:
    """Return whether keys are those of two texts and of how alike they are; two questions are duplicates or not."""
    if not _fits(keys) or _UPDATE in keys:
        return False
    pairs = [pair for pair in _PAIRS if all(key in keys for key in pair)]
    said = _DUPLICATES if pairs == [_QUESTIONS] else _SCORES
    return len(pairs) == 1 and pairs[0] in _ALIKE and said.issuperset(key for key in _LABELS if key in keys)


def _have_an_order(keys: Collection[str]) -> bool:
    return _fits(keys) and not _are_alike(keys)


SHAPE: Final = single_turn(
    "text-pair",
    "natural-language inference (two texts and a label)",
    prompt=tuple(one for one, _ in _PAIRS),
    response=_LABELS,
    context=(*dict.fromkeys(other for _, other in _PAIRS), _UPDATE),
    fits=_have_an_order,
    categories=("label", "responses"),
)
#: The same, for two texts that may change places.
ALIKE: Final = SHAPE._replace(fits=_are_alike, unordered=True)
SHAPES: Final = (ALIKE, SHAPE)
