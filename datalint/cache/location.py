"""Location of the cache folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

#: The name of the folder, next to the configuration or in the working folder.
NAME: Final = ".datalint_cache"
#: The file that says that a folder is a cache, and what it says in one of datalint. Backup programs leave out folders
#: that hold it: see https://bford.info/cachedir/.
MARK: Final = "CACHEDIR.TAG"
TAG: Final = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# This folder is a cache of datalint. `datalint cache clear` deletes it, and so may you.\n"
)
#: What configuration files are called, in the order of precedence, as :mod:`datalint.config.document` has it.
CONFIGURATIONS: Final = (".datalint.toml", "datalint.toml", "pyproject.toml")


def cache_folder(inputs: Sequence[str], *, config: str | None = None, isolated: bool = False) -> Path:
    """Return the cache folder: next to the configuration for ``inputs``, else in the working folder.

    The configuration is looked for by names, not read: a ``pyproject.toml`` counts when it speaks of
    ``tool.datalint``.
    """
    here = Path.cwd()
    if config is not None:
        return Path(os.path.normpath(here / config)).parent / NAME
    if not isolated:
        for candidate in candidates(inputs):
            if candidate.is_file() and (candidate.name != CONFIGURATIONS[-1] or _speaks(candidate)):
                return candidate.parent / NAME
    return here / NAME


def candidates(inputs: Sequence[str]) -> Iterator[Path]:
    """Yield every path where a configuration file for ``inputs`` is looked for, nearest first."""
    here = Path.cwd()
    seen: set[Path] = set()
    for given in inputs or ("-",):
        start = _start(given, here)
        for folder in (start, *start.parents):
            if folder in seen:
                break
            seen.add(folder)
            for name in CONFIGURATIONS:
                yield folder / name


def _start(given: str, here: Path) -> Path:
    if given == "-" or "://" in given:
        return here
    path = Path(os.path.normpath(here / given))
    return path if path.is_dir() else path.parent


def _speaks(path: Path) -> bool:
    try:
        return b"tool.datalint" in path.read_bytes()
    except OSError:
        return False
