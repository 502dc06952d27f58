"""Responses that stop in the middle of a sentence or in a block of code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from datalint.api import Dataset
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.endings import before_last_line, last_line
from datalint.rules.common.responses.open_ends import may_be_cut, missing_stop, open_end
from datalint.rules.common.texts.scripts import unlabelled

#: Characters at the end of a text that are read.
TAIL: Final = 3_000
_OPEN: Final = ",，、(（[【"
_FENCE: Final = "```"
#: The last characters of what is not cut, and of what may be.
ENDS: Final = tuple(".!?…。！？।؟:：;；)]}>\"'”’»*`|$%0123456789")
#: An item of a list or a paragraph with a heading in bold, the lines before it that are compared, and the share of these
#: that end with a mark.
_ITEM: Final = r"\s{0,40}(?:[-*+•]|\d{1,3}[.)]|\*\*)\s{0,8}\S"
_LINES: Final = 8
_LEAST_LINES: Final = 3
_ENDED: Final = 0.8
#: The last two words of a text, and the three before them; how many texts with no word in common there, and what share
#: of the responses that may be cut, show that no limit left the two, as a limit stops each somewhere else.
_LAST_WORDS: Final = r"((?:\S{1,30}\s{1,4}){3})([^\W\d_]{2,20}\s[^\W\d_]{2,20})$"
_ENDING: Final = 150
_LEAST_BEFORE: Final = 3
_SHARED: Final = 0.2
#: Words of a text, the share of those of a response that its prompt has, and how many times as long as the other one
#: either is at most, where the response is the prompt in other words.
_WORD: Final = lazy_pattern(r"[^\W\d_]{4,60}|[\u3040-\u30ff\u3400-\u9fff]")
_SAME_WORDS: Final = 0.4
_AS_LONG: Final = 2


def is_cut(text: str) -> bool:
    """Return whether a response stops in the middle of a sentence, or in a block of code."""
    text = text.rstrip()
    if text.count(_FENCE) % 2:
        return True
    if not (text[-1:].isalpha() or text[-1:] in _OPEN):
        return False
    said = unlabelled(text[-TAIL:])
    line = last_line(said)
    if not may_be_cut({"text": said, "prompt": "", "system": ""}):
        return False
    # The lines of a script, which are short, end with a mark.
    is_script = said != text[-TAIL:]
    return is_script or open_end(line) is not None or missing_stop(before_last_line(said), line) is not None


def stops_in_item(text: str) -> bool:
    """Return whether the last item of a list ends without a mark, and nearly all lines before it end with one."""
    text = text.rstrip()
    if not text or text.endswith(ENDS):
        return False
    *before, last = [line for each in text[-TAIL:].split("\n") if (line := each.rstrip())]
    before = before[-_LINES:]
    if len(before) < _LEAST_LINES or re.match(_ITEM, last) is None:
        return False
    return sum(line.endswith(ENDS) for line in before) >= _ENDED * len(before)


def cut_rows(data: Dataset, responses: pl.DataFrame) -> list[int]:
    """Return the examples, in their order, whose last response may be cut and is.

    Those do not count whose last two words many of them have after different texts, such as a link ("View more"), and
    those that are their prompt in other words, if it stops in the same way.
    """
    rows = sorted(responses.filter("may")["example"].to_list())
    said = ((row, text.chosen or text.response, text.prompt) for row, text in zip(rows, data.texts(rows), strict=True))
    cut = {row: text for row, text, prompt in said if _stops(text) and not _rewrites_open(text, prompt)}
    added = _added_at_end(cut)
    return [row for row in cut if row not in added]


def _stops(text: str) -> bool:
    return is_cut(text) or stops_in_item(text)


def _rewrites_open(text: str, prompt: str) -> bool:
    """Return whether a prompt stops without a mark, and the response says the same in nearly as many words."""
    if not _stops(prompt) or not len(text) <= _AS_LONG * len(prompt) <= _AS_LONG**2 * len(text):
        return False
    mine, theirs = (frozenset(_WORD.findall(each.casefold())) for each in (text, prompt))
    return len(mine & theirs) >= _SAME_WORDS * len(mine)


def _added_at_end(texts: Mapping[int, str]) -> set[int]:
    """Return the rows whose last two words were added to many of the texts."""
    by_words: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for row, text in texts.items():
        if found := re.search(_LAST_WORDS, text.rstrip()[-_ENDING:]):
            by_words[found[2].casefold()].append((row, frozenset(found[1].casefold().split())))
    return {
        row
        for ends in by_words.values()
        if len(ends) >= _SHARED * len(texts) and _are_unlike([before for _, before in ends])
        for row, _ in ends
    }


def _are_unlike(ends: Sequence[frozenset[str]]) -> bool:
    """Whether enough of the sets of words have none in common, as those of one template do."""
    unlike: list[frozenset[str]] = []
    for words in ends:
        if all(words.isdisjoint(each) for each in unlike):
            unlike.append(words)
            if len(unlike) == _LEAST_BEFORE:
                return True
    return False


def are_copies(data: Dataset, rows: list[int]) -> bool:
    """Whether most of the responses are equal to another one, as those of a template are."""
    return 2 * data.examples["response_hash"].gather(rows).n_unique() <= len(rows)
