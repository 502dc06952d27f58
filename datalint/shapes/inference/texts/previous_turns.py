"""Turns that are no answer: earlier ones (``prev_user`` next to ``user``), and logs of a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import READABLE, SampledColumn
from datalint.shapes.guess import Guess, keys_of
from datalint.support.names.column_names import fold_name
from datalint.support.names.speakers import speaker_role

#: First words of the names of what was said before.
_EARLIER: Final = (("prev",), ("previous",), ("prior",))
_SPEAKERS: Final = 2
#: Keys of the number of a turn.
_NUMBERED: Final = frozenset(("turn", "turn_id", "turn_number", "turn_index", "round"))


def earlier_turns(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns that hold what was said before the prompt, by their names: ``prev_agent``.

    If these are of both speakers, so is the turn of the one who answers, where it comes before that of the other one.
    If nobody asks anything later, the earlier turn of the user is the prompt.
    """
    said = {each.key: _speaker(each) for each in columns}
    earlier = [each for each in columns if fold_name(each.key)[:1] in _EARLIER and said[each.key]]
    later = [each for each in columns if each not in earlier and said[each.key] and len(fold_name(each.key)) == 1]
    roles = [said[each.key] for each in later]
    if "user" not in roles:
        return [each for each in earlier if said[each.key] != "user"]
    both = len({said[each.key] for each in earlier}) == _SPEAKERS
    return [*earlier, later[0]] if both and roles == ["assistant", "user"] else earlier


def _speaker(column: SampledColumn) -> str:
    """Return the role of the speaker that a column of texts is named after, perhaps with ``prev``; empty for none."""
    words = fold_name(column.key)
    words = words[1:] if words[:1] in _EARLIER else words
    return speaker_role(words[0]) if len(words) == 1 and column.holds in READABLE else ""


def reverses_turns(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess learns an earlier turn, or the one that the prompt replies to by the order of keys."""
    found = dict(guess.columns)
    if "prompt" not in found or "response" not in found:
        return False
    keys = list(dict.fromkeys(key for row in rows for key in row))
    names = {key: fold_name(key) for key in keys}
    earlier = {key for key, words in names.items() if words[:1] in _EARLIER and words[1:] in names.values()}
    if len(earlier) < _SPEAKERS:
        return False
    asked, answered = (keys_of(meaning, found[meaning]) for meaning in ("prompt", "response"))
    later = {names[key][1:] for key in earlier}
    if not any(names.get(key) in later or key in earlier for key in answered):
        return False  # a label of the turns
    before = all(key in keys for key in (*asked, *answered)) and keys.index(answered[0]) < keys.index(asked[0])
    return before or not earlier.isdisjoint((*asked, *answered))


def learns_turns(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess learns the log of a conversation: a list of objects that are numbered as turns."""
    keys = keys_of("response", dict(guess.columns).get("response", ""))
    lists = [row[key] for row in rows for key in keys if isinstance(row.get(key), list) and row[key]]
    turns = sum(isinstance(each[0], dict) and not _NUMBERED.isdisjoint(each[0]) for each in lists)
    return bool(keys) and 2 * turns > len(rows)
