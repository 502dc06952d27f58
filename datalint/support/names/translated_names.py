"""The words of column names of other languages in English."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Languages whose adjectives and genitives follow their noun: ``resposta_esperada`` is an expected answer.
_NOUNS_FIRST: Final = frozenset("fr es pt it ro ca vi id ar fa he th sw km lo".split())
#: Languages that write compounds as one word, of which the last part says what it is: ``kundenanfrage`` is a request.
_COMPOUNDS: Final = ("de", "nl", "sv", "da", "no")
_SHORTEST: Final = 5
_MARK: Final = "*"
#: Words that are one name, at most, and their letters, at least.
_MOST_JOINED: Final = 3
_LEAST_JOINED: Final = 7
#: Words between the parts of a name that say nothing of it.
_BETWEEN: Final = frozenset("de del la le les du des da do di della dell el en the".split())


_LONGEST: Final = 80
_PIECES: Final = lazy_pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
#: Latin letters that are no letter with an accent.
_LETTERS: Final = dict(
    zip("đĐłŁøØıßæœəƏðþ", ("d", "D", "l", "L", "o", "O", "i", "ss", "ae", "oe", "e", "E", "d", "th"), strict=True)
)
#: Languages whose letters have signs that are no letters themselves.
_MARKED_LETTERS: Final = frozenset("fa hi th bn mr gu pa ta te kn ml si ur my km lo".split())
#: The first and the last letter of Greek.
_ALPHA: Final = "Α"
_OMEGA: Final = "ω"
#: The Arabic article.
_ARTICLE: Final = "ال"


class Word(NamedTuple):
    """What a word means: English words, the language it is of, and whether it counts only next to others of it."""

    english: tuple[str, ...]
    language: str
    marked: bool


@cache
def _table() -> dict[str, tuple[Word, ...]]:
    # Most names are English, and then the words of other languages need not be loaded.
    from datalint.support.names.column_words import WORDS

    found: dict[str, tuple[Word, ...]] = {}
    for language, lines in WORDS.items():
        for line in lines.split(";"):
            english, _, words = line.partition(":")
            for word in words.split():
                name, marked = word.removesuffix(_MARK), word.endswith(_MARK)
                name = "".join(pieces_of(name)) if language in _MARKED_LETTERS else name
                found[name] = (*found.get(name, ()), Word(tuple(english.strip().split("_")), language, marked))
    return found


def pieces_of(name: str) -> tuple[str, ...]:
    """Return the words of a column's name as they are, without case, accents, digits and separators."""
    if len(name) > _LONGEST:
        return ()
    plain = name if name.isascii() else "".join(map(_bare, unicodedata.normalize("NFC", name.strip())))
    return tuple(piece.casefold() for piece in _PIECES.findall(plain))


def _bare(letter: str) -> str:
    """Return a Latin or Greek letter without accents, nothing for the sign of a vowel, any other letter unchanged."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.category(letter)[0] == "M":
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return kept if kept and (kept.isascii() or _ALPHA <= kept <= _OMEGA) else letter


def translated(pieces: Sequence[str], language: str = "") -> tuple[str, ...]:
    """Return the words of a name in English, those that no language has as they are.

    Marked words count if they are of ``language``, and its meaning comes first.
    """
    whole = _word("".join(pieces), language) if len(pieces) > 1 else None
    if whole is not None:
        return whole.english
    pieces = _with_joined(pieces, language) if len(pieces) > 2 else pieces
    parts = [_part(piece, language) for piece in pieces]
    if not any(parts):
        return tuple(pieces)
    kept = [(piece, part) for piece, part in zip(pieces, parts, strict=True) if piece not in _BETWEEN or part]
    words = [part.english if part is not None else (piece,) for piece, part in kept]
    if any(part is not None and part.language in _NOUNS_FIRST for part in parts):
        letters = [each for each in words if len(each[0]) == 1 and each[0].isascii()]
        words = [*(each for each in reversed(words) if each not in letters), *letters]
    return tuple(word for each in words for word in each)


def _with_joined(pieces: Sequence[str], language: str) -> Sequence[str]:
    """Return the words of a name in which the first ones that are one name are joined: ``palavras chave esperadas``."""
    for width in range(min(_MOST_JOINED, len(pieces) - 1), 1, -1):
        for place in range(len(pieces) - width + 1):
            joined = "".join(pieces[place : place + width])
            if len(joined) >= _LEAST_JOINED and _word(joined, language) is not None:
                return [*pieces[:place], joined, *pieces[place + width :]]
    return pieces


def whole_word(name: str) -> str:
    """Return what a name means that is a word as a whole, in English, or the name; no part of it is looked for."""
    word = "".join(pieces_of(name))
    found = _word(word, "") or _word(word.removeprefix(_ARTICLE), "")
    return name if found is None else "_".join(found.english)


def languages_of(names: Iterable[Sequence[str]]) -> str:
    """Return the language of most names, each a sequence of words; empty where none is in another than English."""
    counts: Counter[str] = Counter()
    for pieces in names:
        words = _table().get("".join(pieces), ()) or [each for piece in pieces for each in _meanings(piece)]
        counts.update({word.language for word in words if not word.marked})
    return max(counts, key=counts.__getitem__) if counts else ""


def _meanings(piece: str) -> tuple[Word, ...]:
    whole = _table().get(piece, ())
    part = None if whole else _part(piece, "")
    return whole if part is None else (part,)


def _word(word: str, language: str) -> Word | None:
    meanings = [each for each in _table().get(word, ()) if not each.marked or each.language == language]
    return min(meanings, key=lambda each: each.language != language, default=None)


def _part(piece: str, language: str) -> Word | None:
    found = _word(piece, language) or _word(piece.removeprefix(_ARTICLE), language)
    if found is not None:
        return found
    # English words end with "s" too, so a plural counts next to another name of its language.
    single = _word(piece.removesuffix("s"), language)
    if single is not None and single.language == language:
        return single
    return _compound(piece, language) if piece.isascii() else _segments(piece, language)


def _compound(piece: str, language: str) -> Word | None:
    """Return what a compound is, by its last part."""
    for start in range(3, len(piece) - _SHORTEST + 1):
        found = _word(piece[start:], language)
        if found is not None and found.language in _COMPOUNDS and not found.marked:
            return Word((piece[:start], *found.english), found.language, marked=False)
    return None


def _segments(piece: str, language: str) -> Word | None:
    """Return the words of a name in a script without spaces, the last of which is known."""
    words: list[tuple[str, ...]] = []
    end, rest, last = len(piece), "", None
    while end:
        start = next((start for start in range(end) if _word(piece[start:end], language) is not None), None)
        if start is None:
            rest = piece[end - 1] + rest
            end -= 1
            if not words:
                return None
            continue
        found = _word(piece[start:end], language)
        assert found is not None
        last = last or found.language
        if rest:
            words.insert(0, (rest,))
            rest = ""
        words.insert(0, found.english)
        end = start
    if rest:
        words.insert(0, (rest,))
    return Word(tuple(word for each in words for word in each), last or "", marked=False)
