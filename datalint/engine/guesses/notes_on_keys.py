"""The notes on a source that its first rows give, if their texts may be under keys of their own."""

from __future__ import annotations

from typing import Final

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
from datalint.engine.guesses.notes.further_labels import further_labels
from datalint.engine.guesses.notes.joined_questions import joined_questions
from datalint.engine.guesses.notes.joining import joined_turns
from datalint.engine.guesses.notes.judged_responses import judged_responses, rejected_rows
from datalint.engine.guesses.notes.labels_of_few import labels_of_few
from datalint.engine.guesses.notes.missing_pictures import missing_pictures
from datalint.engine.guesses.notes.named_errors import named_errors
from datalint.engine.guesses.notes.numbered_answers import numbered_answers
from datalint.engine.guesses.notes.other_summaries import other_summaries
from datalint.engine.guesses.notes.python_values import python_values
from datalint.engine.guesses.notes.question_languages import question_languages
from datalint.engine.guesses.notes.requested_keys import requested_keys
from datalint.engine.guesses.notes.returned_objects import returned_objects
from datalint.engine.guesses.notes.second_pairs import second_pairs
from datalint.engine.guesses.notes.sub_questions import sub_questions
from datalint.engine.guesses.notes.systems import several_systems
from datalint.engine.guesses.notes.translation_languages import translation_languages
from datalint.engine.guesses.notes.twin_labels import twin_labels
from datalint.engine.guesses.notes.undecided_labels import undecided_labels
from datalint.engine.guesses.notes.unmarked_options import unmarked_options
from datalint.engine.guesses.notes.unnamed_columns import unnamed_columns
from datalint.engine.guesses.notes.unread_answers import unread_answers
from datalint.engine.guesses.notes.unread_expectations import unread_expectations
from datalint.engine.guesses.notes.unread_lists import unread_lists
from datalint.engine.guesses.notes.unread_numbers import unread_numbers
from datalint.engine.guesses.notes.unread_pairs import unread_pairs
from datalint.engine.guesses.notes.unread_responses import unread_responses
from datalint.engine.guesses.notes.unread_states import unread_states
from datalint.engine.guesses.notes.written_alternatives import listed_alternatives, written_alternatives
from datalint.engine.guesses.notes.wrong_responses import wrong_responses
from datalint.engine.guesses.right_answers import differing_answers

#: Functions that each look at the first rows of a file for something to note, in the order of the report.
NOTED: Final = (
    joined_turns,
    judged_responses,
    wrong_responses,
    named_errors,
    failed_outcomes,
    rejected_rows,
    several_systems,
    unread_lists,
    unread_answers,
    unread_numbers,
    labels_of_few,
    unread_expectations,
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
    further_labels,
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
    listed_alternatives,
    python_values,
    differing_answers,
    requested_keys,
    returned_objects,
    sub_questions,
    joined_questions,
    missing_pictures,
    cut_ids,
)
