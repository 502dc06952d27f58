"""Notes about labels of a text that are not read, next to the one that is learned, such as how urgent a message is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.notes.sampling import MOST_KEYS, ROWS
from datalint.engine.guesses.notes.twin_labels import stem_of
from datalint.privacy.display import excerpt
from datalint.records.places import listed
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.decided_names import names_decision, names_grade

if TYPE_CHECKING:
    from datalint.shapes.evidence.sampled import SampledColumn

#: The kind of data whose responses are learned.
_KIND: Final = "sft"
#: Keys that are shown, and characters of one.
_SHOWN: Final = 3
_LONGEST: Final = 40
#: Characters of a label.
_LABEL: Final = 60
#: First letters of the names of finer classes, and such names.
_SUB: Final = "sub"
_FINER: Final = frozenset(("subcategory", "subclass", "sublabel", "subintent"))


def further_labels(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on labels that are not read, next to the labels that are learned; empty for none.

    Only names say which of the keys with few values are learned: others tell where a row is from or what it is about.
    A label that the learned ones decide, such as the group of an intent, adds nothing, and is not noted.
    """
    if shape.kind != _KIND or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    parts = fields_of(shape, first)
    learned = keys_of(parts, "response")
    read = {key for key, _ in parts}
    if not learned or not all(_is_brief(first.get(key)) for key in learned):
        return ""
    others = [key for key in first if key not in read and _may_be_further(key, learned)]
    if not others or not all(map(can_be_typed, (*read, *others))):
        return ""
    from datalint.shapes.evidence.labels import is_few
    from datalint.shapes.evidence.sampling import columns_of

    some = list(islice(rows, ROWS))
    columns = columns_of(some)
    few = {each.key for each in columns if is_few(each)}
    if not few.issuperset(learned):
        return ""
    labels = [each.key for each in columns if each.key in others and each.key in few and not _counts(each)]
    labels = [key for key in labels if _says_more(some, learned, key)]
    if not labels:
        return ""
    found = {part: JOIN.join(keys_of(parts, part)) for _, part in parts}
    option = Guess.of(found | {"response": JOIN.join((*learned, *labels)), "category": learned[0]}).option
    named = listed((f'"{excerpt(key, _LONGEST)}"' for key in labels), len(labels), _SHOWN)
    verb, article = ("is", "a label") if len(labels) == 1 else ("are", "labels")
    one = excerpt(learned[0], _LONGEST)
    return f'"{one}" is learned; {named}, which may be {article} too, {verb} not read; to learn all: {option}'


def _is_brief(value: object) -> bool:
    """Whether a value may be a label, so that names need not be looked up next to a written answer."""
    return not isinstance(value, str | list | dict) or (isinstance(value, str) and len(value) <= _LABEL)


def _may_be_further(key: str, learned: Sequence[str]) -> bool:
    """Whether a key is named as a label that may be learned in addition: no other form of a learned one."""
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    if any(stem_of(key) and stem_of(key) == stem_of(each) for each in learned):
        return False
    if any(set(words) <= set(fold_name(each)) or set(words) >= set(fold_name(each)) for each in learned):
        return _SUB in "".join(words) and "".join(words).removeprefix(_SUB) in map("".join, map(fold_name, learned))
    return names_decision(words) or ("".join(words) in _FINER and any(map(_is_category, learned)))


def _counts(column: SampledColumn) -> bool:
    """Whether a column may hold how many people gave a label, or how sure a program is."""
    from datalint.shapes.evidence.sampled import Holds
    from datalint.support.names.column_names import fold_name

    return column.holds is Holds.NUMBER and not column.binary and not names_grade(fold_name(column.key))


def _is_category(key: str) -> bool:
    from datalint.support.names.column_names import Strength, strength

    return strength(key, "category") is Strength.WHOLE


def _says_more(rows: Iterable[Mapping[str, Any]], learned: Sequence[str], key: str) -> bool:
    """Whether a key has several values next to the same learned labels."""
    found: dict[tuple[str, ...], str] = {}
    return any(
        found.setdefault(tuple(str(row.get(each)) for each in learned), str(row[key])) != str(row[key])
        for row in rows
        if row.get(key) is not None
    )
