"""The guess from rows: what their values say together, and then what each column says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_logged, named_as
from datalint.shapes.evidence.relations import related
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.categories import category_of, with_category
from datalint.shapes.inference.choices.answer_columns import picked_instead
from datalint.shapes.inference.choices.choices import with_choices
from datalint.shapes.inference.conversations.earlier_turns import with_earlier_turns
from datalint.shapes.inference.conversations.rendered_templates import rendered_conversation
from datalint.shapes.inference.conversations.single_turns import are_turns
from datalint.shapes.inference.conversations.user_tasks import without_user_tasks
from datalint.shapes.inference.copied_columns import without_copies
from datalint.shapes.inference.correction import Correction, When, corrected
from datalint.shapes.inference.excluded_columns import (
    is_rival,
    without_markup,
    without_missing,
    without_own,
    without_pieces,
    without_seeds,
)
from datalint.shapes.inference.from_columns import with_answers, without_parts
from datalint.shapes.inference.labelled.class_codes import with_coded_name
from datalint.shapes.inference.labelled.class_numbers import of_codes
from datalint.shapes.inference.labelled.class_votes import votes_of_classes
from datalint.shapes.inference.labelled.judged_texts import graded_by_key
from datalint.shapes.inference.labelled.labelled_pairs import of_labelled_pair, with_hypothesis
from datalint.shapes.inference.labelled.mean_ratings import without_averaged
from datalint.shapes.inference.labelled.numbered_labels import with_numbered_labels
from datalint.shapes.inference.labelled.numbered_things import with_numbered_things
from datalint.shapes.inference.labelled.part_lists import without_part_lists
from datalint.shapes.inference.labelled.predicted_labels import predicted_from
from datalint.shapes.inference.labelled.preprocessed_copies import without_processed
from datalint.shapes.inference.labelled.raters import by_votes, decided_from
from datalint.shapes.inference.labelled.ratings import of_rated_again
from datalint.shapes.inference.labelled.repeated_codes import with_repeated_codes
from datalint.shapes.inference.labelled.text_sources import without_origins
from datalint.shapes.inference.labelled.translated_pairs import without_translated
from datalint.shapes.inference.layouts import of_layout
from datalint.shapes.inference.optional import without_optional
from datalint.shapes.inference.renamed_keys import of_known_shape
from datalint.shapes.inference.separating_columns import with_separating_column
from datalint.shapes.inference.spans.extracted_values import extracted_values
from datalint.shapes.inference.spans.objects import attributes, with_arguments
from datalint.shapes.inference.texts.api_records import without_api_records
from datalint.shapes.inference.texts.conclusions import conclusions
from datalint.shapes.inference.texts.contexts import with_contexts
from datalint.shapes.inference.texts.critiques import as_critic
from datalint.shapes.inference.texts.diagnoses import asks_about_log, diagnoses, with_log
from datalint.shapes.inference.texts.learned_parts import (
    evaluated_prompts,
    without_errors,
    without_routes,
    without_tests,
)
from datalint.shapes.inference.texts.model_predictions import predicted_programs
from datalint.shapes.inference.texts.named_texts import with_texts
from datalint.shapes.inference.texts.previous_turns import earlier_turns
from datalint.shapes.inference.texts.probes import probes
from datalint.shapes.inference.texts.query_parts import without_query_parts
from datalint.shapes.inference.texts.rag_contexts import without_rag_contexts
from datalint.shapes.inference.texts.versions import in_versions
from datalint.shapes.inference.writer_columns import rated_by_writers, without_writers
from datalint.shapes.side_keys import prefer_media

#: Most keys of a row that can be names, but for flags: more are data themselves. Most keys of all rows together.
MOST_KEYS: Final = 64
_MOST_COLUMNS: Final = 4 * MOST_KEYS


def guess_of(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows, which may be unclear or not worth proposing; None if they show nothing."""
    # Checked first, as each row of a file may have keys of its own.
    keys = {key for row in rows for key in row}
    if len(keys) > _MOST_COLUMNS or prefer_media(keys):
        return None
    sampled: Sequence[SampledColumn] = columns_of(rows)
    for leave_out in _REPEATING:
        sampled = leave_out(sampled, rows)
    if (whole := rendered_conversation(sampled, rows)) is not None:
        return _of_rendered(whole, rows)
    if voted := by_votes(sampled, rows) or probes(tuple(sampled), rows):
        return voted
    if (asked := evaluated_prompts(sampled, rows)) is not None:
        return with_category(asked, tuple(sampled), rows)
    decided = decided_from(sampled, rows) or votes_of_classes(sampled, rows)
    if others := decided or predicted_from(sampled, rows) or predicted_programs(sampled, rows):
        return guess_of([{key: value for key, value in row.items() if key not in others} for row in rows])
    columns = _of_examples(sampled, rows)
    if not columns or sum(not each.binary for each in columns) > MOST_KEYS or are_turns(columns, rows):
        return None
    if (rated := rated_by_writers(columns, rows)) is not None:
        return with_contexts(rated, columns, rows)
    return _next_to_logs(tuple(without_writers(columns)), rows)


