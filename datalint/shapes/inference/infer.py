"""Inference of the meanings of keys in rows of unknown shape, from their names and from sampled values.

A guess is clear if only one key can be the prompt and only one the response (or the text), and their values agree.
Any other guess is a proposal for the user, since a wrong guess is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.names import CLASS, has_word, sorts_questions
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of
from datalint.shapes.inference.better_proposals import better_proposal
from datalint.shapes.inference.choices.listed_options import without_listed_options
from datalint.shapes.inference.conversations.judged_talks import with_expected_verdict
from datalint.shapes.inference.conversations.last_speakers import with_answerer
from datalint.shapes.inference.conversations.questions_about_text import without_questions_about_text
from datalint.shapes.inference.conversations.single_turns import are_turns
from datalint.shapes.inference.conversations.transcript_speakers import acts_of, answering_speakers, with_speaker
from datalint.shapes.inference.few_rows import of_few_rows
from datalint.shapes.inference.from_columns import of_columns
from datalint.shapes.inference.from_rows import MOST_KEYS, guess_of
from datalint.shapes.inference.given_answers import without_given_answer
from datalint.shapes.inference.gold_names import with_gold
from datalint.shapes.inference.labelled.aspect_objects import with_aspect_object
from datalint.shapes.inference.labelled.crowd import of_crowd
from datalint.shapes.inference.labelled.explained_flags import with_explained_flag
from datalint.shapes.inference.labelled.labels_in_texts import without_told_labels
from datalint.shapes.inference.labelled.longest_text import of_longest_text
from datalint.shapes.inference.labelled.nested_labels import with_nested_label
from datalint.shapes.inference.labelled.replies import with_labelled_reply
from datalint.shapes.inference.layout import first_of
from datalint.shapes.inference.layouts import OTHERWISE
from datalint.shapes.inference.nested_texts import (
    are_apart,
    asks_within,
    has_turns,
    in_languages,
    is_named,
    of_one_object,
    only_object,
    open_objects,
    reads_more,
    within,
)
from datalint.shapes.inference.optional import without_rare_last
from datalint.shapes.inference.proposal_limits import is_described, is_worth
from datalint.shapes.inference.registers import without_registers
from datalint.shapes.inference.several_examples import are_several, is_picked, is_versioned
from datalint.shapes.inference.sole_class import with_sole_class
from datalint.shapes.inference.sorting_answers import without_sorting
from datalint.shapes.inference.spans.extracted_values import with_sparse_part
from datalint.shapes.inference.spans.marked_turns import with_marks
from datalint.shapes.inference.spans.objects import two_objects
from datalint.shapes.inference.spans.parsed_words import are_parsed_words
from datalint.shapes.inference.spans.pointed_words import with_pointed
from datalint.shapes.inference.spans.related_arguments import with_relation
from datalint.shapes.inference.spans.stated_facts import says_facts
from datalint.shapes.inference.texts.about_prompts import without_explanation, without_own_reasons
from datalint.shapes.inference.texts.forms import without_forms
from datalint.shapes.inference.texts.graphs import without_graphs
from datalint.shapes.inference.texts.left_out_texts import with_left_out
from datalint.shapes.inference.texts.listed_questions import about_text
from datalint.shapes.inference.texts.message_objects import with_message
from datalint.shapes.inference.texts.own_answers import with_own_answer
from datalint.shapes.inference.texts.quoted_parts import without_quoted_parts
from datalint.shapes.inference.texts.scrambled_words import with_scrambled
from datalint.shapes.inference.texts.sole_texts import with_sole_texts
from datalint.shapes.inference.texts.surroundings import with_surroundings
from datalint.shapes.inference.texts.system_outputs import learns_outputs, without_evaluations
from datalint.shapes.inference.texts.target_styles import made_as_wanted
from datalint.shapes.inference.texts.vocabulary import with_source, with_word
from datalint.shapes.inference.texts.whole_prompts import with_whole_prompt
from datalint.shapes.inference.unfit_guesses import is_unfit
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.spelling import EXPECTED, misspelled

#: Most keys of a single row that is no file of settings, or of messages of a program.
MOST_OF_ONE: Final = 12
#: Names of what checks answers, and is asked of nobody.
_RUBRICS: Final = (("criteria",), ("criterion",), ("rubric",), ("rubrics",), ("checklist",))


#: Rows, and what corrects a guess about them: it returns the guess, a better one, or none.
_Rows = Sequence[Mapping[str, Any]]
_Correction = Callable[[Guess | None, _Rows], Guess | None]


def infer(rows: _Rows) -> Guess | None:
    """Return the guess about the meanings of keys in rows; None if the rows show nothing that is learned.

    ``rows`` have the same keys, or nearly so; the values of more rows are better evidence.
    """
    if are_parsed_words(rows):
        return None
    guess = _worthy(rows)
    for correct in _CORRECTIONS:
        guess = correct(guess, rows)
    return None if guess is None else guess.about(rows)._replace(clear=guess.clear and _is_sure(guess, rows))


def _worthy(rows: _Rows) -> Guess | None:
    """Return the guess about rows that is clear, or worth proposing; None for any other."""
    guess = guess_of(rows)
    if guess is None or is_unfit(guess, rows):
        return None
    if guess.clear or is_worth(guess, columns_of(rows), rows):
        return guess
    asked = without_given_answer(guess)
    return asked if asked is not None and is_worth(asked, columns_of(rows), rows) else None


def _by_speaker(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return the guess about what is said, if keys say who says it."""
    columns = columns_of(rows)
    speakers = answering_speakers(guess, columns, rows)
    if not speakers:
        return guess
    said = [{key: value for key, value in row.items() if key not in speakers} for row in rows]
    return with_speaker(acts_of(columns_of(said), len(rows)) or _worthy(said), columns, rows)


