"""Tasks of a crowd, whose columns say their role first: ``INPUT:query`` and ``OUTPUT:result`` of Toloka.

Those of Mechanical Turk are ``Input.query`` and ``Answer.result``, or ``Answer.result.yes`` for each button.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, NESTED, Guess

#: Prefixes of keys of inputs and outputs, and of the worker, if each row is the answer of one person: of each platform.
_PLATFORMS: Final = (("INPUT:", "OUTPUT:", "ASSIGNMENT:"), ("Input.", "Answer.", "AssignmentId"))


def of_tasks(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the texts of a task and its only answer; None for other columns, and without texts.

    It is no sure one if a link is shown as well, such as that of a picture, or several may have done one task.
    """
    if len(rows) < LEAST_ROWS:
        return None
    return next((found for names in _PLATFORMS if (found := _of_platform(columns, *names)) is not None), None)


def _of_platform(columns: Sequence[SampledColumn], given: str, answered: str, by: str) -> Guess | None:
    shown = [each for each in columns if each.key.startswith(given)]
    answers = [each for each in columns if each.key.startswith(answered) and each.holds is not Holds.NOTHING]
    texts = [each for each in shown if each.holds is Holds.TEXT]
    if not answers or not texts or (answers[1:] and not _are_buttons(answers)):
        return None
    # A word of a text is no prompt in front of it.
    longest = max(each.length for each in texts)
    first = next(each for each in texts if 2 * each.length >= longest)
    found = {"prompt": first.key, "response": JOIN.join(each.key for each in answers)}
    if texts[1:]:
        found["context"] = JOIN.join(each.key for each in texts if each is not first)
    linked = any(each.holds is Holds.REFERENCE for each in shown)
    clear = not linked and not any(each.key.startswith(by) for each in columns)
    return Guess.of(found, clear=clear, basis="names")


def _are_buttons(answers: Sequence[SampledColumn]) -> bool:
    """Whether answers are those of one question, each of them whether its button was chosen."""
    names = {each.key.rpartition(NESTED)[0] for each in answers}
    return len(names) == 1 and NESTED in names.pop() and all(each.binary for each in answers)
