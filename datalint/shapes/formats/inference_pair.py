"""Natural-language inference: two texts, and how they relate.

In defeasible inference, an ``update`` makes the hypothesis more or less likely, and is read too.
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


def _fits(keys: Collection[str]) -> bool:
    if "question" in keys and "context" in keys:
        return False  # what is asked about the context is read as well
    return any(one in keys and other in keys for one, other in _PAIRS) and any(key in keys for key in _LABELS)


SHAPE: Final = single_turn(
    "text-pair",
    "natural-language inference (two texts and a label)",
    prompt=tuple(one for one, _ in _PAIRS),
    response=_LABELS,
    context=(*dict.fromkeys(other for _, other in _PAIRS), _UPDATE),
    fits=_fits,
    categories=("label", "responses"),
)
