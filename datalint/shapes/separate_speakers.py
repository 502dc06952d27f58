"""Turns with texts apart from their speakers: in an object, under a key for each side, or under the speaker's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.named_turns import meaning
from datalint.shapes.sink import canonical_role
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Keys of the speaker, and of the object with the text: ``{"type": "human", "data": {"content": …}}``.
_SPEAKERS: Final = ("role", "speaker", "sender", "from", "type", "turn")
_INNER: Final = ("data", "payload")
_SAID: Final = ("content", "text", "utterance", "message")
#: Words for texts in the keys of the sides.
_WORDS: Final = "(transcript|utterance|uttr|utt|text|speech)"
_USER: Final = "(?:user|usr|human|customer)[_ ]?"
_USERS: Final = lazy_pattern(rf"(?:{_USER})?{_WORDS}")
_NAMED_USER: Final = lazy_pattern(_USER)
_SYSTEMS: Final = lazy_pattern(rf"(?:system|sys|agent|assistant|bot)[_ ]?{_WORDS}")
#: Characters of such a key, at most.
_LONGEST: Final = 40
#: The roles of speakers that are keys of their own, the characters around their names, and the characters of a turn
#: that is more than a name, on average.
_SIDES: Final = ("system", "user", "assistant")
_BRACKETS: Final = "<>[]{}|:# \t"
_TEXT: Final = 16


class Said(NamedTuple):
    """One turn: its speaker, its text, and the place of the text in the list of turns."""

    name: str
    text: str
    at: str


def turns_apart(turns: Sequence[Any], *, unanswered: bool = False) -> list[Said]:
    """Return the turns of such a layout, in order; nothing for others.

    In a list that is known to be a conversation, the user may be ``unanswered``.
    """
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        return []
    return _nested(turns) or _of_sides(turns, unanswered=unanswered) or _of_names(turns)


def _nested(turns: Sequence[Mapping[str, Any]]) -> list[Said]:
    """Return turns that have a speaker with a usual name, and an object with the text."""
    found = []
    for index, turn in enumerate(turns):
        key = next((key for key in _INNER if isinstance(turn.get(key), dict)), None)
        name = next((turn[each] for each in _SPEAKERS if isinstance(turn.get(each), str)), "")
        inner = turn[key] if key is not None else {}
        text = next((each for each in _SAID if isinstance(inner.get(each), str)), None)
        if text is None or not meaning(name) or any(isinstance(turn.get(each), str | list) for each in _SAID):
            return []
        found.append(Said(name, inner[text], f"[{index}].{key}.{text}"))
    return found


def _of_sides(turns: Sequence[Mapping[str, Any]], *, unanswered: bool) -> list[Said]:
    """Return the texts of user and system in turns that have one of each, as ``transcript`` and another key.

    If the system says nothing in the first one, its text is said before the user's, as in WOZ and MultiWOZ.
    """
    if any(key in turns[0] for key in _SPEAKERS[:4]):
        return []
    keys = dict.fromkeys(key for turn in turns for key in turn if len(key) <= _LONGEST)
    asked = [(key, match[1]) for key in keys if (match := _USERS.fullmatch(key.lower()))]
    answered = [(key, match[1]) for key in keys if (match := _SYSTEMS.fullmatch(key.lower()))]
    if unanswered and len(asked) == 1 and not answered and _NAMED_USER.match(asked[0][0].lower()):
        return _of_user(turns, asked[0][0])
    if len(asked) != 1 or len(answered) != 1 or asked[0][1] != answered[0][1]:
        return []
    user, system = asked[0][0], answered[0][0]
    found: list[Said] = []
    begins = _text(turns[0].get(system)) is None
    for index, turn in enumerate(turns):
        sides = [("user", user), ("assistant", system)]
        for name, key in reversed(sides) if begins else sides:
            said = _text(turn.get(key))
            if said is not None:
                found.append(Said(name, said[0], f"[{index}].{key}{said[1]}"))
    return found if {said.name for said in found} == {"user", "assistant"} else []


def _of_user(turns: Sequence[Mapping[str, Any]], key: str) -> list[Said]:
    texts = enumerate(_text(turn.get(key)) for turn in turns)
    return [Said("user", text[0], f"[{index}].{key}{text[1]}") for index, text in texts if text is not None]


def _of_names(turns: Sequence[Mapping[str, Any]]) -> list[Said]:
    """Return the texts of turns whose only key is their speaker: ``{"user": …}``, or ``{"<human>": …}``."""
    found: list[Said] = []
    for index, turn in enumerate(turns):
        if len(turn) != 1:
            return []
        (key, text), *_ = turn.items()
        if not isinstance(text, str) or len(key) > _LONGEST or meaning(key.strip(_BRACKETS)) not in _SIDES:
            return []
        found.append(Said(key.strip(_BRACKETS), text, f"[{index}].{key}"))
    return found if any(meaning(said.name) != "system" for said in found) else []


def are_no_sides(turns: Sequence[Any]) -> bool:
    """Return whether objects of one key each, which may be a speaker, are more likely other things.

    They are turns if both sides speak. Where the keys are no usual roles, turns are more than names: people and
    organisations that a text names have keys such as ``person`` and ``vendor``.
    """
    if not all(isinstance(turn, dict) and len(turn) == 1 for turn in turns):
        return False
    said = _of_names(turns)
    if not said:
        return False
    roles = {each.name: canonical_role(each.name) for each in said}
    if not {"user", "assistant"} <= {meaning(name) for name in roles}:
        return True
    long = sum(len(each.text.strip()) for each in said) >= _TEXT * len(said)
    return not all(role in _SIDES for role in roles.values()) and not long


def _text(value: object) -> tuple[str, str] | None:
    """Return a text and its place in a value; None for an empty one, and for other values."""
    text, place = (value.get("text"), ".text") if isinstance(value, dict) else (value, "")
    return (text, place) if isinstance(text, str) and text.strip() else None
