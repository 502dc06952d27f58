"""Prompts that share a long context, and ask something else about it in a short part."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from datalint.engine.reduce.differing import Difference
from datalint.engine.reduce.text_words import Words, sequence_of
from datalint.engine.reduce.word_counts import is_number, negations, weight
from datalint.engine.reduce.word_forms import opposed, own_words

#: Words of a part in which each of them counts, words of a prompt with a long context, and how many times as many as
#: its part has they are at least.
_SHORT: Final = 25
_LONG: Final = 40
_LONGER: Final = 3
#: The number of a question, or of a list.
_NUMBERED: Final = r"\(?\d{1,4}[.):、]?\s?(?=[^\W\d])"
#: Words on which it depends whether a statement is true.
_LOGIC: Final = frozenset("and or if unless either neither nor only all every some any".split())


def ask_otherwise(found: Difference, *, any_word: bool) -> bool:
    """Return whether two prompts share a long context, and their other first or last part asks something else.

    A number, an opposite or a negation makes it another one. So does any other word of its own, "and", "or" and "if",
    if the answers say nothing (``any_word``): labels that many rows have, or two different ones.
    """
    one, other = found.one, found.other
    if not (one.asked and found.words and one.answer and other.answer and one.is_label and other.is_label):
        return False
    parts = _other_parts(one, other)
    if parts is None:
        return False
    mine, theirs = (Counter(sequence_of(re.sub(rf"\A{_NUMBERED}", "", part))) for part in parts)
    longest = max(mine.total(), theirs.total())
    if not 1 <= longest <= _SHORT or found.size < max(_LONG, _LONGER * longest):
        return False
    only, other_only = mine - theirs, theirs - mine
    differing = {*only, *other_only}
    if any(map(is_number, differing)) or opposed(only, other_only):
        return True
    if negations(only, differing).total() != negations(other_only, differing).total():
        return True
    own = own_words(only, other_only), own_words(other_only, only)
    return any_word and (max(map(weight, own)) >= 1 or not _LOGIC.isdisjoint(differing))


def _other_parts(one: Words, other: Words) -> tuple[str, str] | None:
    """Return the first or last part of each of two texts, if nothing else differs in them."""
    here, there = one.lines - other.lines, other.lines - one.lines
    if here.total() != 1 or there.total() != 1:
        return None
    mine, theirs = next(iter(here)), next(iter(there))
    ends = ((each.parts[0], each.parts[-1]) for each in (one, other))
    (first, last), (other_first, other_last) = ends
    return (mine, theirs) if (mine, theirs) in ((first, other_first), (last, other_last)) else None
