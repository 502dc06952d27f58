"""The meaning of a word, such as a ``gloss``, and a label that says whether a text uses the word in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess

#: Words of the names of the meaning of a word.
_SENSES: Final = ("gloss", "glosses", "definition", "definitions")


def is_sense(column: SampledColumn, labels: Sequence[SampledColumn]) -> bool:
    """Return whether a column has the meaning of a word, and the labels may say whether the text uses it."""
    return has_word(column.key, _SENSES) and column.holds is Holds.TEXT and all(each.binary for each in labels)


def with_word(guess: Guess, aims: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> Guess | None:
    """Return a guess about a text and the meaning of a word with the word; None for any other guess."""
    found = dict(guess.columns)
    read = [each for each in columns if each.key == found.get("context")]
    answers = [each for each in columns if each.key == found.get("response") and each.binary and is_class(each)]
    if not answers or not any(is_sense(each, answers) for each in read):
        return None
    context = {"context": JOIN.join(each.key for each in (*aims, *read))}
    return Guess.of(found | context, clear=True, basis="names")
