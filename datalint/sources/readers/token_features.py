"""Fields of tagged text that are no tags: features such as ``SpaceAfter=No``, and what says that no blank follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

#: Features of a token, and an empty field.
_FEATURES: Final = re.compile(r"[^\s=|]{1,60}=[^\s|]{0,200}(?:\|[^\s=|]{1,60}=[^\s|]{0,200}){0,60}")
_EMPTY: Final = frozenset(("_", "-", ""))
#: What CoNLL-U says of a token that no blank follows.
_JOINED: Final = "SpaceAfter=No"


def are_features(values: Collection[str]) -> bool:
    """Return whether the fields of a column are features (``Case=Nom|Number=Sing``), or all empty."""
    return all(value in _EMPTY or _FEATURES.fullmatch(value) is not None for value in values)


def joined(tokens: Sequence[str], misc: Sequence[str]) -> str:
    """Return the text of a sentence, with a blank after each token unless ``misc`` says that there is none."""
    ends = ("" if _JOINED in each.split("|") else " " for each in misc)
    return "".join(chain(*zip(tokens, ends, strict=True))).strip()
