"""Prompts that share a long context, and ask different things about it in a short part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.engine.reduce.comparing.denials import negations
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.word_counts import is_number, weight
from datalint.engine.reduce.comparing.word_forms import opposed, own_words
from datalint.engine.reduce.comparing.word_sequences import sequence_of

#: Words of a part in which each word counts, and of one whose answer is a label; words of a prompt with a long context,
#: and the least ratio of these to those of the part.
_SHORT: Final = 25
_QUESTION: Final = 40
_LONG: Final = 40
_LONGER: Final = 3
#: Words of a part at most, and share of them that the rest of the prompt has too, if it is about that rest.
_ABOUT_IT: Final = 60
_MOSTLY: Final = 0.6
#: The number of a question, or of a list.
_NUMBERED: Final = r"\(?\d{1,4}[.):、]?\s?(?=[^\W\d])"
#: Words on which it depends whether a statement is true.
_LOGIC: Final = frozenset("and or if unless either neither nor only all every some any".split())


def ask_otherwise(found: Difference, *, same_answer: bool, common: bool) -> bool:
    """Return whether two prompts share a long context, and ask different things in their first or last lines.

    Lines with labels are short, or about the context: a conclusion from it in its own words may be as long as it is.
    A number, an opposite or a negation asks something else. So does any other word of its own, "and", "or" and "if", if
    the answers are labels that say nothing: ``common`` ones, or two different ones. Of prompts with different answers
    that are no labels, the first or last sentence is compared.
    """
    one, other = found.one, found.other
    labelled = found.of_labels
    if not (one.asked and found.words and one.answer and other.answer) or (same_answer and not labelled):
        return False
    parts = _at_end(one.parts, other.parts) if labelled else _at_end(list(one.sentences), list(other.sentences))
    if parts is None:
        return False
    mine, theirs = (Counter(sequence_of(re.sub(rf"\A{_NUMBERED}", "", part))) for part in parts)
    longest = max(mine.total(), theirs.total())
    short, longer = (_QUESTION if labelled else _SHORT), _LONGER
    if labelled and _is_about_context(found, mine, theirs):
        short, longer = _ABOUT_IT, 1
    if not 1 <= longest <= short or found.size < max(_LONG, longer * longest):
        return False
    only, other_only = mine - theirs, theirs - mine
    differing = {*only, *other_only}
    if any(map(is_number, differing)) or opposed(only, other_only):
        return True
    if negations(only, differing).total() != negations(other_only, differing).total():
        return True
    own = own_words(only, other_only), own_words(other_only, only)
    any_word = labelled and (common or not same_answer)
    return any_word and (max(map(weight, own)) >= 1 or not _LOGIC.isdisjoint(differing))


def _is_about_context(found: Difference, mine: Counter[str], theirs: Counter[str]) -> bool:
    """Return whether most words of two parts are in the rest of their prompts too, as those of a conclusion are."""
    parts = ((found.one.counts, mine), (found.other.counts, theirs))
    return all(
        sum(text.get(word, 0) > count for word, count in part.items()) >= _MOSTLY * len(part) for text, part in parts
    )


def _at_end(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, str] | None:
    """Return the first or last part of each of two texts, if nothing else differs in them."""
    here, there = (Counter(each) for each in (mine, theirs))
    only, other_only = here - there, there - here
    if only.total() != 1 or other_only.total() != 1:
        return None
    found = next(iter(only)), next(iter(other_only))
    return found if found in ((mine[0], theirs[0]), (mine[-1], theirs[-1])) else None
