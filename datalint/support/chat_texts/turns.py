"""Who speaks when in a conversation that is written out as one text, by the markers that nearly all texts share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from datalint.support.blank import BLANK
from datalint.support.chat_texts.markers import END_TOKENS
from datalint.support.chat_texts.recognized import first_markers
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Texts that are looked at at least, and the share of them that have the markers, and questions with an answer each.
_LEAST: Final = 8
_NEARLY_ALL: Final = 0.9
#: What may stand in a turn in which nothing is said.
_NOTHING: Final = lazy_pattern(rf"(?:[\s{BLANK}]|<s>|<bos>|{END_TOKENS})*+")
#: Questions that are answered, one after the other; the last one may be left without an answer in all texts.
_ANSWERED: Final = lazy_pattern(r"(?:ua)+u?")
#: Turns that are written, one more than a rule needs.
_MOST: Final = 1_000


class TurnMarks(NamedTuple):
    """The markers of a question and of its answer, and whether each of them begins a line in all texts."""

    asks: str
    answers: str
    in_lines: bool


def usual_marks(texts: Sequence[str]) -> TurnMarks | None:
    """Return the markers by which nearly all texts are questions with an answer each; None for other texts."""
    if len(texts) < _LEAST:
        return None
    found = Counter(pair for text in texts if (pair := first_markers(text)) is not None)
    (pair, count), *_ = found.most_common(1) or [(("", ""), 0)]
    if count < _NEARLY_ALL * len(texts):
        return None
    in_lines = all(_begins_line(text, at.start()) for text in texts for at in _pattern(*pair).finditer(text))
    marks = TurnMarks(*pair, in_lines)
    answered = sum(_ANSWERED.fullmatch(spoken(text, marks)) is not None for text in texts)
    return marks if answered >= _NEARLY_ALL * len(texts) else None


def spoken(text: str, marks: TurnMarks) -> str:
    """Return a letter for each turn of a text: ``u`` for a question, ``a`` for an answer, a capital for an empty one.

    Words with a colon within a line may be quoted, so that only the first of several questions in a row counts. A text
    without a marker is ``-``.
    """
    made: list[str] = []
    for letter, said in _turns(text, marks):
        now = letter if said else letter.upper()
        plain = not marks.in_lines and marks.asks[0].isalnum()
        if not (plain and made and made[-1].lower() == letter):
            made.append(now)
        elif said:
            made[-1] = letter
        if len(made) >= _MOST:
            break
    return "".join(made) or "-"


def _turns(text: str, marks: TurnMarks) -> Iterator[tuple[str, bool]]:
    """Yield whose turn each one is, and whether something is said in it."""
    begins = [
        (at.end(), "u" if at[0] == marks.asks else "a", at.start())
        for at in _pattern(marks.asks, marks.answers).finditer(text)
        if not marks.in_lines or _begins_line(text, at.start())
    ]
    ends = [start for _, _, start in begins[1:]]
    for (start, letter, _), end in zip(begins, [*ends, len(text)], strict=False):
        nothing = _NOTHING.match(text, start, end)
        yield letter, nothing is None or nothing.end() < end


def _begins_line(text: str, at: int) -> bool:
    return not text[max(text.rfind("\n", 0, at), 0) : at].strip()


@lru_cache(maxsize=16)
def _pattern(asks: str, answers: str) -> re.Pattern[str]:
    # The longer one first, as one may begin with the other.
    return re.compile("|".join(map(re.escape, sorted((asks, answers), key=len, reverse=True))))
