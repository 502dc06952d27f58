"""Reports to standard output in one format, and to files in any number of others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from datalint.cli.terminal import require_output
from datalint.core.errors import DatalintError
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from datalint.cli.overwriting import OutputPath
    from datalint.cli.values import OutputOptions
    from datalint.report.model import Report

#: Each format's renderer, imported when a report is written: it takes the report and returns its text or bytes.
_RENDERERS: Final = {
    "text": "datalint.report.text:to_text",
    "concise": "datalint.report.concise:to_concise",
    "json": "datalint.report.json_report:to_json",
    "jsonl": "datalint.report.jsonl:to_jsonl",
    "csv": "datalint.report.csv_report:to_csv",
    "sarif": "datalint.report.sarif:to_sarif",
    "github": "datalint.report.github:to_github",
    "gitlab": "datalint.report.gitlab:to_gitlab",
    "junit": "datalint.report.junit:to_junit",
    "markdown": "datalint.report.markdown:to_markdown",
    "comment": "datalint.report.markdown:to_comment",
    "html": "datalint.report.html:to_html",
}
FORMATS: Final = tuple(_RENDERERS)
#: Paths of ``--output`` that mean standard output.
STANDARD_OUTPUT: Final = frozenset(("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"))


class Destinations(NamedTuple):
    """Where the reports of a run go: the format of standard output, None for nothing, and formats and paths."""

    printed: str | None
    files: list[tuple[str, str]]

    @property
    def targets(self) -> list[OutputPath]:
        """The files as :func:`~datalint.cli.overwriting.refuse_overwriting` takes them."""
        from datalint.cli.overwriting import OutputPath

        return [OutputPath(f"--output {kind}:{path}", path) for kind, path in self.files]

    @property
    def formats(self) -> set[str]:
        """The formats of all reports."""
        return {kind for kind, _ in self.files} | ({self.printed} if self.printed else set())


def destinations(options: OutputOptions) -> Destinations:
    """Return where ``--output``, ``--output-format`` and ``--quiet`` send reports.

    An output to ``-`` takes the place of the report that is printed by default, and is printed under ``--quiet`` too.

    Raises:
        click.UsageError: when standard output would get two reports.
    """
    given = [(kind or options.output_format, path) for kind, path in options.output]
    printed = [kind for kind, path in given if path in STANDARD_OUTPUT]
    files = [(kind, path) for kind, path in given if path not in STANDARD_OUTPUT]
    source = click.get_current_context().get_parameter_source("output_format")
    formats = [options.output_format] if source is ParameterSource.COMMANDLINE else []
    if (None, "-") in options.output:
        formats = []
    if len(printed) > 1 or (printed and formats):
        named = [f"--output-format {kind}" for kind in formats] + [f"--output {kind}:-" for kind in printed]
        raise click.UsageError(f"{' and '.join(named)} both go to standard output; give one of them a path")
    default = None if options.quiet else options.output_format
    found = Destinations(printed[0] if printed else default, files)
    if found.printed is not None:
        require_output()
    return found


def report_bytes(report: Report, kind: str, *, full: bool = False) -> bytes:
    """Return the report in a format, as the bytes of a file."""
    module, _, name = _RENDERERS[kind].partition(":")
    renderer: Callable[..., str | bytes] = getattr(import_module(module), name)
    if kind == "text":
        from datalint.report.text import View

        document = renderer(report, View(full=full))
    else:
        document = renderer(report)
    return document.encode() if isinstance(document, str) else document


def emit(report: Report, kind: str, *, full: bool, statistics: bool, color: bool | None, max_findings: int) -> None:
    """Print the report to standard output; text follows the width and colours of the terminal."""
    from datalint.cli.options import ARGUMENTS
    from datalint.cli.terminal import console, plain_width, quiet_when_closed, write_bytes

    with quiet_when_closed():
        if kind != "text":
            write_bytes([report_bytes(report, kind)])
            return
        from datalint.report.text import View, render, to_text

        arguments = click.get_current_context().meta.get(ARGUMENTS)
        shown = View(full=full, statistics=statistics, max_findings=max_findings, arguments=arguments)
        if (width := plain_width(color)) is not None:
            sys.stdout.write(to_text(report, shown, width=width))
            return
        render(report, console(color), shown)


def write_files(report: Report, targets: Sequence[tuple[str, str]], *, most: int = 0) -> list[tuple[str, bytes]] | None:
    """Write each ``(format, path)`` atomically: a reader sees the old file or the whole new one.

    Returns the paths and what was written there; None for more than ``most`` bytes.

    Raises:
        DatalintError: when a file can't be written.
    """
    written: list[tuple[str, bytes]] = []
    total = 0
    for kind, path in targets:
        data = report_bytes(report, kind, full=True)
        write_atomically(path, data)
        total += len(data)
        if total <= most:
            written.append((path, data))
    return written if total <= most else None


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write ``data`` to a neighbour of ``path`` and move it there; delete what killed runs left of theirs."""
    from pathlib import Path

    from datalint.support.replacing import Replacement

    try:
        with Replacement(Path(path)) as replacement:
            replacement.file.write(data)
            replacement.finish()
    except OSError as error:
        raise DatalintError(f"cannot write {path}: {error.strerror}; choose another path for --output") from None
