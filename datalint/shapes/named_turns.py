"""Turns that are texts beginning with their speaker, or pairs of a speaker and a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.shapes.sink import canonical_role
from datalint.support.names.message_keys import STANDARD_ROLES
from datalint.support.names.speakers import speaker_role
from datalint.support.numbers import is_whole
from datalint.support.word_scripts import spaceless_letters

_LONGEST: Final = 40
#: Characters of a text, on average, which is more than a name.
_TEXT: Final = 16
#: Characters that a letter of a script without spaces stands for.
_SIGN: Final = 4
#: Speakers of one conversation at most where nothing but their number says that they are.
_FEW: Final = 4
#: A turn that begins with its speaker: ``User: …`` or ``[User] …``.
_LABELLED: Final = r"(?s)\s{0,9}(?:\[([^\]\n]{1,24})\]|([^\s:：\[][^:：\n]{0,23})[:：])(.*)"


def is_name(value: object) -> bool:
    """Return whether a value may be the name or the number of a speaker."""
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST and "\n" not in value
    return is_whole(value)


def meaning(name: str) -> str:
    """Return the role that a name says; empty for none."""
    role = canonical_role(name)
    return role if role in STANDARD_ROLES else speaker_role(name)


def named_turns(turns: Sequence[list[Any]]) -> list[dict[str, str]]:
    """Return pairs of a speaker and a text as turns; nothing unless there are only a few speakers."""
    if not all(isinstance(name, str) and is_name(name) and isinstance(said, str) for name, said in turns):
        return []
    names = [name for name, _ in turns]
    named = _are_few(names) and (any(map(meaning, names)) or all(map(str.isupper, names)))
    return [{"speaker": name, "text": text} for name, text in turns] if named else []


def are_unnamed_pairs(turns: Sequence[object]) -> bool:
    """Return whether all turns are pairs of two texts of some length, a prompt and its answer, and no speakers."""
    pairs = [turn for turn in turns if isinstance(turn, list) and len(turn) == 2]
    if not pairs or len(pairs) < len(turns) or not all(isinstance(text, str) for pair in pairs for text in pair):
        return False
    firsts = [first for first, _ in pairs]
    signs = list(map(spaceless_letters, firsts))
    if sum(map(len, firsts)) + (_SIGN - 1) * sum(signs) < _TEXT * len(firsts):
        return False
    if any(" " in first for first in firsts):
        return True
    # In scripts without blanks, a name speaks again, and a role is one by its meaning.
    return any(signs) and len(set(firsts)) == len(firsts) and not any(map(meaning, firsts))


def with_speakers(turns: Sequence[str]) -> list[dict[str, str]]:
    """Return texts that all begin with one of few speakers, of whom one has a usual name, as turns; else nothing."""
    found = [re.match(_LABELLED, turn) for turn in turns]
    names = [(match[1] or match[2]).strip() for match in found if match is not None]
    if len(names) < len(turns) or not _are_few(names) or not any(map(meaning, names)):
        return []
    return [
        {"speaker": name, "text": match[3].strip()}
        for name, match in zip(names, found, strict=True)
        if match is not None
    ]


def _are_few(names: Sequence[str]) -> bool:
    return 2 <= len(set(names)) <= _FEW
