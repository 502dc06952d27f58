"""Find the git repository of a folder, without git, and refuse those that may have been committed as files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError

_GITDIR: Final = re.compile(rb"gitdir: ([^\r\n\0]{1,4096})[\r\n]*")


def find_repository(folder: Path) -> Path | None:
    """Return the folder of the working tree that contains ``folder``, links resolved; None outside of all.

    It is the nearest one from the working folder, or from the workspace of a GitHub workflow, upwards. If ``folder`` is
    in neither, it is the nearest one from ``folder`` upwards.
    """
    real = Path(os.path.realpath(folder))
    for start in (Path.cwd(), *(Path(each) for each in (os.environ.get("GITHUB_WORKSPACE"),) if each)):
        top = nearest_repository(start)
        if top is not None and real.is_relative_to(top):
            return top
    return nearest_repository(real)


def nearest_repository(folder: Path) -> Path | None:
    """Return the nearest folder with a ``.git`` from ``folder`` upwards, links resolved."""
    real = Path(os.path.realpath(folder))
    return next((each for each in (real, *real.parents) if _has_git(each)), None)


def refuse_embedded(top: Path, path: str | Path) -> None:
    """Raise DatalintError for a path in a repository of its own below ``top``: a nested or a bare one.

    A bare repository can be committed as files. Its configuration would then decide what git runs.
    """
    real = Path(os.path.realpath(path))
    for folder in reversed((real, *real.parents)):
        if folder != top and folder.is_relative_to(top) and is_repository(folder):
            bare = "" if os.path.lexists(folder / ".git") else "bare "
            remedy = "delete its HEAD, objects and refs" if bare else "run datalint in that folder"
            raise DatalintError(
                f"{shown(folder)} is a {bare}git repository inside {shown(top)}, which datalint never opens; "
                f"{remedy}, or compare two files"
            )


def is_repository(folder: Path) -> bool:
    """Return whether git could take a folder for a repository: for its ``.git``, or as a bare one."""
    if os.path.lexists(folder / ".git"):
        return True
    stores = all(os.path.lexists(folder / name) for name in ("objects", "refs"))
    return os.path.lexists(folder / "HEAD") and (stores or os.path.lexists(folder / "commondir"))


def _has_git(folder: Path) -> bool:
    path = folder / ".git"
    return os.path.lexists(path / "HEAD") if path.is_dir() else os.path.lexists(path)


def git_directory(top: Path) -> Path:
    """Return where ``.git`` leads, which is a folder, or a file in a linked worktree or a submodule.

    Raises:
        DatalintError: when it leads among the files of the working tree, which others may have committed.
    """
    entry = top / ".git"
    if entry.is_dir():
        directory = entry
    else:
        try:
            with entry.open("rb") as file:
                match = _GITDIR.fullmatch(file.read(4200))
        except OSError as error:
            raise DatalintError(f"{shown(entry)} cannot be read: {error.strerror}") from None
        if match is None:
            raise DatalintError(f"{shown(entry)} is neither a folder nor a file that names one; clone again")
        directory = Path(os.path.normpath(top / os.fsdecode(match[1])))
    real = Path(os.path.realpath(directory))
    below = real.relative_to(top).parts if real.is_relative_to(top) else (".git",)
    if ".git" not in below:
        raise DatalintError(
            f"{shown(entry)} leads to {shown(real)}, a folder of the checkout itself, which datalint never opens; "
            "use a clone that git made, or compare two files"
        )
    return directory


def shown(path: str | Path) -> str:
    """Return a path as it may be shown."""
    from datalint.privacy.display import printable

    return printable(str(path))
