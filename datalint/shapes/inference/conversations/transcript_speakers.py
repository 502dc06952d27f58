"""Columns of who speaks in the rows of a transcript, which are not what is learned from what is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_label
from datalint.shapes.evidence.names import is_about, names_speakers
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess, keys_of
from datalint.support.names.speakers import speaker_role

#: Both sides of a conversation, and the speakers of a table without names at most.
_SIDES: Final = frozenset(("user", "assistant"))
_MOST: Final = 8
#: Letters of initials at most, and the share of turns of another speaker than the one before: of two values by chance,
#: half of them are.
_INITIALS: Final = 2
_IN_TURN: Final = 0.62
#: Names of the writers of a text where its label says whether a person wrote it.
_WRITERS: Final = frozenset("human person people ai gpt chatgpt model machine llm".split())
#: The text of bytes as Python prints them.
_BYTES: Final = re.compile(r"b(['\"])(.*)\1", re.DOTALL)
#: Share of the rows in which two columns have the same value.
_NEARLY_ALL: Final = 0.98


def answering_speakers(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> frozenset[str]:
    """Return the keys of who speaks if a guess learns one of them, and rows have something else to learn; else none.

    A column with the values of a column of speakers, row by row, is one whatever its name is.
    """
    if guess is None or len(rows) < LEAST_ROWS:
        return frozenset()
    speakers = [
        each.key
        for each in columns
        if names_speakers(each) or _has_sides(each, columns, rows) or alternate(each, columns, rows)
    ]
    said = {key: [_plain(row.get(key)) for row in rows] for key in speakers}
    few = [each.key for each in columns if each.holds is Holds.LABEL and each.key not in said]
    alike = [
        key for key in few if any(_are_alike([_plain(row.get(key)) for row in rows], one) for one in said.values())
    ]
    found = frozenset((*speakers, *alike))
    learned = keys_of("response", dict(guess.columns).get("response", ""))
    if found.isdisjoint(learned) or not any(each.key not in found and _is_more(each, len(rows)) for each in columns):
        return frozenset()
    return found


def acts_of(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about what is said and its acts in a table without names, from which speakers are left out.

    An act is written without blanks, and as some of them are several in one text, there may be many.
    """
    used = [each for each in columns if each.holds is not Holds.NOTHING]
    texts = [each for each in used if each.holds is Holds.TEXT and each.distinct >= VARIED and not each.program_names]
    acts = [each for each in used if each not in texts]
    if rows < LEAST_ROWS or not all(map(is_unnamed, used)) or not len(texts) == len(acts) == 1:
        return None
    text, act = texts[0], acts[0]
    if not act.short or act.holds not in READABLE or act.distinct > VARIED:
        return None
    return Guess.of({"prompt": text.key, "response": act.key, "category": act.key}, clear=True, basis="values")


def _is_more(column: SampledColumn, rows: int) -> bool:
    """Whether a column may be learned: a label, repeated short texts, or lists that are written as text."""
    if is_about(column):
        return False
    repeated = column.holds is Holds.TEXT and column.short and column.distinct <= VARIED
    return is_label(column, rows) or repeated or column.listed or column.holds in (Holds.LIST, Holds.OBJECT)


def _has_sides(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column without a name, before the text, has the roles of both sides of a conversation: ``SYS:``."""
    if column.holds is not Holds.LABEL or not is_unnamed(column):
        return False
    texts = [place for place, each in enumerate(columns) if each.holds is Holds.TEXT]
    if not texts or columns.index(column) > texts[0]:
        return False
    names = {_plain(row.get(column.key)).rstrip(": ") for row in rows} - {""}
    roles = {speaker_role(name) for name in names}
    return roles == _SIDES and len(names) <= _MOST and names.isdisjoint(_WRITERS)


def alternate(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a column without a name has two speakers who take turns, as their initials: ``g`` and ``f``."""
    if column.holds is not Holds.LABEL or not is_unnamed(column) or len(rows) < LEAST_ROWS:
        return False
    texts = [place for place, each in enumerate(columns) if each.holds is Holds.TEXT]
    said = [_plain(row.get(column.key)) for row in rows]
    if not texts or columns.index(column) > texts[0] or len({*said}) != len(_SIDES):
        return False
    initials = all(one.isalpha() and len(one) <= _INITIALS for one in {*said})
    return initials and sum(one != after for one, after in pairwise(said)) >= _IN_TURN * (len(said) - 1)


def with_speaker(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal to read two speakers by their initials as context, as nothing names them; else ``guess``."""
    speakers = [each.key for each in columns if alternate(each, columns, rows)]
    if guess is None or len(speakers) != 1 or "context" in dict(guess.columns):
        return guess
    return Guess.of({**dict(guess.columns), "context": speakers[0]})


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    same = sum(map(str.__eq__, one, other))
    return same >= _NEARLY_ALL * len(one) and len({*one} - {""}) > 1


def _plain(value: object) -> str:
    """Return a value as text, without the signs of bytes around it."""
    text = "" if value is None else str(value).strip()
    found = _BYTES.fullmatch(text)
    return (found[2] if found is not None else text).strip().casefold()
