"""Folders and files of short texts whose names may be labels, as those of film reviews and newsgroups are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import excerpt
from datalint.records.record import TEXT_CONTAINERS
from datalint.setup.neighbours import names_in, suffix_of
from datalint.sources.side_files import CODES, other_words
from datalint.sources.split_words import HELD, TRAINING
from datalint.support.names.class_names import named_like_class, without_class
from datalint.support.names.locales import is_locale

if TYPE_CHECKING:
    from datalint.sources import Source

#: Folders at least and at most, files of each of them at least, and bytes of a file on average at most; bytes up to
#: which a file may be blank.
_FEWEST: Final = 2
_MOST: Final = 200
_FILES: Final = 10
_BYTES: Final = 1 << 15
_EMPTY: Final = 8
_SHOWN: Final = 40
#: Files that are named by classes at most, next to one file and of a dataset.
_MOST_FILES: Final = 5
_MOST_NAMED: Final = 30
#: Containers of tables, which have texts alone if they have one column, or two without a header.
_TABLES: Final = ("csv", "tsv")


def class_folders(sources: Sequence[Source]) -> list[str]:
    """Return a note on texts in several folders next to one another, each with many short files; none for others.

    Folders that are named like splits, languages or sides of parallel text have no labels for names.
    """
    if len(sources) < _FEWEST * _FILES or not all(source.path.endswith(".txt") for source in sources):
        return []
    try:
        sizes = [Path(source.path).stat().st_size for source in sources]
    except OSError:  # they are on another machine
        return []
    # An empty file, or one of a few blank lines, is no text, and none of another format either.
    filled = [source for source, size in zip(sources, sizes, strict=True) if size > _EMPTY]
    if not filled or any(source.container not in TEXT_CONTAINERS for source in filled):
        return []
    folders = Counter(Path(source.path).parent for source in filled)
    if not _FEWEST <= len(folders) <= _MOST or min(folders.values()) < _FILES:
        return []
    above = {folder.parent for folder in folders}
    if len(above) > 1 or any(_says_something_else(folder.name) for folder in folders):
        return []
    if sum(sizes) > _BYTES * len(filled):
        return []
    first, second, *_ = sorted(folder.name for folder in folders)
    return [
        f'{len(sources):,} files in {len(folders)} folders, such as "{excerpt(first, _SHOWN)}" and '
        f'"{excerpt(second, _SHOWN)}": each line is read as a text; if the folder is the label, write '
        '{"text": …, "label": …} for each text (a file, or each of its lines) to JSON Lines'
    ]


def class_files(sources: Sequence[Source]) -> list[str]:
    """Return a note on files of texts whose names are those of classes, such as ``pos.txt`` and ``neg.txt``.

    A single file has the others next to it.
    """
    if len(sources) == 1 and sources[0].container in TEXT_CONTAINERS and (others := other_classes(sources[0].path)):
        return [
            f"{excerpt(Path(sources[0].path).name, _SHOWN)}: its name may be the label of its lines, as "
            f'{excerpt(others[0], _SHOWN)} is next to it: write {{"text": …, "label": …}} for each line of all such '
            "files to JSON Lines"
        ]
    if not _FEWEST <= len(sources) <= _MOST_NAMED or not all(map(_has_texts_alone, sources)):
        return []
    found = [named_like_class(Path(source.path).name) for source in sources]
    classes = Counter(found)
    if not all(found) or len(classes) < _FEWEST or len(set(classes.values())) > 1:
        return []
    first, second, *_ = classes
    part = "line" if sources[0].container in TEXT_CONTAINERS else "row"
    return [
        f'{len(sources)} files that are named like classes ("{excerpt(first, _SHOWN)}" and '
        f'"{excerpt(second, _SHOWN)}"): each {part} is read as a text; if the name is its label, write '
        f'{{"text": …, "label": …}} for each {part} to JSON Lines'
    ]


def _has_texts_alone(source: Source) -> bool:
    """Return whether a source has the lines of a text, or the only column of a table."""
    if source.container not in _TABLES:
        return source.container in TEXT_CONTAINERS
    columns = len(getattr(source, "header", ()))
    return columns == 1 or (columns == _FEWEST and not getattr(source, "headed", True))


def other_classes(path: str) -> list[str]:
    """Return the names of up to four files next to a file that are like its own but for the name of the class."""
    file = Path(path)
    if not named_like_class(file.name):
        return []
    wanted = without_class(file.name)
    found = {
        named_like_class(name): name
        for name in names_in(file.parent, suffix_of(file)) or ()
        if without_class(name) == wanted
    }
    found.pop(named_like_class(file.name), None)
    return list(found.values()) if 0 < len(found) < _MOST_FILES else []


def _says_something_else(name: str) -> bool:
    """Return whether the name of a folder is that of a split, a language or a side of parallel text."""
    word = name.lower()
    return (
        word in CODES
        or is_locale(name)
        or bool(other_words(word))
        or re.search(TRAINING, name) is not None
        or re.search(HELD, name) is not None
    )
