"""Questions that are repeated with the same options, in any order, and another answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.comparing.choices import Choices
from datalint.engine.reduce.comparing.formula_signs import formula_signs
from datalint.engine.reduce.comparing.permuted_options import Choice
from datalint.records.analyses import Group
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import runs_of_letters

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: An option that names others by their letters, as "both B and C" does, which are others in another order.
_REFERS: Final = lazy_pattern(r"(?<![^\W_])[b-h](?![^\W_])")


def find_other_choices(examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return the first rows of each option that a question has as its answer, if there are several; the options are
    their names.

    Questions and options are the same whatever their punctuation, and the options in any order. There are none where
    some options name others by their letters.
    """
    marks = (examples["identity"].to_numpy() ^ examples["system_hash"].to_numpy()).tolist()
    found: dict[int, dict[str, tuple[int, str]]] = {}
    several: set[int] = set()
    for batch in Choices(examples, reader).batches():
        for row, choice in batch.items():
            if any(map(_REFERS.search, choice.options)):
                continue
            question = hash((*_words_of(choice), marks[row]))
            chosen = found.setdefault(question, {})
            chosen.setdefault(_bare(choice.chosen), (row, choice.chosen))
            if len(chosen) > 1:
                several.add(question)
    groups = [sorted(found[question].values()) for question in several]
    return [Group([row for row, _ in each], names=[name for _, name in each]) for each in sorted(groups)]


def _words_of(choice: Choice) -> tuple[str, ...]:
    """Return a question and its options without their punctuation; only the question if options are the same then."""
    options = sorted({_bare(option) for option in choice.options})
    return (_bare(choice.question), *(options if len(options) == len(choice.options) else choice.options))


def _bare(text: str) -> str:
    """Return a text without blanks and punctuation, but with signs of formulas; one that has nothing else as it is."""
    return "".join((*runs_of_letters(text), *formula_signs(text))) or text
