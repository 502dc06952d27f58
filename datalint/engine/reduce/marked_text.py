"""Differences between two texts as tagged pieces, for a page that highlights them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.privacy.display import Shown, printable, printable_lines
from datalint.privacy.redaction import hide
from datalint.records.compared_words import ComparedWords
from datalint.support.named_tuple import NamedTuple

#: Maximum numbers of characters that are compared, and shown.
COMPARED: Final = 20_000
SHOWN: Final = 400
#: Maximum number of words. Alignment takes the product of the lengths divided by 64; this many words take about ten
#: milliseconds.
_MOST_WORDS: Final = 4_000
#: Characters of a shared stretch that stay on either side of a change, once the text is too long to show whole.
_CONTEXT: Final = 60


class MarkedPiece(NamedTuple):
    """A stretch of text: ``same``, ``gone`` (only the first text has it), ``new`` (only the second), or ``cut``.

    The ``text`` of a cut says how many characters were left out. The others are printable, but for line breaks.
    """

    tag: str
    text: Shown


def beginning_of(text: str) -> list[MarkedPiece]:
    """Return the beginning of a text."""
    return list(_bounded([("same", hide(text, 0, COMPARED))] if text else [], longer=max(0, len(text) - COMPARED)))


def marked(first: str, second: str) -> list[MarkedPiece]:
    """Return the second text with its differences from the first marked, about :data:`SHOWN` characters in total.

    Secrets and personal data are compared unredacted, each as one word, and are redacted in the result.
    """
    from rapidfuzz.distance import Levenshtein

    old, new = (ComparedWords(text, 0, min(COMPARED, len(text)), _MOST_WORDS, spaces=True) for text in (first, second))
    runs: list[tuple[str, str]] = []
    for step in Levenshtein.opcodes(old.compared, new.compared):
        if step.tag == "equal":
            runs.append(("same", new.between(step.dest_start, step.dest_end)))
            continue
        runs.append(("gone", old.between(step.src_start, step.src_end)))
        runs.append(("new", new.between(step.dest_start, step.dest_end)))
    return list(_bounded(list(_joined([run for run in runs if run[1]])), longer=len(second) - new.end))


def _joined(runs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join changes that are separated only by white space, and adjacent pieces of the same kind."""
    gone = new = ""
    for index, (tag, text) in enumerate(runs):
        if tag == "gone":
            gone += text
        elif tag == "new":
            new += text
        elif (gone or new) and text.isspace() and index + 1 < len(runs):
            gone, new = gone + text, new + text
        else:
            yield from _change(gone, new)
            gone = new = ""
            yield "same", text
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield both sides of a change without the white space that both end with."""
    space = ""
    while gone and new and gone[-1] == new[-1] and gone[-1].isspace():
        space, gone, new = gone[-1] + space, gone[:-1], new[:-1]
    if gone:
        yield "gone", gone
    if new:
        yield "new", new
    if space:
        yield "same", space


def _bounded(runs: list[tuple[str, str]], *, longer: int) -> Iterator[MarkedPiece]:
    """Yield the pieces in order up to :data:`SHOWN` characters; ``longer`` more characters were not compared."""
    fits = sum(len(text) for _, text in runs) <= SHOWN
    room = SHOWN
    left = 0
    for index, (tag, text) in enumerate(runs):
        if room <= 0:
            left += len(text) if tag != "gone" else 0
            continue
        changes_follow = index + 1 < len(runs)
        if tag == "same" and not fits and changes_follow and len(text) > 3 * _CONTEXT:
            head = "" if index == 0 else text[:_CONTEXT]
            tail = text[-_CONTEXT:]
            if head:
                yield MarkedPiece("same", printable_lines(head))
            yield _cut(len(text) - len(head) - len(tail))
            yield MarkedPiece("same", printable_lines(tail))
            room -= len(head) + len(tail)
            continue
        part = text[:room]
        yield MarkedPiece(tag, printable_lines(part) if tag == "same" or text.strip() else printable(part))
        left += len(text[room:]) if tag != "gone" else 0
        room -= len(text)
    if left + longer:
        yield _cut(left + longer)


def _cut(characters: int) -> MarkedPiece:
    return MarkedPiece("cut", printable(f"…+{characters:,} characters…"))
