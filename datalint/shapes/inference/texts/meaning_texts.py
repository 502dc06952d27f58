"""Data to text: a formal representation of a meaning, and the sentence that expresses it.

What a user says by its name (``usr``, ``query``) is understood instead: its meaning is learned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of such representations, and those of acts of a dialogue, which may as well be the label of a sentence.
_MEANINGS: Final = frozenset(("mr", "da", "meaningrepresentation", "semanticrepresentation"))
_ACTS: Final = frozenset(("dialogueact", "dialogueacts", "dialogact", "dialogacts"))
#: Signs of a representation, and the share of values that have one.
_FORMAL: Final = re.compile(r"\w\s?[\[(=].*\S|[|;]\s*\w")
_NEARLY_ALL: Final = 0.9
#: Calls with their arguments, characters of one that are looked at, and rows of a table that are enough for a proposal.
_CALL: Final = lazy_pattern(r"[^\W\d][\w.-]{0,60}\(.*\)", re.DOTALL)
_LONGEST: Final = 1_000
_FEW_ROWS: Final = 5


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


def unnamed_meanings(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a table without names of texts and the calls after them, which may be their meanings."""
    if len(columns) != 2 or len(rows) < _FEW_ROWS or not all(map(is_unnamed, columns)):
        return None
    text, call = columns
    if text.holds is not Holds.TEXT or text.distinct < VARIED or _share(_CALL, rows, call.key) < _NEARLY_ALL:
        return None
    if _share(_CALL, rows, text.key) >= _NEARLY_ALL:
        return None
    return Guess.of({"prompt": text.key, "response": call.key})


def _share(pattern: re.Pattern[str], rows: Sequence[Mapping[str, Any]], key: str) -> float:
    """Return the share of rows whose value of a key is a text that a pattern matches as a whole."""
    texts = (value.strip()[:_LONGEST] for row in rows if isinstance(value := row.get(key), str))
    return sum(pattern.fullmatch(text) is not None for text in texts) / len(rows)


def _is_text(column: SampledColumn) -> bool:
    """Whether a column holds sentences; a list of several that say the same, which is written as text, is none."""
    return column.holds is Holds.TEXT and not column.listed and not is_about(column)
