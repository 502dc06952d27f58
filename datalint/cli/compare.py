"""``datalint compare``: what changed, and whether it may stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.known import open_repository
from datalint.cli.main import COULD_NOT_RUN, FAILED, OK
from datalint.cli.options import (
    GroupedCommand,
    cache_options,
    config_options,
    jobs_option,
    output_options,
    panel_option,
    selection_options,
    verdict_options,
)

if TYPE_CHECKING:
    from datalint.compare.git import Repository
    from datalint.compare.model import Comparison
    from datalint.config.model import Settings
    from datalint.sources import Source

_RENDERERS: Final = {
    "text": "datalint.report.compare_text:to_text",
    "json": "datalint.report.compare_json:to_json",
    "markdown": "datalint.report.compare_markdown:to_markdown",
    "html": "datalint.report.compare_html:to_html",
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
    help="Compare PATH... with what it was at this git revision.",
)
@panel_option(
    "--eval",
    "evaluation",
    panel="Input",
    multiple=True,
    envvar="DATALINT_COMPARE_EVAL",
    metavar="PATH",
    help="Evaluation set of both; else the one found beside each.",
)
@panel_option("--category", panel="Input", metavar="KEY", help="Key that the balance factor counts.")
@selection_options
@config_options
@jobs_option
@cache_options
@verdict_options
@output_options(tuple(_RENDERERS), envvar="DATALINT_COMPARE_OUTPUT", full="Cut no table of the text.")
def command(paths: tuple[str, ...], outputs: tuple[tuple[str, str], ...], **options: Any) -> int:
    """Say what changed between two datasets, and judge the new one.

    OLD and NEW are files, folders, globs or hf://datasets/OWNER/NAME. With --base-ref, PATH... is compared with
    itself at a git revision; without a PATH the configuration's `data` is. Rows are matched by content, not by
    line.
    """
    found = _compare(paths, options)
    for kind, path in outputs:
        from datalint.cli.writing import write_atomically

        write_atomically(Path(path), encode(found, kind, full=True))
    if not options["quiet"]:
        _emit(found, options["output_format"], full=options["full"], color=options["color"])
    if found.new.outcome.internal_errors:
        click.echo("error: a rule failed (INT001); the verdict may be incomplete", err=True)
        return COULD_NOT_RUN
    return FAILED if found.failed and not options["exit_zero"] else OK


def encode(found: Comparison, kind: str, *, full: bool = False) -> bytes:
    """Return the comparison in a format, as the bytes of a file."""
    from importlib import import_module

    module, _, name = _RENDERERS[kind].partition(":")
    renderer: Callable[..., str | bytes] = getattr(import_module(module), name)
    document = renderer(found, full=full) if kind == "text" else renderer(found)
    return document.encode() if isinstance(document, str) else document


def _emit(found: Comparison, kind: str, *, full: bool, color: str) -> None:
    from datalint.cli.terminal import console, quiet_when_closed, write_bytes

    with quiet_when_closed():
        if kind != "text":
            write_bytes([encode(found, kind)])
            return
        from datalint.report.compare_text import render

        render(found, console(color), full=full)


def _compare(paths: tuple[str, ...], options: dict[str, Any]) -> Comparison:
    from datalint.cli.check import cores, overrides
    from datalint.cli.remembering import known_chunks
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.linter import run_compare

    base = options["base_ref"]
    if base is None and len(paths) != 2:
        raise click.UsageError("give OLD and NEW, or --base-ref REF and the paths to compare with it")
    registry = Registry.default()
    settings = load_settings(
        paths[-1:],
        registry=registry,
        config=options["config"],
        isolated=options["isolated"],
        overrides=overrides(options),
        allow_local_plugins=options["allow_local_plugins"],
    )
    repository = None
    if base is None:
        old, new = (_sides(settings, [path]) for path in paths)
    else:
        inputs = _inputs(settings, paths)
        repository = open_repository(base, inputs[0])
        new = _sides(settings, inputs, typed=bool(paths))
        old = _then(settings, repository, inputs, new[1])
    with known_chunks(paths[-1:], options) as cache:
        return run_compare(
            settings, registry, old, new, repository=repository, jobs=options["jobs"] or cores(), cache=cache
        )


def _inputs(settings: Settings, paths: Sequence[str]) -> list[str]:
    from datalint.config.paths import default_inputs

    inputs = list(paths) or default_inputs(settings)
    if not inputs:
        raise click.UsageError("nothing to compare; give a PATH, or set `data` in the configuration")
    return inputs


def _sides(settings: Settings, inputs: Sequence[str], *, typed: bool = True) -> tuple[list[Source], list[Source]]:
    from datalint.config.paths import excluded
    from datalint.evaluation import find_evaluation
    from datalint.sources import open_sources

    sources = open_sources(list(inputs), typed=typed)
    chosen = [each for each in sources if each.path in inputs or not excluded(settings, each.path)]
    return chosen, find_evaluation(settings, inputs)


def _then(
    settings: Settings, repository: Repository, inputs: Sequence[str], evaluation: Sequence[Source]
) -> tuple[list[Source], list[Source]]:
    """Return the sources at the revision; an evaluation set that lies outside of the repository is what it was."""
    from datalint.compare.base import sources_at
    from datalint.config.paths import excluded

    named = {repository.relative(given) for given in inputs}

    def left_out(path: str) -> bool:
        return path not in named and excluded(settings, str(repository.top / path))

    held: list[Source] = []
    for source in evaluation:
        held += sources_at(repository, [source.path]) if repository.holds(source.path) else [source]
    return sources_at(repository, inputs, left_out), held
