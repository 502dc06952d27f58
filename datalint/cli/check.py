"""``datalint check``: the main job."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.known import base_of, coverage_of, known_options, tell
from datalint.cli.main import COULD_NOT_RUN, FAILED, OK
from datalint.cli.options import (
    GroupedCommand,
    cache_options,
    config_options,
    input_options,
    jobs_option,
    output_options,
    panel_option,
    selection_options,
    split_list,
    verdict_options,
)
from datalint.cli.writing import FORMATS, emit, write_files

if TYPE_CHECKING:
    from datalint.cli.remembering import Memory
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.report.model import Report
    from datalint.sources import Source

_EPILOG = """\b
Examples:
  datalint check train.jsonl
  datalint check data/*.jsonl --eval eval.jsonl --profile strict
  datalint check train.csv --columns prompt=question,response=answer --category topic
  cat train.jsonl | datalint check - --output-format json --output concise:findings.txt
"""


@click.command("check", cls=GroupedCommand, epilog=_EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--eval",
    "evaluation",
    panel="Input",
    multiple=True,
    envvar="DATALINT_CHECK_EVAL",
    metavar="PATH",
    help="Evaluation set; else the one found beside the file.",
)
@panel_option("--category", panel="Input", metavar="KEY", help="Key that the balance factor counts.")
@panel_option("--schema", panel="Input", metavar="FILE", help="JSON Schema that every row must fit.")
@input_options
@selection_options
@config_options
@known_options
@jobs_option
@panel_option(
    "--max-memory",
    panel="Speed",
    metavar="SIZE",
    help="Refuse at the start what is expected to take more, such as 4GB or 512MiB.",
)
@cache_options
@verdict_options
@output_options(FORMATS, envvar="DATALINT_CHECK_OUTPUT", full="List every finding in the text report.")
def command(paths: tuple[str, ...], outputs: tuple[tuple[str, str], ...], **options: Any) -> int:
    """Pass or fail a dataset, and say why.

    PATH is a file (JSONL, JSON, CSV, Parquet, Arrow, gzip or zstd), a glob, a folder, a folder saved by
    `datasets`, hf://datasets/OWNER/NAME, or - for standard input. Several are read as one dataset. Without a
    PATH the configuration's `data` is checked.
    """
    from datalint.cli.remembering import Memory, replay

    memory = Memory.open(paths, outputs, options)
    if memory is not None and (finished := memory.recall()) is not None:
        return replay(finished)
    code = _check(paths, outputs, options, memory)
    if memory is not None and not options["quiet"]:
        memory.complain()
    return code


def _check(
    paths: tuple[str, ...], outputs: tuple[tuple[str, str], ...], options: dict[str, Any], memory: Memory | None
) -> int:
    from datalint.cache.reports import MOST_BYTES, Finished
    from datalint.cli.remembering import recording

    charts = "html" in (options["output_format"], *(kind for kind, _ in outputs))
    report, settings, said = _lint(paths, options, memory, charts=charts)
    if said:
        click.echo(said, err=True)
    written = write_files(report, outputs, most=MOST_BYTES)
    with recording() as recorder:
        if not options["quiet"]:
            emit(
                report,
                options["output_format"],
                full=options["full"],
                color=options["color"],
                max_findings=settings.max_findings,
            )
    if report.internal_errors:
        click.echo("error: a rule failed (INT001); the verdict may be incomplete", err=True)
        return COULD_NOT_RUN
    code = FAILED if report.failed and not options["exit_zero"] else OK
    if memory is not None:
        printed = recorder.printed()
        finished = None if printed is None or written is None else Finished(code, said, printed, written)
        memory.remember(finished, report, settings, paths=paths, options=options)
    return code


def load(paths: tuple[str, ...], options: dict[str, Any]) -> tuple[Settings, Registry, list[Source], list[Source]]:
    """Return the settings that hold, the rules, and the sources to train and to evaluate on."""
    from datalint.config.load import load_settings
    from datalint.config.paths import default_inputs, excluded
    from datalint.core.registry import Registry
    from datalint.evaluation import find_evaluation
    from datalint.sources import open_sources

    registry = Registry.default()
    settings = load_settings(
        paths,
        registry=registry,
        config=options["config"],
        isolated=options["isolated"],
        overrides=overrides(options),
        allow_local_plugins=options["allow_local_plugins"],
    )
    inputs = list(paths) or default_inputs(settings)
    if not inputs:
        raise click.UsageError("nothing to check; give a PATH, or set `data` in the configuration")
    opened = open_sources(inputs, stdin_filename=options["stdin_filename"], split=options["split"], typed=bool(paths))
    sources = [each for each in opened if each.path in inputs or not excluded(settings, each.path)]
    return settings, registry, sources, find_evaluation(settings, inputs, options["split"])


def _lint(
    paths: tuple[str, ...], options: dict[str, Any], memory: Memory | None, *, charts: bool
) -> tuple[Report, Settings, str]:
    """Return the report, the settings that held, and a warning to print."""
    from datalint.cli.progress import progress
    from datalint.linter import run_lint

    settings, registry, sources, evaluation = load(paths, options)
    if memory is not None:
        memory.look(paths, settings)
    base = base_of(options["base_ref"], sources, evaluation)
    coverage = coverage_of(settings, options)
    with progress(sources, quiet=options["quiet"]) as advance:
        report = run_lint(
            settings,
            registry,
            sources,
            evaluation,
            progress=advance,
            jobs=options["jobs"] or cores(),
            charts=charts,
            known=coverage,
            base=base,
            cache=None if memory is None else memory.chunks,
        )
    return report, settings, tell(report, coverage, settings, registry)


def cores() -> int:
    """Return the cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def overrides(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the command line sets, by dotted configuration key."""
    out: dict[str, Any] = {
        key: options.get(key.replace("-", "_"))
        for key in ("profile", "fail-on", "select", "ignore", "extend-select", "max-memory")
    }
    out["eval"] = options.get("evaluation")
    out["balance.field"] = options.get("category")
    out["schema"] = options.get("schema")
    out["columns"] = options.get("columns") or None
    return out


__all__ = ["command", "cores", "load", "overrides", "split_list"]
