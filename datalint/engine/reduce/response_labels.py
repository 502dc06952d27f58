"""Responses that are a set of labels, which the balance factor counts as categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.map.index import LABEL_CHARS
from datalint.engine.reduce.categories import are_labels, counted_category, counted_lists, is_answer_key
from datalint.engine.reduce.copied_labels import are_spans
from datalint.engine.reduce.label_lists import are_marks, parted, separator_of
from datalint.engine.reduce.label_vectors import (
    are_named,
    are_places,
    flags_of,
    labels_of_vectors,
    vectors_of_flags,
    with_names,
)
from datalint.engine.reduce.loose_labels import key_of_answer
from datalint.engine.reduce.scores import are_results, are_scores, are_shares
from datalint.records.analyses import Text
from datalint.records.category import CONFIGURED, Category
from datalint.shapes.detect import countable

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: A list of numbers, or of lists of numbers.
_NUMBERS: Final = r"^\[[\s\d.,\[\]-]*\]$"
#: Limits of a set of labels: short responses that each occur in many rows.
_LABEL_ROWS = 50
#: Why the responses are a category.
_SET: Final = "the responses are a set of labels"
#: Characters of the flags of a row at most.
_FLAGS_CHARS = 2_000
#: Characters of several labels of a row at most, and the share of the rows with a response at least.
_LIST_CHARS = 300
_ANSWERED = 0.99


def find_classes(examples: pl.DataFrame, reader: Reader) -> Category | None:
    """Return the responses as categories if they are a set of labels.

    A row may have several of them. Marks and grades are no labels: how often each number occurs is no balance.
    """
    if (flagged := _find_flagged(examples, reader.texts)) is not None:
        return flagged
    found = find_label_set(examples, reader.texts)
    if found is None or are_marks([*found.counts]):
        return None
    if (vectors := labels_of_vectors(found.values)) is not None:
        return counted_lists(found.key, found.origin, vectors, None) if are_labels(vectors, found.key) else None
    if separator := separator_of([*found.counts]):
        lists = parted(found.values, separator)
        return counted_lists(found.key, found.origin, lists, None) if are_labels(lists, found.key) else None
    answered = int(examples["response_chars"].arg_max() or 0)
    values = [*found.counts]
    return None if are_shares(values) or are_scores(values, key_of_answer(answered, reader)) else found


def _find_flagged(examples: pl.DataFrame, fetch: Callable[[Sequence[int]], list[Text]]) -> Category | None:
    """Return the labels that responses state a flag for, with those of each row that are set; None for others."""
    chars = examples["response_chars"]
    if examples.height < _LABEL_ROWS or (chars > _FLAGS_CHARS).any() or (chars > 0).sum() < _ANSWERED * examples.height:
        return None
    first = examples.select("response_hash", pl.int_range(pl.len(), dtype=pl.Int64).alias("i"))
    first = first.unique("response_hash", keep="first", maintain_order=True)
    rows = first["i"].to_list()
    # One response says for most datasets that the others need not be read.
    if 2 * len(rows) > examples.height or flags_of(_in_a_line(fetch(rows[:1])[0].response)) is None:
        return None
    stated = vectors_of_flags([_in_a_line(text.response) for text in fetch(rows)])
    if stated is None:
        return None
    names, vectors = stated
    named = first.with_columns(pl.Series("vector", vectors))
    places = labels_of_vectors(examples.join(named, on="response_hash", how="left", maintain_order="left")["vector"])
    if places is None or not are_labels(labels := with_names(places, names), "response"):
        return None
    return counted_lists("response", _SET, labels, None)


def _in_a_line(response: str) -> str:
    """Return the labels of a response, of which several have a line each, with commas between them."""
    return ", ".join(response.strip().split("\n"))


def named_by_responses(category: Category | None, examples: pl.DataFrame, reader: Reader) -> Category | None:
    """Return the responses as categories if they name the labels of a ``category`` of vectors, otherwise that."""
    if category is None or category.origin == CONFIGURED or not are_places(category.values):
        return category
    classes = find_classes(examples, reader)
    return classes if classes is not None and are_named(category.values, classes.values) else category


def find_label_set(examples: pl.DataFrame, fetch: Callable[[Sequence[int]], list[Text]]) -> Category | None:
    """Return the responses as categories if they are a set of labels, as in a classification dataset.

    At least 50 rows, nearly all with a response of at most 60 characters (several labels may be longer), and ten rows
    or more to a label. Letters of options are no labels, and neither are scores, lists of numbers, results of
    calculations, words that are copied from the prompts, or answers of which each has a prompt of its own: such rows
    are copies of a few.
    """
    size = examples.height
    chars = examples["response_chars"]
    if size < _LABEL_ROWS or (chars > _LIST_CHARS).any() or (chars > 0).sum() < _ANSWERED * size:
        return None
    if not countable("responses", examples["shape"]) or examples["response_hash"].n_unique() * 10 > size:
        return None
    if _are_copies_of_few(examples):
        return None
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    # Labels that differ in case only are two, unless this makes too many.
    spelled = (chars <= LABEL_CHARS).all() and examples["spelling"].n_unique() * 10 <= size
    hashed = "spelling" if spelled else "response_hash"
    first = examples.select(hashed, index).unique(hashed, keep="first", maintain_order=True)
    texts = fetch(first["i"].to_list())
    labels = [_in_a_line(text.response) for text in texts]
    if (chars > LABEL_CHARS).any() and not separator_of(labels):
        return None
    if pl.Series(labels).str.contains(_NUMBERS).all() or are_scores(labels):
        return None
    prompts = [text.prompt for text in texts]
    if is_answer_key(pl.Series(labels)) or are_spans(labels, prompts) or are_results(labels, prompts):
        return None
    names = pl.DataFrame({hashed: first[hashed], "category:response": [label or None for label in labels]})
    named = examples.join(names, on=hashed, how="left", maintain_order="left")
    return counted_category(named, "response", _SET, None)


def _are_copies_of_few(examples: pl.DataFrame) -> bool:
    """Return whether each of several responses has one prompt, and each prompt one response."""
    prompts = examples.select("prompt_hash", "system_hash", "context", "response_hash").unique()
    responses = prompts["response_hash"].n_unique()
    return prompts.height == responses == prompts["prompt_hash"].n_unique() > 1
