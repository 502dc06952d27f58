"""Texts with the language that each is written in, from which a model learns to identify languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.language_codes import ISO_639_1, OF_FILES, WHOLE
from datalint.support.names.language_names import LANGUAGE_NAMES

#: Names of the language of a text, and of the number or the part of a dataset of a row.
_LANGUAGES: Final = (("language",), ("languages",), ("lang",), ("text", "language"), ("language", "label"))
_OF_ROWS: Final = (("id",), ("index",), ("idx",), ("split",), ("",), ())
#: Words of the names of copies that a program made of a text.
_CLEANED: Final = ("clean", "cleaned", "cleantext", "processed", "preprocessed", "normalized", "normalised")
#: Characters of a text on average from which on it is a document of a corpus, which languages sort.
_DOCUMENT: Final = 500
#: Share of the different values that must name languages.
_NAMED: Final = 0.5


def names_language(key: str) -> bool:
    """Return whether a key holds the language of a text by its name."""
    return fold_name(key) in _LANGUAGES


def language_identification(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about short texts with their languages; None where rows hold anything else, or one language.

    A text that may be of several languages has a list of them.
    Next to a prompt, a response or another label, and in a corpus of documents, the language sorts the rows.
    """
    languages = [each for each in columns if names_language(each.key) and each.holds in (Holds.LABEL, Holds.LIST)]
    if len(rows) < LEAST_ROWS or len(languages) != 1 or languages[0].uniform:
        return None
    others = [each for each in columns if each is not languages[0] and not _is_of_rows(each)]
    texts = [each for each in others if not has_word(each.key, _CLEANED)] if len(others) > 1 else others
    if len(texts) != 1 or any(each.holds is not Holds.TEXT for each in others):
        return None
    text, label = texts[0], languages[0].key
    named = strength(text.key, "text") >= Strength.HEAD and strength(text.key, "prompt") < Strength.WHOLE
    if not named or text.distinct < VARIED or text.length >= _DOCUMENT or text.code or text.spoken:
        return None
    given = [row.get(label) for row in rows]
    named_in = [str(item) for value in given for item in (value if isinstance(value, list) else [value])]
    values = {each.strip().casefold() for each in named_in} - {"", "none", "nan"}
    if len(values) < 2 or sum(map(_is_language, values)) < _NAMED * len(values):
        return None
    return Guess.of({"prompt": text.key, "response": label, "category": label}, clear=True, basis="names")


def _is_of_rows(column: SampledColumn) -> bool:
    return column.holds is Holds.NOTHING or fold_name(column.key) in _OF_ROWS or is_unnamed(column)


def _is_language(value: str) -> bool:
    """Whether a value in lower case is a language, perhaps with its script or country, as ``pt-br`` is."""
    first = re.split(r"[\W_]", value, maxsplit=1)[0]
    return first in LANGUAGE_NAMES or first in WHOLE or first in ISO_639_1 or first in OF_FILES
