"""Inference of the columns of all sources of a run, before anything is mapped, and the notes on them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.first_rows import FirstRows
from datalint.engine.guesses.held_out import are_held_out
from datalint.engine.guesses.idle_texts import idle_keys
from datalint.engine.guesses.notes.reasoning import unread_reasoning, ways_to_read
from datalint.engine.guesses.shared_traits import SharedTraits
from datalint.engine.guesses.source_columns import read_columns
from datalint.engine.guesses.source_notes import source_notes
from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.places import joined
from datalint.shapes.detect import Detector
from datalint.shapes.key_paths import has_key
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Files that a note names.
_NAMED: Final = 3
#: Keys that a note names.
_KEYS: Final = 2
#: The names that the reader gives to columns of a table without a header.
_UNNAMED: Final = lazy_pattern(r"column-\d+(?:\+column-\d+)*")


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
        first, guess = read_columns(
            source, rows, detector, held=held, asked=asked, mapped=bool(plan.columns), named=plan.kind is None
        )
        if not first:
            continue
        if guess is not None and sides and place >= len(sides[0]):
            guess = _as_trained(guess, first, found, trained)
        is_held = bool(trained) and place >= len(sides[0])
        if is_held and not plan.columns and _may_lack_answers(guess):
            from datalint.engine.guesses.unanswered_prompts import asked_alone, no_answers

            asked_for = asked_alone(first, rows, trained, detector)
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
        if key := unread_reasoning(first, shape):
            ways = "" if plan.columns else ways_to_read(key, first, shape)
            note = f'the reasoning under "{key}" is neither read nor learned{ways}'
            unread.setdefault(note, []).append(source.path)
        for note in source_notes(source, rows, first, shape, plan, detector, alone=alone):
            others.setdefault(note, []).append(source.path)
    clear = {guess: paths for guess, paths in found.items() if guess.clear and not guess.held}
    notes = [
        _note(paths, f"guessed from the {basis_of(guess)}: {guess.option}{_padded(guess)}")
        for guess, paths in clear.items()
    ]
    notes += [_note(paths, note) for note, paths in (*unread.items(), *others.items())]
    return tuple(found), notes


def _may_lack_answers(guess: Guess | None) -> bool:
    """Return whether rows may be prompts alone, next to training rows with answers.

    What is learned by its values may be next to an answer that rows of training have and these lack, and a text may be
    the prompt of one, whatever its name says.
    """
    if guess is None or not guess.clear or guess.basis == "values":
        return True
    return all(meaning in ("text", "category") for meaning, _ in guess.columns)


def _as_trained(
    guess: Guess,
    first: Mapping[str, Any],
    found: Iterable[Guess],
    trained: Iterable[tuple[Mapping[str, Any], Shape]],
) -> Guess | None:
    """Return the guess for rows of another side, of which one is ``first``: that of training rows with all of its keys.

    None if rows of training have the same keys, and a known shape: they keep it, whatever another value says.
    """
    used = next((each for each in found if each.clear and _has_all(each, first)), guess)
    is_known = any(shape.name in used.over and row.keys() == first.keys() for row, shape in trained)
    return None if is_known else used


def basis_of(guess: Guess) -> str:
    """Return the evidence for a guess: always the values if the reader generated the names, for lack of a header."""
    return "values" if all(_UNNAMED.fullmatch(keys) for _, keys in guess.columns) else guess.basis


def _padded(guess: Guess) -> str:
    """Return which keys of a guess begin or end with blanks, as its option has them."""
    padded = [key for key in guess.named if key != key.strip()]
    return f' (the name of the column "{excerpt(padded[0].strip(), 40)}" has blanks around it)' if padded else ""


def _of_one_kind(one: Guess, other: Guess) -> bool:
    if not one.columns and one.keys != other.keys:
        # A guess without columns applies only to rows with exactly these keys.
        return False
    return _without_rows(one) == _without_rows(other)


def _without_rows(guess: Guess) -> Guess:
    return guess._replace(keys=frozenset(), common=(), typical="")


def _has_all(guess: Guess, row: Mapping[str, Any]) -> bool:
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
