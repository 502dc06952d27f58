"""Options for findings that ``check`` does not list: those in a baseline, and those on rows that did not change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.cli.options import panel_option, stack
from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from pathlib import Path

    from datalint.cli.values import BaselineOptions
    from datalint.compare.base import Base
    from datalint.compare.git import Repository
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.operations.baseline import Coverage
    from datalint.report.model import Report
    from datalint.sources import Source

_PANEL: Final = "Known findings"

baseline_options = stack(
    panel_option("--baseline", panel=_PANEL, metavar="FILE",
                 help="Do not report the findings in this file.  [default: .datalint-baseline.jsonl next to the "
                      "configuration]"),
    panel_option("--no-baseline", panel=_PANEL, is_flag=True, help="Report the findings in the baseline too."),
    panel_option("--base-ref", panel=_PANEL, metavar="REF",
                 help="List only findings on rows changed since this git revision; gates count all rows."),
)  # fmt: skip


def baseline_path(settings: Settings, options: BaselineOptions) -> Path:
    """Return the path of the baseline: the given one, else the default, whether or not it exists."""
    from pathlib import Path

    from datalint.config.paths import BASELINE

    return Path(options.baseline) if options.baseline else Path(settings.root) / BASELINE


def coverage_of(settings: Settings, options: BaselineOptions, *, isolated: bool) -> Coverage | None:
    """Return the coverage of the baseline; None without one, and for an ``isolated`` run unless it was named."""
    path = baseline_path(settings, options)
    there = options.baseline or (settings.files.is_file(path) and not isolated)
    if options.no_baseline or not there:
        return None
    from datalint.operations.baseline import Coverage, read_baseline

    return Coverage(read_baseline(path, settings.files), path.absolute().parent)


def base_of(
    ref: str | None, settings: Settings, sources: Sequence[Source], evaluation: Sequence[Source]
) -> Base | None:
    """Return the files' rows at a git revision; None without a revision."""
    if ref is None:
        return None
    from datalint.compare.base import read_base, refuse_pointers

    refuse_pointers([*sources, *evaluation])
    return read_base(open_repository(ref, sources[0].path), sources, evaluation, settings.table)


def open_repository(ref: str, path: str) -> Repository:
    """Return revision ``ref`` of the repository that a path lies in.

    Raises:
        DatalintError: for what is no file, and as :meth:`~datalint.compare.git.Repository.at` does.
    """
    from pathlib import Path

    from datalint.compare.git import Repository

    if path == "-" or path.startswith("<") or "://" in path:
        from datalint.privacy.display import printable

        raise DatalintError(f"{printable(path)} is not in a git revision; --base-ref compares only files")
    folder = Path(path)
    while not folder.is_dir():
        folder = folder.parent
    return Repository.at(ref, folder)


def unused_entries(report: Report, coverage: Coverage | None, settings: Settings, registry: Registry) -> str:
    """Return a warning if entries of the baseline match nothing, otherwise an empty text."""
    if coverage is None:
        return ""
    from datalint.config.select import selected_codes
    from datalint.operations.baseline import unused_words

    unused = coverage.unused([file.path for file in report.files], selected_codes(settings, registry))
    return f"warning: {unused_words(len(unused))}" if unused else ""
