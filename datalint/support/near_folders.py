"""Folders near a file that may have split data, and the names of such files in them.

A cached run looks at them again before anything else is imported, so this uses only the standard library.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from typing import Final

#: What the names of folders for split data say, which are looked into first, and how many folders are.
_SPLITS: Final = ("split", "final", "train", "tune", "tuning", "sft", "ready", "process", "prepared", "dataset")
_MOST_FOLDERS: Final = 16
#: Names in a folder above which none of them is looked at.
MOST_NAMES: Final = 1000
#: The end of the names of files that may hold numbers of rows.
NUMBERS: Final = ".txt"
#: What the name of a training file matches in lower case, and that of an evaluation file.
_TRAINING: Final = ("*tr*n*",)
_HELD: Final = ("*ev*", "*val*", "*t*st*", "*h*ld*out*")


def near_folders(own: str, above: Sequence[str]) -> list[str]:
    """Return a few folders in those of ``above`` other than ``own``, those of split data by their names first.

    Links and hidden folders are left out. Those in ``own`` come before others.
    """
    found = []
    for folder in above:
        for name in _names(folder, folders=True):
            each = name if folder == os.curdir else os.path.join(folder, name)  # noqa: PTH118
            if each != own:
                is_other = not any(word in name.lower() for word in _SPLITS)
                found.append((is_other, folder != own, name, each))
    return [each for *_, each in sorted(found)[:_MOST_FOLDERS]]


def split_names(folder: str) -> tuple[list[str], list[str]]:
    """Return the names in a folder that may be of training files, and those that may be of evaluation files.

    Some may be either. Links and hidden files are left out.
    """
    names = [(name, name.lower()) for name in _names(folder)]
    training, held = (
        [name for name, lower in names if any(fnmatchcase(lower, each) for each in patterns)]
        for patterns in (_TRAINING, _HELD)
    )
    return training, held


def split_files(own: str, above: Sequence[str]) -> Iterator[str]:
    """Yield the paths of all such files in ``own`` and the folders near it, for each of these that has both kinds."""
    for folder in (own, *near_folders(own, above)):
        divided = split_names(folder)
        if all(divided):
            yield from (f"{folder}/{name}" for names in divided for name in names)


def _names(folder: str, *, folders: bool = False) -> list[str]:
    """Return the names of the files or folders in a folder in order, without links and hidden ones; none of many."""
    try:
        with os.scandir(folder) as entries:
            known = list(islice(entries, MOST_NAMES + 1))
            kept = [each.name for each in known if (each.is_dir if folders else each.is_file)(follow_symlinks=False)]
    except (OSError, ValueError):
        return []
    return [] if len(known) > MOST_NAMES else sorted(name for name in kept if not name.startswith("."))
