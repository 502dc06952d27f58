"""Globs of the configuration: which files they match, and which paths they cover."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from datalint.core.errors import DatalintError
from datalint.core.registry import quoted

if TYPE_CHECKING:
    from datalint.config.model import Settings

#: The name of the baseline; it is stored next to the configuration, or in the working folder without one.
BASELINE: Final = ".datalint-baseline.jsonl"


def covers(pattern: str, path: str, root: str) -> bool:
    """Return whether a glob covers a file, by itself or by a folder that the file lies in.

    ``*`` and ``?`` stay within one name, ``**`` spans any number of folders. A pattern without a slash is
    matched with every name on the path below ``root``; one with a slash with the path from ``root`` on.
    """
    names = _names(path, root)
    if Path(pattern).is_absolute():
        pattern = "/".join(_names(pattern, root))
    wanted = [name for name in pattern.split("/") if name not in ("", ".")]
    if len(wanted) == 1 and wanted != ["**"] and "/" not in pattern.rstrip("/"):
        return any(fnmatchcase(name, wanted[0]) for name in names)
    return any(_match(names[:length], wanted) for length in range(1, len(names) + 1))


def excluded(settings: Settings, path: str) -> bool:
    """Return whether ``exclude`` leaves a file out."""
    return any(covers(pattern, path, settings.root) for pattern in settings.exclude)


def default_inputs(settings: Settings) -> list[str]:
    """Return the paths that ``data`` names, for a command line that names none.

    Raises:
        DatalintError: when a glob matches no file that ``exclude`` leaves in.
    """
    return _expanded(settings, "data", settings.data)


def evaluation_inputs(settings: Settings) -> list[str] | Literal[False] | None:
    """Return the paths of ``eval``; False if it is false, None if it is not set.

    Raises:
        DatalintError: as :func:`default_inputs`.
    """
    if settings.eval is None or settings.eval is False:
        return settings.eval
    return _expanded(settings, "eval", (settings.eval,) if isinstance(settings.eval, str) else settings.eval)


def _expanded(settings: Settings, key: str, patterns: tuple[str, ...]) -> list[str]:
    import glob

    found: dict[str, None] = {}
    for pattern in patterns:
        _check_place(settings, key, pattern)
        paths = [pattern]
        named = glob.glob(glob.escape(pattern))  # noqa: PTH207 - patterns may be absolute
        if glob.has_magic(pattern) and not named and "://" not in pattern:
            matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
            paths = [path for path in matches if not Path(path).is_dir() and not excluded(settings, path)]
        if not paths:
            raise DatalintError(f"{settings.origins.get(key, key)}: no file matches {quoted(pattern)}")
        found.update(dict.fromkeys(paths))
    return list(found)


def _check_place(settings: Settings, key: str, pattern: str) -> None:
    """Check that a path or glob of the configuration starts in the confinement, and names no dataset of the hub."""
    confine = settings.files.confine
    if "://" not in pattern:
        confine.check_input(pattern)
    elif confine.folders and settings.origins.get(key) != "command line":
        raise DatalintError(
            f"{settings.origins.get(key, key)}: {quoted(pattern)} is not a file, and --confine allows only files; "
            "name the dataset on the command line"
        )


def _names(path: str, root: str) -> list[str]:
    if "://" not in path:
        try:
            path = os.path.relpath(path, root)
        except ValueError:  # another drive than root's
            path = str(Path(path).absolute())
    return [name for name in path.replace(os.sep, "/").split("/") if name]


def _match(names: list[str], wanted: list[str]) -> bool:
    """Match names with a pattern's, one of its names at a time, so that many ``**`` cost no more than one."""
    reached = {0}
    for want in wanted:
        if want == "**":
            reached = set(range(min(reached, default=len(names) + 1), len(names) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], want)}
    return len(names) in reached


def covers_data(settings: Settings, inputs: Iterable[str]) -> bool:
    """Return whether ``inputs`` are all that ``data`` names, or it names nothing; by their paths, not their content."""
    if settings.line_of("data") is None or not settings.data:
        return True
    try:
        wanted = {os.path.realpath(path) for path in default_inputs(settings)}
    except (DatalintError, ValueError):  # the latter for what no file system can name
        return False
    return wanted <= {os.path.realpath(path) for path in inputs}


def nested_folders(inputs: Iterable[str], files: Iterable[str]) -> list[Path]:
    """Return the folders below those among ``inputs`` that lie on the way to ``files``, each once."""
    tops = [top for given in inputs if is_folder(top := Path(given))]
    found: dict[Path, None] = {}
    for path in map(Path, files if tops else ()):
        for top in tops:
            if path.is_relative_to(top):
                between = path.parents[: len(path.parts) - len(top.parts) - 1]
                found.update(dict.fromkeys(between))
    return list(found)


def is_folder(path: Path) -> bool:
    """Return whether ``path`` is a folder; False, too, for what no file system can name or may show."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
