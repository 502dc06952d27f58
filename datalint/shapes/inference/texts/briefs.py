"""Slogans and the like next to what they were written for: a brand, a product, an audience, a tone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import last_word

#: Last words of the names of what is written for a brief.
_WRITTEN: Final = frozenset("slogan slogans tagline taglines motto jingle advert advertisement greeting".split())
#: Words of the names of what a brief says, and such columns at least.
_SAID: Final = tuple(
    """brand product company business persona audience recipient tone style mood theme industry occasion season
    campaign benefit feature""".split()
)
_LEAST: Final = 2


def briefs(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the slogan of a brief, whose parts stand before it in a few words each.

    What stands after it was made of it, or says how good it is.
    """
    written = [each for each in columns if last_word(each.key) in _WRITTEN and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or len(written) != 1 or written[0].distinct < VARIED:
        return None
    before = columns[: columns.index(written[0])]
    said = [each for each in before if has_word(each.key, _SAID) and each.holds in READABLE]
    others = [each for each in before if each.holds is Holds.TEXT and each not in said]
    if len(said) < _LEAST or others or not all(each.short and not each.sparse for each in said):
        return None
    return Guess.of({"prompt": JOIN.join(each.key for each in said), "response": written[0].key})
