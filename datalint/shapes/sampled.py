"""What sampled values say about a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final, NamedTuple

from datalint.records.canonical import exact_hash
from datalint.shapes.speakers import is_answered, is_conversation

#: Share of a column's values that must be of one type for the column to be.
_NEARLY_ALL: Final = 0.9
#: Mean characters from which on a text is a sentence or more.
LONG: Final = 30
#: Rows from which on few distinct values are labels, and the most distinct values that they have, as a share of rows.
LEAST_ROWS: Final = 20
_FEW: Final = 0.2
#: Share of distinct values from which words with digits are identifiers, which may come again.
_VARIED: Final = 0.5
#: Characters of a label, on average and at most.
_LABEL: Final = 40
_LONGEST_LABEL: Final = 80
#: Characters that are looked at of one value.
_LOOKED_AT: Final = 2_000
#: Messages that are looked at of one list, and what the one who answers is called.
_TURNS: Final = 8
_ASSISTANTS: Final = frozenset(("assistant", "gpt", "model", "bot", "chatgpt"))
_BARE: Final = re.compile(r"[\w.:/+#@-]+")
_LINK: Final = re.compile(r"(?:https?|ftp)://\S+|[\w.-]+(?:/[\w.-]+)+")
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]{0,30})?")
#: Checksums and UUIDs.
_DIGEST: Final = re.compile(
    r"(?=[0-9a-fA-F-]{0,40}\d)[0-9a-fA-F]{8}(?:[0-9a-fA-F]{8,120}|(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
)
#: The beginnings of what somebody says in a conversation that is written as one text.
_SPOKEN: Final = re.compile(
    r"(?im)^\s{0,9}(?:user|human|customer|client|patient|bot|chatbot|assistant|agent|ai|doctor"
    r"|用户|客户|助手|患者|医生) ?[:：]"
)
#: Names that the reader gives to the columns of a table without a header, and columns of a question with its options.
_UNNAMED: Final = re.compile(r"column-\d+")
_OPTIONS: Final = range(5, 10)
_LETTER: Final = re.compile(r"[^\W\d_]")


class Holds(Enum):
    """What a column holds."""

    NOTHING = "nothing"
    CHAT = "messages"
    TEXT = "text"
    LABEL = "labels"
    NUMBER = "numbers"
    #: Identifiers, links, dates and file names.
    REFERENCE = "references"
    OTHER = "other values"


class SampledColumn(NamedTuple):
    """A column of sampled rows: what it holds, its mean length in characters, and the share of distinct values.

    ``short`` says that no value is longer than a label's, ``answered`` that nearly all lists of messages have one of
    the assistant, ``spoken`` that nearly all texts are conversations.
    """

    key: str
    holds: Holds
    length: float = 0.0
    distinct: float = 0.0
    short: bool = False
    answered: bool = False
    spoken: bool = False

    @property
    def coarse(self) -> SampledColumn:
        """The same with no more of its length than whether it is that of a sentence."""
        return self._replace(length=LONG + 1.0 if self.length > LONG else 0.0, distinct=1.0)


def columns_of(rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns of rows, in the order in which they come."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return [_column(key, [row[key] for row in rows if row.get(key) is not None]) for key in keys]


def is_unnamed(column: SampledColumn) -> bool:
    """Return whether the reader named a column, of a table without a header."""
    return _UNNAMED.fullmatch(column.key) is not None


def has_answer_key(columns: Sequence[SampledColumn]) -> bool:
    """Whether a table without names has questions, their options, and the letters of the right ones, as MMLU's have."""
    if len(columns) not in _OPTIONS or not all(map(is_unnamed, columns)):
        return False
    question, key = columns[0], columns[-1]
    return question.holds is Holds.TEXT and question.length > LONG and key.holds is Holds.LABEL and key.length == 1


def _column(key: str, values: list[Any]) -> SampledColumn:
    filled = [value for value in values if value != ""]
    if not filled:
        return SampledColumn(key, Holds.NOTHING)
    chats = sum(_is_chat(value) or is_conversation(key, value) for value in filled)
    texts = [value[:_LOOKED_AT].strip() for value in filled if isinstance(value, str)]
    numbers = sum(isinstance(value, bool | int | float) for value in filled)
    enough = _NEARLY_ALL * len(filled)
    distinct = len({value if isinstance(value, str) else exact_hash({"": value}) for value in filled}) / len(filled)
    if chats >= enough:
        return SampledColumn(
            key, Holds.CHAT, answered=sum(_is_answered(value) or is_answered(value) for value in filled) >= enough
        )
    if numbers >= enough:
        return SampledColumn(key, Holds.NUMBER, distinct=distinct, short=True)
    if len(texts) < enough:
        return SampledColumn(key, Holds.OTHER)
    length = sum(map(len, texts)) / len(texts)
    short = max(map(len, texts)) <= _LONGEST_LABEL and not any("\n" in text for text in texts)
    spoken = sum(len(_SPOKEN.findall(text)) > 1 for text in texts) >= enough
    return SampledColumn(key, _of_texts(texts, length, distinct, short=short), length, distinct, short, spoken=spoken)


def _of_texts(texts: Sequence[str], length: float, distinct: float, *, short: bool) -> Holds:
    if sum(_NUMBER.fullmatch(text) is not None for text in texts) == len(texts):
        return Holds.NUMBER
    if all(_LINK.fullmatch(text) or _DATE.fullmatch(text) or _DIGEST.fullmatch(text) for text in texts):
        return Holds.REFERENCE
    if not any(_LETTER.search(text) for text in texts):
        return Holds.OTHER
    if len(texts) >= LEAST_ROWS:
        if distinct * len(texts) < 1.5:
            return Holds.OTHER  # a constant tells rows apart by nothing
        if short and length <= _LABEL and distinct <= _FEW:
            return Holds.LABEL
        bare = sum(_BARE.fullmatch(text) is not None and any(map(str.isdigit, text)) for text in texts)
        if bare == len(texts) and distinct >= _VARIED:
            return Holds.REFERENCE
    return Holds.TEXT


def _is_chat(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_turn(turn) for turn in value[:3])


def _is_answered(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    roles = [turn.get("role", turn.get("from")) for turn in value[:_TURNS] if isinstance(turn, dict)]
    return any(isinstance(role, str) and role in _ASSISTANTS for role in roles) and any(r != roles[0] for r in roles)


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and ({"role", "content"} <= turn.keys() or {"from", "value"} <= turn.keys())
