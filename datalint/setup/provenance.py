"""Licence and provenance of a dataset: a licence file or a dataset card next to the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

_LICENCES: Final = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "LICENSES")
_SUFFIXES: Final = ("", ".md", ".txt", ".rst")
#: Files that may say it, in addition to much else.
CARDS: Final = (
    "README.md", "README.txt", "README.rst", "README", "DATASHEET.md", "DATA_CARD.md", "dataset_card.md",
    "CITATION.cff", "dataset_info.json", "dataset_infos.json", "croissant.json", "metadata.json", "datapackage.json",
)  # fmt: skip
_SAYS: Final = rb"(?i)\blicen[cs]e|\bprovenance\b|cc-by|creative commons|public domain"
#: Bytes of a card that are read.
_READ: Final = 1 << 16
#: Folders above a file that are looked in, up to that of the repository.
_ABOVE: Final = 4


def licence_candidates(path: str) -> Iterator[tuple[Path, bool]]:
    """Yield where the licence of a data file is looked for, and whether it is a card, which has to be read.

    In the folder of the file, and in those above it up to the folder of the repository, if there is one.
    """
    for each in folders_of_cards(path):
        yield from ((each / f"{name}{suffix}", False) for name in _LICENCES for suffix in _SUFFIXES)
        yield from ((each / name, True) for name in CARDS)


def folders_of_cards(path: str) -> list[Path]:
    """Return the folder of a data file, and those above it up to that of the repository, if there is one."""
    folder = Path(path).absolute().parent
    folders = [folder, *folder.parents][:_ABOVE]
    top = next((number for number, each in enumerate(folders) if (each / ".git").exists()), 0)
    return folders[: top + 1]


def find_provenance(settings: Settings, sources: Sequence[Source]) -> tuple[str, ...] | None:
    """Return the first file for each folder of data that says under which licence it is, None for rows of no file.

    Files outside of the confinement are not looked at.
    """
    paths = [source.path for source in sources if "://" not in source.path and not source.path.startswith("<")]
    if not paths:
        return None
    found = {}
    for path in paths:
        folder = Path(path).absolute().parent
        if folder not in found:
            found[folder] = next(
                (str(each) for each, card in licence_candidates(path) if _says(settings, each, card=card)), None
            )
    return tuple(dict.fromkeys(filter(None, found.values())))


def _says(settings: Settings, path: Path, *, card: bool) -> bool:
    files = settings.files
    if not files.is_file(path):
        return False
    if not card:
        return True
    try:
        files.confine.check(path)
        with path.open("rb") as file:
            return re.search(_SAYS, file.read(_READ)) is not None
    except (OSError, DatalintError):
        return False
