"""Answers that mark words of their text, such as aspects with their sentiments: labels, though each is another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datalint.records.analyses import Text

#: Texts that are needed, different words for each text up to which what the answers add are names of labels, and the
#: share of the words of the answers that are from their texts at least: a query has few of these.
_LEAST: Final = 50
_OWN_WORDS: Final = 0.2
_QUOTED: Final = 0.25
#: Characters of a text and of its answer that are read.
_CHARS: Final = 2_000
_WORD: Final = re.compile(r"[^\W\d_]+")


def mark_words(texts: Sequence[Text]) -> bool:
    """Return whether the answers to ``texts`` are words of these texts and the names of a few labels.

    ``texts`` are some rows of a dataset, evenly spaced.
    """
    labels: set[str] = set()
    most = _OWN_WORDS * len(texts)
    quoting = quoted = words = 0
    for text in texts:
        said = set(_WORD.findall(text.prompt[:_CHARS].casefold()))
        answer = set(_WORD.findall(text.response[:_CHARS].casefold()))
        labels |= answer - said
        if len(labels) > most:
            return False
        quoting += bool(answer & said)
        quoted += len(answer & said)
        words += len(answer)
    of_texts = 2 * quoting > len(texts) and quoted >= _QUOTED * words
    return len(texts) >= _LEAST and of_texts
