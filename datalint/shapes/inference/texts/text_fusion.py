"""Two texts of one kind and the text that says what both say, as in sentence fusion and union."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of a text that is made of two.
_FUSED: Final = tuple(
    """merged merge fused fusion union combined combination joined joint united unified synthesized synthesis aggregated
    consolidated""".split()
)
#: Rows that are compared, the share of them that must agree, and the share of the words of a text that are of both.
_ROWS: Final = 50
_MOST: Final = 0.8
_COVERED: Final = 0.7
#: Share of the words of a text from which on one of the two is enough for it, and of the rows where neither is.
_ONE: Final = 0.95
_SOME: Final = 0.5
_WORD: Final = re.compile(r"\w+")


def text_fusion(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about two texts whose names differ in a number, and the only other text, made of their words.

    Its name says that it is written, or made of several.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(texts) != 3 or any(map(is_class, columns)):
        return None
    made = next((each for each in texts if len({stem(e.key) for e in texts if e is not each}) == 1), None)
    if made is None or any(each.distinct < VARIED or each.length <= LONG / 2 for each in texts):
        return None
    one, other = (each.key for each in texts if each is not made)
    if (
        stem(made.key) == stem(one)
        or strength(one, "response") >= Strength.HEAD
        or not _are_of_both(rows, one, other, made.key)
    ):
        return None
    written = any(strength(made.key, each) >= Strength.HEAD for each in ("response", "written"))
    if not (written or has_word(made.key, _FUSED)):
        return None
    found = {"prompt": one, "context": other, "response": made.key}
    return Guess.of(found, clear=fold_name(one) == fold_name(other), basis="names")


def _are_of_both(rows: Sequence[Mapping[str, Any]], one: str, other: str, made: str) -> bool:
    """Whether the words of nearly all texts are those of two others, and in many rows neither of these is enough."""
    found = [tuple(map(_words, (row.get(one), row.get(other), row.get(made)))) for row in rows[:_ROWS]]
    found = [words for words in found if all(words)]
    both = sum(len(whole & (first | second)) >= _COVERED * len(whole) for first, second, whole in found)
    needed = sum(max(len(whole & first), len(whole & second)) < _ONE * len(whole) for first, second, whole in found)
    return bool(found) and both >= _MOST * len(found) and needed >= _SOME * len(found)


def _words(value: object) -> frozenset[str]:
    return frozenset(_WORD.findall(value.casefold())) if isinstance(value, str) else frozenset()
