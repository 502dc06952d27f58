"""Inference of the columns of each source from a sample of its rows, before anything is mapped."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.core.kind import EVALUATION
from datalint.engine.guesses.answer_criteria import with_contained
from datalint.engine.guesses.constants import without_constants
from datalint.engine.guesses.empty_prompts import is_emptied
from datalint.engine.guesses.facts import are_facts
from datalint.engine.guesses.failed_answers import failed_answers
from datalint.engine.guesses.first_rows import FirstRows
from datalint.engine.guesses.fuller_readings import fuller_guess
from datalint.engine.guesses.idle_texts import idle_keys
from datalint.engine.guesses.item_types import without_types
from datalint.engine.guesses.key_order import texts_first
from datalint.engine.guesses.missing_outputs import unanswered
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
from datalint.engine.guesses.notes.mapped_without_text import mapped_without_text, reads_text
from datalint.engine.guesses.notes.missing_pictures import missing_pictures
from datalint.engine.guesses.notes.named_errors import named_errors
from datalint.engine.guesses.notes.numbered_answers import numbered_answers
from datalint.engine.guesses.notes.other_summaries import other_summaries
from datalint.engine.guesses.notes.python_values import python_values
from datalint.engine.guesses.notes.question_languages import question_languages
from datalint.engine.guesses.notes.reasoning import learning, unread_reasoning
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
from datalint.engine.guesses.references import is_tested, with_reference
from datalint.engine.guesses.right_answers import differing_answers, learned_right
from datalint.engine.guesses.sampling import sample, spread
from datalint.engine.guesses.shared_traits import SharedTraits
from datalint.engine.guesses.unanswered_prompts import asked_alone, no_answers
from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.places import joined
from datalint.records.record import TEXT_CONTAINERS
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.key_paths import has_key
from datalint.shapes.mapped import NAMES
from datalint.sources.readers.cells.values import columns_of_lists
from datalint.sources.splits import evaluation_name, with_lists
from datalint.support.exports import is_export
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.spelling import nearest
from datalint.support.remarks import is_remark

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.engine.plan import Plan
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Share of the rows of unknown shape that must have the keys of a clear guess.
_COVERED: Final = 0.9
#: Sets of keys without a common one from which on rows have no layout.
_SETS: Final = 10
#: Rows that are looked at for a text.
_LOOKED_AT: Final = 50
#: Files that a note names.
_NAMED: Final = 3
#: Keys that a note names.
_KEYS: Final = 2
#: The names that the reader gives to columns of a table without a header.
_UNNAMED: Final = lazy_pattern(r"column-\d+(?:\+column-\d+)*")
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


def with_guesses(plan: Plan, *sides: Sequence[Source]) -> tuple[Plan, list[Shown]]:
    """Return the plan with the inferred columns of rows of unknown shape, and a note on each inference that is used.

    Other notes name reasoning that is not read, and keys by which rows are not compared. If the user maps columns,
    nothing
    is inferred. If the plan or their names say that all sources are evaluation sets, the right answers in them are
    learned instead of those of the model under test. The first of ``sides`` are the training rows; others are read as
    they are if they have the same keys. If the first row of a source has a known shape, only its first rows are read.
    """
    # In a function of its own, so that its rows are freed before other rows are looked at.
    shared = SharedTraits()
    guesses, notes = _inferred(plan, sides, shared)
    others = [each for side in sides[1:] for each in side]
    idle = idle_keys(sides[0] if sides else (), others, Detector(plan.columns, guesses))
    notes += [_idle_note(idle)] if idle else []
    plan = dataclasses.replace(plan, guesses=guesses, idle_keys=idle)
    return dataclasses.replace(plan, layouts=shared.layouts, turn_marks=shared.marks), notes


def _inferred(
    plan: Plan, sides: Sequence[Sequence[Source]], shared: SharedTraits
) -> tuple[tuple[Guess, ...], list[Shown]]:
    """Return the guess for each source and the notes on it; add the traits that its first rows share to ``shared``."""
    detector = Detector(plan.columns)
    found: dict[Guess, list[str]] = {}
    unread: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    trained: list[tuple[dict[str, Any], Shape]] = []
    every = [each for side in sides for each in side]
    held, alone = are_held_out(every, plan.kind), not any(sides[1:])
    asked = held or plan.kind == "rl"
    for place, source in enumerate(every):
        rows = FirstRows(source)
        first, guess = _read(
            source, rows, detector, held=held, asked=asked, mapped=bool(plan.columns), named=plan.kind is None
        )
        if not first:
            continue
        if guess is not None and sides and place >= len(sides[0]):
            # The guess for the training rows is used for other rows too if they have all of its keys.
            guess = next((each for each in found if each.clear and _has_all(each, first)), guess)
        # What is learned by its values may be next to an answer that rows of training have, and these have not.
        unclear = not plan.columns and (guess is None or not guess.clear or guess.basis == "values")
        is_held = bool(trained) and place >= len(sides[0])
        asked_for = asked_alone(first, rows, trained, detector) if is_held and unclear else None
        if asked_for is not None:
            guess = asked_for[0]
            others.setdefault(no_answers(asked_for[1]), []).append(source.path)
        if guess is not None:
            same = next((each for each in found if _of_one_kind(each, guess)), guess)
            found.setdefault(same, []).append(source.path)
        reading = detector if guess is None else Detector(guesses=[guess], held=guess.held)
        shape = reading.shape(first)
        shared.look_at(source, rows, first, shape, reading)
        if not sides or place < len(sides[0]):
            trained.append((first, shape))
        for column in columns_of_lists(getattr(source, "valued", ())):
            note = f'the lists in column "{excerpt(column, 40)}" are written as text, and read as lists'
            others.setdefault(note, []).append(source.path)
        if key := unread_reasoning(first, shape):
            option = "" if plan.columns else learning(key, first, shape)
            note = f'the reasoning under "{key}" is neither read nor learned{option and "; to learn it: "}{option}'
            unread.setdefault(note, []).append(source.path)
        for note_of in () if plan.columns else _NOTED:
            if note := note_of(first, shape, iter(rows)):
                others.setdefault(note, []).append(source.path)
        if plan.columns and (note := mapped_without_text(plan.columns, iter(rows), detector)):
            others.setdefault(note, []).append(source.path)
        if note := split_marks(source.path, iter(rows), held=are_held_out([source], plan.kind), alone=alone):
            others.setdefault(note, []).append(source.path)
    clear = {guess: paths for guess, paths in found.items() if guess.clear and not guess.held}
    notes = [
        _note(paths, f"guessed from the {basis_of(guess)}: {guess.option}{_padded(guess)}")
        for guess, paths in clear.items()
    ]
    notes += [_note(paths, note) for note, paths in (*unread.items(), *others.items())]
    return tuple(found), notes


def basis_of(guess: Guess) -> str:
    """Return the evidence for a guess: always the values if the reader generated the names, for lack of a header."""
    return "values" if all(_UNNAMED.fullmatch(keys) for _, keys in guess.columns) else guess.basis


def _padded(guess: Guess) -> str:
    """Return which keys of a guess begin or end with blanks, as its option has them."""
    padded = [key for key in guess.named if key != key.strip()]
    return f' (the name of the column "{excerpt(padded[0].strip(), 40)}" has blanks around it)' if padded else ""


def are_held_out(sources: Sequence[Source], kind: Kind | None = None) -> bool:
    """Return whether all sources are evaluation sets: by the kind that the user names, otherwise by their names."""
    return kind == EVALUATION if kind is not None else all(map(_is_named_so, sources))


def _is_named_so(source: Source) -> bool:
    """Return whether a file, or all lists in it, have names of evaluation sets."""
    return bool(evaluation_name(with_lists(source.path, getattr(source, "held_lists", ""))))


def guess_columns(source: Source, detector: Detector, *, held: bool | None = None) -> Guess | None:
    """Return the columns inferred for a source; None if its first row has a known shape or nothing can be inferred.

    ``held`` says that the source is read as an evaluation set; by default, its name does.
    """
    held = are_held_out([source]) if held is None else held
    return _read(source, FirstRows(source), detector, held=held, asked=held)[1]


def _read(
    source: Source,
    every: FirstRows,
    detector: Detector,
    *,
    held: bool,
    asked: bool,
    mapped: bool = False,
    named: bool = True,
) -> tuple[dict[str, Any] | None, Guess | None]:
    """Return the first row of a source, None for none, and the columns inferred for it unless the user maps them.

    ``every`` are its first rows; ``asked`` says that the rows are meant to be prompts without a response, and
    ``named`` that names may say what the rows are for.
    """
    rows = iter(every) if source.container not in TEXT_CONTAINERS else iter(())
    first = next((row for row in rows if not is_remark(row)), None)
    if not first or mapped or is_export(first):
        return first, None
    guess = _of_rows(first, rows, detector, asked=asked)
    if guess is not None and guess.clear and not _reads_text(guess, iter(every)):
        guess = guess._replace(columns=(), clear=False, basis="", over=frozenset())
    if guess is not None and guess.clear and not guess.over:
        from datalint.shapes.inference.separating_columns import separated_later

        read = list(every)
        if is_emptied(guess, read):
            # The first rows are not like the others, so rows from all parts decide.
            typical, *others = spread(read)
            guess = _of_rows(typical, iter(others), detector, asked=asked)
            if guess is not None and is_emptied(guess, read):
                guess = guess._replace(columns=(), clear=False, basis="")
        if guess is not None:
            guess = separated_later(guess, read)
    if guess is None and (held or is_tested(first, source.path, named=named)):
        guess = with_reference(iter(every), detector)
    if guess is None and not held:
        guess = failed_answers(first, iter(every), detector) or learned_right(first, iter(every), detector)
    if held and guess is not None and guess.clear:
        guess = without_types(guess, source.path)
    if held and (contained := with_contained(iter(every), guess, detector)) is not None:
        return first, contained
    return first, guess


def _reads_text(guess: Guess, rows: Iterator[dict[str, Any]]) -> bool:
    """Whether any text is read of the first rows to which a guess applies; true if it applies to none of them."""
    detector = Detector(guesses=[guess])
    found = [row for row in islice(rows, _LOOKED_AT) if row and detector.shape(row).name in NAMES]
    return not found or reads_text(found, detector)


def _of_rows(first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector, *, asked: bool) -> Guess | None:
    """Return the columns inferred from the first row of a source and from those after it."""
    known = detector.shape(first)
    if known is not UNKNOWN:
        return fuller_guess(known, first, rows, detector)
    from datalint.shapes.evidence.sampled import LEAST_ROWS
    from datalint.shapes.guess import Guess

    sampled = [row for row in sample(first, rows) if row]
    unknown = [row for row in sampled if detector.shape(row) is UNKNOWN]
    guess = _of_most(_of_commonest_keys(unknown))
    if guess is not None and _is_slip(guess, sampled, mixed=len(unknown) < len(sampled)):
        return None
    if guess is None and len(unknown) == len(sampled):
        guess = unanswered(unknown, sure=asked)
    if (guess is None or not guess.clear) and len(unknown) == len(sampled):
        guess = without_constants(unknown, detector) or guess
    if guess is None and (len(unknown) >= LEAST_ROWS or len(sampled) == 1):
        # If all rows together give no guess, nothing is proposed for a single one of them either.
        guess = Guess((), keys=frozenset(key for row in unknown for key in row))
    if (guess is None or not guess.clear) and len(unknown) == len(sampled) and are_facts(unknown):
        guess = Guess((), keys=frozenset(key for row in unknown for key in row), facts=True)
    if guess is None or not guess.clear:
        from datalint.engine.guesses.typical_rows import typical_row

        common = [key for key in first if all(key in row for row in unknown)]
        if guess is not None and not common and len({frozenset(row) for row in unknown}) >= _SETS:
            return guess._replace(columns=(), varied=True)
        return guess and guess._replace(common=texts_first(common, unknown), typical=typical_row(unknown))
    covered = sum(all(has_key(row, key) for key in guess.required) for row in unknown)
    return guess._replace(clear=covered >= _COVERED * len(unknown))


def _of_commonest_keys(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with all keys of the commonest row, if these are nearly all; all rows otherwise.

    A key that a single row misspells or lacks says nothing about the others.
    """
    from datalint.shapes.evidence.sampled import LEAST_ROWS

    if len(rows) < LEAST_ROWS or all(row.keys() == rows[0].keys() for row in rows):
        return rows
    (keys, count), *_ = Counter(frozenset(row) for row in rows).most_common(1)
    return [row for row in rows if row.keys() >= keys] if count >= _COVERED * len(rows) else rows


