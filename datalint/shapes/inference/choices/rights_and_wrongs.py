"""Questions with numbered right and wrong answers under keys of their own: ``correct1`` and ``incorrect1``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about, named_as
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import Strength, fold_name, strength

_RIGHT: Final = frozenset(("correct", "right", "true", "gold"))
_WRONG: Final = frozenset(("incorrect", "wrong", "false", "distractor"))
#: What else the name of such an answer may have.
_ANSWERS: Final = frozenset(("answer", "option", "choice", "response", "ending"))
#: The word for an answer that continues a text, which is no question.
_ENDING: Final = ("ending",)
_KINDS: Final = (Holds.TEXT, Holds.LABEL, Holds.REFERENCE, Holds.NUMBER)
#: Answers of a question at least: a right one and a wrong one alone may be a preference, or a correction.
_LEAST: Final = 3
#: Share of the rows in which no wrong answer is a right one, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5


def right_and_wrong(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question or a conversation with numbered right and wrong answers.

    The first right answer is learned. The others are not read: their names would say which option is right.
    """
    rights, wrongs = _named(columns, _RIGHT), _named(columns, _WRONG)
    answers = (*rights, *wrongs)
    if not rights or not wrongs or len(answers) < _LEAST or len(rows) < _FEW_ROWS:
        return None
    if not any(each.key.rstrip()[-1:].isdigit() for each in answers) or not _differ(rights, wrongs, rows):
        return None
    rest = [each for each in columns if each not in answers]
    texts = [each for each in rest if each.holds is Holds.TEXT and not is_about(each)]
    chats = [each for each in rest if each.holds is Holds.CHAT]
    asked = chats or named_as(texts, "prompt") or [each for each in texts if each.asks]
    if not asked and texts and has_word(rights[0].key, _ENDING):
        asked = [max(texts, key=lambda each: each.length)]
    if len(asked) != 1 or not can_be_typed(rights[0].key):
        return None
    near = [each for each in texts if strength(each.key, "context") >= Strength.HEAD and each is not asked[0]]
    context = {"context": JOIN.join(each.key for each in near)} if near else {}
    return Guess.of({"prompt": asked[0].key, "response": rights[0].key} | context, clear=True, basis="names")


def _named(columns: Sequence[SampledColumn], words: frozenset[str]) -> list[SampledColumn]:
    """Return the columns of answers that are named by one of some words, an answer at most, and a number."""
    named = [(each, fold_name(each.key)) for each in columns if each.holds in _KINDS]
    return [each for each, name in named if words.intersection(name) and not {*name} - words - _ANSWERS]


def _differ(
    rights: Sequence[SampledColumn], wrongs: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether nearly all rows have a right and a wrong answer, and none that is both."""
    sides = [
        [{text for each in side if (text := _text(row.get(each.key)))} for side in (rights, wrongs)] for row in rows
    ]
    differing = sum(bool(right and wrong) and right.isdisjoint(wrong) for right, wrong in sides[:_ROWS])
    return differing >= _NEARLY_ALL * len(sides[:_ROWS])


def _text(value: object) -> str:
    return str(value).strip().casefold() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
