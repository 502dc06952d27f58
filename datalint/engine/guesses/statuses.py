"""Texts next to a status that may be their label, as of posts that say how well a person is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

_TEXT: Final = "text"
_STATUS: Final = "status"
#: Keys next to these two that only number the rows.
_NUMBERS: Final = frozenset(("", "id", "index", "idx", "unnamed: 0", "row_id", "text_id"))
#: What a status says of the work on a row, which is no label of its text.
_OF_WORK: Final = frozenset(
    """ok okay done success successful succeeded failed failure error new open opened closed pending queued running
    complete completed incomplete in_progress progress processed unprocessed todo draft published unpublished active
    inactive archived deleted removed approved accepted rejected reviewed unreviewed verified unverified validated valid
    invalid submitted discarded labeled labelled unlabeled unlabelled annotated default skipped final ready""".split()
)
#: Mean characters of texts at most: documents are to be continued, whatever their status is.
_LONG: Final = 2_000


def may_be_labelled(row: Mapping[str, Any]) -> bool:
    """Return whether a row has nothing but a text and a status that is no state of its processing."""
    keys = {key.strip().lower() for key in row}
    return keys >= {_TEXT, _STATUS} and keys - {_TEXT, _STATUS} <= _NUMBERS and not _are_of_work(row.values())


def are_labelled(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether an unclear guess is about short texts and their status, so that the user says what is learned."""
    found = dict(guess.columns)
    if found.get("response", "").strip().lower() != _STATUS or not all(map(may_be_labelled, rows)):
        return False
    return sum(len(str(row.get(found["prompt"], ""))) for row in rows) <= _LONG * len(rows)


def _are_of_work(values: Collection[object]) -> bool:
    words = (each.strip().lower().replace(" ", "_").replace("-", "_") for each in values if isinstance(each, str))
    return not _OF_WORK.isdisjoint(words)
