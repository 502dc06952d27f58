"""What the rules about categories share: when one of them dominates, and how even they are."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Category, Dataset, Factor
from datalint.support.duplicates import has_more

#: The guide's Bad column: 90 % in one category.
_BAD: Final = 0.9
#: Times its even share from which the largest category dominates, and the share from which it may.
EVEN_FACTOR: Final = 2.0
LEAST_SHARE: Final = 1 / 3
#: How a key was found that nobody configured and no response is by itself, rows to each different response at least
#: where the model learns the values, and the shape whose values are intents.
_FOUND: Final = ("found by name", "guessed")
_ROWS: Final = 3
#: Times as many pairs of a value and a response as there are responses, from which a response says nothing of its value.
_PAIRS: Final = 1.5
_INTENTS: Final = "intents"
#: Values of both splits from which on a split may have whole groups, with the share of evaluation rows that may be of
#: one in both.
_SPLIT_GROUPS: Final = 20
_SHARED: Final = 0.05


def is_learned(data: Dataset, category: Category) -> bool:
    """Return whether the model learns the values of a category, rather than that they only sort the rows."""
    if category.origin not in _FOUND or (data.examples["shape"] == _INTENTS).any():
        return True
    return are_answers(data, category)


def are_answers(data: Dataset, category: Category) -> bool:
    """Return whether the responses depend on the values of a category alone, and these on the responses.

    Letters of options that answer questions of several subjects depend on no subject, and neither do those of one.
    """
    answers = pl.DataFrame(
        {
            "value": category.values,
            "response": data.examples["response_hash"],
            "is_answered": data.examples["response_chars"] > 0,
        }
    ).drop_nulls("value")
    most = max(len(category.counts), answers.height // _ROWS)
    # Different responses alone are counted several times as fast as pairs.
    if not answers["is_answered"].any() or has_more(answers["response"], most):
        return False
    responses = answers["response"].n_unique()
    if category.is_constant and responses > 1:
        return False
    pairs = answers.select("value", "response").unique().height
    return pairs <= min(most, _PAIRS * max(responses, len(category.counts)))


def are_split_by(data: Dataset, category: Category, held: Category) -> bool:
    """Return whether evaluation has other groups of rows than training, as a split by document does."""
    if len(category.counts.keys() | held.counts.keys()) < _SPLIT_GROUPS or is_learned(data, category):
        return False
    shared = sum(count for value, count in held.counts.items() if value in category.counts)
    return shared <= _SHARED * held.total


def bad_share(data: Dataset) -> float:
    """Return the share from which one category is an error."""
    fail = data.limits.get("largest-category-share", (None, None))[1]
    return _BAD if fail is None else fail


def is_dominated(data: Dataset, factor: float = EVEN_FACTOR, least: float = LEAST_SHARE) -> bool:
    """Return whether the largest category is an error, or over ``factor`` times its even share and ``least``.

    An evaluation set, or data that may be one, may be as uneven as what it stands for, so only an error counts there.
    """
    category = data.category
    if category is None or not category.counts:
        return False
    share = next(iter(category.counts.values())) / category.total
    if share >= bad_share(data):
        return True
    judged = category.expected is None and data.kind != "evaluation" and Factor.BALANCE not in data.eased
    return judged and share > max(factor / category.ways, least)


def unevenness(data: Dataset) -> str | None:
    """Return the evenness of the categories in words if it is under the profile's limit, otherwise None."""
    category, evenness = data.category, data.measures.get("evenness")
    warn, fail = data.limits.get("evenness", (None, None))
    limit = warn if warn is not None else fail
    if category is None or category.expected is not None or evenness is None or limit is None:
        return None
    if len(category.judged) < 2 or evenness >= limit:
        return None
    return f"evenness {evenness:.2f} over {len(category.judged):,} values, limit {limit:g}"
