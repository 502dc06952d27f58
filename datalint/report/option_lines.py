"""Options and commands of a message, moved to a line of their own where they do not fit, so that they can be copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from datalint.report.layout import Line, StyledText, clipped, parted, plain, runs, width_of, wrapped
from datalint.support.lazy_pattern import lazy_pattern

#: An option to type, as a whole.
OPTION: Final = lazy_pattern(
    r"--columns (?:\"[^\"]*=[^\"]*\"|'(?:[^']|'\"'\"')*=(?:[^']|'\"'\"')*'|[^\s=]+=\S*[^\s,;.])"
)
#: A command at the end of a note.
COMMAND: Final = lazy_pattern(r"(?<=: )datalint [a-z]+ .+\Z")
#: A command in a remedy, between backquotes.
_COMMAND: Final = lazy_pattern(r"`(datalint [^`]+)`")
_INDENT: Final = 4


def apart(words: Sequence[StyledText], width: int, indent: int, lines: Callable[[Line], list[Line]]) -> list[Line]:
    """Return the ``lines`` of words, with an option that they would break or cut on a line of its own."""
    laid_out = lines([*words])
    option = OPTION.search(plain(words))
    if option is None or any(option[0] in plain(line) for line in laid_out):
        return laid_out
    before, after = parted(words, option.start(), option.end())
    fits = width_of(option[0]) <= width
    margin = " " * (min(indent, width - width_of(option[0])) if fits else indent)
    rest = lines(after) if plain(after).strip(" .;,") else []
    return [*lines(before), runs(f"{margin}{option[0]}"), *rest]


def remedy_lines(remedy: str, width: int, most: int | None, style: str, indent: int = _INDENT) -> list[Line]:
    """Return at most ``most`` lines of a remedy, with its command, without backquotes, on a line of its own if need be.

    That line may be longer than ``width``: the terminal wraps it, so that what is copied is one command.
    """
    words = runs((remedy, style))
    command = _COMMAND.search(remedy)
    # Within a sentence, a command is a part of it, and has its backquotes where the line has room.
    if command is None or (remedy[command.end() :].strip(" .") and _is_whole(command[0], words, width, indent, most)):
        return _limited(words, width, indent, most)
    before, after = parted(words, command.start(), command.end())
    whole = [*before, *runs((f" {command[1]}", style))]
    if indent + width_of(plain(whole)) <= width:
        shown = _limited(whole, width, indent, None)
    else:
        shown = [*_limited(before, width, indent, most), runs(" " * (indent + 2), (command[1], style))]
    rest = plain(after).lstrip(" .;,")
    left = None if most is None else most - len(shown)
    # Words after the command are no part of it, and so as far in as those before it.
    return shown + (_limited(runs((rest, style)), width, indent, left) if rest and left != 0 else [])


def said_once(remedies: Mapping[str, str], end: Sequence[Line], width: int) -> dict[str, str]:
    """Return other words for remedies whose command is longer than a line, so that no such command is shown twice.

    ``remedies`` are those of rules by their codes; ``end`` are the last lines, which hold the next command.
    """
    last = "\n".join(map(plain, end))
    first: dict[str, str] = {}
    said = {}
    for code, remedy in remedies.items():
        command = _COMMAND.search(remedy)
        if command is None or width_of(command[1]) <= width:
            continue
        if remedy in first:
            said[code] = f"As for {first[remedy]}"
        elif command[1] in last:
            said[code] = remedy.replace(command[0], 'the command after "next"')
        first.setdefault(remedy, code)
    return said


def _is_whole(command: str, words: Line, width: int, indent: int, most: int | None) -> bool:
    return any(command in plain(line) for line in _limited(words, width, indent, most))


def _limited(words: Line, width: int, indent: int, most: int | None) -> list[Line]:
    return list(wrapped(words, width, indent)) if most is None else clipped(words, width, indent, most=most)
