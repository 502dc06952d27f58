"""Several texts, one of which is long, and one label: a decision about them, or the relation of parts of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_code
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

#: Words of the names of decisions.
_DECIDED: Final = tuple(
    """access allowed permission decision decided verdict judgment judgement outcome result approval approved
    eligibility eligible compliance compliant violation answerable""".split()
)
#: Values of a decision about several texts, fewer than, and characters of one of them, more than.
_DECISIONS: Final = 2.5
_LONG_TEXT: Final = 200
#: Texts that a label may be about.
_MOST_TEXTS: Final = 4


def by_only_label(
    texts: Sequence[SampledColumn], labels: Sequence[SampledColumn], columns: Sequence[SampledColumn], rows: int
) -> Guess | None:
    """Return the guess about several texts, one of which is long, and the only label, without names or with a decision.

    In a table without names, the label is that of the longest text, and the others are what it is about. With names,
    it has two values.
    """
    text, second = sorted(texts, key=lambda each: -each.length)[:2]
    if len(labels) != 1 or rows < LEAST_ROWS or text.length <= LONG or text.distinct < VARIED:
        return None
    label, unnamed = labels[0], all(map(is_unnamed, columns))
    # A number next to a question and its answer is that of a chapter, say; next to a title and its text, of a class.
    classes = label.holds is Holds.LABEL or (is_code(label) and not any(each.asks for each in texts))
    if unnamed and (not classes or second.length > text.length / 2 or len(texts) >= _MOST_TEXTS):
        return None
    decision = label.holds is Holds.LABEL and label.distinct * rows < _DECISIONS and has_word(label.key, _DECIDED)
    if not unnamed and not (decision and text.length > _LONG_TEXT):
        return None
    others = [each.key for each in texts if each is not text and (unnamed or each.length > LONG)]
    read = {"context": JOIN.join(others)} if others else {}
    # Texts that are parts of the longest one are marked in it, and the label says how they are related.
    clear = unnamed and all(each.within for each in texts if each is not text)
    found = {"prompt": text.key, **read, "response": label.key, "category": label.key}
    return Guess.of(found, clear=clear, basis="values")
