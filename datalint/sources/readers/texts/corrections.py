"""Sentences with their corrections, as the ``.m2`` files of BEA and CoNLL-2014 have them.

A block has the words of a sentence after ``S``, and a line for each correction after ``A``: the first word and the one
after the last, the type of the error, and the words that are right, between ``|||``, and who says so at the end. The
row is ``{"source": …, "target": …}``, with the corrections of the first annotator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines

CORRECTIONS: Final = "corrections"
_SENTENCE: Final = b"S "
_LINE: Final = re.compile(rb"A -?\d{1,6} -?\d{1,6}(?:\|\|\|[^|]{0,9999}(?:\|\|?[^|]{1,999}){0,99}){3,5}[ \t\r]{0,9}")
_FIELDS: Final = "|||"
#: The fields that are needed: places, type, words.
_NEEDED: Final = 3
#: What stands for no words, between alternatives, and the type of a sentence without an error.
_NOTHING: Final = "-NONE-"
_OR: Final = "||"
_NO_ERROR: Final = "noop"


def is_corrected(block: Sequence[bytes]) -> bool:
    """Return whether a block is a sentence above the lines of its corrections."""
    return block[0].startswith(_SENTENCE) and all(_LINE.fullmatch(line) is not None for line in block[1:])


def corrected(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a sentence whose first line has the number ``first``, and the problem with its text."""
    texts, problem = decoded_lines(block, first)
    if texts is None:
        return None, problem
    words = texts[0].removeprefix("S ").split()
    edits: list[tuple[int, int, list[str]]] = []
    annotator = ""
    for line in texts[1:]:
        places, *fields = line.removeprefix("A ").split(_FIELDS)
        if len(fields) + 1 < _NEEDED:
            continue
        annotator = annotator or fields[-1]
        start, end = (int(place) if place.isdecimal() else -1 for place in (*places.split()[:2], "", "")[:2])
        if fields[-1] != annotator or fields[0] == _NO_ERROR or start < 0:
            continue
        if not start <= end <= len(words):
            message = f"a correction of the words {start} to {end}, of {len(words)}"
            problem = problem or Problem("invalid-row", message, first)
            continue
        right = fields[1].split(_OR)[0]
        edits.append((start, end, [] if right == _NOTHING else right.split()))
    target = list(words)
    # From the last one on, so that the places of those before it stay what they are.
    for start, end, right_words in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        target[start:end] = right_words
    return {"source": " ".join(words), "target": " ".join(target)}, problem
