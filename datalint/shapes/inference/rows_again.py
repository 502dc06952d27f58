"""Guesses from rows in another form: without some of their keys, or from the objects in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.names import CLASS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.shapes.inference.conversations.transcript_speakers import acts_of, answering_speakers, with_speaker
from datalint.shapes.inference.example_objects import example_objects
from datalint.shapes.inference.labelled.nested_labels import with_nested_label
from datalint.shapes.inference.nested_texts import (
    are_apart,
    are_wrapped,
    asks_within,
    has_turns,
    in_languages,
    is_named,
    of_one_object,
    open_objects,
    reads_more,
)
from datalint.shapes.inference.optional import without_rare_last
from datalint.shapes.inference.sorting_answers import without_sorting
from datalint.shapes.inference.spans.object_pairs import two_objects
from datalint.shapes.inference.spans.stated_facts import says_facts
from datalint.shapes.inference.texts.graphs import without_graphs
from datalint.shapes.inference.texts.sole_texts import with_sole_texts
from datalint.shapes.inference.texts.system_outputs import without_evaluations
from datalint.shapes.inference.worthy import worthy_guess


def by_speaker(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about what is said, if keys say who says it."""
    columns = columns_of(rows)
    speakers = answering_speakers(guess, columns, rows)
    if not speakers:
        return guess
    said = [{key: value for key, value in row.items() if key not in speakers} for row in rows]
    return with_speaker(acts_of(columns_of(said), len(rows)) or worthy_guess(said), columns, rows)


def next_to_records(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess, or the proposal for the rows without their graphs, or an evaluation's keys."""
    if not (bare := without_graphs(rows) or without_evaluations(rows)):
        return guess
    other = worthy_guess(bare)
    sure = other is not None and (other.clear or has_word(dict(other.columns).get("response", ""), CLASS))
    return other._replace(clear=False) if other is not None and (sure or guess is not None) else guess


def without_last_column(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess, or the clear one for the rows of a table without their rare last columns."""
    if (bare := without_rare_last(columns_of(rows), rows)) is None:
        return guess
    other = worthy_guess(bare)
    return other if other is not None and other.clear else guess


def of_objects(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about rows, or that about the values in their objects, if it says more."""
    if (examples := example_objects(rows)) is not None:
        return examples
    nested = guess is not None and any(isinstance(row.get(dict(guess.columns).get("prompt", "")), dict) for row in rows)
    whole = guess is not None and guess.clear and nested and says_facts(guess, rows)
    if (guess is None or nested or not guess.clear) and not whole and len(rows) > 1:
        inner = of_one_object(worthy_guess(open_objects(rows)), rows)
        sure = inner is not None and inner.clear and (inner.basis == "names" or has_turns(inner, rows))
        sure = sure and inner is not None and are_apart(inner, rows) and not asks_within(inner, rows)
        proposed = guess is None and inner is not None and (is_named(inner) or are_wrapped(rows))
        if inner is not None and (sure or proposed or reads_more(inner, guess)):
            guess = inner._replace(clear=sure and len(rows) >= LEAST_ROWS)
    guess = without_sorting(with_sole_texts(with_nested_label(guess, rows), rows) or in_languages(rows), rows)
    unsure = nested and len(rows) < LEAST_ROWS and two_objects(columns_of(rows), rows) != guess
    return None if unsure else guess
