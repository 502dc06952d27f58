"""``datalint init``: show how a dataset is read, and write a configuration for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.init_output import is_unread, reading_as_json, show_reading, shown_path
from datalint.cli.options import GroupedCommand, format_option, panel_option, reading_options
from datalint.cli.overwriting import Input, OutputPath, refuse_overwriting
from datalint.cli.trust_options import check_outputs, confine_option, confinement
from datalint.cli.values import RunOptions
from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.cli.values import InputOptions
    from datalint.config.model import Settings
    from datalint.sources import Source

NAME: Final = "datalint.toml"
#: Files that are shown.
_FILES: Final = 3
#: The panel of options that are about the file that is written.
_FILE: Final = "File"


@click.command(
    "init",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint init train.jsonl\n  datalint init data/ --print\n"
    "  datalint init train.csv --columns prompt=Q,response=A --force\n",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
@panel_option("--print", "only_print", panel=_FILE, is_flag=True, help="Show the configuration, and write nothing.")
@panel_option("--force", panel=_FILE, is_flag=True, help="Overwrite an existing datalint.toml.")
@confine_option
@format_option("text", "json")
def command(paths: tuple[str, ...], only_print: bool, force: bool, output_format: str, **given: Any) -> None:
    """Show how a dataset is read, and write datalint.toml.

    The file has the inputs, and what was guessed or differs from the default, so that `datalint check` needs no
    options. It goes into the working folder if the inputs are below it, otherwise into their folder.
    """
    from datalint.cli.starting_file import starting_text
    from datalint.config.files import Disk
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.engine.guesses.held_out import are_held_out
    from datalint.operations.init import understand
    from datalint.privacy.display import printable_lines
    from datalint.report.inert import inert
    from datalint.setup.card_words import evaluation_card
    from datalint.setup.evaluation import found_inputs, locate
    from datalint.sources import open_sources

    trust, options = RunOptions.of(given).trust, RunOptions.of(given).inputs
    given = {key: value for key, value in _given(options).items() if value is not None}
    settings = load_settings(registry=Registry.default(), isolated=True, overrides=given)
    target = _target(paths)
    if not only_print:
        _refuse(target, force=force)
        check_outputs(trust, [target])
        refuse_overwriting([OutputPath(shown_path(target), str(target))], _local_inputs(paths))
    sources = open_sources(
        list(paths),
        split=options.split,
        stdin_filename=options.stdin_filename,
        table=settings.table,
        confine=confinement(trust),
    )
    columns = {str(meaning): key for meaning, key in settings.columns.items()}
    held_out = are_held_out(sources, settings.kind)
    held = found_inputs(locate(settings, list(paths), options.split, sources), settings)
    card = "" if held else evaluation_card(settings, sources)
    found = [
        understand(each, columns, settings.category, held=held_out, kind=settings.kind, card=card)
        for each in sources[:_FILES]
    ]
    if output_format == "text":
        # What the keys hold is shown before the question what they mean.
        nearby = "" if held else _proposed(replace(settings, files=Disk(confinement(trust))), sources)
        show_reading(found, len(sources), held, nearby, settings.kind, card)
    text = starting_text(_data(paths, target.parent), found, given, ask=not only_print and output_format == "text")
    lines = [*printable_lines(text).splitlines(), *([""] if only_print else [])]
    if output_format == "json":
        click.echo(reading_as_json(found, held, text, None if only_print else target))
    else:
        click.echo("\n".join(["", *map(inert, lines)]) if only_print else "")
    if only_print:
        return
    from datalint.cli.writing import write_atomically

    write_atomically(target, text.encode())
    if output_format == "text":
        for line in lines:
            click.echo(inert(f"  {line}"))
        click.echo(f"\nwrote {shown_path(target)}; next: {_next(text, are_unread=any(map(is_unread, found)))}")


def _local_inputs(paths: Sequence[str]) -> Iterator[Input]:
    from datalint.sources.find import local_files

    return (Input("input", str(path)) for path in local_files(paths))


def _next(text: str, *, are_unread: bool) -> str:
    """Return what to do with a configuration: what was only guessed is a comment in it."""
    if "\n# [columns]\n" in text:
        return "edit [columns] in it, then datalint check"
    return "datalint check" + (", which says why rows are not read" if are_unread else "")


def _given(options: InputOptions) -> dict[str, Any]:
    """Return what the options say, by key of the configuration."""
    return {
        "kind": options.kind,
        "columns": options.columns or None,
        "delimiter": options.delimiter,
        "quote": options.quote,
        "header": options.header,
    }


def _target(paths: Sequence[str]) -> Path:
    """Return where the configuration goes."""
    here = Path.cwd()
    first = paths[0]
    if first == "-" or "://" in first:
        return here / NAME
    place = Path(os.path.normpath(here / first))
    if place.is_relative_to(here):
        return here / NAME
    return (place if place.is_dir() else place.parent) / NAME


def _refuse(target: Path, *, force: bool) -> None:
    """Raise DatalintError where there is a configuration already."""
    from datalint.config.document import NAMES, read_document

    for name in NAMES:
        path = target.with_name(name)
        if not os.path.lexists(path) or (force and name == NAME):
            continue
        try:
            if name != NAME and read_document(path, name) is None:
                continue  # a pyproject.toml without a table for datalint
        except DatalintError:
            pass  # a broken one is a configuration as well
        hint = "--force overwrites it, and " if name == NAME else ""
        raise DatalintError(f"{shown_path(path)} exists; {hint}--print shows what would be written")


def _data(paths: Sequence[str], folder: Path) -> list[str]:
    """Return the inputs as a configuration in a folder names them; none for standard input."""
    here = Path.cwd()
    files = [path if "://" in path else Path(os.path.relpath(here / path, folder)).as_posix() for path in paths]
    return [] if "-" in paths else files


def _proposed(settings: Settings, sources: Sequence[Source]) -> str:
    """Return the file near the data that a check proposes as its evaluation set; empty for none."""
    from datalint.setup.possible_evaluation import undecided

    near = undecided(settings, sources)
    if near is None or near.versions or near.training:
        return ""
    return os.path.normpath(Path(sources[0].path).parent / near.path)
