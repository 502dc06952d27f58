"""Files next to the data that name its rows by their numbers, such as the parts of a split."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.files import open_regular
from datalint.engine.reduce.other_sides import count_lines, sides_of
from datalint.privacy.display import file_name
from datalint.support.near_folders import NUMBERS, split_names

if TYPE_CHECKING:
    from datalint.records.analyses import FileFinder
    from datalint.records.record import FileFacts
    from datalint.sources import Source

#: Files that are read at most, their bytes, and numbers in one at least.
_FILES: Final = 20
_BYTES: Final = 4 << 20
_LEAST: Final = 10
#: Digits of the number of a row at most.
_DIGITS: Final = 9


def kept_files(files: Sequence[FileFacts | Source], nearby: FileFinder | None) -> dict[int, str]:
    """Return the numbers of the files of which no row may be removed, and the name of the file because of which.

    It is the other side of a text, or names rows by their numbers.
    """
    return {**numbered_by(files, nearby), **sides_of(files, nearby)}


def numbered_by(files: Sequence[FileFacts | Source], nearby: FileFinder | None) -> dict[int, str]:
    """Return the name of the first file with numbers of the rows of the only file, by the number of that."""
    if nearby is None or len(files) != 1:
        return {}
    path = Path(files[0].path)
    training, held = split_names(str(path.parent))
    names = [name for name in dict.fromkeys((*training, *held)) if name.endswith(NUMBERS) and name != path.name]
    found = next((name for name in names[:_FILES] if _has_numbers(path, name, nearby)), None)
    return {} if found is None else {0: found}


def numbers_notes(files: Sequence[FileFacts], numbered: Mapping[int, str]) -> Iterator[str]:
    """Yield a note on each file whose rows another one names by their numbers."""
    for number, other in numbered.items():
        name = file_name(Path(files[number].path).name)
        yield (
            f"{name}: {file_name(other)} has numbers of its rows, such as those of a split, and no fix removes any, as "
            "the numbers would be those of other rows"
        )


def _has_numbers(path: Path, name: str, nearby: FileFinder) -> bool:
    """Return whether each line of a file is another whole number, up to the number of lines of the data."""
    if not nearby.has(0, name):
        return False
    other = path.parent / name
    try:
        if os.stat(other).st_size > _BYTES:  # noqa: PTH116
            return False
        with open_regular(other) as file:
            if not file.readline().strip().isdigit():
                return False
            # Of a text, the name alone is observed.
            nearby.read.add(str(other))
            file.seek(0)
            lines = file.read(_BYTES).split()
    except (OSError, ValueError):
        return False
    if len(lines) < _LEAST or not all(line.isdigit() and len(line) <= _DIGITS for line in lines):
        return False
    numbers = {int(line) for line in lines}
    size = count_lines(path)
    return len(numbers) == len(lines) and (size is None or max(numbers) <= size[0])
