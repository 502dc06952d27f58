"""What is said of the rows of one layout that fit no shape, which their keys and typical values decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from datalint.api import Record, excerpt, listed
from datalint.rules.common.keys.answer_pairs import answer_pairs
from datalint.rules.common.keys.answer_siblings import answer_siblings
from datalint.rules.common.keys.keyed_rows import said_of_keyed_rows
from datalint.rules.common.keys.listed_examples import listed_examples
from datalint.rules.common.keys.lone_texts import IN_OPTION
from datalint.rules.common.keys.remedies import remedy, said_of_picked
from datalint.rules.common.keys.single_tokens import single_token
from datalint.rules.common.keys.speakers import are_sent, conversation_key, script_keys, turn_keys
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Roles of a message whose text is under ``text``, and most keys of one.
_SPEAKERS: Final = ("user", "assistant", "human", "prompter", "ai", "bot", "gpt", "chatbot")
_MOST_KEYS: Final = 8
#: The proposal to learn the type of a message, or nothing at all.
_TYPED: Final = lazy_pattern(r"^(?!.*response=)|response=(?:\w{1,40}[_-])?(?:type|kind)(?![\w.+-])")
#: Answers of which one is learned that are shown.
_SHOWN: Final = 3
#: Values of a column that says whether something is so.
_FLAGS: Final = (None, "", 0, 1, "0", "1", "0.0", "1.0")


class Said(NamedTuple):
    """What is said of a layout: a ``remedy`` follows the keys of the row, and another message stands alone."""

    text: str
    is_remedy: bool = False


def said_of_layout(record: Record, misspelling: tuple[str, str] | None) -> Said:
    """Return what is said of a row, whose first misspelled key is given; the same for rows with one typical row."""
    # The typical row has the first keys alone, and the value that is named may be under any.
    if record.proposal is None and (said := said_of_keyed_rows(record.value)) is not None:
        return Said(said, is_remedy=True)
    if not record.typical:
        return _said(record, misspelling)
    return _of_typical(_Typical(record, misspelling))


class _Typical:
    """A record that is compared by what decides the message: its typical row, and what was inferred from its layout.

    The typical row is one object for all rows of a layout, which need not be compared by value.
    """

    def __init__(self, record: Record, misspelling: tuple[str, str] | None) -> None:
        self.record = record
        self.misspelling = misspelling
        self.key = (id(record.typical), record.proposal, record.facts, record.versions, misspelling)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Typical) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=16)
def _of_typical(typical: _Typical) -> Said:
    record = typical.record
    # The cache keeps the record, but not the first row.
    typical.record = replace(record, value=dict(record.typical), turns=[], noticed=(), _looks={})
    return _said(typical.record, typical.misspelling)


def _said(record: Record, misspelling: tuple[str, str] | None) -> Said:
    if (said := _of_messages(record)) is not None:
        return Said(said)
    if (said := single_token(record.value) or listed_examples(record.value)) is not None:
        return Said(said)
    if misspelling is None and (said := _of_pairs(record) or _of_siblings(record)) is not None:
        return Said(said)
    # Capitals ("Question") may be meant, and mapping all columns does more than renaming one.
    if record.proposal is None and misspelling is not None:
        return Said(f'rename "{excerpt(misspelling[0], 40)}" to "{misspelling[1]}"', is_remedy=True)
    return Said(remedy(record), is_remedy=True)


def _of_messages(record: Record) -> str | None:
    """Return what to do with rows that are single messages, the same for all of them; None for other rows."""
    keys = record.value.keys()
    if {"role", "text", "parent_id"} <= keys:
        return 'each row is a message of a tree; put those from a root to an answer in one list under "messages"'
    grouped = conversation_key(keys)
    if (
        grouped is None
        and "response=" not in (record.proposal or "")
        and (perhaps := turn_keys(record.value)) is not None
    ):
        grouped = perhaps.conversation
    if grouped is not None:
        same = f'with the same "{excerpt(grouped, 40)}"'
        return f'each row is a message of a conversation; put those {same} in one list under "messages"'
    if are_sent(keys) and _TYPED.search(record.proposal or "response=type") is not None:
        return 'each row is a message of a conversation; put those of one conversation in one list under "messages"'
    if record.proposal is None and (script := script_keys(keys)) is not None:
        same = " and ".join(f'"{excerpt(key, 40)}"' for key in script.parts)
        return f'each row is a line of a script; put those with the same {same} in one list under "messages"'
    is_text = "text" in keys and str(record.value.get("role")).strip().lower() in _SPEAKERS
    if ({"role", "content"} <= keys or is_text) and len(keys) <= _MOST_KEYS:
        return 'each row is a message; put those of a conversation in one list under "messages"'
    return None


def _of_pairs(record: Record) -> str | None:
    """Return what to do with rows of several questions and answers; None for others, or if something else is likelier.

    The option that is proposed reads one of the pairs, or else none is.
    """
    pairs = [pair for pair in answer_pairs(tuple(record.value)) if not _are_flags([record.value[key] for key in pair])]
    plain = [pair for pair in pairs if all(map(IN_OPTION.fullmatch, pair))]
    options = [f"--columns prompt={asked},response={answer}" for asked, answer in plain]
    proposal = record.proposal
    if not pairs or (proposal is not None and not any(_reads(proposal, *pair) for pair in pairs)):
        return None
    one = proposal or next(iter(options), None)
    shown = " and ".join(excerpt(key, 30) for key in (plain or pairs)[0])
    rest = "" if one is None else f"; for one pair alone, try {one}"
    return f"{len(pairs)} pairs of a question and its answer, such as {shown}: write each pair as a row{rest}"


def _are_flags(values: Sequence[Any]) -> bool:
    """Return whether values are no texts, but say whether the names of their columns are true of the row."""
    return all(value in _FLAGS for value in values)


def _of_siblings(record: Record) -> str | None:
    """Return what to do with rows of several answers, of which the option that is proposed names one; None for one."""
    several = answer_siblings(tuple(record.value), record.proposal or "")
    if not several:
        return None
    if (said := said_of_picked(record)) is not None:
        return said
    shown = listed((excerpt(key, 30) for key in several), len(several), _SHOWN)
    return f"each of {shown} may be the answer; say which one is learned: {record.proposal}"


def _reads(option: str, asked: str, answer: str) -> bool:
    return f"prompt={asked}," in option and re.search(rf"response={re.escape(answer)}(?:,|\"|$)", option) is not None
