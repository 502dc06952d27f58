"""Dialogue state tracking: the earlier turns, the turn of the user, and the state that follows from both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import IN_TURN
from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of keys of the earlier turns; a context may be anything else.
_HISTORIES: Final = frozenset(
    (*(name for name in IN_TURN if not name.startswith("context")), "dialoguecontext", "dialogcontext", "priorturns")
)
#: Names of the state of a dialogue, without separators.
_STATES: Final = frozenset(
    """state states beliefstate beliefstates belief beliefs dialoguestate dialogstate statetracking slots slot
    slotvalues slotvalue targetstate turnbelief turnlabel framestate goalstate frames""".split()
)
_HELD: Final = (Holds.OBJECT, Holds.LIST, Holds.TEXT, Holds.LABEL)
#: Names of keys of the turn of the user, in addition to those of prompts and texts.
_SAID: Final = frozenset("utterance utt turn userutterance currentutterance currentturn usr".split())


def dialogue_states(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the earlier turns, the user's turn, and the state of the dialogue; None for other rows."""
    named = [(each, "".join(fold_name(each.key))) for each in columns]
    histories = [e for e, name in named if name in _HISTORIES and e.holds in (Holds.CHAT, Holds.LIST, Holds.TEXT)]
    states = [e for e, name in named if name in _STATES and e.holds in _HELD]
    said = [e for e, name in named if e.holds is Holds.TEXT and e not in (*histories, *states) and _is_said(e, name)]
    if len(rows) < LEAST_ROWS or not len(histories) == len(states) == len(said) == 1 or said[0].distinct < VARIED:
        return None
    rest = [e for e in columns if e not in (*histories, *states, *said) and not is_about(e) and not checks(e.key)]
    if any(strength(e.key, each) >= Strength.HEAD for e in rest for each in ("response", "act")):
        return None  # the turn or the act of the system is learned as well
    found = {"prompt": JOIN.join((histories[0].key, said[0].key)), "response": states[0].key}
    return Guess.of(found, clear=True, basis="names")


def _is_said(column: SampledColumn, name: str) -> bool:
    return name in _SAID or any(strength(column.key, each) is Strength.WHOLE for each in ("prompt", "text"))
