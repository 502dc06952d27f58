"""A note on files whose names say that their rows were thrown out of another file that is read with them."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import file_name
from datalint.records.places import listed

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: The words for it at the end of a name, or in front: ``chats_rejected.jsonl``, ``discarded-chats.jsonl``.
_WORDS: Final = (
    "rejected|rejects|discarded|dropped|excluded|filtered[-_]?out|removed|failed|failures|skipped|invalid|bad"
)
_BEHIND: Final = rf"(?i)(.+?)[-_.](?:{_WORDS})(?:[-_](?:rows|examples|samples|lines|records))?"
_BEFORE: Final = rf"(?i)(?:{_WORDS})[-_.](.+)"
#: Files that the note names.
_NAMED: Final = 3


def thrown_out_note(dataset: Dataset) -> str | None:
    """Return the note, None if no file has the name of another one with a word for what was thrown out of it."""
    paths = [PurePath(file.path) for file in dataset.files]
    names = {(path.parent, _stem(path).lower()) for path in paths}
    found = [path for path in paths if (whole := _whole(_stem(path))) and (path.parent, whole.lower()) in names]
    if not found or len(found) == len(paths):
        return None
    said = listed([file_name(str(path)).rpartition("/")[2] for path in found], len(found), _NAMED)
    its = "its rows were" if len(found) == 1 else "their rows were"
    names_say = "the name says" if len(found) == 1 else "the names say"
    return (
        f"{said}: {names_say} that {its} thrown out; they are counted as training data unless you name the other files"
    )


def _stem(path: PurePath) -> str:
    return path.name.partition(".")[0]


def _whole(stem: str) -> str:
    """Return the name of the file that rows were thrown out of; empty for other names."""
    found = re.fullmatch(_BEHIND, stem) or re.fullmatch(_BEFORE, stem)
    return found[1] if found is not None else ""
