"""Inference of the columns of one source from a sample of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.conversations import TURN_LISTS, fuller_conversation
from datalint.engine.guesses.failed_answers import failed_answers
from datalint.engine.guesses.first_rows import FirstRows
from datalint.engine.guesses.held_out import are_held_out
from datalint.engine.guesses.references import is_tested, with_reference
from datalint.engine.guesses.right_answers import learned_right
from datalint.engine.guesses.unread_rights import with_right_answer
from datalint.records.record import TEXT_CONTAINERS
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.mapped import NAMES
from datalint.support.exports import is_export
from datalint.support.remarks import is_remark

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Rows that are looked at for a text.
_LOOKED_AT: Final = 50
#: Share of these rows without a known shape from which on they are read by themselves, whatever the first one is.
_NEARLY_ALL: Final = 0.9


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
    if guess is not None and guess.clear:
        guess = _confirmed(guess, every, detector, asked=asked)
    if guess is None and (held or is_tested(first, source.path, named=named)):
        guess = with_reference(iter(every), detector)
    if guess is None and not held:
        guess = failed_answers(first, iter(every), detector) or learned_right(first, iter(every), detector)
    if guess is None:
        guess = with_right_answer(first, iter(every), detector)
    if not held:
        return first, guess
    from datalint.engine.guesses.answer_criteria import with_contained
    from datalint.engine.guesses.evaluated_rows import by_expectations
    from datalint.engine.guesses.item_types import without_types
    from datalint.engine.guesses.scripted_turns import scripted_turns

    if guess is not None and guess.clear:
        guess = without_types(guess, source.path)
    better = with_contained(iter(every), guess, detector) or by_expectations(iter(every), guess, detector)
    return first, better or guess or scripted_turns(iter(every), detector)


def _of_rows(first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector, *, asked: bool) -> Guess | None:
    """Return the columns inferred from the first row of a source and from those after it."""
    known = detector.shape(first)
    if known.name in TURN_LISTS:
        return fuller_conversation(known, first, rows, detector)
    if known is not UNKNOWN:
        from datalint.engine.guesses.fuller_readings import fuller_guess

        few = list(islice(rows, _LOOKED_AT))
        others = [row for row in few if row.keys() < first.keys() and detector.shape(row) is UNKNOWN]
        if len(others) < _NEARLY_ALL * (len(few) + 1):
            return fuller_guess(known, first, chain(few, rows), detector)
        # The first row has one more key than the others, which says nothing of them.
        first, rows = others[0], chain(others[1:], (row for row in rows if row and detector.shape(row) is UNKNOWN))
    from datalint.engine.guesses.unknown_rows import guess_unknown

    return guess_unknown(first, rows, detector, asked=asked)


def _confirmed(guess: Guess, every: FirstRows, detector: Detector, *, asked: bool) -> Guess | None:
    """Return a clear guess about the first rows, or another one if the rows after them are not like them."""
    from datalint.engine.guesses.empty_prompts import is_emptied
    from datalint.engine.guesses.sampling import spread
    from datalint.shapes.inference.separating_columns import separated_later

    if not _reads_text(guess, iter(every)):
        return guess._replace(columns=(), clear=False, basis="", over=frozenset())
    if guess.over:
        return guess
    read = list(every)
    found: Guess | None = guess
    if is_emptied(guess, read):
        # The first rows are not like the others, so rows from all parts decide.
        typical, *others = spread(read)
        found = _of_rows(typical, iter(others), detector, asked=asked)
        if found is not None and is_emptied(found, read):
            found = found._replace(columns=(), clear=False, basis="")
    return None if found is None else separated_later(found, read)


def _reads_text(guess: Guess, rows: Iterator[dict[str, Any]]) -> bool:
    """Whether any text is read of the first rows to which a guess applies; true if it applies to none of them."""
    from datalint.engine.guesses.notes.mapped_without_text import reads_text

    detector = Detector(guesses=[guess])
    found = [row for row in islice(rows, _LOOKED_AT) if row and detector.shape(row).name in NAMES]
    return not found or reads_text(found, detector)
