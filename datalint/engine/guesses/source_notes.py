"""The notes on a source that its first rows give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.conversations import TURN_LISTS
from datalint.engine.guesses.held_out import are_held_out
from datalint.engine.guesses.notes.compared_answers import compared_answers
from datalint.engine.guesses.notes.crossed_keys import crossed_turns
from datalint.engine.guesses.notes.cut_ids import cut_ids
from datalint.engine.guesses.notes.missing_pictures import missing_pictures
from datalint.engine.guesses.notes.split_marks import split_marks
from datalint.engine.guesses.notes.unread_states import unread_states
from datalint.engine.guesses.notes.unread_texts import unread_texts
from datalint.privacy.display import excerpt

if TYPE_CHECKING:
    from datalint.engine.guesses.first_rows import FirstRows
    from datalint.engine.plan import Plan
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.sources import Source

#: The functions that look at rows of one list of turns for something to note.
ON_TURNS: Final = (unread_states, crossed_turns, missing_pictures, cut_ids, compared_answers)


def source_notes(
    source: Source, rows: FirstRows, first: dict[str, Any], shape: Shape, plan: Plan, detector: Detector, *, alone: bool
) -> Iterator[str]:
    """Yield the notes on a source whose ``first`` row has a shape; ``rows`` are its first rows.

    ``detector`` knows the columns that the user maps, and ``alone`` says that there is no evaluation set.
    """
    if valued := getattr(source, "valued", ()):
        from datalint.sources.readers.cells.values import columns_of_lists

        for column in columns_of_lists(valued):
            yield f'the lists in column "{excerpt(column, 40)}" are written as text, and read as lists'
    if not plan.columns:
        notes = [note for note_of in _noted(shape) if (note := note_of(first, shape, iter(rows)))]
        yield from notes
        from datalint.engine.guesses.notes.named_prompts import named_prompts

        if note := named_prompts(source.path, first, shape, iter(rows)):
            yield note
        if note := unread_texts(first, shape, iter(rows), notes):
            yield note
    else:
        from datalint.engine.guesses.notes.mapped_without_text import mapped_without_text

        if note := mapped_without_text(plan.columns, iter(rows), detector):
            yield note
    if note := split_marks(source.path, iter(rows), held=are_held_out([source], plan.kind), alone=alone):
        yield note


def _noted(shape: Shape) -> Sequence[Callable[..., str]]:
    """Return the functions that each look at the first rows of a file for something to note."""
    if shape.name in TURN_LISTS:
        return ON_TURNS
    from datalint.engine.guesses.notes_on_keys import NOTED

    return NOTED
