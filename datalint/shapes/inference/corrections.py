"""All corrections of the first guess about rows, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.shapes.inference.better_proposals import better_proposal
from datalint.shapes.inference.choices.labels_of_options import with_options
from datalint.shapes.inference.choices.listed_options import without_listed_options
from datalint.shapes.inference.conversations.first_turns import with_first_turn
from datalint.shapes.inference.conversations.judged_talks import with_expected_verdict
from datalint.shapes.inference.conversations.last_speakers import with_answerer
from datalint.shapes.inference.conversations.questions_about_text import without_questions_about_text
from datalint.shapes.inference.correction import Correction, When
from datalint.shapes.inference.few_rows import of_few_rows
from datalint.shapes.inference.gold_names import with_gold
from datalint.shapes.inference.labelled.aspect_objects import with_aspect_object
from datalint.shapes.inference.labelled.crowd import of_crowd
from datalint.shapes.inference.labelled.decided_pairs import with_flag_of_pair
from datalint.shapes.inference.labelled.explained_flags import with_explained_flag
from datalint.shapes.inference.labelled.scored_pairs import with_either_order
from datalint.shapes.inference.layout import first_of
from datalint.shapes.inference.layouts import OTHERWISE
from datalint.shapes.inference.named_answers import with_named_answer
from datalint.shapes.inference.numbered_candidates import without_candidates
from datalint.shapes.inference.proposal_limits import is_described
from datalint.shapes.inference.registers import without_registers
from datalint.shapes.inference.rows_again import (
    by_speaker,
    next_to_records,
    of_objects,
    without_last_column,
)
from datalint.shapes.inference.several_examples import are_several, is_picked, is_versioned
from datalint.shapes.inference.sole_class import with_sole_class
from datalint.shapes.inference.spans.marked_turns import with_marks
from datalint.shapes.inference.spans.placed_columns import with_whole_text
from datalint.shapes.inference.spans.pointed_words import with_pointed
from datalint.shapes.inference.spans.quoting_objects import with_quoting_objects
from datalint.shapes.inference.texts.about_prompts import without_explanation, without_own_reasons
from datalint.shapes.inference.texts.faulty_code import without_faulty_code
from datalint.shapes.inference.texts.forms import without_forms
from datalint.shapes.inference.texts.left_out_texts import with_left_out
from datalint.shapes.inference.texts.listed_questions import about_text
from datalint.shapes.inference.texts.message_objects import with_message
from datalint.shapes.inference.texts.object_texts import with_object_texts
from datalint.shapes.inference.texts.own_answers import with_own_answer
from datalint.shapes.inference.texts.quoted_parts import without_quoted_parts
from datalint.shapes.inference.texts.reviewed_code import with_code
from datalint.shapes.inference.texts.right_versions import with_right_version
from datalint.shapes.inference.texts.surroundings import with_surroundings
from datalint.shapes.inference.texts.target_styles import made_as_wanted
from datalint.shapes.inference.texts.vocabulary import with_source, with_word
from datalint.shapes.inference.texts.whole_prompts import with_whole_prompt
from datalint.support.names.column_names import fold_name

#: Names of what checks answers, and is asked of nobody.
_RUBRICS: Final = (("criteria",), ("criterion",), ("rubric",), ("rubrics",), ("checklist",))


def otherwise(_: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a layout that would misread other rows; None for all others."""
    return first_of(OTHERWISE, columns_of(rows), rows)