#: What leaves out columns that say again, or of several people, what another column says, or tell of a conversation; in
#: this order.
_REPEATING: Final = (
    without_api_records,
    without_averaged,
    without_copies,
    without_part_lists,
    without_pieces,
    without_processed,
    without_user_tasks,
)


def _of_examples(sampled: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> tuple[SampledColumn, ...]:
    """Return the columns that say something of an example; none if the option cannot name one of their texts."""
    found = related(sampled, rows)
    columns = tuple(each for each in without_own(found) if can_be_typed(each.key))
    if any(each.holds is Holds.TEXT and JOIN in each.key for each in found if each not in columns):
        return ()
    columns = tuple(without_seeds(without_optional(without_markup(columns, rows), rows)))
    columns = tuple(without_rag_contexts(columns))
    columns = without_translated(without_query_parts(with_texts(columns, rows)))
    return without_errors(without_routes(without_tests(columns)))


def _next_to_logs(columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows without what programs logged; with it if nothing else is there, or is learned."""
    plain = tuple(each for each in columns if not is_logged(each) or any(each.key == other.edits for other in columns))
    guess = with_separating_column(with_arguments(_of_rows(rows, plain), plain), plain, rows) if plain else None
    if (logged := diagnoses(guess, columns, len(rows))) is not None:
        return logged
    if len(plain) == len(columns):
        return guess or conclusions(plain, len(rows))
    if guess is not None and any(is_rival(each, guess, plain) for each in columns if each not in plain):
        guess = None
    if guess is None or dict(guess.columns).keys() <= {"prompt", "system", "category"}:
        guess = guess or _of_rows(rows, columns)
        return guess._replace(clear=asks_about_log(guess, columns, len(rows))) if guess is not None else None
    return with_log(guess, columns)


def _of_rendered(whole: str, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows with a conversation as one text: its parts, if these are clear, or the text."""
    guess = guess_of([{key: value for key, value in row.items() if key != whole} for row in rows])
    if guess is not None and guess.clear and guess.basis == "names":
        found = dict(guess.columns)
        if {"prompt", "response"} <= found.keys() or "messages" in found or "chosen" in found:
            return guess
    others = [each for each in columns_of(rows) if each.key != whole]
    more = category_of(named_as(others, "category") + named_as(others, "group"), {"text": whole}, len(rows), clear=True)
    return Guess.of({"text": whole} | more, clear=can_be_typed(whole), basis="values")


def _of_rows(rows: Sequence[Mapping[str, Any]], columns: tuple[SampledColumn, ...]) -> Guess | None:
    """Return the guess about rows, from what their values say together, or else from what each column says."""
    guess = with_choices(columns, rows) or graded_by_key(columns, len(rows))
    guess = guess or of_known_shape(rows) or of_layout(columns, rows)
    guess = picked_instead(guess, columns, rows)
    if guess is None:
        return _of_each_column(columns, rows)
    return as_critic(with_category(guess, columns, rows), columns, rows)


def _of_each_column(columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    before = earlier_turns(columns)
    said = [each for each in columns if each not in before]
    guess = without_parts(tuple(without_missing(said, rows)), rows)
    if before and guess is not None and "response" not in dict(guess.columns):
        return None
    if (versions := in_versions(guess, columns, rows)) is not None:
        return versions
    guess = guess if guess is not None and guess.clear else attributes(columns, rows) or guess
    return corrected(guess, OF_EACH_COLUMN, columns, rows)


#: Corrections of a guess that is made from what each column says. Each sees what those before it returned.
OF_EACH_COLUMN: Final = (
    Correction(with_answers, When.FOUND, "an object that has all answers is learned, and what checks them is not"),
    Correction(of_labelled_pair, When.ALWAYS, "a label may say which answers are right"),
    Correction(with_hypothesis, When.FOUND, "a relation of two sentences is learned from both"),
    Correction(with_numbered_things, When.FOUND, "a class of two things is learned from all of their texts"),
    Correction(with_numbered_labels, When.FOUND, "numbered labels of several questions are learned together"),
    Correction(of_codes, When.ALWAYS, "a few whole numbers next to the only text are its classes"),
    Correction(with_repeated_codes, When.ALWAYS, "numbers that repeat next to the only text may be its classes"),
    Correction(without_origins, When.FOUND, "labels that say where a text is from are not learned"),
    Correction(of_rated_again, When.FOUND, "pairs that several people rated are there for the ratings"),
    Correction(with_coded_name, When.FOUND, "a name with a code of its own is learned, and not where the text stands"),
    Correction(with_contexts, When.FOUND, "a prompt is read with all of its contexts"),
    Correction(with_earlier_turns, When.FOUND, "the messages before a prompt are read"),
    Correction(as_critic, When.FOUND, "a critique of the response is learned"),
    Correction(extracted_values, When.ALWAYS, "the parts of the only text are what is extracted from it"),
)
