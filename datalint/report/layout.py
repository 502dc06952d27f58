"""Lines for a terminal: runs of styled text, wrapped to a width in terminal cells.

rich colours these lines and measures characters that are not plainly narrow. Its console and tables are not used, since
importing them and laying out a short report takes 30 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from datalint.report.inert import inert
from datalint.support.named_tuple import NamedTuple

#: Latin, Greek and Cyrillic letters, currencies, and the marks that reports are made of; each takes one cell. Lines of
#: these do without an import of rich.
_NARROW: Final = (
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0481\u048a-\u052f\u2010-\u2027\u20a0-\u20bf\u2100-\u214f\u2190-\u2193]*"
)
#: A number stays on the line of its percent sign.
_WORD: Final = r"\s*\S+(?:(?<=[0-9]) %\S*)?\s*"


class StyledText(NamedTuple):
    """Text with one style, named as in rich."""

    text: str
    style: str = ""


Line = list[StyledText]


def runs(*parts: str | tuple[str, str]) -> Line:
    """Return runs from texts and pairs of text and style."""
    return [StyledText(part) if isinstance(part, str) else StyledText(*part) for part in parts]


def plain(line: Iterable[StyledText]) -> str:
    """Return the text of runs."""
    return "".join(run.text for run in line)


def width_of(text: str) -> int:
    """Return the width of a text in cells."""
    if re.fullmatch(_NARROW, text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut_to_width(text: str, width: int) -> str:
    """Return a text of at most ``width`` cells, with an ellipsis if it was cut."""
    return text if width_of(text) <= width else f"{_cropped(text, width - 1)}…"


def wrapped(content: Sequence[StyledText], width: int, indent: int = 0) -> Iterator[Line]:
    """Yield the lines of ``content``, each after ``indent`` spaces; none is wider than ``width`` or ends in a space."""
    start = 0
    for paragraph in plain(content).split("\n"):
        begin = 0
        for stop in (*_breaks(paragraph, max(width - indent, 1)), len(paragraph)):
            end = begin + len(paragraph[begin:stop].rstrip())
            yield [StyledText(" " * indent), *_cut(content, start + begin, start + end)] if end > begin else []
            begin = stop
        start += len(paragraph) + 1


def clipped(content: Sequence[StyledText], width: int, indent: int = 0, most: int = 1) -> list[Line]:
    """Return at most ``most`` lines of one paragraph, each after ``indent`` spaces; an ellipsis marks a cut."""
    text = plain(content)
    room = max(width - indent, 1)
    starts = [0, *_breaks(text, room)]
    stops = [*starts[1:], len(text)]
    if len(starts) > most:
        starts, stops = starts[:most], [*stops[: most - 1], len(text)]
    lines: list[Line] = []
    for start, stop in zip(starts, stops, strict=True):
        kept = text[start:stop].rstrip()
        if width_of(kept) > room:
            kept = _cropped(kept, room - 1).rstrip()
            lines.append([StyledText(" " * indent), *_cut(content, start, start + len(kept)), StyledText("…")])
        else:
            lines.append([StyledText(" " * indent), *_cut(content, start, start + len(kept))])
    return lines


def parted(content: Sequence[StyledText], start: int, stop: int) -> tuple[Line, Line]:
    """Return the runs before one character and from another one on, without the spaces between them and the gap."""
    text = plain(content)
    stop += len(text[stop:]) - len(text[stop:].lstrip())
    return [*_cut(content, 0, len(text[:start].rstrip()))], [*_cut(content, stop, len(text))]


def safe(line: Line, width: int) -> Line:
    """Return a line that no build runner interprets as a command."""
    text = plain(line)
    harmless = inert(text)
    return line if harmless == text else [StyledText(_cropped(harmless, width))]


def _cut(content: Iterable[StyledText], start: int, stop: int) -> Iterator[StyledText]:
    at = 0
    for text, style in content:
        piece = text[max(start - at, 0) : max(stop - at, 0)]
        if piece:
            yield StyledText(piece, style)
        at += len(text)


def _cropped(text: str, width: int) -> str:
    if re.fullmatch(_NARROW, text):
        return text[:width]
    if width_of(text) <= width:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield the positions of line breaks in a paragraph: before a word, or inside a word that is wider than a line."""
    if width_of(text) <= width:
        return
    filled = 0
    for match in re.finditer(_WORD, text):
        start, word = match.start(), match.group()
        size = width_of(word.rstrip())
        if size <= width - filled:
            filled += width_of(word)
        elif size <= width:
            yield start
            filled = width_of(word)
        else:
            for piece in _folded(word, width):
                if start:
                    yield start
                start += len(piece)
                filled = width_of(piece)


def _folded(word: str, width: int) -> list[str]:
    if re.fullmatch(_NARROW, word):
        return [word[start : start + width] for start in range(0, len(word), width)]
    from rich.cells import chop_cells

    return chop_cells(word, width)
