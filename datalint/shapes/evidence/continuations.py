"""Two texts that continue one beginning, each in its own way, such as the answers of two models to a prompt.

The beginning is what both were written after, so that neither is what the other one answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.shapes.evidence.sampled import LONG
from datalint.support.common_prefix import common_prefix

#: Pairs that are compared, the share of them that continue one beginning, and the share of different beginnings: one
#: that most rows share is a template.
_PAIRS: Final = 50
_NEARLY_ALL: Final = 0.9
_VARIED: Final = 0.5
#: Characters of a continuation that are compared, and at least; and how alike those of two versions of a text are.
_COMPARED: Final = 500
_CONTINUED: Final = 10
_ALIKE: Final = 0.7


def are_continuations(pairs: Iterable[tuple[object, object]]) -> bool:
    """Return whether nearly all pairs of texts continue one beginning; pairs with an empty text do not count.

    What contains the other text whole is none, and neither is an edited version, which has the same end as well.
    """
    texts = [(a.strip(), b.strip()) for a, b in pairs if isinstance(a, str) and isinstance(b, str)]
    texts = [(a, b) for a, b in texts if a and b][:_PAIRS]
    shared = [a[: common_prefix(a, b)] for a, b in texts]
    found = [begin for begin, (a, b) in zip(shared, texts, strict=True) if _continue(begin, a, b)]
    return bool(found) and len(found) >= _NEARLY_ALL * len(texts) and len({*found}) >= _VARIED * len(found)


def _continue(begin: str, one: str, other: str) -> bool:
    """Whether both texts have more than what they begin with in common, and go on differently."""
    rest = one[len(begin) :][:_COMPARED], other[len(begin) :][:_COMPARED]
    if len(begin) <= LONG or min(map(len, rest)) < _CONTINUED:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(*rest) < _ALIKE
