"""A text and the number of its class under a name without a known meaning: ``klass``, ``y``, ``nilai``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people, shows_signs
from datalint.shapes.evidence.names import CLASS, OUTPUTS, has_word, is_about, names_speakers
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.tag_lists import are_codes
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: What rows hold next to a text and the number of its class, as facts about the text.
_FACTS: Final = frozenset((Holds.TEXT, Holds.NUMBER, Holds.LABEL, Holds.OTHER))
#: Words of the names of what is sold or offered.
_THINGS: Final = ("item", "product", "listing", "ad", "advert", "offer", "job", "vacancy")
#: The smallest number of a class, from one to the other, and the most classes.
_FIRST: Final = range(-5, 2)
_MOST: Final = 10
#: Classes from which on the numbers of those of one text are no date, number or range.
_LISTED: Final = 3
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
#: Last words of the names of numbers that say how things stand, and may be classes, and those of a score, as above.
_STATES: Final = frozenset(("status", "state", "flag", "score"))
#: Last words of the names of numbers that stand for what the words before them say.
_NUMBERS: Final = frozenset("id idx index num number code encoded int enc".split())


def of_codes(guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the only numbers next to the only text are those of its classes; else ``guess``.

    They are few whole numbers without a gap, each of them in many rows, and their name has no other meaning. Some rows
    may have several of them in order (``3,12,20``). Above the text may be its title. What is named a state or a score,
    or stands next to a text of a few words or next to other facts, is only proposed.
    """
    found = {} if guess is None else dict(guess.columns)
    if len(rows) < LEAST_ROWS or (guess is not None and guess.clear and found.keys() != {"text"}):
        return guess
    used = [each for each in columns if not _is_number_of_row(each)]
    texts = [each for each in used if each.holds is Holds.TEXT]
    listed = [each for each in used if each not in texts and _are_lists([row.get(each.key) for row in rows])]
    codes = listed or [each for each in used if each.holds is Holds.NUMBER]
    sides = _text_and_title(texts)
    if guess is None and len(texts) == len(sides) == 1:
        codes = [each for each in codes if each.binary]
        used = [*texts, *codes] if {each.holds for each in used} <= _FACTS else used
    if not sides or len(used) != len(sides) + 1 or len(codes) != 1:
        return guess
    if not all(_is_text(each) or (guess is None and names_things(each)) for each in sides):
        return guess
    named = _may_be_code(codes[0])
    if not named and (last_word(codes[0].key) not in _STATES or (guess is not None and guess.clear)):
        return guess
    keys, code = [each.key for each in sides], codes[0].key
    if not {*found.values()} <= {*keys, code} or not (listed or _are_codes([row.get(code) for row in rows])):
        return guess
    context = {"context": JOIN.join(keys[1:])} if keys[1:] else {}
    read = {"prompt": keys[0], **context, "response": code} | ({} if listed else {"category": code})
    return Guess.of(read, clear=named and guess is not None, basis="values")


def _text_and_title(texts: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the only text, or a text and its title, by their names; empty for any other texts."""
    if len(texts) != 2:
        return [*texts][:1] if len(texts) == 1 else []
    titles = [each for each in texts if strength(each.key, "heading") is Strength.WHOLE]
    bodies = [each for each in texts if each not in titles and strength(each.key, "text") is Strength.WHOLE]
    return [*bodies, *titles] if len(titles) == len(bodies) == 1 and titles[0].length < bodies[0].length else []


def _is_number_of_row(column: SampledColumn) -> bool:
    """Whether a column holds nothing, what only identifies a row, or how a platform keeps it."""
    numbered = column.holds is Holds.NUMBER and column.distinct >= VARIED
    return numbered or column.holds in (Holds.NOTHING, Holds.REFERENCE) or shows_signs(column)


def _is_text(column: SampledColumn) -> bool:
    """Whether a column holds texts that differ, and that neither a model wrote nor somebody says in a play."""
    named = is_about(column) or has_word(column.key, OUTPUTS) or strength(column.key, "response") >= Strength.HEAD
    return column.distinct >= VARIED and not named and not names_speakers(column) and not is_unnamed(column)


def names_things(column: SampledColumn) -> bool:
    """Return whether a column has names of what is sold or offered, of several words, which say what it is."""
    return column.distinct >= VARIED and column.length > LONG / 2 and has_word(column.key, _THINGS)


def _may_be_code(column: SampledColumn) -> bool:
    """Whether the name of a column of numbers says that these are classes, or nothing."""
    words = fold_name(column.key)
    if last_word(column.key) in _NUMBERS and len(words) > 1:
        return has_word(column.key, CLASS) or strength("_".join(words[:-1]), "category") >= Strength.HEAD
    named = is_about(column) or names_people(column.key) or strength(column.key, "group") >= Strength.HEAD
    return not named and use_of(column.key) in ("unknown", "learned") and _PLACES.isdisjoint(words)


def _are_lists(values: Sequence[object]) -> bool:
    """Whether values are the numbers of one class, of two and of three or more, in order, unlike parts of a number."""
    texts = [text for value in values if isinstance(value, str | int) and (text := str(value).strip())]
    sizes = {min(len(re.findall(r"\d+", text)), _LISTED) for text in texts}
    return sizes == {*range(1, _LISTED + 1)} and are_codes(texts)


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
