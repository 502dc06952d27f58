"""Texts with a file of what was annotated in each next to it, as brat writes them: ``7.txt`` and ``7.ann``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.records.record import TEXT_CONTAINERS

if TYPE_CHECKING:
    from datalint.sources import Source

_TEXT: Final = ".txt"
_ANNOTATED: Final = ".ann"
#: Texts that are looked at.
_LOOKED_AT: Final = 20


def standoff_files(sources: Sequence[Source]) -> list[str]:
    """Return a note on texts whose annotations are in other files, which are not read; none if most texts have none."""
    if any(source.container not in TEXT_CONTAINERS for source in sources):
        return []
    looked_at = annotation_files([source.path for source in sources])
    try:
        found = sum(path.is_file() for path in looked_at)
    except (OSError, ValueError):  # they are on another machine
        return []
    if 2 * found <= len(looked_at):
        return []
    return [
        "what was annotated in the texts is in .ann files next to them, which are not read, and each line is read as a "
        "text: write each text with its places to JSON Lines, "
        '{"text": …, "entities": [{"start": 0, "end": 4, "label": …}]}'
    ]


def annotation_files(paths: Sequence[str]) -> list[Path]:
    """Return the places that are looked at for annotations of texts; none if a file has another suffix."""
    if any(not path.endswith(_TEXT) for path in paths):
        return []
    return [Path(path).with_suffix(_ANNOTATED) for path in paths[:_LOOKED_AT]]
