"""Lists of the data files of a folder, such as ``metadata.csv``: a row says how a file was made, and is no data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from datalint.core.files import open_regular

#: Suffixes of such lists.
SUFFIXES: Final = (".csv", ".tsv", ".json", ".jsonl")
_NAMES: Final = re.compile(
    r"(?i)(?:.*[-_.])?(?:meta[-_]?data|manifest|index|files?|file[-_]?list|catalog(?:ue)?|sources)"
)
#: Bytes of a list at most, the files that it names at least, and the share of those of its folder.
_MOST: Final = 1 << 16
_LEAST: Final = 3
_MOSTLY: Final = 0.8


def lists_files(path: Path, found: Sequence[Path]) -> bool:
    """Return whether a file is named as a list, and has the names of most other files of its folder."""
    if path.suffix.lower() not in SUFFIXES or re.fullmatch(_NAMES, path.stem) is None:
        return False
    others = [each.name for each in found if each.parent == path.parent and each != path]
    if len(others) < _LEAST:
        return False
    try:
        with open_regular(path) as file:
            text = file.read(_MOST + 1)
    except OSError:
        return False
    named = sum(name.encode("utf-8", "surrogateescape") in text for name in others)
    return len(text) <= _MOST and named >= _MOSTLY * len(others)
