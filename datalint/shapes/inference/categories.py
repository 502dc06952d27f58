"""The category of the examples, which the guess about their columns has as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.name_pairs import shared_words
from datalint.shapes.evidence.names import OPTION, has_word, is_about, named_as
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.contexts import with_contexts
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of classes of length, which sort nothing by what a text says.
_LENGTHS: Final = ("length", "len", "길이", "长度", "長さ", "longueur", "länge", "longitud", "uzunluk")
#: First words of the names of what is said of the model that wrote a row, which sorts nothing by what a text says.
_WRITERS: Final = (("model",), ("llm",), ("generator",))
#: First and last words of the names of where a row is from, such as ``source_type``, which is no kind of example.
_ORIGINS: Final = (("source",), ("origin",))
_OF_ORIGINS: Final = frozenset("type kind name format category class dataset channel".split())
#: Number of rows from which on a constant is no category.
_FEW: Final = 5
#: Most values of a category of a few rows.
_HANDFUL: Final = 12


def with_category(guess: Guess, columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess with the contexts of its rows, and with their category if its evidence is names."""
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    more = {} if guess.basis == "values" else category_of(categories, found, len(rows), clear=guess.clear)
    return with_contexts(Guess.of(found | more, clear=guess.clear, basis=guess.basis), columns, rows)


def category_of(
    categories: Sequence[SampledColumn], found: Mapping[str, str], rows: int, *, clear: bool
) -> dict[str, str]:
    """Return the category that the rows have as well."""
    # A key that most rows lack is no category of all, such as the second level of labels.
    free = [each for each in categories if each.key not in found.values() and not (is_about(each) or each.unsaid)]
    if words := shared_words(found.get("prompt", ""), found.get("response", "")):
        # The type of a publication sorts no ``qa_question`` and its ``qa_answer``.
        free = [each for each in free if not words.isdisjoint(fold_name(each.key)) or _sorts_all(each.key)]
    free = [each for each in free if not (has_word(each.key, _LENGTHS) or fold_name(each.key)[:1] in _WRITERS)]
    # Where a row is from, and what is known of a wrong option, sort no examples.
    free = [each for each in free if not (_is_of_origin(fold_name(each.key)) or has_word(each.key, OPTION))]
    free = [each for each in free if rows < LEAST_ROWS or each.holds is not Holds.TEXT or _repeats(each, rows)]
    # Proposed is what sorts the rows. Where columns are clear, the one value of a part may stand next to others.
    free = [each for each in free if clear or rows < 2 or each.distinct * rows >= 2]
    fitting = (
        each for each in free if each.holds in (Holds.LABEL, Holds.NUMBER) or (each.short and each.holds is Holds.TEXT)
    )
    # A constant sorts nothing, unless rows are few.
    sorting = (each for each in fitting if rows < _FEW or is_class(each) or not 0 < each.distinct * rows < 1.5)
    first = next(sorting, None)
    return {} if first is None or "category" in found else {"category": first.key}


def _repeats(column: SampledColumn, rows: int) -> bool:
    """Whether texts sort rows: many repeat, or few differ under the whole name of a category."""
    is_named = strength(column.key, "category") is Strength.WHOLE
    return column.distinct < VARIED or (is_named and column.distinct * rows <= _HANDFUL)


def _is_of_origin(words: tuple[str, ...]) -> bool:
    return words[:1] in _ORIGINS and words[-1] in _OF_ORIGINS


def _sorts_all(key: str) -> bool:
    """Whether a key is a category by its name, or sorts rows by its whole name."""
    return strength(key, "category") >= Strength.HEAD or strength(key, "group") is Strength.WHOLE
