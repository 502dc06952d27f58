"""Where reports go: standard output in one format, files in any number of others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.report.model import Report

FORMATS: Final = ("text", "concise", "json")


class OutputTarget(click.ParamType[tuple[str, str]]):
    """``FORMAT:PATH``; only the first colon divides, so Windows drives survive."""

    name = "FORMAT:PATH"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        kind, colon, path = value.partition(":")
        if not colon or not path:
            self.fail(f"{value!r} is not FORMAT:PATH, such as json:report.json", param, ctx)
        if kind not in FORMATS:
            self.fail(f"{kind!r} is no format; choose from {', '.join(FORMATS)}", param, ctx)
        return kind, path


def encode(report: Report, kind: str, *, full: bool = False) -> bytes:
    """Return the report in a format, as the bytes of a file."""
    if kind == "json":
        from datalint.report.json_report import to_json

        return to_json(report)
    if kind == "concise":
        from datalint.report.concise import to_concise

        return to_concise(report).encode()
    from datalint.report.text import to_text

    return to_text(report, full=full).encode()


def emit(report: Report, kind: str, *, full: bool, color: str) -> None:
    """Print the report to standard output; text follows the terminal's width and colours."""
    if kind != "text":
        stream = click.get_binary_stream("stdout")
        stream.write(encode(report, kind))
        stream.flush()
        return
    from datalint.cli.terminal import console
    from datalint.report.text import render

    render(report, console(color), full=full)


def write_files(report: Report, targets: Sequence[tuple[str, str]]) -> None:
    """Write each ``(format, path)`` atomically: a reader sees the old file or the whole new one.

    Raises:
        DatalintError: when a file can't be written.
    """
    for kind, path in targets:
        write_atomically(Path(path), encode(report, kind, full=True))


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to a neighbour of ``path`` and move it there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise DatalintError(f"cannot write {path}: {error.strerror}; choose another path for --output") from None
