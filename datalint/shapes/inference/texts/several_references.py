"""A text with several references for it, in a list or under numbered names, as sets for evaluation have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import OUTPUTS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of references, and of the output of a system that is compared with them.
_REFERENCES: Final = frozenset(("ref", "refs", "reference", "references", "refr"))
_WRITTEN: Final = (*OUTPUTS, "hyp", "mt", "system", "candidate")
#: Names of keys of the text that references belong to, although they may be keys of the source of rows.
_SOURCES: Final = (("source",), ("src",))
_SEVERAL: Final = 2
_SEPARATORS: Final = r"[\W_]+"
#: Names of lists of what people wrote of a text, each of which is a whole answer, and words that may be before them.
_LISTED: Final = frozenset("summaries abstracts simplifications".split())
_BY_PEOPLE: Final = frozenset("human gold golden reference ref target targets expert crowd".split())
#: Share of distinct texts.
_VARIED: Final = 0.5


def listed_references(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about the only text and a list of what people wrote of it, of which the first is read; or None.

    The ``references`` of other texts than a ``source`` may be what these cite.
    """
    lists = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT) and not is_about(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT]
    texts = [each for each in texts if not is_about(each) or fold_name(each.key) in _SOURCES]
    if rows < LEAST_ROWS or len(lists) != 1 or len(texts) != 1 or any(map(is_class, columns)):
        return None
    written, asked = lists[0], texts[0]
    words = re.split(_SEPARATORS, written.key.lower())
    named = words[-1] in _LISTED or (words[-1] in _REFERENCES and fold_name(asked.key) in _SOURCES)
    if written.holds is not Holds.LIST or not named or not _BY_PEOPLE.issuperset(words[:-1]):
        return None
    made = has_word(asked.key, _WRITTEN) or strength(asked.key, "response") >= Strength.HEAD
    if made or asked.length <= LONG or asked.distinct < _VARIED or written.distinct < _VARIED or written.sparse:
        return None
    return Guess.of({"prompt": asked.key, "response": written.key}, clear=True, basis="names")


def with_references(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about the only text next to references for it, of which the first one is read; or None."""
    texts = [each for each in columns if each.holds is Holds.TEXT]
    found = [each for each in texts if not _REFERENCES.isdisjoint(fold_name(each.key)[-2:])]
    series = [each for each in found if stem(each.key) == stem(found[0].key)]
    if rows < LEAST_ROWS or len(series) < _SEVERAL or len(series) < len(found):
        return None
    others = [each for each in texts if each not in series and (not is_about(each) or fold_name(each.key) in _SOURCES)]
    if len(others) != 1 or any(map(is_class, columns)):
        return None
    asked = others[0]
    made = has_word(asked.key, _WRITTEN) or strength(asked.key, "response") >= Strength.HEAD
    if made or asked.distinct < _VARIED or series[0].distinct < _VARIED or series[0].sparse:
        return None
    return Guess.of({"prompt": asked.key, "response": series[0].key}, clear=True, basis="names")
