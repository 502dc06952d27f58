"""Commands that repeat what the user typed, with other options."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.core.results import Outcome
from datalint.privacy.display import Shown, printable
from datalint.report.places import is_file
from datalint.report.remedies import as_typed, folder_of

#: Options that the next command sets itself, and those that change nothing about its result; the first take a value.
_WITH_VALUE: Final = ("--output-format", "--output", "-o", "--moved-to", "--jobs", "--cache-dir")
#: Options that select rules: a check of one rule sets them, and a fix keeps to what was looked at.
_SELECTING: Final = ("--select", "--extend-select")
_FLAGS: Final = ("--fix", "--full", "--statistics", "--quiet", "-q", "--no-cache", "--color", "--no-color")
#: Options that leave rules out, with a value. A command without them shows more, so that a long one can do without.
_OMITTING: Final = ("--ignore",)
#: Options about the verdict, with a value.
_JUDGING: Final = ("--fail-on", "--base-ref", "--config-since", "--max-findings")
#: Characters of a command; a longer one, such as of a glob's many files, is shown without its arguments.
_LONGEST: Final = 240
#: The length of a command from which on dispensable options are left out.
_LONG: Final = 120


def command_of(base: Sequence[str], *more: str, name: str = "check") -> Shown:
    """Return a command with arguments and more options; a long one without those that it can do without."""
    for arguments, most in ((list(base), _LONG), (list(without(base, _OMITTING)), _LONGEST)):
        # Arguments after "--" are not options.
        ordered = [*more, *arguments] if "--" in arguments else [*arguments, *more]
        command = printable(" ".join([f"datalint {name}", *map(shlex.quote, ordered)]))
        if len(command) <= most:
            return command
    return printable(" ".join([f"datalint {name} …", *map(shlex.quote, more)]))


def base_of(outcome: Outcome, arguments: Sequence[str] | None, *, selecting: bool = False) -> list[str]:
    """Return what was typed without options that a next command sets itself; ``selecting`` keeps those of rules."""
    if arguments is not None:
        return list(_kept(arguments, _WITH_VALUE if selecting else (*_WITH_VALUE, *_SELECTING)))
    return files_of(outcome, None)


def files_of(outcome: Outcome, arguments: Sequence[str] | None) -> list[str]:
    """Return the files of the training split as they were typed; of several in a folder that was typed, the folder."""
    train = [file.path for file in outcome.files if file.split == "train"]
    folder = folder_of(train, arguments or ()) if len(train) > 1 else None
    if folder is not None:
        return [printable(folder)]
    return [as_typed(path, arguments or ()) for path in train if is_file(path)]


def _kept(arguments: Sequence[str], dropped: Sequence[str]) -> Iterator[str]:
    """Yield arguments without the ``dropped`` options and their values, and those that decide what is shown."""
    attached = tuple(f"{name}=" if name.startswith("--") else name for name in dropped)
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            yield from (argument, *rest)
        elif argument in dropped:
            next(rest, None)
        elif argument not in _FLAGS and not argument.startswith(attached):
            yield argument


def fixing(arguments: Sequence[str]) -> Iterator[str]:
    """Return arguments without those that ``datalint fix`` does not take."""
    return (argument for argument in without(arguments, _JUDGING) if argument != "--exit-zero")


def without(arguments: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield arguments without options of these names and their values."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            yield from (argument, *rest)
        elif argument in names:
            next(rest, None)
        elif not argument.startswith(tuple(f"{name}=" for name in names)):
            yield argument
