"""Inference of reviews with their stars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.guess import Guess
from datalint.shapes.labels import VARIED, is_class
from datalint.shapes.names import has_word
from datalint.shapes.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.support.column_names import Strength, fold_name, strength

#: Last words of the names of how many stars a review has, how many values there are at most, and words of its name.
_STARS: Final = (("star",), ("stars",), ("rating",), ("ratings",))
_MOST_STARS: Final = 11
_COUNTED: Final = (Holds.NUMBER, Holds.LABEL)
_REVIEWS: Final = ("review", "reviews", "reviewtext")
_SEVERAL: Final = 2


def rated(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a review, by its name, and the stars that go with it; a title above it is read too."""
    stars = [each for each in columns if fold_name(each.key)[-1:] in _STARS and each.holds in _COUNTED]
    stars = [each for each in stars if each.distinct * rows <= _MOST_STARS]
    reviews = [each for each in texts if has_word(each.key, _REVIEWS) and each.distinct >= VARIED]
    if len(stars) != 1 or not reviews or rows < LEAST_ROWS or any(map(is_class, columns)):
        return None
    review = max(reviews, key=lambda each: each.length)
    titles = [each for each in texts if each is not review and strength(each.key, "heading") >= Strength.HEAD]
    others = [each for each in texts if each is not review and each not in titles and each.length > LONG]
    context = {"context": titles[0].key} if len(titles) == 1 else {}
    found = {"prompt": review.key, **context, "response": stars[0].key, "category": stars[0].key}
    return Guess.of(found, clear=not others and len(titles) < _SEVERAL, basis="names")
