"""Texts in which a line such as ``<Response>`` is between a question and its answer, which are read as no texts."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from datalint.sources.readers.texts.dialogue_lines import ANSWERING

#: A line that is a mark: a name, or a line of hyphens or the like, in angle brackets. One with ``|`` is a token.
_MARK: Final = re.compile(rb"^[ \t]{0,9}<([^<>|/\s][^<>|/\n]{0,39})>[ \t\r]{0,9}$", re.MULTILINE)
#: Such lines that are needed, and the share of the lines of the two marks that take turns.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95


def answer_mark(head: bytes) -> str:
    """Return the mark that a text which begins with ``head`` has before its answers; empty for other texts.

    It is named as an answer, or takes turns with another mark, which ends the answers.
    """
    if b"<" not in head:
        return ""
    marks = [found[1] for found in _MARK.finditer(head)]
    # A tag that is closed is markup.
    usual = [mark for mark, count in Counter(marks).most_common(2) if count >= _LEAST and b"</" + mark not in head]
    for mark in usual:
        name = mark.decode("utf-8", "replace")
        if name.strip().lower() in ANSWERING:
            return name
    if len(usual) < 2:
        return ""
    turns = sum(one in usual and other in usual and one != other for one, other in pairwise(marks))
    named = [mark for mark in usual if re.search(rb"\w", mark)]
    return named[0].decode("utf-8", "replace") if len(named) == 1 and turns >= _NEARLY_ALL * (len(marks) - 1) else ""
