"""Redaction: secrets and personal data in a text are replaced by their first characters and their length.

A finder names only what it is sure of. Every pattern starts at a token boundary or a literal and repeats within bounds,
so the time is linear in the text. What is shown of a text is redacted before it is cut, as the rest of a cut secret has
no format that could be recognised: functions here take the complete text and the part that is to be shown.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from datalint.privacy.escapes import escape
from datalint.privacy.personal import personal
from datalint.privacy.secret import secrets
from datalint.privacy.spans import Found, apart

#: Characters on either side of a part that are searched with it. They are counted from the ends of words that the
#: part's edges cut, and none of their own edges cuts a word; but :data:`FAR` characters are the most. So a token is
#: searched as a whole, however long, and with what stands before it, such as its name. A private key has line breaks
#: and up to 20,000 characters: where one may be near, all are searched.
NEAR: Final = 200
FAR: Final = 24_000
_KEY: Final = "PRIVATE KEY"
#: Characters of a secret in a row, none of them white space, that nothing may show wherever a rule has cut it.
RUN: Final = 8
#: Characters without white space that every secret holds, but for a private key's, which stands between dashes. Prose
#: seldom does: looking for them takes a fifth of the time that looking for what each format holds does.
_UNBROKEN: Final = 15
#: What words are made of that are secrets.
_WORD: Final = string.ascii_letters + string.digits + "_+/=.~@%:-"


def redacted(value: str) -> str:
    """Return the redacted form of a secret or personal datum: a head of it and its length.

    At most four characters and never more than a quarter of the value stay visible, which is enough to distinguish
    an AWS key from a GitHub token and not enough to use either.
    """
    head = min(4, len(value) // 4)
    return f"{escape(value[:head])}…[redacted, {len(value)} characters]"


def hide(text: str, start: int = 0, stop: int | None = None) -> str:
    """Return ``text[start:stop]`` with every secret and personal datum in redacted form.

    One that reaches over an edge of the part is recognised by the complete text, and redacted as a whole. A text that
    holds none costs about 15 nanoseconds a character of the part and of :data:`NEAR` characters around it.
    """
    stop = len(text) if stop is None else stop
    return Redacted(text, start, stop).part(start, stop)


class Redacted:
    """``text[start:stop]`` with the secrets and personal data in it found, so that parts of it are quick to take."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self._start, self._stop = start, stop
        self._found = private_spans(text, start, stop)
        self._ends = [found.end for found in self._found]

    def part(self, start: int, stop: int) -> str:
        """Return a part of the text with each secret and personal datum that it touches in redacted form."""
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
        """Yield the places of what ``pattern`` matches; each secret or personal datum is one word."""
        found, at = re.compile(pattern), self._start
        for _, begin, end in self._found:
            yield from (match.span() for match in found.finditer(self.text, at, begin))
            yield begin, end
            at = end
        yield from (match.span() for match in found.finditer(self.text, at, self._stop))


def private_spans(text: str, start: int = 0, stop: int | None = None) -> list[Found]:
    """Return the secrets and personal data that overlap ``text[start:stop]``, in order, by their places in ``text``."""
    stop = len(text) if stop is None else stop
    first, last = window(text, start, stop)
    return [
        found
        for kind, begin, end in _find(text[first:last])
        if (found := Found(kind, begin + first, end + first)).end > start and found.start < stop
    ]


def window(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the part of ``text`` that must be at hand to redact ``text[start:stop]``."""
    first, last = max(start - FAR, 0), min(stop + FAR, len(text))
    if (start <= NEAR and stop + NEAR >= len(text)) or text.find(_KEY, first, last) >= 0:
        return first, last
    begin, end = _word_start(text, first, start), _word_end(text, stop, last)
    return _word_start(text, first, max(begin - NEAR, first)), _word_end(text, min(end + NEAR, last), last)


def _word_start(text: str, first: int, at: int) -> int:
    """Return where the word begins that goes on before ``at``, not before ``first``."""
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
    """Return where the word ends that goes on after ``at``, not after ``last``."""
    size = 32
    while at < last:
        after = text[at : min(at + size, last)]
        rest = after.lstrip(_WORD)
        at += len(after) - len(rest)
        if rest:
            break
        size *= 8
    return at


def _find(text: str) -> list[Found]:
    return apart([*_secrets(text), *personal(text)])


def _secrets(text: str) -> list[Found]:
    unbroken = "-----" in text or max(map(len, text.split()), default=0) >= _UNBROKEN
    return secrets(text, doubtful=True) if unbroken else []


class Fragments:
    """Runs of characters of the secrets in some texts, to be found in what others cut out of these texts.

    A rule may cut a text before it says something about it, and the rest of a secret has no format. Whoever knows the
    complete texts gives them here.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._new: list[str] = []
        self._runs: set[str] = set()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Take note of complete texts."""
        self._new += (text for text in texts if len(text) >= _UNBROKEN)

    def hide(self, text: str) -> str:
        """Return ``text`` without any :data:`RUN` consecutive characters of a secret in the complete texts."""
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
