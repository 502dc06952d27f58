"""``datalint compare``: report what changed between two datasets, and judge the new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.baseline_options import open_repository
from datalint.cli.main import COULD_NOT_RUN, FAILED, OK
from datalint.cli.options import (
    GroupedCommand,
    config_options,
    input_options,
    output_options,
    panel_option,
    selection_options,
    speed_options,
    verdict_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions
from datalint.cli.writing import destinations
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from datalint.cli.overwriting import OutputPath
    from datalint.compare.git import Repository
    from datalint.compare.model import Comparison
    from datalint.config.model import Settings
    from datalint.sources import Source

_RENDERERS: Final = {
    "text": "datalint.report.compare.text:to_text",
    "json": "datalint.report.compare.json:to_json",
    "markdown": "datalint.report.compare.markdown:to_markdown",
    "html": "datalint.report.compare.html:to_html",
}


@click.command(
    "compare",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint compare old.jsonl new.jsonl
  datalint compare --base-ref main data/
  datalint compare --base-ref main --output markdown:comment.md

Exit codes: 0 the new dataset passes (or warns), 1 it fails, 2 could not run.
""",
)
@click.argument("paths", nargs=-1, metavar="[OLD NEW | PATH...]")
@panel_option(
    "--base-ref",
    panel="Input",
    metavar="REF",
    help="Compare PATH... with the same files at this git revision.",
)
@input_options
@selection_options
@config_options
@trust_options
@speed_options
@verdict_options
@output_options(tuple(_RENDERERS), full="Show all rows of the tables in text.")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Say what changed between two datasets, and judge the new one.

    OLD and NEW are files, folders, globs or hf://datasets/OWNER/NAME. With --base-ref, PATH... is compared with
    itself at a git revision; without a PATH the configuration's `data` is. Rows are matched by content, not by
    line.
    """
    options = RunOptions.of(given)
    reports = destinations(options.output)
    found = _compare(paths, options, reports.targets)
    for kind, path in reports.files:
        from datalint.cli.writing import write_atomically

        write_atomically(Path(path), comparison_bytes(found, kind, full=True))
    if reports.printed is not None:
        _emit(found, reports.printed, full=options.output.full, color=options.output.color)
    if found.new.outcome.internal_errors:
        click.echo("error: a rule failed (INT001); the verdict may be incomplete", err=True)
        return COULD_NOT_RUN
    return FAILED if found.failed and not options.verdict.exit_zero else OK


def comparison_bytes(found: Comparison, kind: str, *, full: bool = False) -> bytes:
    """Return the comparison in a format, as the bytes of a file."""
    from importlib import import_module

    module, _, name = _RENDERERS[kind].partition(":")
    renderer: Callable[..., str | bytes] = getattr(import_module(module), name)
    document = renderer(found, full=full) if kind == "text" else renderer(found)
    return document.encode() if isinstance(document, str) else document


def _emit(found: Comparison, kind: str, *, full: bool, color: bool | None) -> None:
    from datalint.cli.terminal import console, quiet_when_closed, write_bytes

    with quiet_when_closed():
        if kind != "text":
            write_bytes([comparison_bytes(found, kind)])
            return
        from datalint.report.compare.text import render

        render(found, console(color), full=full)


def _compare(paths: tuple[str, ...], options: RunOptions, targets: Sequence[OutputPath]) -> Comparison:
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, load_configuration, notes_on, open_sides
    from datalint.cli.report_cache import known_chunks
    from datalint.operations.compare import run_compare

    base = options.baseline.base_ref
    if base is None and len(paths) != 2:
        raise click.UsageError("give OLD and NEW, or --base-ref REF and the paths to compare with it")
    settings, registry = load_configuration(paths, options)
    inputs = [[path] for path in paths] if base is None else [inputs_of(settings, paths, "compare")]
    guard(targets, settings, options, inputs)
    repository = None
    if base is None:
        old, new = (open_sides(settings, paths, side, options) for side in inputs)
    else:
        [side] = inputs
        repository = open_repository(base, side[0])
        new = open_sides(settings, paths, side, options)
        for source in (source for each in new for source in each if repository.holds(source.path)):
            repository.relative(source.path)
        old = _then(settings, repository, side, new)
    with known_chunks(paths, options) as cache:
        found = run_compare(
            settings,
            registry,
            old,
            new,
            repository=repository,
            jobs=options.speed.jobs or cores(),
            cache=cache,
            partial=is_partial(settings, paths),
        )
    return replace(found, notes=(*map(printable, notes_on(settings, paths, new[0], options)), *found.notes))


def _then(
    settings: Settings, repository: Repository, inputs: Sequence[str], now: tuple[Sequence[Source], Sequence[Source]]
) -> tuple[list[Source], list[Source]]:
    """Return the sources at the revision; an evaluation set outside of the repository is read as it is now.

    Of parallel texts, only pairs of files are read that are ``now`` pairs.
    """
    from datalint.compare.base import at_revision, sources_at
    from datalint.config.paths import excluded

    named = {repository.relative(given) for given in inputs}

    def left_out(path: str) -> bool:
        return path not in named and excluded(settings, str(repository.top / path))

    held: list[Source] = []
    for source in now[1]:
        held += at_revision(repository, source, settings.table) if repository.holds(source.path) else [source]
    if any(hasattr(source, "read_nearby") for source in now[0]):
        return [then for source in now[0] for then in at_revision(repository, source, settings.table)], held
    return sources_at(repository, inputs, left_out, settings.table), held
