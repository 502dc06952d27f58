"""Translations that a program made, and how good each one is: the estimate is learned, and no translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of what is translated, of what a program made of it, and of how good that is, the best first.
_SOURCES: Final = frozenset("original source src sourcetext".split())
_MADE: Final = frozenset("translation mt hyp hypothesis target tgt machinetranslation".split())
_ESTIMATES: Final = tuple("zmean meanz zscore hter mqm mqmscore da dascore damean directassessment".split())


def estimated(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a source, its translation and the number that says how good that is, as MLQE has them.

    None if there is another text, such as the translation of a person, which may be learned instead.
    """
    texts = {"".join(fold_name(e.key)): e for e in columns if e.holds is Holds.TEXT and not (e.listed or is_about(e))}
    numbers = {"".join(fold_name(each.key)): each.key for each in columns if each.holds is Holds.NUMBER}
    source = [each for name, each in texts.items() if name in _SOURCES]
    made = [each for name, each in texts.items() if name in _MADE]
    scores = [numbers[name] for name in _ESTIMATES if name in numbers]
    if rows < LEAST_ROWS or not len(source) == len(made) == 1 or len(texts) > 2 or not scores:
        return None
    if made[0].length <= LONG or made[0].distinct < VARIED:
        return None
    found = {"prompt": source[0].key, "context": made[0].key, "response": scores[0]}
    return Guess.of(found, clear=True, basis="names")
