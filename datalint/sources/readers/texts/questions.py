"""Texts of questions with options in lines of their own: a row is a question with all of its options.

Options begin with the same marks in the same order after each question: ``A)``, ``B)``, ``C)``, in any alphabet. A
question begins with the first line after options that is neither an option nor an answer. Where questions are numbered,
it begins with a number, since options may go on in further lines; where they are not, a blank line may be before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.support.classes import frozen

#: The container of such texts.
QUESTIONS: Final = "text-questions"
#: The mark of an option: a letter, numeral or short word in parentheses or before a sign, or a number in a circle.
_MARK: Final = re.compile(r"[ \t*]{0,9}(?:[(\[（【](\w{1,3})[)\]）】]|(\w{1,3})[)）．.、]|(\w)[:：]|([①-⑳])(?=\s|\w))")
#: The number of a question, perhaps after a word, and the line of its answer: a word and a mark, and nothing else.
_NUMBER: Final = re.compile(r"[ \t*#]{0,9}(?:[(\[]?[^\W\d]{1,12}[ .]{0,2})?\d{1,4}[ \t]?(?:[).:：）．、\]-]|$)")
_ANSWER: Final = re.compile(r"[ \t*]{0,9}[(\[]?[^\W\d][\w ]{0,24}\**[:：=-]\s{0,3}\**[(\[]?(?:\w|[①-⑳])\W{0,4}")
#: First marks that are no letters of other alphabets.
_FIRST: Final = ("a", "i", "0", "1")
#: Questions from which on a text has them, options of one, and marks that the first option may have.
_LEAST: Final = 5
_OPTIONS: Final = 3
_MOST_OPTIONS: Final = 8
_MOST_MARKS: Final = 10
#: Share of questions whose options begin with the first mark and are in order, and of those with the usual number.
_SHARE: Final = 0.9
_USUAL: Final = 0.7
#: Share of its places where a mark has the same next one, and characters after the options that are none.
_FOLLOWS: Final = 0.7
_TAIL: Final = 300
#: Share of the lines of a text that are options.
_OFTEN: Final = 0.4
#: Characters of a line that are looked at.
_LOOKED_AT: Final = 1_000


@frozen
class Questions(CompletedBlocks):
    """Marks of options in their order, and where a question begins: at a number, after a blank line, or anywhere."""

    what = "question"
    marks: tuple[str, ...] = ()
    numbered: bool = False
    after_blank: bool = False

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether a line begins a question below options, and whether it is the second option or a later one."""
        places = self._places(line)
        return places is None and self._begins(line, blank=blank), _is_later(places)

    def _places(self, line: bytes) -> tuple[int, int] | None:
        """Return the numbers of the first and the last option in a line that begins with one; None for any other."""
        text = line[:_LOOKED_AT].decode("utf-8", "replace")
        mark = _mark(text)
        if mark not in self.marks:
            return None
        first = last = self.marks.index(mark)
        for start in re.finditer(r"\s(?=[(\[（【]?\w{1,3}[)\]）】．.、:：]|[①-⑳])", text):
            last += last + 1 < len(self.marks) and _mark(text[start.end() :]) == self.marks[last + 1]
        return first, last

    def _begins(self, line: bytes, *, blank: bool) -> bool:
        """Return whether a line that is no option begins a question, where options are above it."""
        text = line[:_LOOKED_AT].decode("utf-8", "replace")
        if self.numbered:
            return _NUMBER.match(text) is not None
        return (blank or not self.after_blank) and _ANSWER.fullmatch(text) is None

    def fits(self, lines: Sequence[bytes]) -> bool:
        """Return whether nearly all lines are those of questions, which have the same options."""
        blocks = [block for _, _, block in self.blocks(lines)][:-1]
        right = Counter(size for block in blocks if (size := self._options(block)))
        if len(blocks) < _LEAST or right.total() < _SHARE * len(blocks):
            return False
        written = sum(map(bool, chain(*blocks)))
        options = sum(size * count for size, count in right.items())
        return options >= _OFTEN * written and right.most_common(1)[0][1] >= _USUAL * right.total()

    def _options(self, block: Sequence[bytes]) -> int:
        """Return how many options a question has; 0 if they are too few, in no order, or not at its end."""
        found = [(index, places) for index, line in enumerate(block) if (places := self._places(line)) is not None]
        if not found or not found[0][0]:
            return 0
        count = 0
        for _, (first, last) in found:
            if first != count:
                return 0
            count = last + 1
        tail = sum(len(line.decode("utf-8", "replace")) for line in block[found[-1][0] + 1 :])
        return count if count >= _OPTIONS and tail <= _TAIL else 0


def questions_of(lines: Sequence[bytes]) -> Questions | None:
    """Return how the questions of a text are divided that begins with these lines; None for other texts."""
    texts = [line[:_LOOKED_AT].decode("utf-8", "replace") for line in lines]
    marks = [found for text in texts if text.strip() and (found := _mark(text))]
    for series in _series(marks):
        for numbered, after_blank in ((True, False), (False, True), (False, False)):
            questions = Questions(series, numbered=numbered, after_blank=after_blank)
            if questions.fits(lines):
                return questions
    return None


def have_options(texts: Iterable[str]) -> bool:
    """Return whether many of some texts, which are lines of a file, are options of questions."""
    marks = [_mark(line[:_LOOKED_AT]) for text in texts for line in text.split("\n") if line.strip()]
    return any(
        sum(mark in series for mark in marks) >= _OFTEN * len(marks) for series in _series(list(filter(None, marks)))
    )


def _series(marks: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield marks that mostly follow one another in the same order, many times; those of the first lines first."""
    counts = Counter(marks)
    often = [mark for mark, count in counts.items() if count >= _LEAST][:_MOST_MARKS]
    after: dict[str, Counter[str]] = {mark: Counter() for mark in counts}
    for mark, following in pairwise(marks):
        after[mark][following] += 1
    for mark in often:
        if mark.isascii() and mark.strip("().:") not in _FIRST:
            continue
        found = [mark]
        while len(found) <= _MOST_OPTIONS and (most := after[found[-1]].most_common(1)):
            following, count = most[0]
            if following in found or count < max(_FOLLOWS * counts[found[-1]], _LEAST):
                break
            found.append(following)
        if _OPTIONS <= len(found) <= _MOST_OPTIONS:
            yield tuple(found)


def _mark(text: str) -> str:
    """Return the mark of an option at the beginning of a line; empty if there is none.

    Letters are the same in either case and before any sign; numbers are not, as questions may have some too.
    """
    found = _MARK.match(text)
    if found is None:
        return ""
    mark = str(found[found.lastindex or 0])
    return found[0].strip(" \t*") if mark.isdigit() else mark.casefold()


def _is_later(places: tuple[int, int] | None) -> bool:
    """Whether a line has an option after the first one."""
    return places is not None and places[1] > 0
