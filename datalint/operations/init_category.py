"""The category key of a sample of rows, chosen as a check chooses it from all rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from datalint.engine.map.named_columns import named_columns
from datalint.engine.plan import Plan
from datalint.engine.reduce.categories import find_category
from datalint.engine.reduce.category_candidates import category_candidates
from datalint.engine.reduce.label_lists import are_marks
from datalint.engine.reduce.response_labels import find_label_set
from datalint.engine.reduce.scores import are_scores
from datalint.records.analyses import Text
from datalint.records.structure import Structure
from datalint.shapes.key_paths import top_of

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.records.category import Category
    from datalint.shapes.flatten import Flat
    from datalint.shapes.guess import Guess


def category_of(
    rows: Sequence[dict[str, Any]],
    flat: Flat,
    category: str | None,
    *,
    columns: Mapping[str, str],
    guesses: tuple[Guess, ...],
    path: str,
    kind: Kind,
) -> Category | None:
    """Return the category of rows: by the key that the user names, by name, by what was guessed, or their responses."""
    plan = Plan(rules=(), columns=columns, category_key=category, guesses=guesses)
    named = named_columns(Structure(rows).groups, len(rows), category, plan.guessed_categories)
    examples = flat.examples.select(
        "shape",
        pl.col("prompt"),
        pl.col("response"),
        pl.col("response").str.len_chars().alias("response_chars"),
        pl.col("response").hash().alias("response_hash"),
        pl.col("response").hash(seed=1).alias("spelling"),
        pl.col("prompt").hash().alias("prompt_hash"),
        pl.col("system").hash().alias("system_hash"),
        (pl.col("system") + pl.col("prompt")).hash().alias("context"),
    ).hstack(named)
    found = find_category(examples, category, None, [path], kind, plan.learned_labels)
    if found is not None or category is not None:
        return found

    def texts(places: Sequence[int]) -> list[Text]:
        some = examples[list(places)]
        return [Text(prompt, response, "") for prompt, response in zip(some["prompt"], some["response"], strict=True)]

    classes = find_label_set(examples, texts)
    if classes is None or are_marks([*classes.counts]) or are_scores([*classes.counts]):
        return None
    return classes


def possible_categories(rows: Sequence[dict[str, Any]], read: Collection[str]) -> tuple[str, ...]:
    """Return keys that may be the category, the likely one alone if there is one; none of those that are ``read``."""
    found = category_candidates(lambda places: [rows[place] for place in places], len(rows), {*map(top_of, read)})
    return () if found is None else tuple(found.values)
