"""Pairs of texts that several people rated: each row is a rating of a pair, which comes in other rows too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.aims import ASPECTS
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess

#: Words of the names of ratings, and of what is rated.
_RATINGS: Final = ("rating", "ratings", "rate", "score", "grade", "stars", "likert", "judgment", "judgement", "vote")
_CRITERIA: Final = (*ASPECTS, "criterion", "criteria", "dimension", "metric")
#: Rows and other ratings of a pair, on average, and different ratings of all pairs, at least.
_ROWS: Final = 2
_OTHERS: Final = 1.5
_LEAST: Final = 3


def of_rated_again(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess about a text and its answer, or the proposal to learn how people rate such pairs.

    That is proposed if most pairs are those of several rows, which have other ratings. What is rated, such as an
    ``aspect``, is read with the pair.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or len(rows) < LEAST_ROWS:
        return guess
    one, other = (next((e for e in columns if e.key == found[side]), None) for side in ("prompt", "response"))
    if one is None or other is None or one.holds is not Holds.TEXT or other.holds is not Holds.TEXT:
        return guess
    rest = [each for each in columns if each not in (one, other)]
    ratings = [each for each in rest if has_word(each.key, _RATINGS) and _are_ratings(each, len(rows))]
    if len(ratings) != 1:
        return guess
    pairs = [tuple(str(row.get(each.key)) for each in (one, other, ratings[0])) for row in rows]
    of_pairs, rated = len({pair[:-1] for pair in pairs}), len({*pairs})
    if _ROWS * of_pairs > len(rows) or rated < _OTHERS * of_pairs:
        return guess
    criteria = [each.key for each in rest if has_word(each.key, _CRITERIA) and each.holds is Holds.LABEL]
    context = JOIN.join((other.key, *criteria[:1]))
    return Guess.of({"prompt": one.key, "context": context, "response": ratings[0].key})


def _are_ratings(column: SampledColumn, rows: int) -> bool:
    return column.holds in (Holds.NUMBER, Holds.LABEL) and column.distinct * rows >= _LEAST
