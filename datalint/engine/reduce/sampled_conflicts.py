"""Answers that were sampled for each prompt and end with other results, though nothing says which one is right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.reduce.comparing.final_answers import final_answer, state_other_values

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Group

#: Prompts whose answers are compared, answers of each, and prompts whose rows are read for a mark.
_GROUPS: Final = 1_000
_ANSWERS: Final = 8
_MARKED: Final = 50
#: Characters of an answer from which on it ends with a result, rather than being one.
_LEAST: Final = 20
#: Words of the names of keys that say how good an answer is, whatever their values are. True or false says so as well.
_JUDGING: Final = frozenset(
    """correct correctness score scores reward rewards accuracy acc passed pass verified verification rating grade rank
    ranking chosen rejected wrong valid success outcome quality judge judgement judgment label verdict result""".split()
)
#: Characters of a key whose words are read.
_LONGEST: Final = 60


def find_sampled_conflicts(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return prompts whose answers have final answers that are other values; none where a key says how good each is.

    All answers to such a prompt have a final answer with a mark. Answers that were sampled differ in words by design.
    """
    chars = examples["response_chars"]
    some = [group for group in groups if all(chars[row] >= _LEAST for row in group.rows[:_ANSWERS])][:_GROUPS]
    rows = sorted({row for group in some for row in group.rows[:_ANSWERS]})
    answers = {row: text.response for row, text in zip(rows, reader.texts(rows), strict=True)} if rows else {}
    found = []
    for group in some:
        texts = [answers[row] for row in group.rows[:_ANSWERS]]
        if all(map(final_answer, texts)) and state_other_values(texts):
            found.append(group)
    return [] if found and _are_judged(found, reader) else found


def _are_judged(groups: Sequence[Group], reader: Reader) -> bool:
    """Return whether a key that is true or false, or named for a judgement, differs in the answers of most prompts."""
    some = [group.rows[:_ANSWERS] for group in groups[:_MARKED]]
    rows = sorted({row for each in some for row in each})
    records = dict(zip(rows, reader.records(rows), strict=True))
    for key in records[rows[0]]:
        values = [[records[row].get(key) for row in each] for each in some]
        apart = [each for each in values if len({str(value) for value in each}) > 1]
        if 2 * len(apart) > len(some) and all(_is_judgement(key, value) for each in apart for value in each):
            return True
    return False


def _is_judgement(key: str, value: Any) -> bool:
    named = not _JUDGING.isdisjoint(re.findall(r"[a-z]+", key[:_LONGEST].lower()))
    return isinstance(value, bool) or (named and not isinstance(value, Mapping | list))
