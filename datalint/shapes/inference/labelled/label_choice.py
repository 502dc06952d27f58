"""Which of several labels of a text are learned: those that a name says are right, final, or the class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.labels import (
    VARIED,
    is_class,
    is_flag,
    is_label,
    of_one_kind,
    with_qualities,
    without_coarser,
    without_others,
)
from datalint.shapes.evidence.names import LABEL, OPINIONS, has_word, is_about, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Labels of a text that are learned together.
MOST_LABELS: Final = 8
#: Names of a label that is learned, whatever others stand next to it.
_LITERAL: Final = ("label", "response", "answer", "output")
#: First word of the name of the label that was decided on, next to an original one and others.
_FINAL: Final = frozenset(("final", "majority", "consensus", "adjudicated", "agreed", "aggregated"))
#: The same of labels that somebody corrected, next to those of a program.
_CORRECTED: Final = (("correct",), ("corrected",))
#: Words of the names of the things that somebody thinks or feels something of, which have a category too.
_THINGS: Final = ("product", "item", "brand", "hotel", "restaurant", "movie", "app", "shop", "store")


class Labels(NamedTuple):
    """The labels of a text that may be learned.

    ``rights`` are right by their name, ``stated`` ones are classes by their name, ``finer`` ones say more than another
    label, and ``named`` ones are called a category.
    """

    labels: list[SampledColumn]
    rights: list[SampledColumn]
    stated: list[SampledColumn]
    finer: list[SampledColumn]
    named: list[SampledColumn]


def candidate_labels(columns: Sequence[SampledColumn], rows: int) -> list[SampledColumn]:
    """Return the columns that hold labels, unless each is what few rows have next to the text, or instead of it."""
    # A language sorts rows, and a column that is named after one holds texts in it.
    labels = without_others([each for each in columns if is_label(each, rows) and not is_language(each.key.lower())])
    labels = [each for each in labels if each is not columns[0] or not _numbers_rows(each, columns)]
    return [] if all(each.unsaid and not is_class(each) for each in labels) else labels


def _numbers_rows(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column numbers rows or groups of them: it alone has no name, and holds numbers."""
    return column.holds is Holds.NUMBER and is_unnamed(column) and sum(map(is_unnamed, columns)) == 1 < len(columns)


def choose_labels(candidates: list[SampledColumn], columns: Sequence[SampledColumn], rows: int) -> Labels:
    """Return the labels that may be learned: the one that is learned by its name, or all of them."""
    labels, finer = without_coarser(of_one_kind(candidates))
    literal = [each for each in labels if _is_corrected(each)]
    literal = literal or [each for each in labels if each.key.strip().lower() in _LITERAL]
    literal = literal or [each for each in labels if each.key.strip().lower() == "class" and is_class(each)]
    literal = literal or [each for each in labels if _is_final(each)]
    labels = literal if len(literal) == 1 else labels
    # What is right by its name is learned, next to what only describes a row.
    rights = [each for each in labels if is_right(each.key) and not each.sparse]
    rights = rights or [each for each in columns if _is_right_class(each, rows)]
    labels = rights or labels
    stated = with_qualities([each for each in labels if is_class(each) or each in finer], labels)
    if len(stated) > 1 and len(labels) > MOST_LABELS:
        labels = stated  # the classes, next to one column for each of many topics
    named = [each for each in labels if strength(each.key, "category") is Strength.WHOLE]
    return Labels(labels, rights, stated, finer, named)


def without_things(labels: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return labels without the category of a thing, such as a product, next to what somebody thinks or feels of it."""
    opinions = [each for each in labels if has_word(each.key, OPINIONS)]
    things = any(has_word(each.key, _THINGS) for each in columns if each not in labels)
    plain = [each for each in labels if strength(each.key, "category") is Strength.WHOLE and each not in opinions]
    return [each for each in labels if each not in plain] if opinions and things else [*labels]


def _is_final(column: SampledColumn) -> bool:
    """Whether a column holds the label that was decided on by its name, such as ``final_label``, and no flag does."""
    return (
        is_class(column)
        and not column.sparse
        and not _FINAL.isdisjoint(fold_name(column.key)[:1])
        and last_word(column.key) in LABEL
    )


def _is_corrected(column: SampledColumn) -> bool:
    """Whether a column holds the labels that somebody corrected by its name, such as ``corrected_label``."""
    words = fold_name(column.key)
    corrected = words[:1] in _CORRECTED and last_word(column.key) in LABEL
    return corrected and not (column.sparse or is_flag(column))


def _is_right_class(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds words of which some repeat, too many for labels, that are right by their name."""
    few = column.short and column.holds is Holds.TEXT and not column.sparse and column.distinct <= VARIED
    return few and rows >= LEAST_ROWS and is_right(column.key) and not is_about(column)
