"""Questions with options: answers that are none of these or are listed twice, and options that are equal or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.api import Alike, NamedTuple, excerpt
from datalint.rules.common.kept_rows import KeptRows, count_rows, joined_rows, kept_rows, listed_rows
from datalint.rules.common.labels.answer_faults import COMPARED, FAR, NONE, fault_of, twin_of
from datalint.rules.common.labels.answered_questions import (
    ANSWER_KEYS,
    KNOWN_KEYS,
    keys_of_series,
    options_of_rows,
)
from datalint.rules.common.labels.lost_options import are_missing, chooses, empty_options, is_chosen, places
from datalint.rules.common.labels.near_options import is_of_letter, option_difference, said_letters
from datalint.rules.common.labels.option_keys import english_keys, opened

#: Characters of an answer that is shown.
_SHOWN: Final = 60
#: What is wrong with options, next to what is wrong with an answer: two that are not the answer are the same, one is
#: empty, or there are none.
EQUAL: Final = "equal"
EMPTY: Final = "empty"
MISSING: Final = "missing"


class Fault(NamedTuple):
    """A row whose ``answer``, as it is shown, is at fault, and the ``other`` option's letter, if that is why.

    ``keys`` lead to it. Of two options that are the same, ``answer`` is what they say, and ``other`` their letters. Of
    one that is empty, ``other`` is its letter. ``differs`` is what distinguishes a long answer from the option that it
    nearly is.
    """

    row: int
    keys: tuple[str, ...]
    answer: str
    kind: str
    other: str
    differs: str = ""


#: A row, its answer, what is wrong with it, and its options.
_Odd = tuple[int, str, tuple[str, str], dict[str, str]]


class Chosen(NamedTuple):
    """How many answers under a key were compared with their options, how many are at fault, and each :class:`Fault`.

    Of answers that are the number of an option, ``zeros`` are 0. They are at fault if they count ``from_zero`` or
    ``from_one``. ``equal`` are the rows in which any two options are the same, and ``lost`` those in which options
    are empty or missing. ``far`` counts the answers that can only be meant as an option, and are none: letters, and words.
    """

    compared: int
    at_fault: int
    faults: KeptRows
    zeros: int
    from_zero: KeptRows
    from_one: KeptRows
    equal: KeptRows
    lost: KeptRows
    far: tuple[int, int]


def chosen_options(group: Alike) -> dict[str, Chosen]:
    """Return for each key of answers how they fit the options of their rows."""
    group, around = opened(group, ANSWER_KEYS)
    names = english_keys(group, KNOWN_KEYS)
    keys = [names[name] for name in ANSWER_KEYS if name in names and group.kinds(names[name]) & {str, int, list}]
    named, options = options_of_rows(group, names) if keys else ("", None)
    path = (*around, named) if named else ()
    if options is None:
        return {}
    chosen: dict[str, Chosen] = {}
    for key in keys:
        rows = list(zip(group.rows, map(_joined, group.column(key)), options, strict=True))
        words = [
            (row, value.strip(), given)
            for row, value, given in rows
            if isinstance(value, str) and value.strip() and len(value) <= COMPARED and len(given) > 1
        ]
        numbers = [(row, value, given) for row, value, given in rows if type(value) is int and len(given) > 1]
        if words or numbers:
            odd = [
                (row, said, found, given) for row, said, given in words if (found := fault_of(said, given)) is not None
            ]
            odd = _without_named(odd, group, [each for each in keys if each != key], options)
            faults = kept_rows(
                Fault(row, (key,), excerpt(said, _SHOWN), *found, _differing(said, found[0], given))
                for row, said, found, given in odd
            )
            zeros = sum(value == 0 for _, value, _ in numbers)
            zero, one = (kept_rows(_numbered(key, numbers, first)) for first in (0, 1))
            equal = kept_rows(_equal(path or (key,), [*words, *numbers]))
            own = [named] if named else keys_of_series(names)
            lost = kept_rows(_lost(group, key, own, path or (key,), options))
            letters = [len(said) == 1 for _, said, (kind, _), _ in odd if kind == FAR]
            far = (sum(letters), len(letters) - sum(letters))
            chosen[key] = Chosen(len(words) + len(numbers), len(odd), faults, zeros, zero, one, equal, lost, far)
    return chosen


def _without_named(odd: list[_Odd], group: Alike, keys: list[str], options: list[dict[str, str]]) -> list[_Odd]:
    """Return answers without those that are nearly the option whose letter another key has: they agree with it."""
    if not odd or not keys:
        return odd
    letters = said_letters(group, keys, options)
    return [
        (row, said, found, given)
        for row, said, found, given in odd
        if found[0] not in (NONE, FAR) or not is_of_letter(said, given, letters.get(row, frozenset()))
    ]


def _differing(said: str, kind: str, given: dict[str, str]) -> str:
    return option_difference(said, given) if kind in (NONE, FAR) else ""


def _lost(
    group: Alike, key: str, keys: Sequence[str], path: tuple[str, ...], options: Sequence[dict[str, str]]
) -> Iterator[Fault]:
    """Yield the rows in which an option is empty, or that have none, but an answer that chooses one."""
    own = [group.column(each) for each in keys]
    for at, (row, answer, given) in enumerate(zip(group.rows, group.column(key), options, strict=True)):
        if len(given) > 1:
            said = excerpt(str(answer).strip(), _SHOWN)
            yield from (Fault(row, path, said, EMPTY, letter) for letter in empty_options(given))
        elif not given and chooses(answer) and all(are_missing(column[at]) for column in own):
            yield Fault(row, (key,), excerpt(str(answer).strip(), _SHOWN), MISSING, "")


def _equal(path: tuple[str, ...], answered: Sequence[tuple[int, Any, dict[str, str]]]) -> Iterator[Fault]:
    """Yield the rows in which two options are the same, but not all."""
    for row, _, given in answered:
        if 1 < len(set(given.values())) < len(given):
            counts = Counter(given.values())
            text = next((each for each, count in counts.items() if count > 1 and each.strip()), None)
            if text is not None:
                letters = [label for label, other in given.items() if other == text]
                yield Fault(row, path, excerpt(text, _SHOWN), EQUAL, f"{', '.join(letters[:-1])} and {letters[-1]}")


def _numbered(key: str, numbers: Sequence[tuple[int, int, dict[str, str]]], first: int) -> Iterator[Fault]:
    """Yield the answers whose option is listed twice or is none, if numbers count from ``first``."""
    for row, value, given in numbers:
        labels = list(given)
        if 0 <= value - first < len(labels):
            found = twin_of(given, labels[value - first])
        else:
            is_none = not 0 <= value - first < places(given) and str(value) not in (*given, *given.values())
            found = (NONE, "") if is_none else None
        if found is not None:
            yield Fault(row, (key,), excerpt(str(value), _SHOWN), *found)


def add_chosen(one: dict[str, Chosen], other: dict[str, Chosen], rows: int) -> dict[str, Chosen]:
    """Add up; rows of ``other`` come ``rows`` after those of ``one``."""
    joined = dict(one)
    for key, each in other.items():
        before = joined.get(key, Chosen(0, 0, {}, 0, {}, {}, {}, {}, (0, 0)))
        faults, from_zero, from_one, equal, lost = (
            joined_rows(mine, theirs, rows)
            for mine, theirs in (
                (before.faults, each.faults),
                (before.from_zero, each.from_zero),
                (before.from_one, each.from_one),
                (before.equal, each.equal),
                (before.lost, each.lost),
            )
        )
        counts = (before.compared + each.compared, before.at_fault + each.at_fault)
        far = (before.far[0] + each.far[0], before.far[1] + each.far[1])
        joined[key] = Chosen(*counts, faults, before.zeros + each.zeros, from_zero, from_one, equal, lost, far)
    return joined


def _listed(kept: KeptRows) -> list[Fault]:
    return [Fault(*each) for each in listed_rows(kept)]


def odd_answers(chosen: Chosen, least: int, share: float, alike: int) -> list[Fault]:
    """Return the faults, if there are ``least`` answers and no more than ``share`` of them are at fault.

    One that more than ``alike`` rows have, such as "none of these", is one by design.
    """
    numbered = chosen.from_zero if chosen.zeros else chosen.from_one
    if chosen.compared < least or chosen.at_fault + count_rows(numbered) > share * chosen.compared:
        return []
    faults = [*_listed(chosen.faults), *_listed(numbered)]
    counts = Counter(fault.answer for fault in faults if fault.kind in (NONE, FAR))
    return [fault for fault in faults if counts[fault.answer] <= alike]


def far_answers(chosen: Chosen, least: int, share: float, alike: float) -> tuple[int, Fault] | None:
    """Return how many answers are no option where many are such, and the first of these; None where that is by design.

    That is where there are fewer than ``least`` answers, no more than ``share`` of them are at fault, or fewer than half are
    options. So it is where more than the share ``alike`` of such answers are the same words, as "none of these".
    """
    numbers = chosen.from_zero if chosen.zeros else chosen.from_one
    if chosen.compared < least or numbers or 2 * chosen.at_fault > chosen.compared:
        return None
    for count, are_letters in zip(chosen.far, (True, False), strict=True):
        faults = [
            fault for fault in _listed(chosen.faults) if fault.kind == FAR and (len(fault.answer) == 1) == are_letters
        ]
        if not faults or count <= share * chosen.compared:
            continue
        usual = max(Counter(fault.answer for fault in faults).values())
        if are_letters or usual <= alike * len(faults):
            return count, faults[0]
    return None


def equal_options(chosen: Chosen, least: int, share: float, alike: int) -> list[Fault]:
    """Return the rows in which two options are the same, if there are ``least`` answers and no more than ``share`` of these.

    Options that more than ``alike`` rows have twice, such as "-" in place of a fourth one, are so by design.
    """
    if chosen.compared < least or count_rows(chosen.equal) > share * chosen.compared:
        return []
    equal = _listed(chosen.equal)
    counts = Counter(fault.answer for fault in equal)
    return [fault for fault in equal if counts[fault.answer] <= alike]


def lost_options(chosen: Chosen, least: int, share: float) -> list[Fault]:
    """Return the rows in which options are empty or missing, if there are ``least`` answers and few such rows."""
    if chosen.compared < least or count_rows(chosen.lost) > share * chosen.compared:
        return []
    first = 0 if chosen.zeros else 1
    # Nothing may be what is to be put into a gap.
    return [
        fault
        for fault in _listed(chosen.lost)
        if fault.kind != EMPTY or not is_chosen(fault.other, fault.answer, first)
    ]


def _joined(value: Any) -> Any:
    """Return the letters of several right options as text."""
    are_letters = isinstance(value, list) and all(isinstance(each, str) and len(each) == 1 for each in value)
    return ", ".join(value).upper() if are_letters else value
