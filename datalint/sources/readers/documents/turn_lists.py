"""Lists of turns as elements of an array: conversations without a name, such as the logs of DSTC."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.text_lists import are_texts
from datalint.support.word_scripts import has_words

#: Keys of speakers; the last ones are also keys of writers and names.
_ROLES: Final = ("role", "from", "speaker", "sender", "participant", "who", "speaker_role", "sender_role", "Speaker")
_WEAK: Final = ("author", "actor", "agent", "name")
#: Keys of the text of a turn.
_SAID: Final = ("content", "value", "text", "utterance", "message", "msg", "sentence", "utt", "Text", "Utterance")
#: Keys of which a turn has one: its speaker, what is said, or what else a model can answer with.
_OF_TURNS: Final = frozenset((*_ROLES, *_SAID, "author", "parts", "tool_calls", "function_call", "user", "assistant"))
#: Names of lists of turns.
CHATS: Final = ("messages", "conversation", "conversations", "dialogue", "dialog")
#: Keys of a turn that need no name for their list, as every row with them is read as messages.
_STANDARD: Final = ({"role", "content"}, {"from", "value"})
#: Characters of the name of a speaker at most, and speakers of one conversation.
_LONGEST_NAME: Final = 40
_MOST_SPEAKERS: Final = 8
#: Texts of a pair, the share of the pairs with another first text, and with another answer, and words of most answers.
_PAIR: Final = 2
_DIFFERENT: Final = 0.7
_WORDS: Final = 3
#: The share of lists that have several turns at least, as some end after the first one.
_SEVERAL: Final = 0.25


def begins_with_turn(text: bytes) -> bool:
    """Return whether a list may be a conversation, by its first element; a list of e-mails is none.

    ``text`` begins with the bracket of the list, and may end within it.
    """
    try:
        first, _ = json.JSONDecoder().raw_decode(text[1:].decode("utf-8", "ignore").lstrip())
    except (ValueError, RecursionError):
        return True
    return not isinstance(first, dict) or not first or not _OF_TURNS.isdisjoint(first)


def are_conversations(lists: Sequence[list[Any]]) -> bool:
    """Return whether lists are conversations whose turns have other keys than ``role`` and ``content``.

    Each item of each list is an object with the same keys for speaker and text. Some lists may be empty or
    have one turn only.
    """
    filled = [each for each in lists if each]
    turns = [turn for each in filled for turn in each]
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        return False
    common = set(turns[0]).intersection(*turns[1:])
    if any(pair <= common for pair in _STANDARD) or not any(_are_texts(turns, key) for key in _SAID if key in common):
        return False
    several = sum(len(each) > 1 for each in filled)
    if several < _SEVERAL * len(filled):
        return False
    return any(key in common and _are_speakers(filled, key, weak=key in _WEAK) for key in (*_ROLES, *_WEAK))


def are_exchanges(lists: Sequence[list[Any]]) -> bool:
    """Return whether lists are conversations of pairs of what is said and the answer, none of which is a label.

    Names of speakers in their place would recur, and so would tags.
    """
    pairs = [pair for each in lists for pair in each]
    if not all(lists) or not all(are_texts(pair) and len(pair) == _PAIR for pair in pairs):
        return False
    several = sum(len(each) > 1 for each in lists)
    said, answers = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if several < _SEVERAL * len(lists) or min(len(said), len(answers)) < _DIFFERENT * len(pairs):
        return False
    return sum(has_words(pair[1], _WORDS) for pair in pairs) >= _DIFFERENT * len(pairs)


def _are_texts(turns: Sequence[dict[str, Any]], key: str) -> bool:
    return all(isinstance(turn[key], str) for turn in turns)


def _are_speakers(lists: Sequence[list[Any]], key: str, *, weak: bool) -> bool:
    """Return whether values are names of speakers: two or more, few in each list.

    If the key is ``weak``, the speakers take turns: in half of the lists with three or more turns, one speaks again.
    """
    names = [[turn[key] for turn in each] for each in lists]
    if not all(isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME for each in names for name in each):
        return False
    if len({name for each in names for name in each}) < 2 or any(len(set(each)) > _MOST_SPEAKERS for each in names):
        return False
    longer = [each for each in names if len(each) > 2]
    again = sum(len(set(each)) < len(each) for each in longer)
    return not weak or (bool(longer) and again * 2 >= len(longer))
