"""Inference of reviews with their stars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of the names of how many stars a review has, how many values there are at most, and words of its name.
_STARS: Final = (("star",), ("stars",), ("rating",), ("ratings",), ("overall",))
_MOST_STARS: Final = 11
_COUNTED: Final = (Holds.NUMBER, Holds.LABEL)
_REVIEWS: Final = ("review", "reviews", "reviewtext")
#: Names of comments, whose rating is theirs, and words of stars, which any text may have.
_COMMENTS: Final = ("comment", "comments", "feedback", "opinion")
_COUNTED_BY: Final = (("star",), ("stars",))
_SEVERAL: Final = 2


def rated(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a review, by its name, and the stars that go with it; a title above it is read too."""
    stars = [each for each in columns if fold_name(each.key)[-1:] in _STARS and each.holds in _COUNTED]
    stars = [each for each in stars if each.distinct * rows <= _MOST_STARS]
    counted = any(fold_name(each.key)[-1:] in _COUNTED_BY for each in stars)
    reviews = [each for each in texts if each.distinct >= VARIED and _is_review(each, counted=counted)]
    if len(stars) != 1 or not reviews or rows < LEAST_ROWS or any(map(is_class, columns)):
        return None
    review = max(reviews, key=lambda each: each.length)
    titles = [each for each in texts if each is not review and _is_title(each, review)]
    own = [each for each in titles if fold_name(each.key)[:1] == fold_name(review.key)[:1]]
    titles = own if len(own) == 1 else titles
    others = [each for each in texts if each is not review and not _is_title(each, review) and each.length > LONG]
    context = {"context": titles[0].key} if len(titles) == 1 else {}
    found = {"prompt": review.key, **context, "response": stars[0].key, "category": stars[0].key}
    return Guess.of(found, clear=not others and len(titles) < _SEVERAL, basis="names")


def _is_review(column: SampledColumn, *, counted: bool) -> bool:
    """Whether a column holds reviews by its name, or any text that has stars, if they are ``counted``."""
    if has_word(column.key, (*_REVIEWS, *_COMMENTS)):
        return True
    return counted and strength(column.key, "text") is Strength.WHOLE


def _is_title(column: SampledColumn, review: SampledColumn) -> bool:
    """Whether a column holds titles of reviews, which shops call summaries too."""
    named = strength(column.key, "heading") >= Strength.HEAD or fold_name(column.key) == ("summary",)
    return named and column.length < review.length
