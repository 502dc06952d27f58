"""Frequent words of languages, as they look once the letters that are not in ASCII are deleted from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.characters.bare_words import bare_words
from datalint.rules.common.characters.words_with_marks import ACCENTED, ELIDED, MORE, OF_OTHERS, WORDS
from datalint.support.lazy_pattern import lazy_pattern

#: An apostrophe within a word. A pattern that begins with a set of characters skips to the next of these.
_APOSTROPHE: Final = lazy_pattern("['’ʼ`´‘′](?<=\\w.)\\w")
#: What is left of a word has at least this many letters; one with gaps, where a blank replaced each letter, these.
_LEAST: Final = 3
_LEAST_PARTED: Final = 5
#: Letters that Unicode does not decompose, as people type them in ASCII.
_TYPED: Final = str.maketrans("ıłđøßæœşţ", "ildosaost")
#: Characters of a text that are read, and words that are left of one with gaps.
_CHARS: Final = 1_000
_PARTS: Final = (2, 3)
#: Words that are left of longer ones, different ones, and their share of all words, at least; and how many there are
#: for each word of the list that is typed in ASCII.
_FOUND: Final = 15
_DISTINCT: Final = 4
_SHARE: Final = 0.003
_TYPED_SHARE: Final = 0.25
#: Words of a text that lack an apostrophe, texts with as many and their share, at least, and the share of the texts with
#: apostrophes that lack one too, at most.
_IN_TEXT: Final = 3
_TEXTS: Final = 10
_TEXT_SHARE: Final = 0.05
_MIXED: Final = 0.1
#: Share of the sentences that begin with a capital letter.
_CAPITALS: Final = 0.8


class Stripped(NamedTuple):
    """A language, its words that lack letters, with what they were, and how many there are."""

    language: str
    examples: list[tuple[str, str]]
    words: int


class PartlyStripped(NamedTuple):
    """A language, its words that lack an apostrophe, with what they were, and the places of the texts with them."""

    language: str
    examples: list[tuple[str, str]]
    texts: list[int]


def stripped_language(texts: Iterable[str]) -> Stripped | None:
    """Return the language of which texts have no letter that is not in ASCII, though parts of its words are left.

    Words that are typed in ASCII, such as "degil", have lost no letter; where they are usual, nothing is returned.
    """
    seen: list[str] = []
    beyond: set[str] = set()
    total = 0
    known = _known()
    begins = {form.split()[0] for form in known if " " in form}
    either = known | begins
    for text in texts:
        cut = text[:_CHARS].lower()
        if not cut.isascii():
            beyond.update(letter for letter in cut if not letter.isascii())
        # Most words stand between blanks; that is enough, and looking for all of them takes several times as long.
        words = cut.split()
        total += len(words)
        marked = [at for at, word in enumerate(words) if word in either]
        seen += [words[at] for at in marked]
        seen += [" ".join(words[at : at + size]) for at in marked if words[at] in begins for size in _PARTS]
    found = Counter(each for each in seen if each in known)
    best: Stripped | None = None
    for language, (letters, left, typed) in _languages().items():
        counts = {word: found[word] for word in left if word in found}
        count = sum(counts.values())
        if beyond & letters or count < max(_FOUND, _SHARE * total) or len(counts) < _DISTINCT:
            continue
        if sum(found[word] for word in typed) > _TYPED_SHARE * count or (best is not None and best.words >= count):
            continue
        examples = sorted(counts, key=lambda word: (-counts[word], word))
        best = Stripped(language, [(word, left[word]) for word in examples], count)
    return best


def typed_language(prompts: Sequence[str], responses: Sequence[str]) -> Stripped | None:
    """Return the language of which texts have no letter that is not in ASCII, though responses in sentences have its
    words, each typed without: "deja".

    Prompts are as people type, and responses without capitals or marks are no writing that a model learns. Where prompts
    have such letters, the responses may be meant to have none.
    """
    beyond: set[str] = set()
    for text in (*prompts, *responses):
        cut = text[:_CHARS].lower()
        if not cut.isascii():
            beyond.update(each for each in cut if not each.isascii())
    written = [text[:_CHARS] for text in responses if _is_sentences(text[:_CHARS])]
    if 2 * len(written) < len(responses):
        return None
    words = bare_words("\n".join(written))
    found = {word.decode(): count for word, count in Counter(words).items()}
    best: Stripped | None = None
    for language, typed in _typed_words().items():
        counts = {word: found[word] for word in typed if word in found}
        count = sum(counts.values())
        if count < max(_FOUND, _SHARE * len(words)) or len(counts) < _DISTINCT or beyond & _letters(language):
            continue
        if best is None or count > best.words:
            examples = sorted(counts, key=lambda word: (-counts[word], word))
            best = Stripped(language, [(word, typed[word]) for word in examples], count)
    return best


@cache
def _typed_words() -> dict[str, dict[str, str]]:
    """Return the words of each language as they are typed in ASCII, with these, but those that are also of another."""
    typed: dict[str, dict[str, str]] = {}
    for language, listed in WORDS.items():
        words = f"{listed} {ACCENTED.get(language, '')}".lower().split()
        typed[language] = {_typed(word): word for word in words if _typed(word) not in OF_OTHERS}
    return typed


def _letters(language: str) -> frozenset[str]:
    """Return letters of a language that are not in ASCII."""
    words = f"{WORDS[language]} {ACCENTED.get(language, '')}".lower()
    return frozenset(letter for letter in words if not letter.isascii())


def _is_sentences(text: str) -> bool:
    """Whether a text begins with a capital letter, has others in lower case, and ends or goes on after a mark."""
    return text[:1].isupper() and not text.isupper() and re.search(r"[.!?](?:\s|$)", text) is not None


def without_apostrophes(texts: Iterable[str]) -> Stripped | None:
    """Return the language of which texts have no apostrophe within a word, though what it leaves of words is frequent."""
    found: Counter[str] = Counter()
    total = 0
    for text in texts:
        cut = text[:_CHARS].lower()
        if _APOSTROPHE.search(cut) is not None:
            return None
        words = re.findall(r"\w+", cut)
        total += len(words)
        found.update(words)
    best: Stripped | None = None
    for language, left in _elided().items():
        counts = {word: found[word] for word in left if word in found}
        count = sum(counts.values())
        enough = count >= max(_FOUND, _SHARE * total) and len(counts) >= _DISTINCT
        if enough and (best is None or count > best.words):
            examples = sorted(counts, key=lambda word: (-counts[word], word))
            best = Stripped(language, [(word, left[word]) for word in examples], count)
    return best


@cache
def _elided() -> dict[str, dict[str, str]]:
    """Return what is left of the words of each language with an apostrophe, with these."""
    return {
        language: {word.replace("'", "").lower(): word for word in listed.split()}
        for language, listed in ELIDED.items()
    }


def partly_without_apostrophes(texts: Sequence[str]) -> PartlyStripped | None:
    """Return the texts that have no apostrophe within a word and lack several, if the others have theirs.

    People who leave out apostrophes do so now and then; a program that deletes them leaves none in a text. Texts without
    sentences that begin with a capital letter and end with a mark are typed so.
    """
    best: PartlyStripped | None = None
    cut = [text[:_CHARS] for text in texts]
    whole = [_APOSTROPHE.search(text) is not None for text in cut]
    least = max(_TEXTS, _TEXT_SHARE * len(texts))
    if not any(whole) or len(whole) - sum(whole) < least:
        return None
    lacking = _lacking(cut, whole)
    for language, left in _elided().items():
        found = lacking[language]
        # Of the others, words are looked for only where they decide.
        if len(found) < least or (best is not None and len(found) <= len(best.texts)):
            continue
        mixed = sum(bool(_words_among(text, left)) for text, has in zip(cut, whole, strict=True) if has)
        if mixed <= _MIXED * sum(whole):
            counts = Counter(chain.from_iterable(found.values()))
            best = PartlyStripped(language, [(word, left[word]) for word, _ in counts.most_common()], [*found])
    return best


def lacking_apostrophes(texts: Sequence[str], language: str) -> list[int]:
    """Return the places of the texts that lack several apostrophes of a language, and have none within a word."""
    cut = [text[:_CHARS] for text in texts]
    return [*_lacking(cut, [_APOSTROPHE.search(text) is not None for text in cut])[language]]


def _lacking(cut: Sequence[str], whole: Sequence[bool]) -> dict[str, dict[int, list[str]]]:
    """Return the words of each language that lack their apostrophe, by the place of each text that has several.

    ``whole`` says which texts have an apostrophe within a word; these are left out.
    """
    known = frozenset(chain.from_iterable(_elided().values()))
    words = {at: _words_among(cut[at], known) for at, has in enumerate(whole) if not has}
    lacking: dict[str, dict[int, list[str]]] = {}
    for language, left in _elided().items():
        found = {at: [word for word in each if word in left] for at, each in words.items()}
        lacking[language] = {
            at: each
            for at, each in found.items()
            if len(each) >= _IN_TEXT and len({*each}) > 1 and _is_written(cut[at])
        }
    return lacking


def _words_among(text: str, known: Collection[str]) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word in known]


def _is_written(text: str) -> bool:
    """Whether a text has sentences that end with a mark, and nearly all that follow them begin with a capital letter."""
    begins = re.findall(r"[.!?][\s\[(\"“*-]{1,4}([^\W\d_])", text)
    return sum(map(str.isupper, begins)) >= max(_CAPITALS * len(begins), 1)


@cache
def _languages() -> dict[str, tuple[frozenset[str], dict[str, str], frozenset[str]]]:
    """Return the letters of each language, what is left of its words, with these, and the words typed in ASCII."""
    known: dict[str, tuple[frozenset[str], dict[str, str], frozenset[str]]] = {}
    for language, listed in WORDS.items():
        words = f"{listed} {MORE.get(language, '')}".lower().split()
        letters = frozenset(letter for word in words for letter in word if not letter.isascii())
        left: dict[str, str] = {}
        for word in words:
            bare = "".join(letter for letter in word if letter.isascii())
            parted = " ".join(re.findall("[a-z]+", word))
            if len(bare) >= _LEAST:
                left[bare] = word
            if len(bare) >= _LEAST_PARTED and 1 <= parted.count(" ") <= 2:
                left[parted] = word
        known[language] = (letters, left, frozenset(map(_typed, words)) - left.keys())
    return known


@cache
def _known() -> frozenset[str]:
    return frozenset(word for _, left, typed in _languages().values() for word in (*left, *typed))


def _typed(word: str) -> str:
    import unicodedata

    return "".join(filter(str.isascii, unicodedata.normalize("NFKD", word.translate(_TYPED))))
