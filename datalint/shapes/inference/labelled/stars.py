"""Inference of reviews with their stars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.name_pairs import are_opposite
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of the names of how many stars a review has, how many values there are at most, and words of its name.
_STARS: Final = (("star",), ("stars",), ("rating",), ("ratings",), ("point",), ("overall",))
_MOST_STARS: Final = 11
_SCORE: Final = ("score",)
_COUNTED: Final = (Holds.NUMBER, Holds.LABEL)
_REVIEWS: Final = ("review", "reviews", "reviewtext")
#: Names of comments, whose rating is theirs, and words of stars, which any text may have.
_COMMENTS: Final = ("comment", "comments", "feedback", "opinion")
_COUNTED_BY: Final = ("star", "stars")
_RATED_BY: Final = ("rating", "ratings")
_LEAST_RATINGS: Final = 3
#: Words of what shops say of a review: who found it helpful, and whether its writer bought the thing.
_OF_REVIEWS: Final = ("helpful", "helpfulness", "reviewer", "verified")
_SEVERAL: Final = 2
#: Names of the title of a review, next to the title of who wrote it.
_TITLES: Final = frozenset(("title", "headline", "heading", "summary", "reviewtitle"))
#: A word of the name of the rating of a whole, next to ratings of its parts.
_OVERALL: Final = ("overall",)


def review_and_stars(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a review, by its name, and the stars that go with it; a title above it is read too."""
    stars = [each for each in columns if fold_name(each.key)[-1:] in _STARS and each.holds in _COUNTED]
    stars = [each for each in stars if each.distinct * rows <= _MOST_STARS]
    parts = len(stars)
    stars = whole if len(whole := [each for each in stars if is_overall(each)]) == 1 else stars
    # Whatever its name, a text is a review that is rated as a whole and in its parts.
    counted = any(map(is_overall, stars)) and parts >= _LEAST_RATINGS
    counted = counted or any(has_word(each.key, _COUNTED_BY) for each in stars) or _is_rated_alone(columns, stars, rows)
    counted = counted or any(has_word(each.key, _OF_REVIEWS) and each.holds is not Holds.TEXT for each in columns)
    reviews = [each for each in texts if each.distinct >= VARIED and is_review(each, counted=counted)]
    reviews = [each for each in reviews if not any(are_opposite(each.key, other.key) for other in reviews)]
    if not reviews and not stars:
        # A score with fractions may be learned of what speaks for and against a thing.
        scores = [each for each in columns if fold_name(each.key)[-1:] == _SCORE and each.holds is Holds.NUMBER]
        stars = scores if any(are_opposite(one.key, two.key) for one in texts for two in texts) else stars
    if len(stars) != 1 or rows < LEAST_ROWS or any(map(is_class, columns)):
        return None
    if not reviews:
        return _for_and_against(columns, texts, stars[0])
    review = max(reviews, key=lambda each: each.length)
    titles = [each for each in texts if each is not review and _is_title(each, review)]
    own = [each for each in titles if fold_name(each.key)[:1] == fold_name(review.key)[:1]]
    titles = own if len(own) == 1 else titles
    others = [each for each in texts if each is not review and not _is_title(each, review) and each.length > LONG]
    context = {"context": titles[0].key} if len(titles) == 1 else {}
    found = {"prompt": review.key, **context, "response": stars[0].key, "category": stars[0].key}
    return Guess.of(found, clear=not others and len(titles) < _SEVERAL, basis="names")


def _is_rated_alone(columns: Sequence[SampledColumn], stars: Sequence[SampledColumn], rows: int) -> bool:
    """Whether a rating, of three values or more, is all that is said of a text."""
    ratings = [each for each in stars if has_word(each.key, _RATED_BY) and each.holds is Holds.NUMBER]
    texts = [each for each in columns if each.holds is Holds.TEXT]
    others = [each for each in columns if each not in (*ratings, *texts) and each.holds is not Holds.NOTHING]
    alone = len(ratings) == len(texts) == 1 and all(each.holds is Holds.REFERENCE for each in others)
    return alone and ratings[0].distinct * rows >= _LEAST_RATINGS - 0.5


def is_overall(column: SampledColumn) -> bool:
    """Return whether a column of numbers rates a whole, of which others may rate parts, by its name."""
    return column.holds in _COUNTED and has_word(column.key, _OVERALL)


def _for_and_against(
    columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], stars: SampledColumn
) -> Guess | None:
    """Return the guess about reviews in two parts, such as ``pros`` and ``cons``, below their title."""
    long = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED and each.length > LONG / 2]
    parts = [each for each in long if any(are_opposite(each.key, other.key) for other in long)]
    if len(parts) != _SEVERAL:
        return None
    titles = [each for each in texts if each not in parts and _is_title(each, max(parts, key=lambda e: e.length))]
    named = [each for each in titles if "".join(fold_name(each.key)) in _TITLES]
    titles = named if len(named) == 1 else titles
    others = [each for each in long if each not in (*parts, *titles) and each.length > LONG]
    found = {"prompt": JOIN.join(each.key for each in parts), "response": stars.key}
    found |= {"category": stars.key} if (counted := fold_name(stars.key)[-1:] != _SCORE) else {}
    found |= {"context": titles[0].key} if len(titles) == 1 else {}
    return Guess.of(found, clear=counted and not others and len(titles) < _SEVERAL, basis="names")


def is_review(column: SampledColumn, *, counted: bool = False) -> bool:
    """Return whether a column holds reviews by its name, or any text that has stars, if they are ``counted``."""
    if has_word(column.key, (*_REVIEWS, *_COMMENTS)):
        return True
    return counted and strength(column.key, "text") is Strength.WHOLE


def _is_title(column: SampledColumn, review: SampledColumn) -> bool:
    """Whether a column holds titles of reviews, which shops call summaries too."""
    named = strength(column.key, "heading") >= Strength.HEAD or fold_name(column.key) == ("summary",)
    return named and column.length < review.length
