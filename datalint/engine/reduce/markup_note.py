"""Notes on tokens of tagged sentences that are parts of XML tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import excerpt, file_name

if TYPE_CHECKING:
    from datalint.records.record import FileFacts

#: Files that have a note at most, and characters of the tokens that it shows.
_FILES: Final = 3
_SHOWN: Final = 40


def markup_notes(files: Sequence[FileFacts]) -> list[str]:
    """Return a note for each of the first files that have such tokens, with their number."""
    return [
        f"{file_name(facts.path).rpartition('/')[2]}: {facts.markup:,} tokens are parts of tags of XML, such as "
        f"{excerpt(facts.first_markup, _SHOWN)!r}: remove them with their labels"
        for facts in files
        if facts.markup
    ][:_FILES]
