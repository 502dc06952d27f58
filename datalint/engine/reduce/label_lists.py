"""Rows with several labels: recognition of lists of labels, and the number of rows with each label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

import polars as pl

from datalint.engine.reduce.label_vectors import UNSET, labels_of_vectors, stated_values
from datalint.records.category import BETWEEN_LABELS
from datalint.shapes.category import MOST_LABELS
from datalint.support.names.token_keys import OUTSIDE, TAG

#: The prefix of columns of lists.
LISTS: Final = "labels:"
#: What separates several labels of a text, and how many labels are several of them at least.
_SEPARATOR: Final = r"[,;|]"
_LEAST_COMBINED: Final = 5
#: What else is between labels, if each of these is a label of other rows as well: it may be a part of a name.
_JOINTS: Final = ("_", "+", "/", "&", "-")
#: Blanks between labels, and the share of their words that are labels alone too, as those of names are not.
_BLANKS: Final = r"\s+"
_ALONE: Final = 0.8
#: Share of the rows with an empty list from which on it says that none of the labels applies: a slip is rarer.
_NONE_APPLIES: Final = 0.01
#: Keys for which labels state something, at least.
_LEAST_MARKS: Final = 2
#: Share of the values that are the tags of several words, and how many of these words there are at least.
_TAGGED: Final = 0.9
_LEAST_TAGS: Final = 2
#: The most labels of a set, and rows to each at least, beyond a handful: tags and keywords are more.
_MOST_LABELS: Final = 100
_ROWS_PER_LABEL: Final = 3
_HANDFUL: Final = 12
#: Share of the rows up to which a label may stand twice in a list by mistake: tags of tokens do so in most.
_FEW_TWICE: Final = 0.01


def label_lists(examples: pl.DataFrame, key: str) -> pl.Series | None:
    """Return the labels of rows under ``key`` with ``BETWEEN_LABELS`` between them; None if rows have no lists.

    An empty text is a row to which none of the labels applies; null is one that lacks them. Vectors of zeros and ones
    are such lists as well.
    """
    text = f"category:{key}"
    if f"{LISTS}{key}" in examples.columns:
        found = [pl.col(name) for name in (f"{LISTS}{key}", text) if name in examples.columns]
        values = examples.select(pl.coalesce(found).alias("value"))["value"]
        vectors = labels_of_vectors(values)
        # Only vectors have so many places.
        long = values.str.count_matches(BETWEEN_LABELS, literal=True) >= MOST_LABELS
        values = values.set(long.fill_null(False), None) if vectors is None else vectors
    elif text in examples.columns and (vectors := labels_of_vectors(examples[text])) is not None:
        values = vectors
    elif text in examples.columns and (separator := _between(examples[text])):
        values = parted(examples[text], separator)
    else:
        return None
    if (values == "").sum() < _NONE_APPLIES * (values.len() - values.null_count()):
        values = values.set(values == "", None)
    return values


def parted(values: pl.Series, separator: str = _SEPARATOR) -> pl.Series:
    """Return texts of several labels with ``BETWEEN_LABELS`` between these."""
    return values.cast(pl.String).str.replace_all(rf"\s*{separator}\s*", BETWEEN_LABELS).alias("value")


def counted_labels(values: pl.Series, *, about: bool = False) -> dict[str, int]:
    """Return how many rows have each label, the most frequent one first; each counts once for a row.

    A label of all rows may say what the dataset is ``about``, and is then left out if there are others.
    """
    counts: Counter[str] = Counter()
    for joined, rows in values.drop_nulls().value_counts().iter_rows():
        for label in set(joined.split(BETWEEN_LABELS)) - {""}:
            counts[label] += rows
    ordered = dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
    others = {label: rows for label, rows in ordered.items() if rows < values.len() - values.null_count()}
    return others if about and len(others) > 1 else ordered


def is_label_set(values: pl.Series, counts: Mapping[str, int]) -> bool:
    """Return whether lists under a key that nobody named are labels of a set, rather than tags, tokens, ids or vectors.

    Labels are few and repeat from row to row, none stands twice in a list, and the lists are not all as long.
    """
    labelled = values.filter(values != "").value_counts(name="rows")
    rows, sizes, twice = int(labelled["rows"].sum()), set(), 0
    for joined, count in labelled.iter_rows():
        labels = joined.split(BETWEEN_LABELS)
        sizes.add(len(labels))
        twice += count if len(set(labels)) < len(labels) else 0
    if twice > _FEW_TWICE * rows or (len(sizes) == 1 and 1 not in sizes) or not 2 <= len(counts) <= _MOST_LABELS:
        return False
    return _are_names(counts) and (len(counts) <= _HANDFUL < rows or len(counts) * _ROWS_PER_LABEL <= rows)


def _are_names(labels: Collection[str]) -> bool:
    """Return whether labels are names, or numbers of classes, which count from 0 or 1 with few left out."""
    numbers = [int(label) for label in labels if re.fullmatch(r"\d{1,6}", label)]
    if len(numbers) == len(labels):
        return max(numbers) <= 2 * len(numbers)
    return any(any(map(str.isalpha, label)) for label in labels)


def are_combined(labels: Collection[str]) -> bool:
    """Return whether most labels are several names with a separator between them, of far fewer names than labels."""
    split = [[name.strip() for name in re.split(_SEPARATOR, label)] for label in labels]
    names = {name for each in split for name in each}
    several = sum(len(each) > 1 for each in split)
    return several >= _LEAST_COMBINED and 2 * several > len(split) and 2 * len(names) <= len(split)


def _between(values: pl.Series) -> str:
    """Return the pattern of what is between several labels of a row; empty where rows have one label each."""
    labels = values.drop_nulls().unique().cast(pl.String).to_list()
    return separator_of(labels) or re.escape(_joint(labels))


def separator_of(labels: Collection[str]) -> str:
    """Return the pattern of a comma or of blanks between several labels; empty where most are one label each."""
    if are_combined(labels):
        return _SEPARATOR
    return _BLANKS if _are_words_of_a_set(labels) else ""


def _are_words_of_a_set(labels: Collection[str]) -> bool:
    """Return whether most labels are several of far fewer words, none of them twice, of which nearly all come alone."""
    split = [label.split() for label in labels]
    several = sum(len(each) > 1 for each in split)
    if several < _LEAST_COMBINED or 2 * several <= len(split) or any(len(set(each)) < len(each) for each in split):
        return False
    words = {word for each in split for word in each}
    alone = sum(len(each) == 1 for each in split)
    return 2 * len(words) <= len(split) and alone >= _ALONE * len(words)


def _joint(labels: Collection[str]) -> str:
    """Return what joins several names in most labels, each of which is a label as well; empty for none."""
    for joint in _JOINTS:
        alone = {label for label in labels if joint not in label}
        several = [label for label in labels if joint in label]
        if len(several) < _LEAST_COMBINED or 2 * len(several) <= len(labels) or 2 * len(alone) > len(labels):
            continue
        if all(alone.issuperset(name.strip() for name in label.split(joint)) for label in several):
            return joint
    return ""


def are_word_tags(values: pl.Series) -> bool:
    """Return whether nearly all texts are the tags of the words of a sentence, with blanks between them: ``O B-LOC O``.

    Each is as long as its sentence, so that equal ones say nothing of what sentences are about.
    """
    labels = values.drop_nulls().unique().cast(pl.String).to_list()
    return bool(labels) and sum(map(_is_word_tags, labels)) >= _TAGGED * len(labels)


def _is_word_tags(label: str) -> bool:
    tags = label.split()
    if len(tags) < _LEAST_TAGS or not all(tag in OUTSIDE or TAG.fullmatch(tag) for tag in tags):
        return False
    return not OUTSIDE.issuperset(tags)


def are_marks(labels: Collection[str]) -> bool:
    """Return whether labels state numbers, or yes and no, for each of several keys, and not always one of them."""
    stated = [stated_values(label) for label in labels]
    if not stated or any(len(each) < _LEAST_MARKS for each in stated):
        return False
    return any(sum(value.lower() not in UNSET for _, value in each) != 1 for each in stated)
