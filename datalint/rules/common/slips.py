"""Rows that can be read once their misspelled keys are renamed."""

from __future__ import annotations

from datalint.api import Record
from datalint.rules.common.spelling import misspelled

#: Keys of what is asked and of what answers it, and those that need no other.
_ASKED = frozenset(("prompt", "instruction", "question", "query", "input"))
_ANSWERS = frozenset(("completion", "response", "output", "answer", "target", "label", "category"))
_WHOLE = frozenset(("messages", "conversations", "text"))
_PREFERENCES = (frozenset(("chosen", "rejected")), frozenset(("preferred_output", "non_preferred_output")))


def slip(record: Record) -> tuple[str, str] | None:
    """Return the first misspelled key and what it should be, if the row can be read once all are corrected."""
    slips = dict(misspelled(record.value, "row"))
    keys = {slips.get(key, key) for key in record.value}
    pair = not keys.isdisjoint(_ASKED) and not keys.isdisjoint(_ANSWERS)
    if not pair and keys.isdisjoint(_WHOLE) and not any(map(keys.issuperset, _PREFERENCES)):
        return None
    return next(iter(slips.items()), None)


def only_misspelled(record: Record) -> bool:
    """Return whether a row of unknown shape is one because of misspelled keys, which ``misspelled-key`` reports.

    Capitals (``Question``) may be meant, and are not reported there.
    """
    if record.slips:
        return True
    found = slip(record)
    return found is not None and found[0].lower() != found[1]
