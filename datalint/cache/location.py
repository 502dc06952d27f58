"""Location of the cache folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
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


def cache_folder(inputs: Sequence[str], *, config: str | None = None, isolated: bool = False) -> str:
    """Return the cache folder: next to the configuration for ``inputs``, else in the working folder.

    The configuration is looked for by names, not read: a ``pyproject.toml`` counts when it speaks of
    ``tool.datalint``.
    """
    here = os.getcwd()
    if config is not None:
        return os.path.join(os.path.dirname(os.path.normpath(os.path.join(here, config))), NAME)
    if not isolated:
        for candidate in candidates(inputs):
            folder, name = os.path.split(candidate)
            if os.path.isfile(candidate) and (name != CONFIGURATIONS[-1] or _speaks(candidate)):
                return os.path.join(folder, NAME)
    return os.path.join(here, NAME)


def candidates(inputs: Sequence[str]) -> Iterator[str]:
    """Yield every path where a configuration file for ``inputs`` is looked for, nearest first."""
    here = os.getcwd()
    seen: set[str] = set()
    for given in inputs or ("-",):
        folder = _start(given, here)
        while folder not in seen:
            seen.add(folder)
            for name in CONFIGURATIONS:
                yield os.path.join(folder, name)
            folder = os.path.dirname(folder)


def _start(given: str, here: str) -> str:
    if given == "-" or "://" in given:
        return here
    path = os.path.normpath(os.path.join(here, given))
    return path if os.path.isdir(path) else os.path.dirname(path)


def _speaks(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.datalint" in file.read()
    except OSError:
        return False
