"""Lists of what several people said of a text: ``[{"user": "A1", "label": "rude"}, …]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import PEOPLE
from datalint.shapes.evidence.names import CLASS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength

#: Words of the keys of who gave a label.
_PEOPLE: Final = (*PEOPLE, "user", "voter", "expert", "reviewer")
#: Rows and items of a list that are looked at, keys of an item, share of the rows with such a list, and labels at most.
_ROWS: Final = 50
_ITEMS: Final = 20
_MOST_KEYS: Final = 4
_FILLED: Final = 0.9
_MOST_LABELS: Final = 20
#: People of each text, on average at least.
_PEOPLE_OF_EACH: Final = 1.5
_VARIED: Final = 0.5
#: The key of texts that are read alone without a guess.
_TEXT: Final = "text"


def listed_raters(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and such a list, which does not decide who is right: the text is read alone.

    For a key that is read so anyway, learning the list is proposed.
    """
    lists = [each for each in columns if each.holds is Holds.OBJECT and _are_said(rows, each.key)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(lists) != 1 or len(texts) != 1 or texts[0].distinct < _VARIED:
        return None
    if strength(texts[0].key, "text") < Strength.HEAD or any(each.holds is Holds.LABEL for each in columns):
        return None
    if texts[0].key != _TEXT:
        return Guess.of({"text": texts[0].key}, clear=True, basis="values")
    return Guess.of({"prompt": _TEXT, "response": lists[0].key})


def _are_said(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether a key has lists of objects with a person and a label, of few values over all rows."""
    lists = [value for row in rows[:_ROWS] if isinstance(value := row.get(key), list) and value]
    items = [each for value in lists for each in value[:_ITEMS]]
    if len(lists) < _FILLED * len(rows[:_ROWS]) or not all(isinstance(each, dict) for each in items):
        return False
    names = {name for each in items for name in each}
    people = [name for name in names if has_word(name, _PEOPLE)]
    labels = [name for name in names if has_word(name, CLASS) and name not in people]
    if len(names) > _MOST_KEYS or len(people) != 1 or len(labels) != 1:
        return False
    # Nobody gives a text two labels: several of one person are those of its parts.
    said = [[str(each.get(people[0])) for each in value[:_ITEMS]] for value in lists]
    if any(len(set(each)) < len(each) for each in said) or len(items) < _PEOPLE_OF_EACH * len(lists):
        return False
    return 1 < len({str(each.get(labels[0])) for each in items}) <= _MOST_LABELS