def _next_to_records(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess that is not clear, or the proposal for the rows without their graphs, or an evaluation's keys."""
    if (guess is not None and guess.clear) or not (bare := without_graphs(rows) or without_evaluations(rows)):
        return guess
    other = _worthy(bare)
    sure = other is not None and (other.clear or has_word(dict(other.columns).get("response", ""), CLASS))
    return other._replace(clear=False) if other is not None and (sure or guess is not None) else guess


def _without_rare_last(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess that is not clear, or the clear one for the rows of a table without their rare last columns."""
    if (guess is not None and guess.clear) or (bare := without_rare_last(columns_of(rows), rows)) is None:
        return guess
    other = _worthy(bare)
    return other if other is not None and other.clear else guess


def _without_told_labels(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess that is not clear, or the proposal for the rows of a table without texts that tell the label."""
    if (guess is not None and guess.clear) or (bare := without_told_labels(columns_of(rows), rows)) is None:
        return guess
    other = _worthy(bare)
    return guess if other is None else other._replace(clear=False)


def _of_objects(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess about rows, or that about the values in their objects, if it says more."""
    nested = guess is not None and any(isinstance(row.get(dict(guess.columns).get("prompt", "")), dict) for row in rows)
    whole = guess is not None and guess.clear and nested and says_facts(guess, rows)
    if (guess is None or nested or not guess.clear) and not whole and len(rows) > 1:
        inner = of_one_object(_worthy(open_objects(rows)), rows)
        sure = inner is not None and inner.clear and (inner.basis == "names" or has_turns(inner, rows))
        sure = sure and inner is not None and are_apart(inner, rows) and not asks_within(inner, rows)
        if inner is not None and (sure or (guess is None and is_named(inner)) or reads_more(inner, guess)):
            guess = inner._replace(clear=sure and len(rows) >= LEAST_ROWS)
    guess = without_sorting(with_sole_texts(with_nested_label(guess, rows), rows) or in_languages(rows), rows)
    unsure = nested and len(rows) < LEAST_ROWS and two_objects(columns_of(rows), rows) != guess
    return None if unsure else guess


def _or_of_only_object(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess; if there is none, the proposal for the object that rows consist of."""
    if guess is not None or not (key := only_object(rows)):
        return guess
    return within(_worthy([row[key] for row in rows]), key)


def _or_otherwise(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess; if there is none, the proposal for a rare layout."""
    if guess is not None:
        return guess
    return first_of(OTHERWISE, columns_of(rows), rows)


def _unless_unclear(guess: Guess | None, rows: _Rows) -> Guess | None:
    """Return a guess; None if rows have several answers of which none is learned more than others, or describe one."""
    if guess is None or are_several(guess, rows) or is_picked(guess, rows) or is_described(guess, rows):
        return None
    rubric = fold_name(dict(guess.columns).get("prompt", "")) in _RUBRICS
    return None if rubric or is_versioned(guess, rows) else guess


#: What corrects the first guess about rows, in this order: each relies on those before it.
_CORRECTIONS: Final[tuple[_Correction, ...]] = (
    _by_speaker,
    _next_to_records,
    _without_rare_last,
    _without_told_labels,
    _of_objects,
    _or_of_only_object,
    of_longest_text,
    made_as_wanted,
    with_explained_flag,
    with_sparse_part,
    with_relation,
    _or_otherwise,
    with_word,
    with_source,
    with_message,
    with_left_out,
    of_few_rows,
    with_sole_class,
    with_labelled_reply,
    of_crowd,
    with_gold,
    with_own_answer,
    without_listed_options,
    with_whole_prompt,
    without_forms,
    with_answerer,
    about_text,
    without_questions_about_text,
    without_explanation,
    with_marks,
    with_pointed,
    without_quoted_parts,
    with_scrambled,
    better_proposal,
    with_surroundings,
    without_own_reasons,
    with_aspect_object,
    with_expected_verdict,
    without_registers,
    _unless_unclear,
)


def _is_sure(guess: Guess, rows: _Rows) -> bool:
    """Whether no key may be a misspelled one of a known shape, and a single row is no file of settings."""
    # Next to a key that trainers expect, a plural is a misspelling; other rows do not use the names of trainers.
    theirs = any(key in EXPECTED["row"] for _, key in guess.columns)
    sides = [pair for pair in guess.columns if pair[0] in ("prompt", "response") and not theirs]
    plain = {key for meaning, key in sides if strength(key, meaning) is Strength.WHOLE}
    if "messages" not in dict(guess.columns) and any(_slips(row, plain) for row in rows):
        return False
    return len(rows) > 1 or len(rows[0]) <= MOST_OF_ONE


def propose(row: Mapping[str, Any]) -> Guess | None:
    """Return the guess about a single row, which is the same for all rows with such values."""
    if len(row) > MOST_KEYS:
        return None
    columns = tuple(each.coarse for each in columns_of([row]) if can_be_typed(each.key))
    guess = None if are_turns(columns, [row]) else of_columns(columns, 1)
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    unfit = guess is not None and (is_picked(guess, [row]) or not is_worth(guess, columns, [row]))
    if unfit or any(map(checks, answers)) or (guess is not None and learns_outputs(guess, [row])):
        return None
    if strength(found.get("prompt", ""), "prompt") is Strength.WHOLE and answers and all(map(sorts_questions, answers)):
        return Guess.of({"prompt": found["prompt"]})
    return without_listed_options(with_gold(guess, [row]), [row])


def _slips(row: Mapping[str, Any], plain: Collection[str]) -> bool:
    """Whether a key misspells one of a known shape; capitals may be intended, and so may the names in ``plain``."""
    return any(key.strip().lower() != meant and key not in plain for key, meant in misspelled(row, "row"))
