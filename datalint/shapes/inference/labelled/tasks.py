"""Tasks of a crowd, whose columns say their role before a colon: ``INPUT:query`` and ``OUTPUT:result`` of Toloka."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess

#: Prefixes of keys of inputs and outputs, and of the worker, if each row is the answer of one person.
_SHOWN: Final = "INPUT:"
_ANSWERED: Final = "OUTPUT:"
_BY: Final = "ASSIGNMENT:"


def of_tasks(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about the texts of a task and its only answer; None for other columns, and without texts.

    It is no sure one if a link is shown as well, such as that of a picture, or several may have done one task.
    """
    shown = [each for each in columns if each.key.startswith(_SHOWN)]
    answers = [each for each in columns if each.key.startswith(_ANSWERED) and each.holds is not Holds.NOTHING]
    texts = [each for each in shown if each.holds is Holds.TEXT]
    if rows < LEAST_ROWS or len(answers) != 1 or not texts:
        return None
    # A word of a text is no prompt in front of it.
    longest = max(each.length for each in texts)
    first = next(each for each in texts if 2 * each.length >= longest)
    found = {"prompt": first.key, "response": answers[0].key}
    if texts[1:]:
        found["context"] = JOIN.join(each.key for each in texts if each is not first)
    linked = any(each.holds is Holds.REFERENCE for each in shown)
    clear = not linked and not any(each.key.startswith(_BY) for each in columns)
    return Guess.of(found, clear=clear, basis="names")
