"""``datalint review``: findings as tasks for a person, and their verdicts as accepted findings."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.baseline_options import baseline_options, baseline_path, coverage_of
from datalint.cli.main import OK
from datalint.cli.options import (
    GroupedCommand,
    config_file_options,
    config_options,
    format_option,
    input_options,
    panel_option,
    quiet_option,
    selection_options,
    speed_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datalint.operations.review import Judged

_OUTPUT: Final = "Output"


@click.group(
    "review",
    epilog="""\b
Examples:
  datalint review export train.jsonl --output tasks.jsonl
  datalint review import tasks.jsonl
""",
)
def command() -> None:
    """Let people review findings: right, remove, accepted or wrong.

    A task is a finding with its row, secrets and personal data redacted. Fill in `verdict`, and `reason` for what is
    accepted, then import the file: what is accepted or wrong is in the baseline and not reported again.
    """


@command.command(
    "export",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint review export train.jsonl --output tasks.jsonl
  datalint review export train.jsonl --select QUA --limit 20 -o tasks.jsonl
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--output", "-o", panel=_OUTPUT, metavar="FILE", required=True, help="Write the tasks here; - is standard output."
)
@panel_option("--limit", panel=_OUTPUT, type=click.IntRange(min=1), metavar="N", help="At most N tasks of each rule.")
@format_option("text", "json")
@quiet_option
@input_options
@selection_options
@config_options
@baseline_options
@trust_options
@speed_options
def export(paths: tuple[str, ...], output: str, limit: int | None, **given: Any) -> int:
    """Write a task for each finding in a row or a line, as JSON Lines.

    Findings that a row or the baseline accepts are left out.
    """
    from datalint.cli.baseline_options import base_of
    from datalint.cli.loading import cores, load
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.report_cache import known_chunks
    from datalint.operations.check import run_lint
    from datalint.operations.review import tasks
    from datalint.privacy.display import printable
    from datalint.support.numbers import counted

    options = RunOptions.of(given)
    target = [OutputPath(f"--output {output}", output)] if output != "-" else []
    settings, registry, sources, evaluation, notes, partial = load(paths, options, target)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    with known_chunks(paths, options) as cache:
        report = run_lint(
            settings,
            registry,
            sources,
            evaluation,
            jobs=options.speed.jobs or cores(),
            partial=partial,
            baseline=coverage_of(settings, options.baseline, isolated=options.config.isolated),
            base=base_of(options.baseline.base_ref, settings, sources, evaluation),
            cache=cache,
        )
    folder = baseline_path(settings, options.baseline).absolute().parent
    count = _write(output, tasks(report, [*sources, *evaluation], folder, limit))
    if target and not options.output.quiet:
        if options.output.output_format == "json":
            click.echo(_json(output, {"tasks": count}))
        else:
            click.echo(f"{counted(count, 'task')} written to {_shown(output)}")
            if count:
                proposed = printable(shlex.join(["datalint", "review", "import", output]))
                click.echo(f"next: fill in verdict (right, remove, accepted or wrong), then {proposed}")
    return OK


@command.command(
    "import",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint review import tasks.jsonl
""",
)
@click.argument("tasks", metavar="TASKS")
@panel_option(
    "--baseline",
    panel=_OUTPUT,
    metavar="FILE",
    help="The baseline to write.  [default: .datalint-baseline.jsonl next to the configuration]",
)
@format_option("text", "json")
@config_file_options
@trust_options
def import_(tasks: str, **given: Any) -> int:
    """Put findings that are accepted or wrong into the baseline.

    Tasks without a verdict are left open. What is right stays a finding. Importing a file again changes nothing.
    """
    from datalint.cli.loading import guard, load_configuration
    from datalint.cli.overwriting import Input, OutputPath, refuse_overwriting
    from datalint.cli.writing import write_atomically
    from datalint.operations.baseline import dump, read_baseline
    from datalint.operations.review import Judgement, read_tasks, with_verdicts
    from datalint.privacy.display import printable
    from datalint.report.wording import shown_path

    options = RunOptions.of(given)
    settings, registry = load_configuration((), options)
    settings.files.confine.check(tasks)
    path = baseline_path(settings, options.baseline)
    target = OutputPath(f"the baseline {path}", str(path))
    guard([target], settings, options, [], writes_baseline=True)
    refuse_overwriting([target], [Input("tasks", tasks)])
    judged = read_tasks(tasks, registry.by_name)
    existing = read_baseline(path) if path.is_file() else []
    entries = with_verdicts(existing, judged)
    if entries != sorted(existing):
        write_atomically(path, dump(entries))
    counts = Counter(each.verdict.value for each in judged)
    if options.output.output_format == "json":
        click.echo(_json(str(path), {**counts_of(judged), "entries": len(entries)}))
        return OK
    if not judged:
        click.echo(f"no verdict in {_shown(tasks)} yet: fill in verdict (right, remove, accepted or wrong)")
        return OK
    words = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    click.echo(f"{words}; {_shown(str(path))} has {len(entries):,} {'entry' if len(entries) == 1 else 'entries'}")
    if counts["remove"]:
        files = {path.parent / each.file for each in judged if each.verdict is Judgement.REMOVE}
        paths = sorted(shown_path(str(each)) for each in files)
        click.echo(f"next: {printable(shlex.join(['datalint', 'fix', *paths, '--review', tasks]))}")
    return OK


def counts_of(judged: list[Judged]) -> dict[str, int]:
    """Return how many tasks have each verdict."""
    from datalint.operations.review import Judgement

    counts = Counter(each.verdict for each in judged)
    return {verdict.value: counts[verdict] for verdict in Judgement}


def _json(path: str, counts: dict[str, int]) -> str:
    import json

    from datalint.privacy.display import file_name

    return json.dumps({"path": file_name(path), **counts}, indent=2)


def _write(output: str, lines: Iterator[bytes]) -> int:
    """Write tasks to a file, atomically, or to standard output; return their number."""
    if output == "-":
        from datalint.cli.terminal import quiet_when_closed, write_bytes

        count = 0
        with quiet_when_closed():
            for line in lines:
                write_bytes([line])
                count += 1
        return count
    from datalint.core.errors import DatalintError
    from datalint.support.replacing import Replacement

    count = 0
    try:
        with Replacement(Path(output)) as replacement:
            for line in lines:
                replacement.file.write(line)
                count += 1
            replacement.finish()
    except OSError as error:
        raise DatalintError(f"cannot write {_shown(output)}: {error.strerror}; choose another path") from None
    return count


def _shown(path: str) -> str:
    from datalint.report.wording import shown_path

    return shown_path(path)
