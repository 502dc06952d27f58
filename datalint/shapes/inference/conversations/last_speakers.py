"""Conversations without a named assistant, in which the speaker of the last turn answers.

Scripts and role plays name their speakers, and other characters than the one who is learned may begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import role_said, roles_of, speakers_of
from datalint.shapes.evidence.names import is_about, is_side
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import ANSWERER, Guess
from datalint.support.names.column_names import Strength, strength

#: Share of the conversations that one speaker ends, at least.
_NEARLY_ALL: Final = 0.9
#: Share of the conversations of several speakers that this one may begin, if no prompt stands before them, and share
#: of all in which nobody else speaks.
_BEGUN: Final = 0.7
_ALONE: Final = 0.2
#: Sides of a conversation.
_SIDES: Final = ("user", "assistant")
#: Signs that an option cannot have within a name.
_SIGNS: Final = ",=\n"


def last_speaker_answers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about conversations that one speaker ends, with the prompt that stands before them if any.

    None if the names of speakers say who answers, or if the first of two is the user in nearly all rows.
    """
    chats = [each for each in columns if each.holds is Holds.CHAT and not is_side(each)]
    if len(chats) != 1 or len(rows) < LEAST_ROWS or _are_answers(columns):
        return None
    spoken = [names for row in rows if (names := speakers_of(row.get(chats[0].key)))]
    ends = Counter(names[-1] for names in spoken)
    name, times = max(ends.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if not name or times < _NEARLY_ALL * len(rows) or any(sign in name for sign in _SIGNS):
        return None
    if role_said(name) or any(role_said(each) == "assistant" for names in spoken for each in names):
        return None
    if sum(roles_of(names).get(name) == "assistant" for names in spoken) >= _NEARLY_ALL * len(spoken):
        return None
    several = [names for names in spoken if len(set(names)) > 1]
    prompts = [each for each in columns if _is_prompt(each)]
    begun = sum(names[0] == name for names in several)
    if not several or (not prompts and begun > _BEGUN * len(several)):
        return None
    prompt = {"prompt": prompts[0].key} if len(prompts) == 1 else {}
    alone = len(spoken) - len(several)
    clear = bool(prompt) or (not prompts and alone <= _ALONE * len(spoken))
    found = {"messages": chats[0].key, ANSWERER: name}
    return Guess.of(prompt | found, clear=clear, basis="values")


def with_answerer(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that says which of two speakers is learned, where the same two speak in all conversations.

    Names of roles say it themselves. Other names and initials do not, and nothing else of a report would.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "messages" not in found or ANSWERER in found or len(rows) < LEAST_ROWS:
        return guess
    spoken = [names for row in rows if (names := speakers_of(row.get(found["messages"])))]
    pair = {name for said in spoken for name in said}
    if len(pair) != len(_SIDES) or any(role_said(name) or any(sign in name for sign in _SIGNS) for name in pair):
        return guess
    answers = Counter(name for said in spoken for name, role in roles_of(said).items() if role == "assistant")
    name, times = max(answers.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if times < _NEARLY_ALL * len(rows):
        return guess
    return guess._replace(columns=Guess.of(found | {ANSWERER: name}).columns)


def _are_answers(columns: Sequence[SampledColumn]) -> bool:
    """Whether a column next to the conversations holds answers by its name."""
    return any(strength(each.key, "response") is Strength.WHOLE and each.holds is not Holds.CHAT for each in columns)


def _is_prompt(column: SampledColumn) -> bool:
    """Whether a column holds a text that is asked before a conversation, by its name."""
    return strength(column.key, "prompt") is Strength.WHOLE and column.holds is Holds.TEXT and not is_about(column)
