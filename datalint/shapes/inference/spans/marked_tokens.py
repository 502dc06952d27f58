"""Lists of words with a list of as many zeros and ones, both written as text, whatever they are named: marked words.

Between zero and one is the share of people who marked a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CHOSEN_FROM, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.written_lists import parse_list

#: Share of the rows with a mark for each word, and words of a row on average at least.
_NEARLY_ALL: Final = 0.95
_WORDS: Final = 3
#: Marks of yes or no.
_MARKS: Final = frozenset((0, 1))
#: Words of the names of masks, which say what is learned of a text and not what is marked in it.
_MASKS: Final = ("mask", "masks", "attention")
#: Share of the words that have no blank, as options of a question have.
_SINGLE: Final = 0.95
#: Different words at least: labels of the parts of a text are fewer.
_DIFFERENT: Final = 20
#: Characters of a list that is written as text at most, and columns that are compared.
_LONGEST: Final = 100_000
_MOST: Final = 12


def marked_tokens(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about words and their marks; of several such pairs, the first one is proposed."""
    usable = [each for each in columns if each.holds in (Holds.TEXT, Holds.OTHER) and each.listed]
    usable = [each for each in usable if not has_word(each.key, (*CHOSEN_FROM, *_MASKS))]
    whole = any(each.holds is Holds.TEXT and each.length > LONG and not each.listed for each in columns)
    if len(rows) < LEAST_ROWS or whole or not 1 < len(usable) <= _MOST:
        return None
    lists = {each.key: [_list_in(row.get(each.key)) for row in rows] for each in usable}
    words = [key for key, values in lists.items() if _are_words(values)]
    marks = [key for key, values in lists.items() if _are_marks(values)]
    pairs = [(one, other) for one in words for other in marks if _are_one_each(lists[one], lists[other])]
    if not pairs or len({other for _, other in pairs}) < len(pairs):
        return None
    prompt, labels = pairs[0]
    flags = all(mark in _MARKS for value in lists[labels] for mark in value)
    alone = len(pairs) == 1 and len(words) == 1 and flags
    return Guess.of({"prompt": prompt, "labels": labels}, clear=alone, basis="values")


def _list_in(value: object) -> list[Any]:
    """Return the list that a text is; an empty one for anything else."""
    found = parse_list(value) if isinstance(value, str) and len(value) <= _LONGEST else None
    return found if isinstance(found, list) else []


def _are_words(values: Sequence[Sequence[Any]]) -> bool:
    items = [each for value in values for each in value]
    if len(items) < _WORDS * len(values) or not all(isinstance(each, str) for each in items):
        return False
    return len({*items}) >= _DIFFERENT and sum(" " not in each for each in items) >= _SINGLE * len(items)


def _are_marks(values: Sequence[Sequence[Any]]) -> bool:
    items = [each for value in values for each in value]
    return len({*map(str, items)}) > 1 and all(isinstance(each, int | float) and 0 <= each <= 1 for each in items)


def _are_one_each(words: Sequence[Sequence[Any]], marks: Sequence[Sequence[Any]]) -> bool:
    same = sum(len(one) == len(other) for one, other in zip(words, marks, strict=True))
    return same >= _NEARLY_ALL * len(words)
