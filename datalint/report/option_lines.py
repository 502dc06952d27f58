"""What is to be typed, on a line of its own where a line has no room for it: what is copied must be whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from datalint.report.layout import Line, StyledText, clipped, parted, plain, runs, width_of

#: An option to type, as a whole.
OPTION: Final = re.compile(r"--columns (?:\"[^\"]*=[^\"]*\"|'(?:[^']|'\"'\"')*=(?:[^']|'\"'\"')*'|[^\s=]+=\S*[^\s,;.])")
#: A command at the end of a note.
COMMAND: Final = re.compile(r"(?<=: )datalint [a-z]+ .+\Z")
#: A command in a remedy, between backquotes.
_COMMAND: Final = re.compile(r"`(datalint [^`]+)`")
_INDENT: Final = 4


def apart(words: Sequence[StyledText], width: int, indent: int, lines: Callable[[Line], list[Line]]) -> list[Line]:
    """Return the ``lines`` of words, with an option that they would break or cut on a line of its own."""
    laid_out = lines([*words])
    option = OPTION.search(plain(words))
    if option is None or any(option[0] in plain(line) for line in laid_out):
        return laid_out
    before, after = parted(words, option.start(), option.end())
    margin = " " * indent if width_of(option[0]) <= width - indent else ""
    rest = lines(after) if plain(after).strip(" .;,") else []
    return [*lines(before), runs(f"{margin}{option[0]}"), *rest]


def remedy_lines(remedy: str, width: int, most: int, style: str) -> list[Line]:
    """Return at most ``most`` lines of a remedy, with a command that they would break or cut on a line of its own.

    That line may be longer than ``width``: the terminal wraps it, so that what is copied is one command.
    """
    words = runs((remedy, style))
    laid_out = clipped(words, width, _INDENT, most=most)
    command = _COMMAND.search(remedy)
    if command is None or any(command[0] in plain(line) for line in laid_out):
        return laid_out
    before, after = parted(words, command.start(), command.end())
    shown = [*clipped(before, width, _INDENT, most=most), runs(" " * (_INDENT + 2), (command[1], style))]
    rest = plain(after).lstrip(" .;,")
    left = most - len(shown)
    return shown + (clipped(runs((rest, style)), width, _INDENT + 2, most=left) if rest and left > 0 else [])
