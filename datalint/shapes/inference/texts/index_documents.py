"""Texts that are read alone: those of documents of a search index, and numbered sentences of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name

#: Names of the text of a document, as LangChain and other libraries write them.
_TEXTS: Final = (("page", "content"), ("chunk", "text"), ("document", "text"), ("chunk", "content"))
#: Columns of a table of sentences, letters of the code of a language, and the share of different numbers of rows.
_COLUMNS: Final = 3
_CODE: Final = 3
_DISTINCT: Final = 0.98


def index_documents(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to read the text of the documents of an index; None for other rows."""
    texts = [each for each in columns if tuple(fold_name(each.key)) in _TEXTS]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or texts[0].holds is not Holds.TEXT or texts[0].length < LONG:
        return None
    return Guess.of({"text": texts[0].key})


def numbered_sentences(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to read the sentences of a table without names: its number, its language and its text.

    Sentences may be shorter than other texts, as they are in files of Tatoeba.
    """
    if len(rows) < LEAST_ROWS or len(columns) != _COLUMNS or not all(map(is_unnamed, columns)):
        return None
    number, language, text = columns
    numbered = number.holds is Holds.NUMBER and number.distinct >= _DISTINCT
    same = language.distinct * len(rows) < 1.5 and 0 < language.length <= _CODE
    varied = text.holds is Holds.TEXT and text.distinct >= VARIED and text.length > LONG / 2
    return Guess.of({"text": text.key}) if numbered and same and varied else None
