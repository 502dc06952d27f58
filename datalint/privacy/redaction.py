"""Redaction: replace secrets and personal data in a text by their first characters and their length.

Detection is conservative. Every pattern starts at a token boundary or a literal and has bounded repetitions, so the
time is linear in the length of the text. Text is redacted before it is cut, because a part of a secret has no
recognisable format: functions here take the complete text and the range to show.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from datalint.privacy.escapes import escape_unsafe
from datalint.privacy.personal import personal
from datalint.privacy.secret import secrets
from datalint.privacy.spans import PrivateSpan, without_overlaps

#: The number of characters on each side of a range that are searched too. They are counted from the ends of the words
#: that the range cuts, and are extended to complete words, up to :data:`FAR` characters. So a token is searched
#: completely, however long it is, together with the text before it, such as its name. A private key has line breaks and
#: up to 20,000 characters: if one may be near, as many characters are searched.
NEAR: Final = 200
FAR: Final = 24_000
_KEY: Final = "PRIVATE KEY"
#: The number of consecutive non-space characters of a secret that must never be displayed, even if a rule cut the text.
RUN: Final = 8
#: Every secret has a run of this many characters without white space, except a private key, which is between dashes.
#: Prose rarely has one; searching for such runs takes a fifth of the time of a search for each format.
_UNBROKEN: Final = 15
#: What is found in texts of at most this many characters is remembered.
_SHORT: Final = 2_000
#: The characters of words that may be secrets.
_WORD: Final = string.ascii_letters + string.digits + "_+/=.~@%:-"


def redacted(value: str) -> str:
    """Return the redacted form of a secret or personal datum: its first characters and its length.

    At most four characters, and never more than a quarter of the value, remain visible. That is enough to distinguish
    an AWS key from a GitHub token, but not enough to use either.
    """
    head = min(4, len(value) // 4)
    return f"{escape_unsafe(value[:head])}…[redacted, {len(value)} characters]"


def hide(text: str, start: int = 0, stop: int | None = None) -> str:
    """Return ``text[start:stop]`` with every secret and personal datum redacted.

    A secret that crosses an edge of the range is recognised by the complete text and redacted completely. A text
    without any takes about 15 nanoseconds per character of the range and of the :data:`NEAR` characters around it.
    """
    stop = len(text) if stop is None else stop
    return Redacted(text, start, stop).part(start, stop)


class Redacted:
    """``text[start:stop]`` with its secrets and personal data located once, for redacting parts of it quickly."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self._start, self._stop = start, stop
        self._found = private_spans(text, start, stop)
        self._ends = [found.end for found in self._found]

    def part(self, start: int, stop: int) -> str:
        """Return a part of the text in which each secret and personal datum that it overlaps is redacted."""
        if not self._found:
            return self.text[start:stop]
        pieces: list[str] = []
        done = start
        for index in range(bisect_right(self._ends, start), len(self._found)):
            _, begin, end = self._found[index]
            if begin >= stop:
                break
            pieces += (self.text[done:begin], redacted(self.text[begin:end]))
            done = end
        pieces.append(self.text[done:stop])
        return "".join(pieces)

    def words(self, pattern: str) -> Iterator[tuple[int, int]]:
        """Yield the spans that ``pattern`` matches; each secret or personal datum is one word."""
        found, at = re.compile(pattern), self._start
        for _, begin, end in self._found:
            yield from (match.span() for match in found.finditer(self.text, at, begin))
            yield begin, end
            at = end
        yield from (match.span() for match in found.finditer(self.text, at, self._stop))


def private_spans(text: str, start: int = 0, stop: int | None = None) -> list[PrivateSpan]:
    """Return the secrets and personal data that overlap ``text[start:stop]``, in order, as spans of ``text``."""
    stop = len(text) if stop is None else stop
    first, last = window(text, start, stop)
    return [
        found
        for kind, begin, end in _find(text[first:last])
        if (found := PrivateSpan(kind, begin + first, end + first)).end > start and found.start < stop
    ]


def window(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the range of ``text`` that is needed to redact ``text[start:stop]``."""
    first, last = max(start - FAR, 0), min(stop + FAR, len(text))
    if (start <= NEAR and stop + NEAR >= len(text)) or text.find(_KEY, first, last) >= 0:
        return first, last
    begin, end = _word_start(text, first, start), _word_end(text, stop, last)
    return _word_start(text, first, max(begin - NEAR, first)), _word_end(text, min(end + NEAR, last), last)


def _word_start(text: str, first: int, at: int) -> int:
    """Return the start of the word that extends before ``at``, but at least ``first``."""
    size = 32
    while at > first:
        before = text[max(at - size, first) : at]
        rest = before.rstrip(_WORD)
        at -= len(before) - len(rest)
        if rest:
            break
        size *= 8
    return at


def _word_end(text: str, at: int, last: int) -> int:
    """Return the end of the word that extends after ``at``, but at most ``last``."""
    size = 32
    while at < last:
        after = text[at : min(at + size, last)]
        rest = after.lstrip(_WORD)
        at += len(after) - len(rest)
        if rest:
            break
        size *= 8
    return at


def _find(text: str) -> Sequence[PrivateSpan]:
    return _kept(text) if len(text) <= _SHORT else _searched(text)


def _searched(text: str) -> Sequence[PrivateSpan]:
    return without_overlaps([*_secrets(text), *personal(text)])


#: Rules quote the same text, reports repeat a message, and cuts of one word have the same window.
_kept: Final = lru_cache(maxsize=256)(_searched)


def _secrets(text: str) -> list[PrivateSpan]:
    unbroken = "-----" in text or max(map(len, text.split()), default=0) >= _UNBROKEN
    return secrets(text, doubtful=True) if unbroken else []


class Fragments:
    """Fragments of the secrets in some texts, to remove from excerpts of these texts.

    A rule may cut a text before it puts it into a message, and a part of a secret has no recognisable format. Add the
    complete texts here.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._new: list[str] = []
        self._runs: set[str] = set()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Add complete texts."""
        self._new += (text for text in texts if len(text) >= _UNBROKEN)

    def hide(self, text: str) -> str:
        """Remove all runs of :data:`RUN` or more characters that are part of a secret in the complete texts."""
        for whole in self._new:
            for _, start, end in _secrets(whole):
                for word in whole[start:end].split():
                    self._runs.update(word[at : at + RUN] for at in range(len(word) - RUN + 1))
        self._new = []
        return self._without_runs(text) if self._runs else text

    def _without_runs(self, text: str) -> str:
        pieces: list[str] = []
        done = at = 0
        while at + RUN <= len(text):
            if text[at : at + RUN] not in self._runs:
                at += 1
                continue
            end = at + RUN
            while text[end - RUN + 1 : end + 1] in self._runs:
                end += 1
            pieces += (text[done:at], "…[redacted]")
            done = at = end
        return "".join([*pieces, text[done:]]) if pieces else text
