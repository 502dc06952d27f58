"""Texts with a file of what was annotated in each next to it, as brat writes them: ``7.txt`` and ``7.ann``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.records.record import TEXT_CONTAINERS

if TYPE_CHECKING:
    from datalint.sources import Source

_ANNOTATED: Final = ".ann"
#: Texts that are looked at.
_LOOKED_AT: Final = 20


def standoff_files(sources: Sequence[Source]) -> list[str]:
    """Return a note on texts whose annotations are in other files, which are not read; none if most texts have none."""
    texts = [source.path for source in sources if source.container in TEXT_CONTAINERS and source.path.endswith(".txt")]
    if not texts or len(texts) < len(sources):
        return []
    try:
        found = sum(Path(path).with_suffix(_ANNOTATED).is_file() for path in texts[:_LOOKED_AT])
    except (OSError, ValueError):  # they are on another machine
        return []
    if 2 * found <= min(len(texts), _LOOKED_AT):
        return []
    return [
        "what was annotated in the texts is in .ann files next to them, which are not read, and each line is read as a "
        "text: write each text with its places to JSON Lines, "
        '{"text": …, "entities": [{"start": 0, "end": 4, "label": …}]}'
    ]
