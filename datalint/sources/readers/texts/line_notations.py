"""Recognise the notation of lines that are rows of their own, by the beginning of a file."""

from __future__ import annotations

from datalint.sources.readers.lines import SPACE, split
from datalint.sources.readers.tagged import bracketed_tags, listed_tags, marked_sentences, tagged_lines
from datalint.sources.readers.texts import (
    asked_lines,
    inline_spans,
    label_first,
    labelled_lines,
    marked_turns,
    python_lines,
    quadruples,
    recorded_lines,
)
from datalint.sources.readers.texts.noted_lines import LineNotation


def notation_of(head: bytes, *, cut: bool) -> LineNotation | None:
    """Return the notation of the lines of a text that begins with ``head``; None for other texts.

    ``cut`` says that the text goes on, so that the last line may not be complete.
    """
    lines = [line for line in split(head)[: -1 if cut else None] if line.strip(SPACE)]
    if not lines:
        return None
    marked = (marked_turns, marked_sentences, python_lines, quadruples, inline_spans, asked_lines, recorded_lines)
    modules = (tagged_lines, bracketed_tags, listed_tags, labelled_lines, *marked, label_first)
    return next((found for each in modules if (found := each.notation_of(lines)) is not None), None)
