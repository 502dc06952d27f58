"""Steps of agents and players as rows: an observation, a thought, and the next action or move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, is_asked_or_learned
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name, last_word
from datalint.support.names.thought_keys import is_thought

#: Names of keys of observations, of tasks, and of actions.
_SEEN: Final = (
    *(("observation",), ("obs",), ("state",), ("screen",), ("current", "observation"), ("current", "state")),
    *(("state", "text"), ("state", "description"), ("observation", "text")),
    *(("board",), ("board", "state"), ("fen",), ("game", "state")),
)
#: Names of keys of whose turn it is.
_TURNS: Final = (("player",), ("current", "player"), ("turn",), ("side",), ("color",), ("colour",))
_TASKS: Final = (("task",), ("goal",), ("instruction",), ("objective",), ("question",), ("task", "description"))
_DONE: Final = (
    ("action",),
    ("next", "action"),
    ("act",),
    ("next", "step"),
    ("expected", "action"),
    ("target", "action"),
    ("subgoal",),
    ("next", "subgoal"),
    ("canonical", "subgoal"),
    *(("move",), ("best", "move"), ("next", "move"), ("target", "move")),
)
_SUBGOAL: Final = "subgoal"


def agent_steps(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about observations and actions, which are learned with the thought before them.

    A task is read first. None where rows have another text of some length, or an answer.
    """
    used = [each for each in columns if each.holds not in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)]
    seen = [each for each in used if fold_name(each.key) in _SEEN and each.holds is Holds.TEXT]
    done = [each for each in used if fold_name(each.key) in _DONE and each.holds in READABLE]
    tasks = [each for each in used if fold_name(each.key) in _TASKS and each.holds in READABLE]
    thoughts = [each for each in used if is_thought(each.key) and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or not len(seen) == len(done) == 1 or len(tasks) > 1 or len(thoughts) > 1:
        return None
    others = [each for each in used if each not in (*seen, *done, *tasks, *thoughts) and not is_about(each)]
    # What few rows do is a class, such as that of a log; the states of a game are few, and its goals are no classes.
    few = seen[0].distinct < VARIED and last_word(done[0].key) != _SUBGOAL
    if few or seen[0].length <= LONG or done[0].sparse:
        return None
    if any(is_asked_or_learned(each) or (each.holds is Holds.TEXT and each.length > LONG) for each in others):
        return None
    turns = [each.key for each in others if fold_name(each.key) in _TURNS and each.holds in READABLE]
    asked = [*(each.key for each in tasks), seen[0].key, *turns]
    read = {"prompt": asked[0]} | ({"context": JOIN.join(asked[1:])} if asked[1:] else {})
    learned = JOIN.join(each.key for each in columns if each in (*thoughts, *done))
    return Guess.of(read | {"response": learned}, clear=True, basis="names")
