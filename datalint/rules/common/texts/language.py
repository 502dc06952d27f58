"""Languages of rows: which rows a cheap search suspects, and what identification says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset
from datalint.languages.identify import NAMES, Identified, identify
from datalint.languages.words import ASKING, WORDS
from datalint.rules.common.texts.programs import is_program

__all__ = [
    "LEAST",
    "Identified",
    "asks",
    "english",
    "has_words_of",
    "identified",
    "language_code",
    "language_of",
    "same_language",
    "says",
    "share_no_words",
    "speaks_of_languages",
    "writes",
    "writes_another",
]

#: Bytes from which a text is looked at: a sentence.
LEAST: Final = 40
#: The share of letters in the main script of a text that is compared.
_SCRIPT_SHARE: Final = 0.8
#: Function words of a text in Latin letters, without which its language is a guess of the model, and the probability
#: from which one is enough.
_FUNCTION_WORDS: Final = 2
_CERTAIN: Final = 0.99
#: Rows that are read again at a time.
_BLOCK: Final = 200
#: Strings in one search: with more, another automaton takes five times as long.
_AT_ONCE: Final = 100


#: Codes by codes and English names of the languages whose function words are known.
_CODES: Final = {name: code for code in WORDS for name in (code, *NAMES.get(code, code).lower().split(" or "))}
_NAME_CHARS: Final = 30
#: Languages that are written alike, or of which one is often identified as the other in a sentence.
_SIMILAR: Final = (
    frozenset("da no nb nn sv".split()), frozenset("id ms".split()), frozenset("cs sk".split()),
    frozenset("hr sr bs sl mk bg".split()), frozenset("pt gl es".split()), frozenset("ru uk be bg".split()),
    frozenset("zh ja ko".split()), frozenset("fa ar ur ps".split()), frozenset("hi mr ne".split()),
    frozenset("nl af".split()), frozenset("tr az".split()),
)  # fmt: skip


def has_words_of(code: str, text: str) -> bool:
    """Return whether a text has a function word of a language."""
    return any(word in text for word in WORDS[code])


def writes(code: str, text: pl.Expr) -> pl.Expr:
    """Return whether a text has a function word of a language."""
    return text.str.contains_any(list(WORDS[code]))


def writes_another(text: pl.Expr) -> pl.Expr:
    """Return whether a text has a function word of a language other than English."""
    words = (word for code, words in WORDS.items() if code != "en" for word in words)
    return _has_any(text, tuple(dict.fromkeys(words)))


def share_no_words(one: Iterable[str], other: Iterable[str]) -> list[bool]:
    """Return for each pair of texts whether there is no language of which both have a function word."""
    order = list(WORDS)
    found = []
    for pair in zip(one, other, strict=True):
        shared = next((code for code in order if all(any(word in text for word in WORDS[code]) for text in pair)), None)
        found.append(shared is None)
        if shared is not None and shared != order[0]:
            # Most rows of a file are in one language, which is tried first.
            order.remove(shared)
            order.insert(0, shared)
    return found


def asks(text: pl.Expr) -> pl.Expr:
    """Return whether a text speaks of languages or of translation."""
    return _has_any(text, ASKING)


def english(chunk: Chunk) -> pl.DataFrame:
    """Return for each example whether its ``prompt`` and its ``response`` have a function word of English."""
    return chunk.examples.select(writes("en", pl.col("prompt", "response")))


def identified(
    data: Dataset, rows: Sequence[int], least: int
) -> Iterator[tuple[int, Identified | None, Identified | None]]:
    """Yield each row with the languages of its prompt and of its response; rows are read a block at a time."""
    for at in range(0, len(rows), _BLOCK):
        block = rows[at : at + _BLOCK]
        for row, text in zip(block, data.texts(block), strict=True):
            yield row, language_of(text.prompt, least), language_of(text.response, least)


def speaks_of_languages(text: str) -> bool:
    """Return whether a text speaks of languages or of translation, as :func:`asks` does for a column."""
    return any(word in text for word in ASKING)


def language_of(text: str, least: int) -> Identified | None:
    """Return the language of a text; None for code, queries and data, and for Latin letters without its function words.

    Hindi that is written in Latin letters has none of these.
    """
    if is_program(text):
        return None
    found = identify(text, least, _SCRIPT_SHARE)
    if found is None or found.script != "Latin" or found.code == "en":
        return found
    least = 1 if found.probability >= _CERTAIN else _FUNCTION_WORDS
    return found if sum(word in text for word in WORDS.get(found.group, ())) >= least else None


def language_code(value: str) -> str:
    """Return the code of a language by its code or English name (``pt-BR``, ``German``); empty for another value."""
    code = value[:_NAME_CHARS].strip().lower().replace("_", "-")
    code = code if code in _CODES else code.partition("-")[0]
    return _CODES.get(code, "")


def says(code: str) -> str:
    """Return the English name of a language."""
    return NAMES.get(code, code)


def same_language(one: str, other: str) -> bool:
    """Return whether two codes are of one language or of similar ones."""
    return one == other or any(one in group and other in group for group in _SIMILAR)


def _has_any(text: pl.Expr, strings: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(
        text.str.contains_any(list(strings[at : at + _AT_ONCE])) for at in range(0, len(strings), _AT_ONCE)
    )
