"""Names in a text, each with a flag of its own, such as whether a pronoun in the text means it: GAP's ``A-coref``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed

#: Names with a flag at least.
_LEAST: Final = 2
#: Signs between the name of a column and the words that its flag has after it.
_BETWEEN: Final = ("-", "_", " ", ".")
#: Rows that are looked at, and the share of them whose text must have a name.
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9


def flagged_names(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, parts of it, and a flag for each of these by its name; None for other rows.

    Parts of the text without a flag, such as the pronoun, are read as well.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or texts[0].distinct < VARIED:
        return None
    text = texts[0]
    parts = [each for each in columns if each is not text and _is_part(each, text, rows)]
    pairs = [(part, flag) for part in parts for flag in columns if _is_flag_of(flag, part, rows)]
    if len(pairs) < _LEAST or len({part.key for part, _ in pairs}) != len(pairs):
        return None
    if len({flag.key[len(part.key) :] for part, flag in pairs}) != 1:
        return None
    flags = [flag for _, flag in pairs]
    if not all(can_be_typed(each.key) for each in (text, *parts, *flags)):
        return None
    found = {"prompt": text.key, "context": JOIN.join(each.key for each in columns if each in parts)}
    return Guess.of(found | {"response": JOIN.join(each.key for each in flags)}, clear=True, basis="values")


def _is_part(column: SampledColumn, text: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds words of the text in nearly all rows, and not always the same ones."""
    if column.holds not in READABLE or not column.short or column.uniform:
        return False
    pairs = [(row.get(column.key), row.get(text.key)) for row in rows[:_ROWS]]
    within = sum(isinstance(one, str) and isinstance(other, str) and "" != one.strip() in other for one, other in pairs)
    return within >= _NEARLY_ALL * len(pairs)


def _is_flag_of(flag: SampledColumn, part: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column is named after another one and more, and says yes of some rows and no of others."""
    after = flag.key[len(part.key) :]
    if not flag.binary or not flag.key.startswith(part.key) or not after.startswith(_BETWEEN):
        return False
    return len({str(row.get(flag.key)).casefold() for row in rows}) > 1
