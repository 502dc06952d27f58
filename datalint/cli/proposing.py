"""Commands that a command proposes to run next, with the options of this run that matter there."""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from datalint.cli.options import ARGUMENTS
from datalint.support.named_tuple import NamedTuple

#: Headings of options that say how rows are read and judged; those of ``datalint check`` have the same names.
_READING: Final = frozenset(("Rule selection", "Input", "Configuration", "Known findings", "Trust"))
#: Options about a kind of input that files of JSON Lines have nothing of.
_OF_TABLES: Final = frozenset(("delimiter", "quote", "header"))
#: Options about the origin of an input, which is lost in what is written.
_OF_ORIGIN: Final = frozenset(("split", "stdin_filename"))
#: Options of ``datalint split``, ``convert`` and ``dedupe`` under other headings.
_SHARED: Final = frozenset(("category", "group_by", "target", "benchmark", "contamination"))


class Typed(NamedTuple):
    """Arguments as they were typed: an option with its value, or a path, which has no ``option``."""

    option: click.Option | None
    words: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The name of the option's parameter."""
        return None if self.option is None else self.option.name


def typed_arguments() -> Iterator[Typed]:
    """Yield the arguments of this command in order."""
    context = click.get_current_context()
    options = {
        name: each
        for each in context.command.params
        if isinstance(each, click.Option)
        for name in (*each.opts, *each.secondary_opts)
    }
    rest = iter(context.meta.get(ARGUMENTS, ()))
    for word in rest:
        if word == "--":
            yield from (Typed(None, (path,)) for path in rest)
            return
        name, attached, _ = word.partition("=") if word.startswith("--") else (word[:2], word[2:], "")
        option = options.get(name) if word.startswith("-") and word != "-" else None
        if option is None or option.is_flag or attached:
            yield Typed(option, (word,))
        else:
            yield Typed(option, (word, *([value] if (value := next(rest, None)) is not None else ())))


def same_command(name: str, *more: str, without: Container[str | None] = ()) -> str:
    """Return this command, ``name``, with other arguments at its end and ``without`` some options."""
    return _command(name, [word for each in typed_arguments() if each.name not in without for word in each.words], more)


def check_of(paths: Sequence[str], *more: str) -> str:
    """Return the command that checks what was written to ``paths``, read and judged as in this run.

    ``more`` are arguments that this run did not have.
    """
    from datalint.sources.data_files import DELIMITED, suffix_of

    is_table = any(suffix_of(Path(path)) in DELIMITED for path in paths)
    left_out = _OF_ORIGIN if is_table else _OF_ORIGIN | _OF_TABLES
    words = [
        word
        for each in typed_arguments()
        if each.option is not None
        and (getattr(each.option, "panel", "") in _READING or each.name in _SHARED)
        and each.name not in left_out
        for word in each.words
    ]
    return _command("check", [*paths, *more], words)


def _command(name: str, first: Sequence[str], more: Sequence[str]) -> str:
    return " ".join(["datalint", name, *map(shlex.quote, (*first, *more))])
