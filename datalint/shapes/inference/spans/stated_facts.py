"""Facts in an object, and the text that states them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess
from datalint.shapes.inference.spans.objects import are_within
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of objects of facts, or of lists of such.
_DATA: Final = frozenset(
    "data facts fact table tables record records infobox attributes fields slots cells properties".split()
)
#: Words of keys of texts that state given facts, as opposed to texts from which facts are extracted.
_SAID_OF_DATA: Final = tuple(
    """reference references verbalization verbalizations verbalisation lexicalization lexicalizations lex realization
    realizations surface target targets narrative""".split()
)
#: Names of keys of facts for a description; other values may be extracted from one.
_DESCRIBED: Final = frozenset(("facts", "fact", "table", "infobox"))


def said_facts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about an object of facts and the text that has them in its words, perhaps with a request.

    The text comes after the facts, and is named as what is written of them, such as ``reference``: facts may be found
    in any other one. A list of texts is only proposed.
    """
    # An object under "data" is no fact about the row, as its name would say elsewhere.
    data = [e for e in columns if e.holds in (Holds.LIST, Holds.OBJECT) and _DATA.issuperset(fold_name(e.key))]
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each) and each not in data]
    if len(rows) < LEAST_ROWS or len(data) != 1 or data[0].distinct < VARIED:
        return None
    names = (*_SAID_OF_DATA, "description") if _DESCRIBED.issuperset(fold_name(data[0].key)) else _SAID_OF_DATA
    said = [each for each in used if has_word(each.key, names) and columns.index(each) > columns.index(data[0])]
    said = [each for each in said if each.holds is Holds.LIST or (each.holds is Holds.TEXT and each.length > LONG)]
    if len(said) != 1 or not are_within(_flattened(rows, said[0].key), said[0].key, (data[0].key,)):
        return None
    others = [each for each in used if each not in said]
    asked = [each for each in others if max(strength(each.key, m) for m in ("prompt", "text")) is Strength.WHOLE]
    left = [each for each in others if each not in asked and each.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT)]
    if len(asked) > 1 or left or (asked and are_within(rows, asked[0].key, (data[0].key,))):
        return None
    found = {"prompt": asked[0].key, "context": data[0].key} if asked else {"prompt": data[0].key}
    return Guess.of(found | {"response": said[0].key}, clear=said[0].holds is Holds.TEXT, basis="names")


def says_facts(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the prompt of a guess is a complete object of facts, which the response states."""
    whole = said_facts(columns_of(rows), rows)
    return whole is not None and dict(whole.columns).items() <= dict(guess.columns).items()


def _flattened(rows: Sequence[Mapping[str, Any]], key: str) -> list[Mapping[str, Any]]:
    """Return rows with the first of several texts under a key."""
    firsts = ((row, row.get(key)) for row in rows)
    return [{**row, key: value[0]} if isinstance(value, list) and value else row for row, value in firsts]
