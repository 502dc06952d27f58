"""Conversations as ParlAI and bAbI write them, an exchange in each line: a row is an episode.

Lines are numbered, and the number 1 begins an episode: ``1 Where is the cup?<tab>On the shelf``. Lines without a tab,
such as a story or ``1 your persona: I sail.``, are a part of what is asked next, and so are those with numbers alone
after the tab (``1 Ann went out.<tab>2 3``), which say who sees it, next to questions with answers. In ParlAI's own
format, lines have the names of their fields: ``text:Where is the cup?<tab>labels:On the shelf<tab>episode_done:True``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple
from datalint.support.word_scripts import has_words

#: The container of such conversations.
EPISODES: Final = "episodes"
#: The number of a line, and what ends an episode.
_NUMBERED: Final = re.compile(r"(\d{1,5}) (?=\S|\t)")
_NUMBERS: Final = re.compile(r"\d{1,3}(?: \d{1,3}){0,30}\s{0,9}")
_BEFORE_FIRST: Final = re.compile(rb"\n(?=1 )")
_DONE: Final = re.compile(rb"\tepisode_done:True[\t\r ]{0,9}(?:\n|\Z)")
#: How a line begins in ParlAI's own format, and its fields with what is answered.
_TEXT: Final = "text:"
_LABELS: Final = ("labels:", "eval_labels:")
#: Episodes that are needed, and the shares of lines in the format, of episodes with a reply, and of replies to words.
_LEAST: Final = 3
_NEARLY_ALL: Final = 0.95
_WORDY: Final = 0.5
_WORDS: Final = 2


class Episodes(NamedTuple):
    """How episodes are divided: by the number of a line, or by ``episode_done`` in fields with names (``named``).

    ``noted`` says that the numbers after what is no question are no reply.
    """

    named: bool = False
    noted: bool = False
    what: str = "episode"

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of an episode whose first line has the number ``first``, and the problem with its text."""
        texts, problem = decoded_lines(block, first)
        if texts is None:
            return None, problem
        turns: list[dict[str, str]] = []
        above: list[str] = []
        for text in filter(None, texts):
            said, reply = self._exchange(text)
            above += [said] if said else []
            if reply:
                turns += [{"role": "user", "content": "\n".join(above)}, {"role": "assistant", "content": reply}]
                above = []
        return {"messages": turns + [{"role": "user", "content": "\n".join(above)}] * bool(above)}, problem

    def _exchange(self, text: str) -> tuple[str, str]:
        """Return what is said in a line, and the reply, which is empty if there is none."""
        fields = text.split("\t")
        if self.named:
            replies = (each.partition(":")[2] for each in fields if each.startswith(_LABELS))
            said = fields[0].removeprefix(_TEXT) if fields[0].startswith(_TEXT) else ""
            # Of several right replies, the first one is read.
            return _unescaped(said), _unescaped(next(replies, "").split("|")[0])
        number = _NUMBERED.match(text)
        said = fields[0][number.end() :] if number is not None else fields[0]
        if self.noted and _is_note(fields):
            return said.strip(), ""
        return said.strip(), fields[1].strip() if len(fields) > 1 else ""

    def blocks(self, lines: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the index of the first line of each episode, its offset in bytes, and its lines."""
        block: list[bytes] = []
        first = begin = offset = 0
        for index, line in enumerate(lines):
            if line.strip(SPACE):
                if block and not self.named and line.startswith(b"1 "):
                    yield first, begin, block
                    block = []
                if not block:
                    first, begin = index, offset
                block.append(line)
                if self.named and _DONE.search(line):
                    yield first, begin, block
                    block = []
            elif block:
                block.append(b"")
            offset += len(line) + 1
        if block:
            yield first, begin, block

    def end_in(self, data: bytes, *, whole: bool) -> int:
        """Return where the first episode ends that ends in ``data``, which begins in a line; -1 if none does."""
        found = (_DONE if self.named else _BEFORE_FIRST).search(data)
        return -1 if found is None or (self.named and not whole and not found[0].endswith(b"\n")) else found.end()


def episodes_of(lines: Sequence[bytes]) -> Episodes | None:
    """Return how the episodes of a text are divided that begins with these lines; None for other texts."""
    texts = [line.decode("utf-8", "replace").strip("\r") for line in lines if line.strip(SPACE)][:-1]
    if not texts:
        return None
    if texts[0].startswith(_TEXT):
        named = sum(text.startswith(_TEXT) and any(f"\t{each}" in text for each in _LABELS) for text in texts)
        done = sum("\tepisode_done:True" in text for text in texts)
        return Episodes(named=True) if done and named >= _NEARLY_ALL * len(texts) else None
    return Episodes(noted=_are_noted(texts)) if texts[0].startswith("1 ") and _are_numbered(texts) else None


def _is_note(fields: Sequence[str]) -> bool:
    """Whether nothing but numbers stands after what is no question."""
    return len(fields) == 2 and not fields[0].rstrip().endswith("?") and _NUMBERS.fullmatch(fields[1]) is not None


def _are_noted(texts: Sequence[str]) -> bool:
    """Whether all lines with fields are questions with an answer and more, or have numbers alone after them."""
    lines = [fields for text in texts if len(fields := text.split("\t")) > 1]
    notes = sum(map(_is_note, lines))
    asked = sum(len(fields) > 2 and fields[0].rstrip().endswith("?") for fields in lines)
    return 0 < notes < len(lines) == notes + asked


def _are_numbered(texts: Sequence[str]) -> bool:
    """Whether lines are numbered from 1 in each of some episodes, most of which have a reply to words."""
    last = episodes = counted = 0
    for text in texts:
        number = _NUMBERED.match(text)
        if number is not None and int(number[1]) in (1, last + 1):
            counted += 1
            last = int(number[1])
            episodes += last == 1
    exchanges = [text for text in texts if "\t" in text]
    wordy = sum(has_words(text.split("\t")[0].partition(" ")[2], _WORDS) for text in exchanges)
    return (
        episodes >= _LEAST
        and counted >= _NEARLY_ALL * len(texts)
        and len(exchanges) >= _NEARLY_ALL * (episodes - 1)
        and wordy >= _WORDY * len(exchanges)
    )


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("__PIPE__", "|").strip()
