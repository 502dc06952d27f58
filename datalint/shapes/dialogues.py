"""Recognition and reading of lists that are conversations, under any names.

Datasets of dialogues name the keys of a turn and its speakers in many ways (``speaker`` and ``utterance``, ``sender``
and ``text``; ``seeker`` and ``supporter``, ``USER`` and ``SYSTEM``), or have items with a prompt and its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from datalint.shapes.messages import CALL_KEYS
from datalint.shapes.named_turns import are_unnamed_pairs, is_name, meaning, named_turns, with_speakers
from datalint.shapes.parallel import listed, objects_of
from datalint.shapes.separate_speakers import are_no_sides, turns_apart
from datalint.shapes.sink import canonical_role
from datalint.support.names.speakers import in_english, role_by_truth, roles_by_initials
from datalint.support.names.turn_pairs import PAIRS

#: Keys of the speaker and of the text of a turn; the usual ones first.
ROLES: Final = (
    "role", "from", "speaker", "sender", "participant", "who", "party", "speaker_role", "sender_role", "Speaker",
    "Role", "author", "actor", "user_type", "name", "type", "agent", "source",
)  # fmt: skip
CONTENTS: Final = (
    "content", "value", "text", "utterance", "message", "msg", "body", "speech", "sentence", "utt", "line", "say",
    "says", "said", "Content", "Text", "Utterance", "Message", "sentences",
)  # fmt: skip
#: Keys of an author or a name of anything: in a conversation, one of the speakers under these has a usual name.
_WEAK: Final = frozenset(("author", "actor", "user_type", "name", "type", "agent", "source"))
#: Names of a list of turns that are texts alone, which alternate.
_TEXT_LISTS: Final = frozenset(
    """conversation conversations dialogue dialogues dialog dialogs chat turns utterances utterance exchange
    exchanges""".split()
)
#: Names of lists of turns, as objects with one list for each key.
_NAMES: Final = _TEXT_LISTS | {"messages", "history"}
#: Keys of the translation of a turn.
_TRANSLATED: Final = frozenset(("translation", "reference", "ref", "translated_text"))
#: Turns that are looked at to recognise a list.
LOOKED_AT: Final = 8
#: Names of the options of a question, which is an example of its own.
_OPTIONS: Final = ("options", "choices", "Options", "Choices")
#: Keys of an item with a prompt and its answer, at most.
MOST_KEYS: Final = 4
#: Speakers of one conversation that are distinguished.
_MOST_SPEAKERS: Final = 64
#: Sides of a conversation.
_SIDES: Final = 2
#: Names, without separators, of lists of texts that two speakers may have said in turn before an answer.
IN_TURN: Final = frozenset(
    """history chathistory messagehistory conversationhistory dialoghistory dialoguehistory context contexts""".split()
)


def spelling(turn: object) -> tuple[str, str] | None:
    """Return the keys of the speaker and the text of a turn, None for a value that is no turn.

    A turn without a text may call a tool instead; then the call is its text.
    """
    if not isinstance(turn, dict):
        return None
    role = next((key for key in ROLES if is_name(turn.get(key))), None)
    content = next((key for key in CONTENTS if key != role and key in turn), None)
    if role is None and content is None and 1 < len(turn) <= MOST_KEYS:
        named = {in_english(key): key for key in turn}
        role = next((named[key] for key in ROLES if key in named and is_name(turn[named[key]])), None)
        content = next((named[key] for key in CONTENTS if key in named and named[key] != role), None)
    if role is not None and content is None:
        content = next((key for key in CALL_KEYS if turn.get(key) and isinstance(turn[key], dict | list)), None)
    return None if role is None or content is None else (role, content)


def pair(item: object) -> tuple[str, str] | None:
    """Return the keys of a prompt and its answer in an item of a list, None where it has none."""
    if not isinstance(item, dict):
        return None
    if len(item) > MOST_KEYS or any(isinstance(item.get(key), list | dict) for key in _OPTIONS):
        return None  # a row of its own
    found = next((each for each in PAIRS if each[0] in item and each[1] in item), None)
    if found is None and len(item) > 1:
        named = {in_english(key): key for key in item}
        found = next(((named[one], named[other]) for one, other in PAIRS if one in named and other in named), None)
    return found


def is_dialogue(value: object, key: str = "") -> bool:
    """Return whether a value is a list of turns, of prompts with their answers, or of texts under such a ``key``."""
    if isinstance(value, dict):
        return _are_turns(objects_of(value), key)
    if not isinstance(value, list) or not value:
        return False
    if are_no_sides(value[:LOOKED_AT]):
        return False
    items = as_objects(value[:LOOKED_AT])
    if are_unnamed_pairs(items):
        return key.strip().lower() in _TEXT_LISTS
    if all(isinstance(item, str) for item in items):
        return len(items) > 1 and key.strip().lower() in _TEXT_LISTS
    keys = [spelling(item) for item in items]
    if None not in keys:
        # One with names for more than who speaks, such as a list of people, has no texts.
        texts = [item[each[1]] for item, each in zip(items, keys, strict=True) if each and each[1] not in CALL_KEYS]
        said = any(isinstance(text, str | list) for text in texts)
        weak = all(each is not None and each[0] in _WEAK for each in keys)
        return said and not (weak and not any(map(meaning, _names(items))))
    # Logs of calls are no dialogues: they are the inputs and outputs of programs. Neither are grids of numbers.
    pairs = [(item, pair(item)) for item in items]
    return all(keys is not None for _, keys in pairs) and not all(
        _is_input(item[keys[0]]) and isinstance(item[keys[1]], dict | list) for item, keys in pairs if keys
    )


def _is_input(value: object) -> bool:
    """Whether a value is an object, or a list of numbers or of lists, and no text or message."""
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, list | int | float) for each in value)
    )


def _are_turns(turns: Sequence[dict[str, Any]], key: str) -> bool:
    """Whether objects with one list for each key are turns, and not roles of the parts of a text: ``key`` says so."""
    named = not _NAMES.isdisjoint(re.split(r"[\W_]+", key.lower()))
    return named and bool(turns) and spelling(turns[0]) is not None and is_dialogue(turns)


def named_texts(value: object) -> list[str]:
    """Return the texts of a list of turns whose speakers are given as a type, a name or the like; empty for others."""
    turns = listed(value)[:LOOKED_AT]
    keys = [(turn, spelling(turn)) for turn in turns]
    weak = all(each is not None and each[0] in _WEAK for _, each in keys)
    return [str(turn[each[1]]) for turn, each in keys if each is not None] if weak else []


def is_answered(value: object) -> bool:
    """Return whether a speaker of a dialogue is the assistant."""
    turns = as_objects(listed(value)[:LOOKED_AT])
    if not turns:
        return False
    if (
        isinstance(turns[0], str)
        or are_unnamed_pairs(turns)
        or (pair(turns[0]) is not None and spelling(turns[0]) is None)
    ):
        # Where some answers stand before the next prompt, those of conversations that were cut may do so too.
        return not begin_with_answers(turns)
    names = _names(turns)
    translated = all(isinstance(turn, dict) and not _TRANSLATED.isdisjoint(turn) for turn in turns)
    if (translated or isinstance(listed(value)[0], list)) and not any(map(meaning, names)):
        return False  # only the user can say which of two answers is learned, or whether translations are
    if _are_several_people(names):
        return False
    roles = roles_of(names).values()
    return "assistant" in roles and "user" in roles


def _are_several_people(names: Sequence[str]) -> bool:
    """Return whether more people speak than a conversation has sides, and no name says who answers."""
    roles = [meaning(name) for name in {name.strip().lower() for name in names}]
    if "assistant" in roles or "system" in roles:
        return False
    return roles.count("") + ("user" in roles) > _SIDES


def is_asked(value: object) -> bool:
    """Return whether a dialogue ends with a turn of the user."""
    last = next(reversed(listed(value)), None)
    keys = spelling(last)
    return keys is not None and isinstance(last, dict) and meaning(str(last[keys[0]])) == "user"


def roles_of(speakers: Sequence[str], answerer: str = "") -> dict[str, str]:
    """Return the role of each speaker, given in the order in which they speak.

    Of two speakers whose names and initials say nothing, the first is the user. ``system`` answers where nobody else
    does, unless it speaks only before the others. If an ``answerer`` is named, only this speaker answers.
    """
    if answerer:
        said = {each: canonical_role(each) for each in speakers}
        roles = {each: role if role in ("system", "tool") else "user" for each, role in said.items()}
        return roles | {answerer: "assistant"}
    distinct = list(dict.fromkeys(speakers))[:_MOST_SPEAKERS]
    roles = {each: role for each in distinct if (role := meaning(each))} or roles_by_initials(distinct)
    answered = "assistant" in roles.values()
    for each in distinct:
        if roles.get(each) == "system" and not answered and each in speakers[_first_other(speakers, each) :]:
            roles[each] = "assistant"
    for each in distinct:
        if each not in roles:
            roles[each] = "assistant" if "user" in roles.values() and "assistant" not in roles.values() else "user"
    if len(distinct) > 1 and "user" not in roles.values() and "assistant" in roles.values():
        # All are named like the one who answers: the first one asks.
        roles[next(each for each in distinct if roles[each] == "assistant")] = "user"
    return roles


def _first_other(speakers: Sequence[str], name: str) -> int:
    """Return the place of the first turn of another speaker."""
    return next((place for place, each in enumerate(speakers) if each != name), len(speakers))


def begin_with_answers(turns: Sequence[Any]) -> bool:
    """Return whether items with a prompt and an answer have the answer first, which is empty in the first item.

    It answers the prompt of the item before it, then.
    """
    if len(turns) < _SIDES or any((both := pair(turn)) is None or not _stands_first(turn, both) for turn in turns):
        return False
    answers = [turn[both[1]] for turn in turns if (both := pair(turn)) is not None]
    return answers[0] in ("", None) and all(answer not in ("", None) for answer in answers[1:])


def _stands_first(turn: Mapping[str, Any], both: tuple[str, str]) -> bool:
    """Return whether the answer of an item stands before its prompt."""
    return next(key for key in turn if key in both) == both[1]


def as_objects(turns: Sequence[Any]) -> Sequence[Any]:
    """Return turns as objects if all are objects written as JSON or begin with their speaker, else as they are.

    Turns with true or false as their speaker get a role.
    """
    if said := turns_apart(turns):
        return [{"speaker": each.name, "text": each.text} for each in said]
    if turns and all(isinstance(turn, list) and len(turn) == 2 for turn in turns):
        return named_turns(turns) or turns
    if not all(isinstance(turn, str) for turn in turns):
        roles = [role_by_truth(turn) if isinstance(turn, dict) and spelling(turn) is None else "" for turn in turns]
        return [{"role": role, **turn} for role, turn in zip(roles, turns, strict=True)] if all(roles) else turns
    if not all(turn.lstrip().startswith('{"') for turn in turns):
        return with_speakers(turns) or turns
    try:
        return [orjson.loads(turn) for turn in turns]
    except orjson.JSONDecodeError:
        return turns


def speakers_of(value: object) -> list[str]:
    """Return the speaker of each turn of a dialogue, as it is written; nothing for other values."""
    return _names(as_objects(listed(value)))


def role_said(name: str) -> str:
    """Return the role that a speaker's name says; empty for none."""
    return meaning(name)


def _names(turns: Sequence[Any]) -> list[str]:
    found = ((turn, spelling(turn)) for turn in turns)
    return [str(turn[keys[0]]) for turn, keys in found if keys is not None]


def begins_with_answer(turns: object) -> bool:
    """Return whether the first speaker of a conversation, after a system prompt, is the assistant."""
    roles = [role for name in speakers_of(turns) if (role := role_said(name)) != "system"]
    return roles[:1] == ["assistant"]
