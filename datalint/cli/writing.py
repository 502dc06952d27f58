"""Where reports go: standard output in one format, files in any number of others."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError

if TYPE_CHECKING:
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
#: Seconds after which nobody can still be writing a file that was ready in memory.
_STALE: Final = 600


def encode(report: Report, kind: str, *, full: bool = False) -> bytes:
    """Return the report in a format, as the bytes of a file."""
    module, _, name = _RENDERERS[kind].partition(":")
    renderer: Callable[..., str | bytes] = getattr(import_module(module), name)
    document = renderer(report, full=full) if kind == "text" else renderer(report)
    return document.encode() if isinstance(document, str) else document


def emit(report: Report, kind: str, *, full: bool, color: str, max_findings: int) -> None:
    """Print the report to standard output; text follows the terminal's width and colours."""
    from datalint.cli.terminal import colourless, console, quiet_when_closed, write_bytes

    with quiet_when_closed():
        if kind != "text":
            write_bytes([encode(report, kind)])
            return
        from datalint.report.text import render, to_text

        if (width := colourless(color)) is not None:
            sys.stdout.write(to_text(report, full=full, width=width, max_findings=max_findings))
            return
        render(report, console(color), full=full, max_findings=max_findings)


def write_files(report: Report, targets: Sequence[tuple[str, str]], *, most: int = 0) -> list[tuple[str, bytes]] | None:
    """Write each ``(format, path)`` atomically: a reader sees the old file or the whole new one.

    Returns the paths and what was written there; None for more than ``most`` bytes.

    Raises:
        DatalintError: when a file can't be written.
    """
    written: list[tuple[str, bytes]] = []
    total = 0
    for kind, path in targets:
        data = encode(report, kind, full=True)
        write_atomically(Path(path), data)
        total += len(data)
        if total <= most:
            written.append((path, data))
    return written if total <= most else None


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to a neighbour of ``path`` and move it there; delete what killed runs left of theirs."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _delete_stale(path)
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError as error:
        raise DatalintError(f"cannot write {path}: {error.strerror}; choose another path for --output") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _delete_stale(path: Path) -> None:
    neighbour = re.compile(rf"\.{re.escape(path.name)}\.\d+\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for each in entries:
            if neighbour.fullmatch(each.name) and time.time() - each.stat(follow_symlinks=False).st_mtime > _STALE:
                Path(each.path).unlink()
