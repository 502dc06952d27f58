"""Find the configuration file of a run: the one that is named, or the nearest to its inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from datalint.config.document import NAMES, ConfigDocument, discover, read_document
from datalint.config.files import Files
from datalint.config.paths import is_folder, nested_folders
from datalint.core.errors import DatalintError
from datalint.privacy.display import printable

#: Configuration files that a note names.
_NAMED: Final = 3


def find_document(inputs: Sequence[str], config: str | Path | None, files: Files, *, isolated: bool) -> ConfigDocument:
    """Return the configuration of a run: ``config``, or the nearest file to its inputs; an empty one without any.

    Raises:
        DatalintError: when it cannot be read, or is not the same for all inputs.
    """
    here = Path.cwd()
    none = ConfigDocument("no configuration", here)
    if config is not None:
        if isolated:
            raise DatalintError("--isolated reads no configuration, so it can't be used with --config")
        path = Path(os.path.normpath(here / config))
        found = read_document(path, name_in_messages(path, here), files)
        if found is None:
            raise DatalintError(f"{name_in_messages(path, here)}: has no table [tool.datalint]")
        return found
    return none if isolated else _nearest(inputs, here, files) or none


def _nearest(inputs: Sequence[str], here: Path, files: Files) -> ConfigDocument | None:
    """Return the configuration file that is nearest to the inputs.

    Raises:
        DatalintError: when it is not the same one for all; the inputs are one dataset, with one verdict.
    """
    starts: dict[Path, str] = {}
    for given in inputs or ("-",):
        starts.setdefault(_start(given, here), given)
    found: dict[Path | None, tuple[str, ConfigDocument]] = {}
    for start, given in starts.items():
        document = discover(start, lambda path: name_in_messages(path, here), files)
        if document is not None:
            found.setdefault(document.path, (given, document))
    if len(found) > 1:
        (one, first), (other, second) = list(found.values())[:2]
        raise DatalintError(
            f"two configuration files for one dataset: {first.name} is the nearest to {printable(one)}, {second.name} "
            f"to {printable(other)}; choose one with --config FILE, use none with --isolated, or make two runs"
        )
    return next((document for _, document in found.values()), None)


def unused_configurations(inputs: Sequence[str], files: Iterable[str]) -> list[str]:
    """Return a note on configuration files in subfolders of an input folder, which are not used for ``files`` in it."""
    here = Path.cwd()
    names = [
        name_in_messages(here / path, here)
        for folder in nested_folders(inputs, files)
        if (path := next((folder / name for name in NAMES if _is_configuration(folder / name)), None)) is not None
    ]
    if not names:
        return []
    shown = ", ".join(printable(name) for name in names[:_NAMED]) + (" and others" if len(names) > _NAMED else "")
    return [
        f"configuration files in subfolders are not used: {shown}; a folder is one dataset, judged by the "
        "configuration in it or above it; to use them, check the subfolders separately"
    ]


def _is_configuration(path: Path) -> bool:
    try:
        return path.is_file() and read_document(path, path.name) is not None
    except DatalintError:
        return True  # a broken one is a configuration file as well


def _start(given: str, here: Path) -> Path:
    if given == "-" or "://" in given:
        return here
    # Not Path.resolve: the folder that counts is where the user sees the file, not where a link leads.
    path = Path(os.path.normpath(here / given))
    return path if is_folder(path) else path.parent


def name_in_messages(path: Path, here: Path) -> str:
    """Return a path as messages show it: from the working folder on where it lies below."""
    path = Path(os.path.normpath(path))
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
