"""Short texts that are the same except for case and marks, as several people write them: one note for those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from datalint.api import Dataset, Group, Hit
from datalint.languages.brief import is_brief
from datalint.rules.common.duplicates.brief import (
    COPIES,
    MOST_LINES,
    are_many,
    by_file,
    labelled_texts,
    note_of_copies,
    own_texts,
)

#: Characters, words, and letters in a script without spaces, of a short text at most, and rows of such texts that are
#: read. Of 20 judged pairs of such texts without a number that differ in case and marks alone, one in ten was one text;
#: of longer ones, most were.
_CHARS: Final = 40
_WORDS: Final = 8
_LETTERS: Final = 14
_READ: Final = 10_000


def without_spellings(data: Dataset, groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return groups of rows of one text in two parts: the others, and those of short texts in several spellings.

    The texts have labels, or are plain. Without a number in it, two people may have written such a text, and the
    spellings show that it was not copied, unless white space alone differs. If they are very many, they are a part of
    the data that one should see.
    """
    short = data.once(_short) if groups else None
    if short is None:
        return groups, ()
    found = [
        group for group, each in zip(groups, short.gather([group.rows[0] for group in groups]), strict=True) if each
    ]
    rows = [row for group in found for row in group.rows]
    if not rows or len(rows) > _READ:
        return groups, ()
    written = dict(zip(rows, own_texts(data, rows), strict=True))
    spelled = {group.rows[0]: group for group in found if _are_spellings({written[row] for row in group.rows})}
    if sum(len(group.rows) - 1 for group in spelled.values()) > COPIES * data.size:
        return groups, ()
    return [group for group in groups if group.rows[0] not in spelled], list(spelled.values())


def spelling_copies(data: Dataset, groups: Sequence[Group]) -> Iterator[Hit]:
    """Yield a note on the rows of each file with a short text of another row in another spelling, if they are many."""
    for file, mine in by_file(data, groups).items() if are_many(data, groups) else ():
        copies = sum(len(group.rows) - 1 for group in mine)
        rows = f"{copies:,} {'row repeats' if copies == 1 else 'rows repeat'}"
        message = f"{rows} a short text in another case or with other punctuation, as people often write the same"
        yield note_of_copies(data, mine, message, f"spellings {file}")


def _short(data: Dataset) -> pl.Series | None:
    """Return which rows are short texts with a label or without any answer; None if there are none."""
    examples = data.examples
    plain = (examples["shape"] == "text") & (examples["prompt_chars"] == 0)
    found = plain & examples["response_chars"].is_between(1, _CHARS) & ~examples["has_media"]
    labelled = labelled_texts(data)
    found = found if labelled is None else found | labelled
    return found if found.any() else None


def _are_spellings(texts: set[str]) -> bool:
    """Return whether texts without a number have the same letters, but are not the same without white space."""
    letters = {"".join(filter(str.isalpha, text.casefold())) for text in texts}
    if len(letters) != 1 or len({"".join(text.split()) for text in texts}) == 1:
        return False
    return all(
        text.strip().count("\n") < MOST_LINES
        and is_brief(text, words=_WORDS, spaceless=_LETTERS)
        and not any(map(str.isdecimal, text))
        for text in texts
    )
