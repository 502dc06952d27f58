"""Confinement of files to folders, after links and globs are resolved."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from datalint.checkout.repositories import shown
from datalint.core.errors import ConfinementError, DatalintError
from datalint.support.classes import frozen

_MAGIC: Final = frozenset("*?[")


@frozen
class Confinement:
    """The folders that paths are confined to. Without any, every path is allowed.

    ``folders`` are absolute, links resolved. ``names`` are the same folders, absolute, as they were given. ``trusted``
    are files outside of them that the caller named itself, links resolved.
    """

    folders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    trusted: frozenset[str] = frozenset()

    @classmethod
    def to(cls, folders: Iterable[str | Path]) -> Confinement:
        """Return the confinement to these folders.

        Raises:
            DatalintError: for one that is no folder.
        """
        given = [str(folder) for folder in folders]
        for folder in given:
            if not Path(folder).is_dir():
                raise DatalintError(f"{shown(folder)} is not a folder; --confine takes one that exists")
        return cls(tuple(map(os.path.realpath, given)), tuple(map(_absolute, given)))

    def trusting(self, path: str | Path) -> Confinement:
        """Return a confinement that allows one file more, if its path names a place outside of the folders.

        A path below the folders gets no trust: it may be a link that somebody committed.
        """
        if not self.folders or self.names_inside(path):
            return self
        return Confinement(self.folders, self.names, self.trusted | {os.path.realpath(path)})

    def names_inside(self, path: str | Path) -> bool:
        """Return whether a path names a place below the folders, links not followed, or a trusted file.

        Without confinement, every path does.
        """
        absolute = _absolute(path)
        return (
            not self.folders
            or os.path.realpath(path) in self.trusted
            or any(Path(absolute).is_relative_to(each) for each in (*self.folders, *self.names))
        )

    def check(self, path: str | Path) -> None:
        """Check that a file or folder may be opened, before it is.

        Raises:
            ConfinementError: when it lies outside of the folders, links followed, or in a ``.git``.
        """
        if not self.folders:
            return
        try:
            real = Path(os.path.realpath(path))
        except ValueError:
            raise DatalintError(f"{shown(path)} is not a path; check it") from None
        if str(real) in self.trusted:
            return
        inside = [real.relative_to(folder) for folder in self.folders if real.is_relative_to(folder)]
        if not inside:
            how = "leads" if self.names_inside(path) else "lies"
            raise ConfinementError(
                f"{shown(path)} {how} outside of {shown(self.names[0])}, to which --confine limits files; "
                "copy the file there"
            )
        if any(_is_git(name) for below in inside for name in below.parts):
            raise ConfinementError(
                f"{shown(path)} leads into a .git folder, which --confine excludes; name another file"
            )

    def check_entries(self, folder: str | Path) -> None:
        """Check a folder and everything that is directly in it, as :meth:`check` does."""
        if not self.folders:
            return
        self.check(folder)
        with contextlib.suppress(OSError):  # opening it says why
            for entry in sorted(Path(folder).iterdir()):
                self.check(entry)

    def check_input(self, given: str) -> None:
        """Check a path, or of a glob the folder that it starts in, before anything is opened or listed."""
        if not self.folders:
            return
        fixed = given
        if any(sign in given for sign in _MAGIC) and not os.path.lexists(given):
            fixed = str(Path(*itertools.takewhile(lambda part: not _MAGIC & set(part), Path(given).parts)))
        self.check(fixed)

    def check_output(self, path: str | Path) -> None:
        """Check that a file may be written: its folder, and what is there now, as :meth:`check` does."""
        self.check(Path(path).parent)
        self.check(path)


#: No confinement.
ANYWHERE: Final = Confinement()


def _absolute(path: str | Path) -> str:
    return os.path.normpath(Path.cwd() / path)


def _is_git(name: str) -> bool:
    """Return whether a file system could take a name for ``.git``; Windows ignores case, ends and streams."""
    return name.partition(":")[0].rstrip(". ").casefold() in (".git", "git~1")
