"""``datalint check``: lint a dataset and report the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.baseline_options import base_of, baseline_options, coverage_of, unused_entries
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
from datalint.cli.trust_options import accepted_before, config_since_option, trust_options
from datalint.cli.values import RunOptions
from datalint.cli.writing import FORMATS, Destinations, destinations, emit, write_files

if TYPE_CHECKING:
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.report_cache import Memory
    from datalint.config.model import Settings
    from datalint.report.model import Report

#: Places beyond which they are written to Parquet files next to the reports, which list the first of each rule.
MANY: Final = 1_000_000
_EPILOG = """\b
Examples:
  datalint check train.jsonl
  datalint check data/*.jsonl --eval eval.jsonl --profile strict
  datalint check train.csv --columns prompt=q,response=a --category topic
  cat train.jsonl | datalint check - -o json:- -o concise:findings.txt
"""


@click.command("check", cls=GroupedCommand, epilog=_EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@input_options
@selection_options
@config_options
@baseline_options
@trust_options
@config_since_option
@speed_options
@panel_option(
    "--engine",
    panel="Speed",
    type=click.Choice(["auto", "ray"]),
    default="auto",
    envvar="DATALINT_ENGINE",
    help="Where to read: processes of this machine, or tasks of Ray.  [default: auto]",
)
@panel_option(
    "--engine-address",
    panel="Speed",
    metavar="ADDRESS",
    envvar="DATALINT_ENGINE_ADDRESS",
    help="Address of a Ray cluster that you trust.  [default: a Ray on this machine]",
)
@verdict_options
# For a caller that moves reports once the run has ended: no file that the run reads may be in their place.
@click.option("--moved-to", multiple=True, hidden=True)
@output_options(FORMATS, full="List every finding in the text report.")
@panel_option("--fix", panel="Output", is_flag=True, help="Fix the files in place first, with safe fixes only.")
@panel_option(
    "--findings",
    panel="Output",
    metavar="DIR",
    help="Write all findings to Parquet files; reports then list the first 1,000 of each rule.",
)
@panel_option("--statistics", panel="Output", is_flag=True, help="Count the findings by rule in the text report.")
def command(paths: tuple[str, ...], fix: bool, **given: Any) -> int:
    """Pass or fail a dataset, and say why.

    PATH is a file (JSONL, JSON, CSV, Excel, Parquet, Arrow, YAML, text; gzip or zstd), a glob, a folder, a folder
    saved by `datasets`, hf://datasets/OWNER/NAME, an https:// or s3:// address, or - for standard input. Several are
    read as one dataset. Without a PATH the configuration's `data` is checked.
    """
    from datalint.cli.recording import replay
    from datalint.cli.report_cache import Memory

    options = RunOptions.of(given)
    reports = destinations(options.output)
    if fix:
        from datalint.cli.fix import fix_in_place

        fix_in_place(paths, options)
    memory = Memory.open(paths, reports, options)
    if memory is not None and (finished := memory.recall()) is not None:
        return replay(finished)
    code = _check(paths, reports, options, memory)
    if memory is not None and not options.output.quiet:
        memory.complain()
    return code


def _check(paths: Sequence[str], reports: Destinations, options: RunOptions, memory: Memory | None) -> int:
    from pathlib import Path

    from datalint.cache.reports import MOST_BYTES, Finished
    from datalint.cli.recording import recording

    report, settings, said = _lint(paths, reports, options, memory)
    if said:
        click.echo(said, err=True)
    folder = None if options.output.findings is None else Path(options.output.findings)
    if folder is None and report.findings.table.height > MANY and not options.trust.confine:
        from datalint.cli.findings_folder import folder_for

        folder = folder_for(reports.files)
        # What is not a report is not cached.
        memory = None if folder is not None else memory
    if folder is not None:
        from datalint.cli.findings_folder import write_findings

        report = write_findings(report, folder)
    written = write_files(report, reports.files, most=MOST_BYTES)
    with recording() as recorder:
        if reports.printed is not None:
            emit(
                report,
                reports.printed,
                full=options.output.full,
                statistics=options.output.statistics,
                color=options.output.color,
                max_findings=settings.max_findings,
            )
    if report.internal_errors:
        click.echo("error: a rule failed (INT001); the verdict may be incomplete", err=True)
        return COULD_NOT_RUN
    code = FAILED if report.failed and not options.verdict.exit_zero else OK
    if memory is not None:
        printed = recorder.printed()
        finished = None if printed is None or written is None else Finished(code, said, printed, written)
        memory.remember(finished, report, settings, paths=paths, options=options)
    return code


def _later_outputs(options: RunOptions) -> list[OutputPath]:
    """Return the files that are written once the report is made: moved reports, and the folder of findings."""
    from pathlib import Path

    from datalint.cli.overwriting import OutputPath

    later = [OutputPath(f"the report {path}", path, confined=False) for path in options.output.moved_to]
    if options.output.findings is not None:
        from datalint.cli.findings_folder import targets_in
        from datalint.cli.trust_options import check_outputs

        check_outputs(options.trust, [options.output.findings])
        later += targets_in(Path(options.output.findings))
    return later


def _lint(
    paths: Sequence[str], reports: Destinations, options: RunOptions, memory: Memory | None
) -> tuple[Report, Settings, str]:
    """Return the report, the effective settings, and a warning to print."""
    from datalint.cli.loading import cores, load
    from datalint.cli.progress import progress
    from datalint.engine.execute.executor import Engine
    from datalint.operations.check import run_lint

    outputs = [*reports.targets, *_later_outputs(options)]
    settings, registry, sources, evaluation, notes, partial = load(paths, options, outputs)
    if memory is not None:
        memory.look(paths, settings)
    base = base_of(options.baseline.base_ref, settings, sources, evaluation)
    coverage = coverage_of(settings, options.baseline, isolated=options.config.isolated)
    usage = None
    if options.speed.engine == "ray":
        from datalint.engine.execute.usage import Usage

        usage = Usage()
    with progress(sources, quiet=options.output.quiet) as advance:
        report = run_lint(
            settings,
            registry,
            sources,
            evaluation,
            progress=advance,
            stage=None if advance is None else advance.stage,
            jobs=options.speed.jobs or cores(),
            charts="html" in reports.formats,
            notes=notes,
            partial=partial,
            baseline=coverage,
            base=base,
            since=accepted_before(paths, options, sources, settings, registry),
            cache=None if memory is None else memory.chunks,
            work_dir=options.speed.work_dir,
            engine=Engine(options.speed.engine, options.speed.engine_address, usage),
        )
    if usage is not None and usage.tasks and not options.output.quiet:
        click.echo(f"Ray: {usage}", err=True)
    return report, settings, unused_entries(report, coverage, settings, registry)
