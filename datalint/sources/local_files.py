"""Existence of files that rows name, next to the data: nothing is opened, and nothing outside is looked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.errors import DatalintError
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.sources.base import Source

#: Different names that are looked for; what is beyond them is unknown.
MOST_NAMES: Final = 10_000
_LONGEST: Final = 1_024
_SCHEME: Final = lazy_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class LocalFiles:
    """Looks for files by the names that rows give, relative to the folder of the file that the row is in.

    ``paths`` are those of the data, by file number; ``confine`` are folders that a name may lead to apart from that of
    the data, links followed. ``looked_for`` says of every place that was looked at whether something is there.
    """

    def __init__(self, paths: Sequence[str], confine: Confinement = ANYWHERE) -> None:
        self.looked_for: dict[str, bool] = {}
        self.read: set[str] = set()
        self._paths = paths
        self._confine = confine
        self._folders: dict[int, str | None] = {}
        self._known: dict[tuple[int, str, bool], bool | None] = {}
        self._parents: dict[tuple[str, str], bool] = {}

    def of(self, paths: Sequence[str]) -> LocalFiles:
        """Return a search next to other files, which records its results in the same place."""
        other = LocalFiles(paths, self._confine)
        other.looked_for, other.read = self.looked_for, self.read
        return other

    def add(self, *sides: Sequence[Source]) -> None:
        """Add the files with which sources were read as pairs, and the places where these were looked for."""
        for source in chain.from_iterable(sides):
            if others := getattr(source, "read_nearby", ()):
                self.read.update(others)
                self.looked_for.update(source.looked_for)  # type: ignore[attr-defined]

    def has(self, file: int, name: str) -> bool | None:
        """Return whether there is a file of this name; None where it lies outside, or in a folder that is not there."""
        return self._found(file, name, above=False)

    def is_near(self, file: int, name: str) -> bool | None:
        """Return the same for a name that is not from a row, and may lead to a folder next to that of the file."""
        return self._found(file, name, above=True)

    def _found(self, file: int, name: str, *, above: bool) -> bool | None:
        key = file, name, above
        if key not in self._known:
            if len(self._known) >= MOST_NAMES:
                return None
            self._known[key] = self._look(file, name, above=above)
        return self._known[key]

    def _look(self, file: int, name: str, *, above: bool) -> bool | None:
        folder = self._folder(file)
        if folder is None or not name or len(name) > _LONGEST or "\0" in name or _SCHEME.match(name):
            return None
        # An absolute name stands for itself. One that leads out by itself is not followed at all.
        path = os.path.normpath(os.path.join(folder, name))  # noqa: PTH118
        folder = os.path.dirname(folder) if above else folder  # noqa: PTH120
        try:
            if not self._is_allowed(path, folder) or not self._is_open(os.path.dirname(path), folder):  # noqa: PTH120
                return None
            try:
                is_link = stat.S_ISLNK(os.lstat(path).st_mode)
            except FileNotFoundError:  # as for nearly all of the names that another side of a text may have
                return self.looked_for.setdefault(path, False)
            if is_link and not self._is_allowed(os.path.realpath(path), folder):
                return None
            return self._exists(path)
        except (OSError, ValueError):
            return None

    def _is_open(self, parent: str, folder: str) -> bool:
        """Return whether the folder of a name is there, and links on the way to it don't lead out."""
        key = parent, folder
        if key not in self._parents:
            self._parents[key] = self._is_allowed(os.path.realpath(parent), folder) and self._exists(parent)
        return self._parents[key]

    def _folder(self, file: int) -> str | None:
        if file not in self._folders:
            path = self._paths[file]
            is_file = Path(path).is_file() if "\0" not in path else False
            self._folders[file] = os.path.dirname(os.path.realpath(path)) if is_file else None  # noqa: PTH120
        return self._folders[file]

    def _is_allowed(self, real: str, folder: str) -> bool:
        if not self._confine.folders and _is_below(real, folder):
            return ".git" not in real.split(os.sep)  # noqa: PTH206
        try:
            self._confine.check(real)
        except DatalintError:
            return False
        return bool(self._confine.folders)

    def _exists(self, path: str) -> bool:
        if path not in self.looked_for:
            self.looked_for[path] = Path(path).exists()
        return self.looked_for[path]


def _is_below(path: str, folder: str) -> bool:
    """Return ``Path(path).is_relative_to(folder)`` of two normal paths; hundreds of names are looked for at a text."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    if path.startswith(os.sep * 2) and not folder.startswith(os.sep * 2):  # a root of its own
        return False
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)
