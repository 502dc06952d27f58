"""Keys of the steps of an answer, and of the marks that steps have, one each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: Keys of the list of steps.
STEPS: Final = ("completions", "steps")
#: Keys of the numbers that steps have.
STEP_MARKS: Final = ("labels", "rewards", "step_rewards", "step_labels", "step_scores", "step_ratings")
#: Keys of numbers that may be about something else, such as those of several people about the whole answer.
OTHER_MARKS: Final = ("scores", "ratings")


def steps_with_marks(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of the list of steps of a row and of the list of their marks; None if it lacks one of them."""
    steps = next((key for key in STEPS if isinstance(row.get(key), list)), None)
    marks = next((key for key in (*STEP_MARKS, *OTHER_MARKS) if isinstance(row.get(key), list)), None)
    return None if steps is None or marks is None else (steps, marks)
