"""Documents of a search index, which have their text in one key next to the parts that it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of the text of a document, as LangChain and other libraries write them.
_TEXTS: Final = (("page", "content"), ("chunk", "text"), ("document", "text"), ("chunk", "content"))


def indexed(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal to read the text of the documents of an index; None for other rows."""
    texts = [each for each in columns if tuple(fold_name(each.key)) in _TEXTS]
    if rows < LEAST_ROWS or len(texts) != 1 or texts[0].holds is not Holds.TEXT or texts[0].length < LONG:
        return None
    return Guess.of({"text": texts[0].key})
