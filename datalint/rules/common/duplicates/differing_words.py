"""How near-duplicates differ from the row that they repeat, in words for a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nsmallest
from typing import Final

from datalint.api import Dataset, difference, excerpt, listed
from datalint.rules.common.responses.same_json import is_same_json
from datalint.support.word_scripts import runs_of_letters

#: Characters of what differs in all parts of two rows that are shown, in one of them, and beyond its share.
_DIFFERENCE = 160
_PART = 120
_ANSWERED = ", same prompt, another answer"
_REORDERED = ", the same words in another order"
OTHER_QUESTION: Final = ", another question with the same answer, which may be wrong"
OTHER_NUMBERS: Final = ", with other numbers, so that both may be needed"
#: A number that is no part of a word, an address, an account or a date in digits.
_NUMBER: Final = r"(?<![\w.,/:@#-])\d[\d.,]{0,30}(?![\w/:-])"
_SPARE = 12
#: Rows with the same texts whose other keys are compared, and keys and characters of one that are named.
_COMPARED: Final = 200
_KEYS: Final = 3
_NAME: Final = 30
#: Characters at the end of a question that have its mark.
_LAST: Final = 20


def differences(data: Dataset, most: int) -> dict[int, str]:
    """Return how the first ``most`` members differ from their anchors, the end of a message; one read for all.

    They are the first in the order of the file, which is the order of findings: a cluster that begins early may go on
    late, and its members would take the room of those that a reader sees first.
    """
    pairs = nsmallest(most, ((member, group.rows[0]) for group in data.near for member in group.rows[1:]))
    if not pairs:
        return {}
    rows = sorted({row for pair in pairs for row in pair})
    texts = dict(zip(rows, data.texts(rows), strict=True))
    others = dict(zip(rows, data.examples["identity"].gather(rows).to_list(), strict=True))
    alike = [pair for pair in pairs if texts[pair[0]] == texts[pair[1]] and others[pair[0]] != others[pair[1]]]
    keys = _differing_keys(data, alike[:_COMPARED])
    found: dict[int, str] = {}
    for member, anchor in pairs:
        old, new = texts[anchor], texts[member]
        parts = ((old.prompt, new.prompt), (old.response, new.response), (old.system, new.system))
        differing = _shown([(a, b) for a, b in parts if a != b])
        if not differing.strip("; ") and any(a != b for a, b in parts):
            spaced = all("".join(a.split()) == "".join(b.split()) for a, b in parts)
            differing = "only white space differs" if spaced else differing
        if not differing and others[member] != others[anchor]:
            differing = f"the texts are the same, {keys.get(member, 'the values of other keys are not')}"
        if differing:
            same = (old.prompt, old.system) == (new.prompt, new.system) and old.response != new.response
            note = _ANSWERED if same and old.prompt and not old.chosen else ""
            if same and is_same_json(old.response, new.response):
                note, differing = "", "the answers are the same JSON, with keys in another order"
            if _are_reordered(old.prompt, new.prompt):
                note = _REORDERED
            elif old.response == new.response and _asks_about_another(old.prompt, new.prompt):
                note = OTHER_QUESTION
            elif not old.prompt and _have_other_numbers(old.response, new.response):
                note = OTHER_NUMBERS
            found[member] = f"{note}: {excerpt(differing, _DIFFERENCE)}"
    return found


def _differing_keys(data: Dataset, pairs: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Return words on the keys in which rows with the same texts differ, by the first row of each pair."""
    rows = sorted({row for pair in pairs for row in pair})
    records = dict(zip(rows, data.records(rows), strict=True)) if rows else {}
    found = {}
    for member, anchor in pairs:
        old, new = records[anchor], records[member]
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        names = listed([f"'{excerpt(key, _NAME)}'" for key in keys], len(keys), _KEYS)
        if keys:
            found[member] = f"but {names} {'differs' if len(keys) == 1 else 'differ'}"
    return found


def _asks_about_another(one: str, other: str) -> bool:
    """Return whether two questions differ in a letter alone that stands for somebody or something in both."""
    mine, theirs = (runs_of_letters(text.casefold()) for text in (one, other))
    if len(mine) != len(theirs) or "?" not in one[-_LAST:] or "?" not in other[-_LAST:]:
        return False
    differing = {letter for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1] for letter in pair}
    return len(differing) == 2 and all(len(each) == 1 and each in mine and each in theirs for each in differing)


def _have_other_numbers(one: str, other: str) -> bool:
    """Return whether two texts have as many numbers, and not the same ones: "within 15 days" and "within 45 days"."""
    mine, theirs = ([each.rstrip(".,") for each in re.findall(_NUMBER, text)] for text in (one, other))
    return len(mine) == len(theirs) and mine != theirs


def _are_reordered(one: str, other: str) -> bool:
    mine, theirs = (runs_of_letters(text.casefold()) for text in (one, other))
    return mine != theirs and sorted(mine) == sorted(theirs)


def _shown(parts: Sequence[tuple[str, str]]) -> str:
    """Return the words in which parts of two rows differ; each part has its share of the room that is left."""
    shown: list[str] = []
    for index, (old, new) in enumerate(parts):
        room = (_DIFFERENCE - len("; ".join(shown))) // (len(parts) - index)
        shown.append(difference(old, new, min(_PART, room - _SPARE)))
    return "; ".join(shown)
