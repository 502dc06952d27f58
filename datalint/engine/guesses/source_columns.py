"""Inference of the columns of one source from a sample of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.answer_criteria import with_contained
from datalint.engine.guesses.constants import without_constants
from datalint.engine.guesses.empty_prompts import is_emptied
from datalint.engine.guesses.facts import are_facts
from datalint.engine.guesses.failed_answers import failed_answers
from datalint.engine.guesses.first_rows import FirstRows
from datalint.engine.guesses.fuller_readings import fuller_guess
from datalint.engine.guesses.held_out import are_held_out
from datalint.engine.guesses.item_types import without_types
from datalint.engine.guesses.key_order import texts_first
from datalint.engine.guesses.missing_outputs import unanswered
from datalint.engine.guesses.notes.mapped_without_text import reads_text
from datalint.engine.guesses.references import is_tested, with_reference
from datalint.engine.guesses.right_answers import learned_right
from datalint.engine.guesses.sampling import sample, spread
from datalint.records.record import TEXT_CONTAINERS
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.key_paths import has_key
from datalint.shapes.mapped import NAMES
from datalint.support.exports import is_export
from datalint.support.names.spelling import nearest
from datalint.support.remarks import is_remark

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Share of the rows of unknown shape that must have the keys of a clear guess.
_COVERED: Final = 0.9
#: Sets of keys without a common one from which on rows have no layout.
_SETS: Final = 10
#: Rows that are looked at for a text.
_LOOKED_AT: Final = 50


def guess_columns(source: Source, detector: Detector, *, held: bool | None = None) -> Guess | None:
    """Return the columns inferred for a source; None if its first row has a known shape or nothing can be inferred.

    ``held`` says that the source is read as an evaluation set; by default, its name does.
    """
    held = are_held_out([source]) if held is None else held
    return read_columns(source, FirstRows(source), detector, held=held, asked=held)[1]


def read_columns(
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
