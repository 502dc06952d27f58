"""The first turn of the user under a key of its own, next to the turns after it, which the assistant begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import begins_with_answer
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: What a guess about conversations alone may name.
_SPOKEN: Final = frozenset(("system", "messages", "category"))
#: Names of what an agent is asked to do, which are no prompts elsewhere, such as the kind of a task.
_TASKS: Final = frozenset((("task",), ("objective",), ("mission",)))


def with_first_turn(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about conversations that the assistant begins with the text that this turn answers.

    So the logs of agents have it: the task, and the turns after it. The text is the only one that is named as what is
    asked, and all rows have it. What opens a conversation by itself, such as a greeting, stands next to no such text.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "messages" not in found or not found.keys() <= _SPOKEN:
        return guess
    read = (found["messages"], found.get("system"))
    asked = [each.key for each in columns_of(rows) if each.key not in read and _is_asked(each)]
    if len(asked) != 1 or not all(_is_said(row.get(asked[0])) for row in rows):
        return guess
    spoken = [turns for row in rows if (turns := row.get(found["messages"]))]
    if 2 * sum(map(begins_with_answer, spoken)) <= len(spoken):
        return guess
    others = {meaning: key for meaning, key in found.items() if key != asked[0]}
    return guess._replace(columns=Guess.of(others | {"prompt": asked[0]}).columns)


def _is_asked(column: SampledColumn) -> bool:
    """Whether a column holds different texts that are prompts, or tasks, by their name."""
    varied = column.holds is Holds.TEXT and column.length > LONG and column.distinct >= VARIED
    return varied and not is_about(column) and is_asked_by_name(column.key)


def is_asked_by_name(key: str) -> bool:
    """Return whether a key names a prompt, or the task of an agent, and no system prompt."""
    asked = strength(key, "prompt") is Strength.WHOLE or fold_name(key) in _TASKS
    return asked and not strength(key, "system")


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
