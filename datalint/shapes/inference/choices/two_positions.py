"""Two positions on what a text discusses, and which of them the text takes, in the words of the position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import BETTER, DESCRIPTIONS, OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.choices.series import series_of
from datalint.shapes.inference.choices.shared import WRITTEN
from datalint.support.names.column_names import Strength, fold_name, strength

#: Rows that are looked at, the share of them that must agree, and the share that takes the rarer position at least.
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9
_RARER: Final = 0.1
#: Mean characters of a position at most.
_LONGEST: Final = 200


def two_positions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, two positions in columns of one name, and the one of them that the text takes.

    The values say which column is learned, next to others that are named alike. What is said of the discussion, such as
    its title, is read next to the text.
    """
    if len(rows) < LEAST_ROWS:
        return None
    found = [
        (pair, taken)
        for name, series in series_of(columns, READABLE, least=2)
        if len(pair := [*series.values()]) == 2 and _may_be_positions(name, pair)
        for taken in columns
        if taken not in pair and taken.holds in READABLE and _takes_one(taken.key, pair, rows)
    ]
    if len(found) != 1:
        return None
    pair, taken = found[0]
    rest = [each for each in columns if each not in (*pair, taken) and each.holds in READABLE]
    texts = [each for each in rest if strength(each.key, "text") is Strength.WHOLE and not is_about(each)]
    texts = [each for each in texts if each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(texts) != 1 or any(texts[0].length <= each.length for each in (*pair, taken)):
        return None
    about = [each for each in rest if each is not texts[0] and _is_discussed(each)]
    keys = [each.key for each in (texts[0], *about, *pair, taken)]
    if not all(map(can_be_typed, keys)):
        return None
    sides = {"prompt": keys[0], "context": JOIN.join(keys[1:-1]), "response": keys[-1]}
    return Guess.of(sides, clear=True, basis="values")


def _may_be_positions(name: str, pair: Sequence[SampledColumn]) -> bool:
    """Whether two columns may be positions: none of them is what a model or an annotator wrote, by their name."""
    written = not WRITTEN.isdisjoint(fold_name(name)) or has_word(name, OUTPUTS) or names_people(name)
    return bool(name) and not written and all(each.length <= _LONGEST and not each.sparse for each in pair)


def _takes_one(key: str, pair: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all rows have one of two different texts under a key, and each of the two often enough."""
    # Of two long texts, the better one is a side of a preference; of two names, such as teams, it may win.
    if has_word(key, OUTPUTS) or (has_word(key, BETTER) and not all(each.short for each in pair)):
        return False
    given = [(str(row.get(key)), [str(row.get(each.key)) for each in pair]) for row in rows[:_ROWS]]
    places = [both.index(value) for value, both in given if value in both and both[0] != both[1]]
    return len(places) >= _NEARLY_ALL * len(given) and min(map(places.count, (0, 1))) >= _RARER * len(given)


def _is_discussed(column: SampledColumn) -> bool:
    """Whether a column says what is discussed by its name, such as a title or a description."""
    heading = strength(column.key, "heading") is Strength.WHOLE or has_word(column.key, DESCRIPTIONS)
    return heading or (strength(column.key, "context") >= Strength.HEAD and not is_about(column))
