"""Summaries: whether one is asked for, and those that are a part of their text, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

import polars as pl

from datalint.api import Chunk

#: Requests for, and keys of, what is shorter than its text, and requests that may leave it as it is.
_SHORTENS: Final = (
    r"(?i)\bsummar|\bcondens|\bheadline|\btl;?dr\b|\bhighlights\b|\brésume[rz]?\b|\brésumé d|\bresum(?:en|ir|a|o|ão)\b|\bresume (?:el|la|los|las|este|esta)\b|\briassu|zusammenfass|kurzfass"
    r"|samenvat|sammanfatt|streszcz|резюм|краткое содержание|摘要|总结|總結|概括|概述|要約|요약|تلخيص|لخص|özet|tóm tắt|ringkas"
)
_LEAVES: Final = (
    r"(?i)\b(?:unchanged|as (?:it )?is|verbatim|original text|repeat|copy|already|if (?:the|it))\b|原样|原文"
)
#: Characters before a text in a prompt, which say what to do with it, and after it; what the last of those before are;
#: and the first ones of a summary that are looked for.
_BEFORE: Final = 400
_AFTER: Final = 100
_BEGINS: Final = r"(?:[:：]\s*[\"“«]?|\n\s*[\"“«]?|^\s*)$"
_FIRST: Final = 40
#: What stands at the end of a text that was cut: an ellipsis, perhaps with a remark in brackets.
_CUT: Final = r"\s?(?:\.{3}|…)(?:\s?[(\[][^()\[\]]{1,40}[)\]])?$"

#: The name of a paper in quotation marks before a colon; characters in which that or the name of a writer is, and words
#: of such a name; and how many times as long as its lead an article is.
_PAPER: Final = r"\w,? [„“«\"][^„“”«»\"\n]{2,40}[“”»\"] ?:$"
_WRITER_CHARS: Final = 120
_NAMES: Final = range(2, 5)
_LONGER: Final = 3


def asks_to_shorten(path: str, request: str) -> bool:
    """Whether a response under a path is a summary, by its key or by what is asked, that may not be its whole text."""
    return re.search(_SHORTENS, f"{path} {request}") is not None and not re.search(_LEAVES, request)


def is_lead(path: str, request: str, text: str, summary: str) -> bool:
    """Whether a summary is the lead of its article, and ends with who wrote that, for the article to follow."""
    end = summary[-_WRITER_CHARS:]
    named = re.search(_PAPER, end) is not None or _ends_in_name(end)
    return len(text) >= len(summary) * _LONGER and named and asks_to_shorten(path, request)


def _ends_in_name(end: str) -> bool:
    """Whether a text ends in a colon after some words with capitals, in a sentence with other words."""
    words = end[:-1].split()
    names = next((count for count, word in enumerate(reversed(words)) if not word[0].isupper()), 0)
    return end[-1:] == ":" and names in _NAMES and words[-names - 1][0].islower()


class Part(IntEnum):
    """Which part of its text a summary is. A beginning is cut where an ellipsis follows."""

    NONE = 0
    BEGINNING = 1
    OTHER = 2
    CUT_BEGINNING = 3


def parts_of_texts(chunk: Chunk, pairs: pl.DataFrame) -> Iterator[tuple[int, str, Part]]:
    """Yield example and path of each summary that is a part of its text, and which part.

    ``pairs`` have ``example``, ``path``, ``text`` and the prompt ``before``. White space may differ.
    """
    first = pl.col("text").str.strip_chars_start().str.head(_FIRST)
    pairs = pairs.filter(pl.col("before").str.contains(first, literal=True))
    for example, path, text, prompt in pairs.select("example", "path", "text", "before").iter_rows():
        whole, read = " ".join(text.split()), " ".join(prompt.split())
        said = re.sub(_CUT, "", whole)
        place = read.find(said)
        if place < 0:
            continue
        request = f"{chunk.examples['system'][example]}\n{read[max(place - _BEFORE, 0) : place]}\n{read[-_AFTER:]}"
        if asks_to_shorten(path, request):
            begins = place <= _BEFORE and (
                not place or re.search(_BEGINS, prompt[: prompt.find(text.lstrip()[:_FIRST])])
            )
            is_cut = said != whole and whole not in read
            yield example, path, Part.OTHER if not begins else Part.CUT_BEGINNING if is_cut else Part.BEGINNING
