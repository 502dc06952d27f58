"""Claims with a list of evidence: one of them with another piece of evidence is still the same claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.comparing.word_sequences import words_in

if TYPE_CHECKING:
    from datalint.engine.reduce.comparing.differing import Difference

#: Pieces of evidence that are the same at least, words of one that differs, and pieces that are compared.
_SAME: Final = 3
_WORDS: Final = 5
_MOST: Final = 64
#: Where one piece ends: after a sentence, or in a list of texts.
_ENDS: Final = r"(?<=[.!?।])\s+|(?<=[。！？])|\",\s?\""
_AROUND: Final = ' []"'


def have_other_evidence(found: Difference, are_rare: Callable[[Iterable[str]], bool]) -> bool:
    """Return whether two prompts with one label are a claim and a list of evidence of which one piece differs.

    The claim is the first line, and one of its words is in few rows (``are_rare``), as none of an instruction is. What
    differs is no number or opposite, and not the last line: a question about a text stands there.
    """
    one, other = found.one, found.other
    if not (one.is_label and other.is_label and one.answer == other.answer) or found.renumbered or found.opposed:
        return False
    if min(len(one.parts), len(other.parts)) < 2 or one.parts[0] != other.parts[0]:
        return False
    mine, theirs = (_pieces(each.parts[1:]) for each in (one, other))
    here, there = [each for each in mine if each not in theirs], [each for each in theirs if each not in mine]
    if not (len(here) == len(there) == 1) or min(len(mine), len(theirs)) < _SAME + 1:
        return False
    if here[0] == _bare(one.parts[-1]) or there[0] == _bare(other.parts[-1]) or max(len(mine), len(theirs)) > _MOST:
        return False
    if min(len(each[0].split()) for each in (here, there)) < _WORDS:
        return False
    return are_rare(words_in(one.parts[0]))


def _pieces(parts: list[str]) -> list[str]:
    return [piece for part in parts for each in re.split(_ENDS, part) if (piece := _bare(each))]


def _bare(text: str) -> str:
    return text.strip(_AROUND)
