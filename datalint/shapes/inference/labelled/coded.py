"""A text and the number of its class under a name without a known meaning: ``klass``, ``y``, ``nilai``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import CLASS, OUTPUTS, has_word, is_about, names_speakers
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: The smallest number of a class, from one to the other, and the most classes.
_FIRST: Final = range(-5, 2)
_MOST: Final = 10
#: Rows that each class has at least, and the share of them; counts of something have large values that are rare.
_ROWS: Final = 5
_SHARE: Final = 0.02
#: Numbers of bad, neutral and good, of which one may be rare: no count is below 0. Rows that each has at least.
_OPPOSED: Final = frozenset((-1, 0, 1))
_RARE: Final = 2
#: Share of the steps from a row to the next one that lead to the next number, from which on these count places.
_IN_ORDER: Final = 0.6
#: Words of the names of numbers that say where a text is from, or how often something is in it.
_PLACES: Final = frozenset(
    """page pages chapter section paragraph verse line sentence chunk part segment book volume episode season scene
    session turn round step order position offset batch fold epoch age gender sex day month hour week minute second
    duration size words chars characters sentences likes shares retweets replies comments views claps downloads
    helpful retweeted edited deleted truncated verified valid seen used active train test val dev cluster""".split()
)
#: Last words of the names of numbers that stand for what the words before them say.
_NUMBERS: Final = frozenset("id idx index num number code encoded int enc".split())


def of_codes(guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the only numbers next to the only text are those of its classes; else ``guess``.

    They are few whole numbers without a gap, each of them in many rows, and their name has no other meaning.
    """
    found = {} if guess is None else dict(guess.columns)
    if len(rows) < LEAST_ROWS or guess is None or (guess.clear and found.keys() != {"text"}):
        return guess
    used = [each for each in columns if not _is_number_of_row(each)]
    texts = [each for each in used if each.holds is Holds.TEXT]
    codes = [each for each in used if each.holds is Holds.NUMBER]
    if len(used) != 2 or len(texts) != 1 or len(codes) != 1 or not (_is_text(texts[0]) and _may_be_code(codes[0])):
        return guess
    text, code = texts[0].key, codes[0].key
    if not {*found.values()} <= {text, code} or not _are_codes([row.get(code) for row in rows]):
        return guess
    return Guess.of({"prompt": text, "response": code, "category": code}, clear=True, basis="values")


def _is_number_of_row(column: SampledColumn) -> bool:
    """Whether a column holds nothing, or what only identifies a row."""
    numbered = column.holds is Holds.NUMBER and column.distinct >= VARIED
    return numbered or column.holds in (Holds.NOTHING, Holds.REFERENCE)


def _is_text(column: SampledColumn) -> bool:
    """Whether a column holds texts that differ, and that neither a model wrote nor somebody says in a play."""
    named = is_about(column) or has_word(column.key, OUTPUTS) or strength(column.key, "response") >= Strength.HEAD
    return column.distinct >= VARIED and not named and not names_speakers(column) and not is_unnamed(column)


def _may_be_code(column: SampledColumn) -> bool:
    """Whether the name of a column of numbers says that these are classes, or nothing."""
    words = fold_name(column.key)
    if last_word(column.key) in _NUMBERS and len(words) > 1:
        return has_word(column.key, CLASS) or strength("_".join(words[:-1]), "category") >= Strength.HEAD
    named = is_about(column) or names_people(column.key) or strength(column.key, "group") >= Strength.HEAD
    return not named and use_of(column.key) in ("unknown", "learned") and _PLACES.isdisjoint(words)


def _are_codes(values: Sequence[object]) -> bool:
    numbers = [_whole(value) for value in values if value not in (None, "")]
    known = [number for number in numbers if number is not None]
    sizes = Counter(known)
    if not known or len(known) < len(numbers) or not 2 <= len(sizes) <= _MOST:
        return False
    first, last = min(sizes), max(sizes)
    least = _RARE if sizes.keys() == _OPPOSED else max(_ROWS, _SHARE * len(known))
    if first not in _FIRST or last - first >= len(sizes) or min(sizes.values()) < least:
        return False
    steps = sum(after == before + 1 for before, after in pairwise(known))
    return steps <= _IN_ORDER * len(known)


def _whole(value: object) -> int | None:
    """Return a whole number, also one that a table has as text or with ``.0``; None for anything else."""
    if isinstance(value, str):
        text = value.strip().removesuffix(".0")
        return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 2 else None
    return int(value) if isinstance(value, int | float) and -_MOST <= value <= _MOST and value == int(value) else None