def unless_undecided(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess; None if rows have several answers of which none is learned more than others, or describe one."""
    if guess is None or are_several(guess, rows) or is_picked(guess, rows) or is_described(guess, rows):
        return None
    rubric = fold_name(dict(guess.columns).get("prompt", "")) in _RUBRICS
    return None if rubric or is_versioned(guess, rows) else guess


#: All corrections. Each sees the guess that those before it returned.
CORRECTIONS: Final = (
    Correction(by_speaker, When.FOUND, "keys that name the speaker of a text are no labels of it"),
    Correction(next_to_records, When.NOT_CLEAR, "graphs and evaluations next to an example hide it"),
    Correction(without_last_column, When.NOT_CLEAR, "a last column that most rows of a table lack is a remark"),
    Correction(of_objects, When.ALWAYS, "the values in an object may say more than the keys of the row"),
    Correction(with_object_texts, When.FOUND, "of an object with facts about its only text, the text is the prompt"),
    Correction(made_as_wanted, When.FOUND, "what was wanted of a text is read, and no label of it"),
    Correction(with_explained_flag, When.FOUND, "the reason for a flag is learned with it"),
    Correction(with_flag_of_pair, When.FOUND, "a decision about two texts is learned, and not the second one"),
    Correction(otherwise, When.MISSING, "a layout that would misread other rows may be proposed for these"),
    Correction(with_word, When.FOUND, "a word is asked for its meaning, and not its reading"),
    Correction(with_source, When.FOUND, "a term is translated, and not sorted"),
    Correction(with_message, When.NOT_CLEAR, "the only message of a row is the prompt, and not its title"),
    Correction(with_left_out, When.FOUND, "a text that the answer depends on is read"),
    Correction(of_few_rows, When.UNCLEAR, "the values of a few rows show no label"),
    Correction(with_sole_class, When.ALWAYS, "the only text and its only class are an example"),
    Correction(of_crowd, When.FOUND, "workers learn nothing from what they are shown: their answers are learned"),
    Correction(with_gold, When.FOUND, "the only answer that is named as right is learned"),
    Correction(without_candidates, When.FOUND, "of numbered answers next to a reference, none is learned"),
    Correction(without_faulty_code, When.FOUND, "programs with mistakes are read to be repaired, and not learned"),
    Correction(with_right_version, When.UNCLEAR, "the right version of a text is learned, and not its label"),
    Correction(with_named_answer, When.UNCLEAR, "the only text that is named like an answer is learned"),
    Correction(with_own_answer, When.UNCLEAR, "an answer that is named like its question belongs to it"),
    Correction(without_listed_options, When.FOUND, "options are read, and none of them is learned by itself"),
    Correction(with_options, When.FOUND, "the options that a label counts are read"),
    Correction(with_whole_prompt, When.UNCLEAR, "the text that contains the prompt is the prompt"),
    Correction(without_forms, When.FOUND, "another form of the prompt is no context"),
    Correction(with_answerer, When.FOUND, "of two speakers, one has to be named as the assistant"),
    Correction(with_first_turn, When.FOUND, "what the first turn of the assistant answers is read"),
    Correction(about_text, When.FOUND, "several questions about a text are written for it"),
    Correction(without_questions_about_text, When.FOUND, "questions about one text are no conversation"),
    Correction(without_explanation, When.FOUND, "a text that explains the prompt does not answer it"),
    Correction(with_marks, When.ALWAYS, "marked turns are analysed, and not continued"),
    Correction(with_pointed, When.ALWAYS, "the words that a label is about are read"),
    Correction(with_whole_text, When.FOUND, "what is marked in a text asks for no text around it"),
    Correction(without_quoted_parts, When.FOUND, "what quotes the response is not learned again"),
    Correction(better_proposal, When.UNCLEAR, "names of titles, languages and media say more than values"),
    Correction(with_code, When.UNCLEAR, "code is read with what is said of it"),
    Correction(with_surroundings, When.FOUND, "the texts around a prompt are read"),
    Correction(without_own_reasons, When.FOUND, "what explains a response gives it away"),
    Correction(with_aspect_object, When.FOUND, "the aspect that a label is about is read"),
    Correction(with_quoting_objects, When.FOUND, "objects that quote a text are learned before a rating of it"),
    Correction(with_expected_verdict, When.FOUND, "an expected verdict on a conversation is learned"),
    Correction(without_registers, When.FOUND, "lists of prices, alphabets and glossaries ask for no fact"),
    Correction(unless_undecided, When.FOUND, "of several answers, none is learned more than the others"),
    Correction(with_either_order, When.FOUND, "either of two texts that are compared on a scale may come first"),
)
