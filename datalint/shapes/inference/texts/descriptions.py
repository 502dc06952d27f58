"""Inference of tables of things by their names, with a description and a few facts next to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import DESCRIPTIONS, REASONS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, strength

#: Share of distinct names from which on each row is about a thing of its own, and mean characters of its name at least.
_OWN: Final = 0.9
_LEAST_NAME: Final = 3
#: What a table may have next to its texts.
_FACTS: Final = (Holds.NUMBER, Holds.REFERENCE, Holds.NOTHING, Holds.OTHER)


def descriptions(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for the names of things and their descriptions, or for a text and its reason in a few words.

    A description alone would be a text without what it describes. A reason that many rows have, such as what a drug
    is taken for or why a comment was removed, is a class of the text and no remark on it.
    """
    if rows < LEAST_ROWS:
        return None
    reasons = [each for each in columns if each.holds is Holds.LABEL and has_word(each.key, REASONS)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each not in reasons]
    names = [each for each in texts if _names_things(each)]
    said = [each for each in columns if strength(each.key, "text") is Strength.WHOLE and each not in names]
    # A remark such as a comment is a text where it has a reason.
    said = said or [each for each in texts if strength(each.key, "remark") is Strength.WHOLE]
    known = [*reasons, *names, *said]
    others = [each for each in columns if each not in known and not is_about(each) and each.holds not in _FACTS]
    if len(said) != 1 or len(names) > 1 or len(reasons) > 1 or others:
        return None
    text = said[0]
    if reasons:
        reason = reasons[0].key
        if names and text.distinct < VARIED:
            # Things that are described alike differ in their names only.
            return Guess.of({"prompt": names[0].key, "response": JOIN.join((reason, text.key))})
        context = {"context": names[0].key} if names else {}
        return Guess.of({"prompt": text.key, **context, "response": reason, "category": reason})
    if names and has_word(text.key, DESCRIPTIONS) and text.holds is Holds.TEXT and text.distinct >= VARIED:
        return Guess.of({"prompt": names[0].key, "response": text.key})
    return None


def _names_things(column: SampledColumn) -> bool:
    """Whether a column holds a name of its own for each row, which is no file and no number."""
    named = strength(column.key, "heading") >= Strength.HEAD and column.short and not column.codes
    return named and column.distinct >= _OWN and column.length >= _LEAST_NAME
