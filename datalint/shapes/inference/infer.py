"""Inference of the meanings of keys in rows of unknown shape, from their names and from sampled values.

A guess is clear if only one key can be the prompt and only one the response (or the text), and their values agree.
Any other guess is a proposal for the user, since a wrong guess is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.names import sorts_questions
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of
from datalint.shapes.inference.choices.listed_options import without_listed_options
from datalint.shapes.inference.conversations.single_turns import are_turns
from datalint.shapes.inference.correction import corrected
from datalint.shapes.inference.corrections import CORRECTIONS
from datalint.shapes.inference.from_columns import of_columns
from datalint.shapes.inference.from_rows import MOST_KEYS
from datalint.shapes.inference.gold_names import with_gold
from datalint.shapes.inference.named_answers import with_named_answer
from datalint.shapes.inference.proposal_limits import is_worth
from datalint.shapes.inference.several_examples import is_picked
from datalint.shapes.inference.spans.parsed_words import are_parsed_words
from datalint.shapes.inference.texts.faulty_code import without_faulty_code
from datalint.shapes.inference.texts.learned_parts import without_errors
from datalint.shapes.inference.texts.system_outputs import learns_outputs
from datalint.shapes.inference.worthy import worthy_guess
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.spelling import EXPECTED, misspelled

#: Most keys of a single row that is no file of settings, or of messages of a program.
MOST_OF_ONE: Final = 12


def infer(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the meanings of keys in rows; None if the rows show nothing that is learned.

    ``rows`` have the same keys, or nearly so; the values of more rows are better evidence.
    """
    if are_parsed_words(rows):
        return None
    guess = corrected(worthy_guess(rows), CORRECTIONS, rows)
    return None if guess is None else guess.about(rows)._replace(clear=guess.clear and _is_sure(guess, rows))


def _is_sure(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
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
    sampled = tuple(each.coarse for each in columns_of([row]) if can_be_typed(each.key))
    columns = without_errors(sampled)
    guess = None if are_turns(columns, [row]) else of_columns(columns, 1)
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    unfit = guess is not None and (is_picked(guess, [row]) or not is_worth(guess, columns, [row]))
    if unfit or any(map(checks, answers)) or (guess is not None and learns_outputs(guess, [row])):
        return None
    asked = strength(found.get("prompt", ""), "prompt") is Strength.WHOLE
    # A request that failed has no answer.
    if asked and answers and (len(columns) < len(sampled) or all(map(sorts_questions, answers))):
        return Guess.of({"prompt": found["prompt"]})
    guess = without_faulty_code(with_gold(guess, [row]), [row])
    return without_listed_options(with_named_answer(guess, [row]), [row])


def _slips(row: Mapping[str, Any], plain: Collection[str]) -> bool:
    """Whether a key misspells one of a known shape; capitals may be intended, and so may the names in ``plain``."""
    return any(key.strip().lower() != meant and key not in plain for key, meant in misspelled(row, "row"))
