"""What ``check`` leaves out of its list: findings that a baseline covers, and those on rows that did not change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.cli.options import panel_option, stack
from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.baseline import Coverage
    from datalint.compare.base import Base
    from datalint.compare.git import Repository
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.report.model import Report
    from datalint.sources import Source

_PANEL: Final = "Known findings"

known_options = stack(
    panel_option("--baseline", panel=_PANEL, metavar="FILE",
                 help="Findings to live with.  [default: .datalint-baseline.jsonl beside the configuration]"),
    panel_option("--no-baseline", panel=_PANEL, is_flag=True, help="Report what the baseline covers as well."),
    panel_option("--base-ref", panel=_PANEL, metavar="REF",
                 help="List findings on rows changed since this git revision alone; gates count the whole."),
)  # fmt: skip


def baseline_path(settings: Settings, options: dict[str, Any]) -> Path:
    """Return the baseline that is named, else where it lies by default, whether or not it is there."""
    from datalint.config.paths import BASELINE

    return Path(options["baseline"]) if options.get("baseline") else Path(settings.root) / BASELINE


def coverage_of(settings: Settings, options: dict[str, Any]) -> Coverage | None:
    """Return what the baseline covers; None without one, and under ``--isolated`` unless it is named."""
    path = baseline_path(settings, options)
    there = options["baseline"] or (settings.files.is_file(path) and not options["isolated"])
    if options["no_baseline"] or not there:
        return None
    from datalint.baseline import Coverage, read

    return Coverage(read(path, settings.files), path.absolute().parent)


def base_of(
    ref: str | None, settings: Settings, sources: Sequence[Source], evaluation: Sequence[Source]
) -> Base | None:
    """Return what the files held at a git revision, None without one."""
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
    from datalint.compare.git import Repository

    if path == "-" or path.startswith("<") or "://" in path:
        from datalint.privacy.display import printable

        raise DatalintError(f"{printable(path)} is in no git revision; --base-ref compares files alone")
    folder = Path(path)
    while not folder.is_dir():
        folder = folder.parent
    return Repository.at(ref, folder)


def tell(report: Report, coverage: Coverage | None, settings: Settings, registry: Registry) -> str:
    """Note how many findings the baseline covers; return a warning where entries of it cover none, else nothing."""
    if coverage is None:
        return ""
    from datalint.baseline import unused_words
    from datalint.config.select import selected_codes

    summary = coverage.summary()
    report.notes += [summary] if summary else []
    unused = coverage.unused([file.path for file in report.files], selected_codes(settings, registry))
    return f"warning: {unused_words(len(unused))}" if unused else ""
