"""Facts as triples, and the text or texts that say them, as in WebNLG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Words of the names of triples, the plainest first, and of the texts that say them.
_TRIPLES: Final = (
    "triples",
    "triple",
    "tripleset",
    "triplets",
    "triplet",
    "triplesets",
    "mtriples",
    "modifiedtripleset",
)
_SAID: Final = frozenset(
    """text texts lexicalization lexicalizations lex references reference sentence sentences verbalization
    verbalizations target targets description descriptions surface realization realizations""".split()
)
_FACTS: Final = (Holds.LIST, Holds.OBJECT, Holds.TEXT)


def triples_to_text(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about triples and what says them: it is only proposed if each row has a list of texts.

    A text comes first where the triples are what is found in it.
    """
    facts = [each for each in columns if has_word(each.key, _TRIPLES) and each.holds in _FACTS]
    facts = [each for each in facts if "modified" in fold_name(each.key)] or facts
    said = [each for each in columns if each not in facts and not is_about(each) and _is_said(each)]
    if len(rows) < LEAST_ROWS or len(facts) != 1 or len(said) != 1 or columns.index(said[0]) < columns.index(facts[0]):
        return None
    if said[0].holds is Holds.TEXT and (said[0].length <= LONG or said[0].distinct < VARIED):
        return None
    clear = said[0].holds is Holds.TEXT and facts[0].distinct >= VARIED
    return Guess.of({"prompt": facts[0].key, "response": said[0].key}, clear=clear, basis="names")


def _is_said(column: SampledColumn) -> bool:
    return column.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT) and bool(_SAID.intersection(fold_name(column.key)))
