"""Conversations that a template rendered as one text, alone or next to the columns that it was rendered from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CLASS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.support.chat_texts.markers import ANSWER_TOKENS, ANSWERING_HEADINGS, ASKING_HEADINGS, BEGINS, FIRST_TOKENS
from datalint.support.chat_texts.recognized import own_markers
from datalint.support.names.column_names import Strength, strength

#: The beginning of a prompt, at the beginning of a text, and the beginning of an answer.
_ASKED: Final = re.compile(
    rf"(?i)\s{{0,20}}(?:{BEGINS})?\s{{0,20}}(?:{FIRST_TOKENS}|#{{2,3}} ?(?:{ASKING_HEADINGS}|system)\b"
    r"|(?:human|user|instruction|question):|below is an instruction"
    r"|\{\s{0,9}['\"](?:human|user|instruction|question|input|prompt)['\"]\s{0,9}:)"
)
_ANSWERED: Final = re.compile(
    rf"(?i){ANSWER_TOKENS}|#{{2,3}} ?(?:{ANSWERING_HEADINGS}|gpt|bot)\b"
    r"|(?:^|\n)\s{0,9}(?:assistant|gpt|bot|ai|answer|response):"
    r"|['\"](?:assistant|response|answer|output|completion)['\"]\s{0,9}:"
)
#: An answer that only a template begins, with its text: a name with a colon may be a line of any dialogue.
_TEMPLATE: Final = re.compile(rf"(?:{FIRST_TOKENS}|#{{2,3}} ?(?:{ASKING_HEADINGS})\b)")
_FILLED: Final = re.compile(rf"(?:{ANSWER_TOKENS}|#{{2,3}} ?(?:{ANSWERING_HEADINGS})\b:?)[:\s]{{0,9}}\w")
#: Share of the rows in which a text is written so, and those in which a column is a part of it.
_NEARLY_ALL: Final = 0.9
_WITHIN: Final = 0.8
#: Rows that are compared, and characters of a text in which the answer begins.
_ROWS: Final = 50
_LOOKED_AT: Final = 20_000
#: Characters of a part at least: fewer are in a text by chance.
_PART: Final = 12
#: Words of a part at least, if it is written in another way there, and the share of them that the answer has.
_WORDS: Final = 5
_SAME_WORDS: Final = 0.8
_WORD: Final = re.compile(r"\w+")
#: Words of the names of long texts about those who speak in a text.
_SPEAKERS: Final = ("description", "persona", "personality", "profile", "bio", "character", "scenario")


def rendered_conversation(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the key of texts that are whole conversations; None for none, or several.

    Another column is a part of them, or they are the only long texts: next to what sorts the rows, but not to labels
    that somebody gave the conversations.
    """
    if len(rows) < LEAST_ROWS:
        return None
    some = rows[:: max(1, len(rows) // _ROWS)]
    texts = [each for each in columns if each.holds is Holds.TEXT]
    found = [each.key for each in texts if each.length > LONG and _are_rendered(some, each.key)]
    if len(found) != 1:
        return None
    # Calls of which there are few different ones are labels by their number.
    parts = [each.key for each in columns if each.holds in READABLE and each.length > _PART]
    whole = found[0]
    tests = (_are_within, _are_answered)
    if any(test(some, part, whole) for part in parts if part != whole for test in tests):
        return whole
    others = [each for each in columns if each.key != whole]
    described = strength(whole, "text") is Strength.WHOLE
    quiet = [each for each in others if each.length <= LONG or (described and has_word(each.key, _SPEAKERS))]
    alone = len(quiet) == len(others) and not any(has_word(each.key, CLASS) for each in others)
    return whole if alone and others and _are_filled(some, whole) else None


def _are_filled(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all texts have the marks of a template before the prompt and before an answer."""
    texts = [text[:_LOOKED_AT] for row in rows if isinstance(text := row.get(key), str) and text]
    both = sum(_TEMPLATE.search(text) is not None and _FILLED.search(text) is not None for text in texts)
    return both >= _NEARLY_ALL * len(rows)


def _are_rendered(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    texts = [text for row in rows if isinstance(text := row.get(key), str) and text]
    written = sum(_ASKED.match(text) is not None and _ANSWERED.search(text[:_LOOKED_AT]) is not None for text in texts)
    return bool(texts) and (written >= _NEARLY_ALL * len(texts) or own_markers(texts) is not None)


def _are_within(rows: Sequence[Mapping[str, Any]], part: str, whole: str) -> bool:
    pairs = [(row.get(part), row.get(whole)) for row in rows]
    texts = [(one.strip(), other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    return bool(texts) and sum(bool(one) and one in other for one, other in texts) >= _WITHIN * len(texts)


def _are_answered(rows: Sequence[Mapping[str, Any]], part: str, whole: str) -> bool:
    """Whether nearly all words of a part are in the last answer of the whole, such as a call with other spaces."""
    pairs = [(row.get(part), row.get(whole)) for row in rows]
    texts = [(one, other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    return bool(texts) and sum(_has_words(*both) for both in texts) >= _WITHIN * len(texts)


def _has_words(part: str, whole: str) -> bool:
    words = _WORD.findall(part[:_LOOKED_AT])
    begun = max((match.end() for match in _ANSWERED.finditer(whole[:_LOOKED_AT])), default=None)
    if len(words) < _WORDS or begun is None:
        return False
    said = set(_WORD.findall(whole[begun : begun + _LOOKED_AT]))
    return sum(word in said for word in words) >= _SAME_WORDS * len(words)