def _of_most(rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess for rows; if it needs a key that most rows lack, the proposal from the other keys of one row."""
    from datalint.shapes.inference.translated_keys import infer, propose

    guess = infer(rows)
    if guess is None or all(2 * sum(has_key(row, key) for row in rows) > len(rows) for key in guess.required):
        return guess
    counts = Counter(key for row in rows for key in row)
    of_most = ({key: item for key, item in row.items() if 2 * counts[key] > len(rows)} for row in rows)
    other = propose(max(of_most, key=len))
    return guess if other is None else other._replace(keys=guess.keys, clear=False, basis="")


def _is_slip(guess: Guess, rows: Sequence[dict[str, Any]], *, mixed: bool) -> bool:
    """Whether a guessed key misspells a key that other rows have: then these rows are mistakes, and no layout.

    If the rows are ``mixed``, others have a known shape, so the correct key need not occur in these rows.
    """
    keys = {key for row in rows for key in row}
    return any((right := nearest(key, "row")) is not None and (mixed or right in keys) for key in guess.required)


def _of_one_kind(one: Guess, other: Guess) -> bool:
    if not one.columns and one.keys != other.keys:
        # A guess without columns applies only to rows with exactly these keys.
        return False
    return _without_rows(one) == _without_rows(other)


def _without_rows(guess: Guess) -> Guess:
    return guess._replace(keys=frozenset(), common=(), typical="")


def _has_all(guess: Guess, row: dict[str, Any]) -> bool:
    """Return whether a row has all keys that a guess names."""
    return all(has_key(row, key) for key in guess.named)


def _idle_note(keys: Sequence[str]) -> Shown:
    shown = [f'"{excerpt(key, 40)}"' for key in keys]
    named = joined(shown, _KEYS)
    words = "is ignored when rows are compared: those that differ in it alone mostly have the same answer"
    if len(keys) > 1:
        words = "are ignored when rows are compared: those that differ in them alone mostly have the same answer"
    # A name of a column with a blank at its end is another key.
    padded = next((key for key in keys if key != key.strip() and key.strip() in keys), None)
    if padded is not None:
        one, other = (f'"{excerpt(key, 40)}"' for key in (padded, padded.strip()))
        words += f"; {one} differs from {other} in blanks only: rename it if the two are one"
    return printable(f"{named} {words}")


def _note(paths: Sequence[str], text: str) -> Shown:
    # Lists of one file are sources with one path, and the old and the new file may have one name.
    names = list(dict.fromkeys(re.split(r"[/\\]", path)[-1] for path in dict.fromkeys(paths)))
    shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more files" if len(names) > _NAMED else "")
    return printable(f"{shown}: {text}")
