"""Variants of short texts with a label, as data on intents collects them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from datalint.api import Dataset
from datalint.support.duplicates import has_more

#: Shapes of texts with a label, characters of a text and of a label at most, and rows for each label at least.
_LABELLED: Final = ("text-label", "mapped")
_CHARS: Final = 60
_LABEL: Final = 40
_ROWS: Final = 20
#: Similarity from which two texts may differ in a sign rather than in a word.
_SAME: Final = 0.9
#: Share of the rows from which on variants are what the data collects (of judged files, those with 3 to 10 % of them have
#: no variant worth a finding of its own); rows from which on variants of it, or those in words of politeness, are one
#: finding; and how many are read.
_SHARE: Final = 0.03
_LEAST: Final = 20
_READ: Final = 10_000
#: Words by which people ask for something more or less politely, and words around them.
_POLITE: Final = frozenset(
    """please pls plz kindly now hey hi hello ok okay thanks thank can could would will can't couldn't won't
    bitte jetzt danke hallo kannst kann könntest könnten würdest s'il plaît maintenant merci bonjour peux pouvez
    pourrais pourriez favor ahora gracias hola puedes puede podrías podría agora obrigado obrigada olá pode poderia
    adesso grazie ciao puoi potresti potrebbe tolong sekarang bisa bisakah lütfen şimdi пожалуйста сейчас привет""".split()
)
_AROUND: Final = frozenset(
    """you i i'd like me for to just go ahead and du sie mir mal te vous me moi por te tu lo você me mi per kamu bana
    мне ты вы""".split()
)
_WORD: Final = r"[^\W\d_]+(?:['’][^\W\d_]+)?"


def variants_of_utterances(data: Dataset) -> frozenset[int]:
    """Return the rows with a short text of their anchor in other words and with its label, if these are very many.

    If they are not, those that differ in words of politeness alone are returned, if these are many.
    """
    pairs, alike = (
        [
            (member, group.rows[0])
            for group in data.near
            for member, similarity in zip(group.rows[1:], group.similarities[1:], strict=True)
            if (similarity < _SAME) is differs
        ]
        for differs in (True, False)
    )
    if len(pairs) < _LEAST:
        return frozenset()
    if has_more(data.examples["response_hash"], data.size // _ROWS):
        return frozenset()
    short = data.examples.select(
        "response_hash",
        pl.col("shape").is_in(_LABELLED)
        & pl.col("prompt_chars").is_between(1, _CHARS)
        & pl.col("response_chars").is_between(1, _LABEL),
    )
    brief, label = short["shape"].to_list(), short["response_hash"].to_list()
    found, similar = (
        [pair for pair in some if all(brief[row] for row in pair) and label[pair[0]] == label[pair[1]]]
        for some in (pairs, alike)
    )
    if len(found) >= _SHARE * data.size:
        found += _differing(data, similar, bool)
    else:
        found = _differing(data, found, _is_polite) if len(found) >= _LEAST else []
    return frozenset(row for row, _ in found) if len(found) >= _LEAST else frozenset()


def _differing(
    data: Dataset, pairs: Sequence[tuple[int, int]], wanted: Callable[[frozenset[str]], bool]
) -> list[tuple[int, int]]:
    """Return the pairs, of the first ones, in which the words that only one of the texts has are ``wanted``."""
    pairs = sorted(pairs)[:_READ]
    rows = sorted({row for pair in pairs for row in pair})
    words = {row: _words(text.prompt) for row, text in zip(rows, data.texts(rows), strict=True)} if rows else {}
    return [(one, other) for one, other in pairs if wanted(words[one] ^ words[other])]


def _is_polite(differing: frozenset[str]) -> bool:
    return differing <= _POLITE | _AROUND and not differing.isdisjoint(_POLITE)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(_WORD, text.casefold().replace("’", "'")))
