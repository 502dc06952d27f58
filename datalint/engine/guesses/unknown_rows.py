"""Inference of the columns of rows whose keys fit no known shape, from a sample of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.engine.guesses.constants import without_constants
from datalint.engine.guesses.facts import are_facts
from datalint.engine.guesses.key_order import texts_first
from datalint.engine.guesses.missing_outputs import unanswered
from datalint.engine.guesses.sampling import sample
from datalint.engine.guesses.typical_rows import typical_row
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.guess import Guess
from datalint.shapes.inference.translated_keys import infer, propose
from datalint.shapes.key_paths import has_key
from datalint.support.names.spelling import nearest

#: Share of the rows of unknown shape that must have the keys of a clear guess.
_COVERED: Final = 0.9
#: Sets of keys without a common one from which on rows have no layout.
_SETS: Final = 10


def guess_unknown(
    first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector, *, asked: bool
) -> Guess | None:
    """Return the columns inferred from the first row of a source, which has no known shape, and from those after it.

    ``asked`` says that the rows are meant to be prompts without a response.
    """
    sampled = [row for row in sample(first, rows) if row]
    unknown = [row for row in sampled if detector.shape(row) is UNKNOWN]
    guess = _of_most(_of_commonest_keys(unknown))
    if guess is not None and _is_slip(guess, sampled, mixed=len(unknown) < len(sampled)):
        return None
    is_all = len(unknown) == len(sampled)
    if guess is None and is_all:
        guess = unanswered(unknown, sure=asked)
    if (guess is None or not guess.clear) and is_all:
        guess = without_constants(unknown, detector) or guess
    if guess is None and is_all and 1 < len(unknown) < LEAST_ROWS:
        guess = _of_each(unknown)
    if guess is None and (len(unknown) >= LEAST_ROWS or len(sampled) == 1):
        # If all rows together give no guess, nothing is proposed for a single one of them either.
        guess = Guess((), keys=frozenset(key for row in unknown for key in row))
    if (guess is None or not guess.clear) and is_all and are_facts(unknown):
        guess = Guess((), keys=frozenset(key for row in unknown for key in row), facts=True)
    if guess is None or not guess.clear:
        common = [key for key in first if all(key in row for row in unknown)]
        if guess is not None and not common and len({frozenset(row) for row in unknown}) >= _SETS:
            return guess._replace(columns=(), varied=True)
        return guess and guess._replace(common=texts_first(common, unknown), typical=typical_row(unknown))
    covered = sum(all(has_key(row, key) for key in guess.required) for row in unknown)
    return guess._replace(clear=covered >= _COVERED * len(unknown))


def _of_each(rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the proposal for a few rows with the same keys: that of most of them, so that one message is for all.

    Without such a proposal, nothing is proposed for a single one of them either. None for rows of several layouts.
    """
    if any(row.keys() != rows[0].keys() for row in rows):
        return None
    found = [() if (guess := propose(row)) is None else guess.columns for row in rows]
    columns, count = Counter(found).most_common(1)[0]
    return Guess(columns if 2 * count > len(rows) else (), keys=frozenset(rows[0]))


def _of_commonest_keys(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with all keys of the commonest row, if these are nearly all; all rows otherwise.

    A key that a single row misspells or lacks says nothing about the others.
    """
    if len(rows) < LEAST_ROWS or all(row.keys() == rows[0].keys() for row in rows):
        return rows
    (keys, count), *_ = Counter(frozenset(row) for row in rows).most_common(1)
    return [row for row in rows if row.keys() >= keys] if count >= _COVERED * len(rows) else rows


def _of_most(rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess for rows; if it needs a key that most rows lack, the proposal from the other keys of one row."""
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
