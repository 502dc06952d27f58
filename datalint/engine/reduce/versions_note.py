"""The note on files with rows of the same ids, such as a set of tests at several levels of noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.privacy.display import file_name
from datalint.records.places import listed
from datalint.records.versions import version_files

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Files that the note names.
_NAMED: Final = 3


def versions_note(dataset: Dataset) -> str | None:
    """Return which files have rows of the same ids and some of the same texts at the same places; None for none."""
    files = dataset.once(version_files)
    if not files:
        return None
    paths = [file_name(dataset.files[number].path).split("/") for number in files]
    # Files of one name are known by their folders.
    parts = 1 if len({path[-1] for path in paths}) == len(paths) else 2
    said = listed(["/".join(path[-parts:]) for path in paths[: _NAMED + 1]], len(files), _NAMED)
    return (
        f"versions: {said} have rows with the same ids and different texts: if these are versions of one set, check "
        "one at a time, and delete no copies among them"
    )
