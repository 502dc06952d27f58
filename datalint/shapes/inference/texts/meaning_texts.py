"""Data to text: a formal representation of a meaning, and the sentence that expresses it.

What a user says by its name (``usr``, ``query``) is understood instead: its meaning is learned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of such representations, and those of acts of a dialogue, which may as well be the label of a sentence.
_MEANINGS: Final = frozenset(("mr", "da", "meaningrepresentation", "semanticrepresentation"))
_ACTS: Final = frozenset(("dialogueact", "dialogueacts", "dialogact", "dialogacts"))
#: Signs of a representation, and the share of values that have one.
_FORMAL: Final = re.compile(r"\w\s?[\[(=].*\S|[|;]\s*\w")
_NEARLY_ALL: Final = 0.9


def of_meaning(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about representations of meanings and their only text.

    It is no sure one where the representation is named after acts of a dialogue.
    """
    meanings = [each for each in columns if "".join(fold_name(each.key)) in _MEANINGS | _ACTS]
    # An ``orig_mr`` or a ``DA.old`` is another version of the meaning.
    words = [fold_name(each.key) for each in meanings]
    ends, whole = {each[-1:] for each in words}, {each for each in words if len(each) == 1}
    versions = [e for e in columns if fold_name(e.key)[-1:] in ends or fold_name(e.key)[:1] in whole]
    texts = [each for each in columns if each not in versions and _is_text(each)]
    if len(meanings) != 1 or len(texts) != 1 or len(rows) < LEAST_ROWS or texts[0].distinct < VARIED:
        return None
    meaning = meanings[0].key
    values = [value for row in rows if isinstance(value := row.get(meaning), str) and value]
    if sum(_FORMAL.search(value[:1_000]) is not None for value in values) < _NEARLY_ALL * len(rows):
        return None
    clear = "".join(fold_name(meaning)) in _MEANINGS
    if strength(texts[0].key, "prompt") is Strength.WHOLE:
        return Guess.of({"prompt": texts[0].key, "response": meaning}, clear=clear, basis="names")
    return Guess.of({"prompt": meaning, "response": texts[0].key}, clear=clear, basis="names")


def _is_text(column: SampledColumn) -> bool:
    """Whether a column holds sentences; a list of several that say the same, which is written as text, is none."""
    return column.holds is Holds.TEXT and not column.listed and not is_about(column)
