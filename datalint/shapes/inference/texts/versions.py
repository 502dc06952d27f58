"""One text in several versions, each under a key of its own, such as the styles of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.named_languages import language_of
from datalint.shapes.evidence.names import BETTER, WORSE, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.model_names import is_model

#: Versions of a text at least: two are a text and what is made of it.
_LEAST: Final = 3
#: How many times as long as the shortest version the longest one is at most, on average.
_LONGER: Final = 3
#: Share of distinct values of texts.
_VARIED: Final = 0.5
#: Rows that are compared, and pairs of letters of a text that are looked at.
_ROWS: Final = 30
_LOOKED_AT: Final = 400
#: How much more alike versions of one text are than texts of two rows, and how alike at least, from 0 to 1.
_MORE: Final = 1.4
_ALIKE: Final = 0.15
#: Meanings of which a text with such a name is one, and no version.
_MEANINGS: Final = ("prompt", "response", "context", "heading", "system", "test")
#: Words of keys of the version that other versions are turned into.
_AIMED: Final = tuple("neutral simple easy plain corrected clean inclusive normalized normalised".split())
_Letters = Counter[str]


def in_versions(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal for rows of nothing but one text in three versions or more; None for other rows.

    Which version is learned from which other one is for the user to say: the first two are proposed, of which the
    second one is the prompt if only the first one is named as what others are turned into. A ``guess`` that names make
    is better. Of texts with a class, such as translations of reviews, the class is learned.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(texts) < _LEAST or any(map(_means_more, texts)):
        return None
    if guess is not None and guess.clear and guess.basis == "names":
        return None
    if len({stem(each.key) for each in texts}) < len(texts) or any(map(_holds_more, columns)):
        return None
    lengths = sorted(each.length for each in texts)
    if lengths[-1] > _LONGER * lengths[0] or any(each.distinct < _VARIED for each in texts):
        return None
    if any(are_pair(one.key, other.key) for one in texts for other in texts):
        return None
    if not all(_are_alike(rows, one.key, other.key) for one, other in pairwise(texts)):
        return None
    first, second, *_ = texts
    labels = [each for each in columns if is_class(each) and not is_about(each)]
    if len(labels) == 1:
        return Guess.of({"prompt": first.key, "response": labels[0].key, "category": labels[0].key})
    if has_word(first.key, _AIMED) and not has_word(second.key, _AIMED):
        first, second = second, first
    return Guess.of({"prompt": first.key, "response": second.key})._replace(versions=len(texts))


def _means_more(column: SampledColumn) -> bool:
    """Whether a text is a part of another one, or has a name that says what it is in an example, or who wrote it."""
    if any(strength(column.key, each) >= Strength.HEAD for each in _MEANINGS):
        return True
    if column.contains or column.within:
        return True  # a part, or the whole of others
    return is_unnamed(column) or is_model(column.key) or has_word(column.key, (*BETTER, *WORSE))


def _holds_more(column: SampledColumn) -> bool:
    """Whether a column holds lists, objects, or labels that may be learned."""
    return column.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT) and not is_about(column)


def _are_alike(rows: Sequence[Mapping[str, Any]], one: str, other: str) -> bool:
    """Whether texts of one row are more alike than those of two rows, in the pairs of letters that they have."""
    if language_of(one) and language_of(other):
        return False
    pairs = [(row.get(one), row.get(other)) for row in rows]
    texts = [(_pairs(a), _pairs(b)) for a, b in pairs if isinstance(a, str) and isinstance(b, str) and a and b][:_ROWS]
    if len(texts) < 2:
        return True  # hardly any row has both, so that others decide
    same = sum(_likeness(a, b) for a, b in texts) / len(texts)
    apart = sum(_likeness(a, b) for (a, _), (_, b) in zip(texts, (*texts[1:], texts[0]), strict=True)) / len(texts)
    return same >= max(_ALIKE, _MORE * apart)


def _pairs(text: str) -> _Letters:
    text = text[:_LOOKED_AT].casefold()
    return Counter(a + b for a, b in pairwise(text))


def _likeness(one: _Letters, other: _Letters) -> float:
    """Return the share of pairs of letters that two texts have both."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)
