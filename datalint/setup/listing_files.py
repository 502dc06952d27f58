"""Files that list the data files of their folder, which are not read as data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import excerpt
from datalint.setup.neighbours import names_in

if TYPE_CHECKING:
    from datalint.sources import Source

#: Folders that are looked at, and data files of a dataset at least.
_MOST: Final = 20
_LEAST: Final = 2
_SHOWN: Final = 40


def listing_files(paths: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Return a note for each file that lists the data files of its folder, for a dataset that is given as a folder."""
    if len(sources) < _LEAST or not any(Path(path).is_dir() for path in paths):
        return []
    from datalint.sources.file_lists import SUFFIXES, lists_files  # few datasets have many files

    read = {Path(source.path) for source in sources if "://" not in source.path}
    notes = []
    for folder in sorted({path.parent for path in read})[:_MOST]:
        near = [folder / name for suffix in SUFFIXES for name in names_in(folder, suffix) or ()]
        found = sorted({*near, *(path for path in read if path.parent == folder)})
        notes += [
            f"{excerpt(path.name, _SHOWN)} is not read: it lists the data files next to it"
            for path in found
            if path not in read and lists_files(path, found)
        ]
    return notes
