"""Two texts with a label of zeros and ones: whether one is right for the other is learned, and neither text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.shapes.inference.labelled.judged_sides import judged_sides
from datalint.shapes.inference.labelled.matched import MATCHES
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of such labels, and words of the names of texts that say the same as another one, whatever a label says.
_LABELS: Final = (("label",), ("labels",), ("target",), ("is", "correct"), ("correct",), ("is", "positive"))
_SAME: Final = ("summary", "summaries", "translation", "translated", "paraphrase", "explanation", "rationale", "title")
#: Share of the rows that have the rarer label, at least.
_RARER: Final = 0.02


def of_labelled_pair(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess about a text and its answer, or if a label says which answers are right, about that label.

    It is clear unless the answer is one by its name, or says the same as the text: then the label may be of the text
    alone, or the right answers may be learned.
    """
    if guess is not None and (judged := judged_sides(dict(guess.columns), columns, rows)) is not None:
        return judged
    found = {} if guess is None else dict(guess.columns)
    labels = [each for each in columns if each.binary and not each.sparse and _is_label(each)]
    label = labels[0].key if len(labels) == 1 else ""
    answer = next((each for each in columns if each.key == found.get("response")), None)
    if guess is None or answer is None or not label or len(rows) < LEAST_ROWS or "prompt" not in found:
        return guess
    if answer is labels[0] or answer.holds is not Holds.TEXT or answer.distinct < VARIED:
        return guess
    counts = Counter(str(row.get(label)) for row in rows if row.get(label) not in (None, ""))
    if len(counts) < 2 or min(counts.values()) < _RARER * len(rows):
        return guess
    read = [key for key in keys_of("context", found.get("context", "")) if key]
    found |= {"context": JOIN.join((*read, answer.key)), "response": label, "category": label}
    named = strength(answer.key, "response") >= Strength.HEAD or has_word(answer.key, _SAME)
    return Guess.of(found, clear=guess.clear and not named, basis="values")


def _is_label(column: SampledColumn) -> bool:
    return fold_name(column.key) in _LABELS or has_word(column.key, MATCHES)
