"""Labels for the relation of two texts: ``AGREE`` and ``DISAGREE``, ``entailment`` and ``contradiction``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Such labels, in lower case without punctuation. Some of them have other meanings too, so a single one is no evidence.
_STANCES: Final = frozenset(
    """agree agrees agreement agreed disagree disagrees disagreement disagreed support supports supported supporting
    refute refutes refuted refuting oppose opposes opposed opposing attack attacks attacking entailment entails entailed
    contradiction contradicts contradict contradictory contradicting notentailment nonentailment favor favour infavor
    infavour against for pro con""".split()
)
#: Others that may stand next to these.
_NEITHER: Final = frozenset(
    """neutral neither none unrelated discuss discusses notenoughinfo nei query comment deny denies unknown other
    unclear irrelevant""".split()
)
_LEAST: Final = 2


def are_stances(texts: Sequence[str]) -> bool:
    """Return whether all texts are labels of how one text relates to another, of two kinds at least."""
    labels: set[str] = set()
    for text in texts:
        labels.add(text)
        if len(labels) > len(_STANCES):
            return False
    words = {"".join(filter(str.isalpha, text.lower())) for text in labels}
    return len(words & _STANCES) >= _LEAST and words <= _STANCES | _NEITHER
