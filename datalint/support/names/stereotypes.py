"""Pairs of keys of tests of bias: two sentences that differ in a stereotype, of which neither is a better answer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Final

from datalint.support.names.translated_names import pieces_of

#: Words of a key of the sentence with the stereotype, and of the other one, next to a key that names a bias.
_MORE: Final = ("more", "less")
#: Words by which the keys of both sentences themselves name the stereotype.
_NAMED: Final = frozenset(("stereotype", "stereotypes", "stereotypical", "stereotyped", "stereo"))
_ANTI: Final = "anti"
#: Words of a key that names a bias.
_BIAS: Final = frozenset(("bias", "biases"))
#: Characters of the longest key that is looked at, and keys of a row beyond which they name nothing.
_LONGEST: Final = 40
_MOST: Final = 64


def stereotype_pair(keys: Iterable[str]) -> tuple[str, str] | None:
    """Return the keys of both sentences of a row of a test of bias; None for keys of any other row.

    CrowS-Pairs has ``sent_more`` and ``sent_less`` next to a ``bias_type``, StereoSet a ``stereotype`` and an
    ``anti-stereotype``.
    """
    named = {key: tuple(pieces_of(key)) for key in keys if len(key) <= _LONGEST}
    if len(named) > _MOST or not any(map(_names_bias, named.values())):
        return None
    pairs = permutations(named, 2)
    return next((pair for pair in pairs if _are_pair(*(named[key] for key in pair))), None)


def _are_pair(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    more, less = _MORE
    if more in one and other == tuple(less if word == more else word for word in one):
        return True
    plain = tuple(word.removeprefix(_ANTI) for word in other if word != _ANTI)
    return not _NAMED.isdisjoint(one) and plain == one != other


def _names_bias(words: tuple[str, ...]) -> bool:
    return any(word in _BIAS or word.removeprefix(_ANTI) in _NAMED for word in words)
