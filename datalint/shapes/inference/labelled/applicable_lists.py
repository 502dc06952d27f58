"""Texts with the list of what applies to each, such as the rules of a law: ``applicable_rules``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name
from datalint.support.text_lists import are_texts

#: First words of the names of lists of what somebody, or a law, holds to apply to a text.
_APPLYING: Final = frozenset("applicable applied assigned relevant matching matched violated detected required".split())


def applicable_lists(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that the list of what applies to the only text is learned; other lists sort rows."""
    used = [each for each in columns if each.holds not in FACTS and not is_about(each)]
    lists = [each for each in used if each.holds is Holds.LIST]
    applying = [each for each in lists if len(name := fold_name(each.key)) > 1 and name[0] in _APPLYING]
    texts = [each for each in used if each not in lists]
    if len(rows) < LEAST_ROWS or not len(applying) == len(texts) == 1 or texts[0].holds is not Holds.TEXT:
        return None
    values = [value for row in rows if (value := row.get(applying[0].key))]
    if not all(map(are_texts, values)) or texts[0].length <= LONG or texts[0].distinct < VARIED:
        return None
    return Guess.of({"prompt": texts[0].key, "response": applying[0].key})
