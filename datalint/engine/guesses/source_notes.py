"""The notes on a source that its first rows give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.held_out import are_held_out
from datalint.engine.guesses.notes.answered_anchors import answered_anchors
from datalint.engine.guesses.notes.asked_texts import asked_texts
from datalint.engine.guesses.notes.batches import halves_of_batches
from datalint.engine.guesses.notes.crossed_keys import crossed_turns
from datalint.engine.guesses.notes.cut_ids import cut_ids
from datalint.engine.guesses.notes.empty_instructions import empty_instructions
from datalint.engine.guesses.notes.empty_passages import empty_passages
from datalint.engine.guesses.notes.failed_outcomes import failed_outcomes
from datalint.engine.guesses.notes.framed_texts import framed_texts
from datalint.engine.guesses.notes.further_answers import further_answers
from datalint.engine.guesses.notes.joined_questions import joined_questions
from datalint.engine.guesses.notes.joining import joined_turns
from datalint.engine.guesses.notes.judged_responses import judged_responses, rejected_rows
from datalint.engine.guesses.notes.mapped_without_text import mapped_without_text
from datalint.engine.guesses.notes.missing_pictures import missing_pictures
from datalint.engine.guesses.notes.named_errors import named_errors
from datalint.engine.guesses.notes.numbered_answers import numbered_answers
from datalint.engine.guesses.notes.other_summaries import other_summaries
from datalint.engine.guesses.notes.python_values import python_values
from datalint.engine.guesses.notes.question_languages import question_languages
from datalint.engine.guesses.notes.requested_keys import requested_keys
from datalint.engine.guesses.notes.returned_objects import returned_objects
from datalint.engine.guesses.notes.second_pairs import second_pairs
from datalint.engine.guesses.notes.split_marks import split_marks
from datalint.engine.guesses.notes.sub_questions import sub_questions
from datalint.engine.guesses.notes.systems import several_systems
from datalint.engine.guesses.notes.translation_languages import translation_languages
from datalint.engine.guesses.notes.twin_labels import twin_labels
from datalint.engine.guesses.notes.undecided_labels import undecided_labels
from datalint.engine.guesses.notes.unmarked_options import unmarked_options
from datalint.engine.guesses.notes.unnamed_columns import unnamed_columns
from datalint.engine.guesses.notes.unread_answers import unread_answers
from datalint.engine.guesses.notes.unread_lists import unread_lists
from datalint.engine.guesses.notes.unread_pairs import unread_pairs
from datalint.engine.guesses.notes.unread_responses import unread_responses
from datalint.engine.guesses.notes.unread_states import unread_states
from datalint.engine.guesses.notes.written_alternatives import written_alternatives
from datalint.engine.guesses.notes.wrong_responses import wrong_responses
from datalint.engine.guesses.right_answers import differing_answers
from datalint.privacy.display import excerpt
from datalint.sources.readers.cells.values import columns_of_lists

if TYPE_CHECKING:
    from datalint.engine.guesses.first_rows import FirstRows
    from datalint.engine.plan import Plan
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.sources import Source

#: Functions that each look at the first rows of a file for something to note.
_NOTED: Final = (
    joined_turns,
    judged_responses,
    wrong_responses,
    named_errors,
    failed_outcomes,
    rejected_rows,
    several_systems,
    unread_lists,
    unread_answers,
    framed_texts,
    asked_texts,
    unread_pairs,
    undecided_labels,
    unread_responses,
    answered_anchors,
    unread_states,
    second_pairs,
    other_summaries,
    twin_labels,
    unnamed_columns,
    question_languages,
    translation_languages,
    empty_instructions,
    empty_passages,
    halves_of_batches,
    unmarked_options,
    crossed_turns,
    further_answers,
    numbered_answers,
    written_alternatives,
    python_values,
    differing_answers,
    requested_keys,
    returned_objects,
    sub_questions,
    joined_questions,
    missing_pictures,
    cut_ids,
)


def source_notes(
    source: Source, rows: FirstRows, first: dict[str, Any], shape: Shape, plan: Plan, detector: Detector, *, alone: bool
) -> Iterator[str]:
    """Yield the notes on a source whose ``first`` row has a shape; ``rows`` are its first rows.

    ``detector`` knows the columns that the user maps, and ``alone`` says that there is no evaluation set.
    """
    for column in columns_of_lists(getattr(source, "valued", ())):
        yield f'the lists in column "{excerpt(column, 40)}" are written as text, and read as lists'
    for note_of in () if plan.columns else _NOTED:
        if note := note_of(first, shape, iter(rows)):
            yield note
    if plan.columns and (note := mapped_without_text(plan.columns, iter(rows), detector)):
        yield note
    if note := split_marks(source.path, iter(rows), held=are_held_out([source], plan.kind), alone=alone):
        yield note
