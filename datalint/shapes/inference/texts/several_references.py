"""A text with several references for it, in a list or under numbered names, as sets for evaluation have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import OUTPUTS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of references, and of the output of a system that is compared with them.
_REFERENCES: Final = frozenset(("ref", "refs", "reference", "references", "refr"))
_WRITTEN: Final = (*OUTPUTS, "hyp", "mt", "system", "candidate")
#: Names of keys of the text that references belong to, although they may be keys of the source of rows.
_SOURCES: Final = (("source",), ("src",))
_SEVERAL: Final = 2
#: Share of distinct texts.
_VARIED: Final = 0.5


def with_references(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the only text next to references for it, of which the first one is read; or None."""
    texts = [each for each in columns if each.holds is Holds.TEXT]
    found = [each for each in texts if not _REFERENCES.isdisjoint(fold_name(each.key)[-2:])]
    series = [each for each in found if stem(each.key) == stem(found[0].key)]
    if len(rows) < LEAST_ROWS or len(series) < _SEVERAL or len(series) < len(found):
        return None
    others = [each for each in texts if each not in series and (not is_about(each) or fold_name(each.key) in _SOURCES)]
    if len(others) != 1 or any(map(is_class, columns)):
        return None
    asked = others[0]
    made = has_word(asked.key, _WRITTEN) or strength(asked.key, "response") >= Strength.HEAD
    if made or asked.distinct < _VARIED or series[0].distinct < _VARIED or series[0].sparse:
        return None
    return Guess.of({"prompt": asked.key, "response": series[0].key}, clear=True, basis="names")
