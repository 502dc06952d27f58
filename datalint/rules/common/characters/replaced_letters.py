"""Letters that stand for other characters, as a text was decoded as Latin-1 and cleaned.

Hungarian in Latin-2 has "õ" for "ő" and "û" for "ű". UTF-8 has a lone "â" for each dash and quotation mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.characters.stripped_words import Stripped
from datalint.support.lazy_pattern import lazy_pattern

#: Frequent words with these letters.
_WORDS: Final = (
    "ő ők őket őt előtt előre elő előző előbb később először első elsősorban idő időben időszak időszakban következő jövő"
    " jövőre erő erős fő főleg nő nők bővítés bővebb lehetőség lehetőséget lehetőségek megfelelő megfelelően jelentős"
    " jelentősen felelősség felelős képviselő szerződés szerződést kettő összefüggő különböző eső mellőz ebből abból"
    " amelyről erről arról ettől attól miről működik működés működő működési egyszerű gyűlés gyűjtemény szűk mű műszaki"
    " művészet könnyű közgyűlés nagyszerű minőség minőségi szükségszerű eredményről figyelő mindenkitől vevő időpont"
)
_AS_READ: Final = str.maketrans("őű", "õû")
_ODD: Final = lazy_pattern("[õû]")
_RIGHT: Final = lazy_pattern("[őű]")
_WORD: Final = lazy_pattern(r"\w+")
#: Characters of a text that are read; words, different ones, and their share of those with such a letter, at least.
_CHARS: Final = 1_000
_FOUND: Final = 15
_DISTINCT: Final = 4
_SHARE: Final = 0.05
#: The first byte of dashes and quotation marks of UTF-8, in Latin-1, as a word, and what is around it; letters beyond
#: ASCII, those that are such a byte, and the share of these, at least.
_LONE: Final = lazy_pattern("(?:^|[^ ]{1,20} )[âÂ](?: [^ ]{1,20}|$)")
_BEYOND: Final = lazy_pattern(r"(?![\x00-\x7f])[^\W\d_]")
_FIRST_BYTES: Final = frozenset("âãÂÃ")
_NEARLY_ALL: Final = 0.9
_LEAST_LONE: Final = 5


class Rests(NamedTuple):
    """The places of the texts with a lone first byte, and one with the words around it."""

    texts: list[int]
    example: str


def rests_of_characters(texts: Sequence[str]) -> Rests | None:
    """Return the texts with a lone "â", which is no word, if hardly any other letter beyond ASCII is in any."""
    found = {
        place: match[0]
        for place, text in enumerate(texts)
        if not text.isascii() and (match := _LONE.search(text[:_CHARS])) is not None
    }
    if len(found) < _LEAST_LONE:
        return None
    letters = Counter(letter for text in texts if not text.isascii() for letter in _BEYOND.findall(text[:_CHARS]))
    if sum(letters[each] for each in _FIRST_BYTES) < _NEARLY_ALL * letters.total():
        return None
    return Rests([*found], next(iter(found.values())))


def replaced_letters(texts: Sequence[str]) -> Stripped | None:
    """Return the Hungarian words of texts that have letters of Latin-1, if no text has those of Hungarian."""
    odd = [cut for text in texts if _ODD.search(cut := text[:_CHARS].lower())]
    if not odd or any(_RIGHT.search(text[:_CHARS].lower()) for text in texts):
        return None
    known = {word.translate(_AS_READ): word for word in _WORDS.split() if word.translate(_AS_READ) != word}
    words = [word for text in odd for word in _WORD.findall(text) if _ODD.search(word)]
    found = Counter(word for word in words if word in known)
    if found.total() < max(_FOUND, _SHARE * len(words)) or len(found) < _DISTINCT:
        return None
    return Stripped("Hungarian", [(word, known[word]) for word, _ in found.most_common()], len(words))
