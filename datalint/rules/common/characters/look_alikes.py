"""Words of Cyrillic letters with Latin ones, which mostly look the same, and the other way round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from datalint.api import NamedTuple
from datalint.support.lazy_pattern import lazy_pattern

_LATIN: Final = "aceopxyABCEHKMOPTXY"
_CYRILLIC: Final = "асеорхуАВСЕНКМОРТХУ"
#: Letters that Ukrainian, Belarusian, Kazakh and others have, and Russian lacks.
_LATIN_MORE: Final = "iIh"
_CYRILLIC_MORE: Final = "іІһ"
_NOT_RUSSIAN: Final = lazy_pattern("[іІїЇєЄґҐўЎәӘғҒқҚңҢөӨұҰүҮһҺ]")
_LETTERS: Final = "A-Za-zЀ-ӿ"
#: A word of letters of both scripts, without what may be a part of a formula or a name in code.
_WORD: Final = lazy_pattern(f"(?<![\\w\\\\$&@#/])(?<![a-z]\\.)[{_LETTERS}]{{3,40}}(?![\\w\\\\@]|\\.[a-z]{{2}}|://)")
#: Two letters of different scripts.
MAY_LOOK_ALIKE: Final = "[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]"
#: A word of Cyrillic letters with small Latin ones inside, as those of the keyboard that was on, and the fewest of the former.
_MIXED: Final = lazy_pattern("[Ѐ-ӿ]+([a-z]{1,3})[Ѐ-ӿ]+")
_LEAST_MIXED: Final = 4
_ALIKE: Final = frozenset(_LATIN + _LATIN_MORE)
#: Letters of a word of both scripts that begin or end with another one, and those of one that begins with a capital of
#: another script, at least: shorter ones may be symbols with an index (``Tкип``).
_LEAST: Final = 5
_LEAST_CAPITAL: Final = 7
#: Letters of other words of both scripts at least.
_LEAST_INSIDE: Final = 4
#: Short words that a capital of the other script may begin, as none of them is the index of a symbol.
_SHORT: Final = frozenset(
    "вам вас весь вот все всегда всего всех всё его ему если есть ещё как какая какие какой кого кому кто куда меня мне"
    " много может можно мой моя нам нас наш наша нет надо нужно она они оно очень раз сам сама сами само свои свой своя"
    " себе себя сейчас сколько снова так такая такие такой там твои твой твоя тебе тебя тем теперь тогда того тоже только"
    " тот тут хорошо хоть хотя хочет хочу".split()
)
#: Letters of the other script in a row at most: more are a name or an abbreviation with an ending.
_RUN: Final = 2


#: A letter beyond ASCII between signs of ASCII, and scripts of such letters from which on they are the signs of a code.
_ALONE: Final = lazy_pattern(r"(?<=[!-~])[^\W\d_\x00-\u024f](?=[ -~])")
_SCRIPTS: Final = 3
#: Letters of a part of a word from which on it may be a word itself.
_PART: Final = 2


class LookAlike(NamedTuple):
    """A word with letters of another script that look the same: its place, what it should be, and the first of them."""

    start: int
    word: str
    right: str
    letter: str


def look_alikes(text: str) -> Iterator[LookAlike]:
    """Yield the words of a text with letters of another script that look as those of their own do."""
    more, is_code = _NOT_RUSSIAN.search(text) is not None, None
    for found in _WORD.finditer(text):
        word = found.group()
        latin = sum(map(str.isascii, word))
        if not latin or latin == len(word):
            continue
        right = _in_cyrillic(word, more=more) if 2 * latin < len(word) else _in_latin(word)
        if right and is_code is None:
            is_code = _is_code(text)
        if right and not is_code and not _joins_words(text, word):
            letter = next(one for one, other in zip(word, right, strict=True) if one != other)
            yield LookAlike(found.start(), word, right, letter)


def in_latin_letters(name: str) -> str:
    """Return a name with Latin letters for Cyrillic ones that look the same, if all of its letters are Latin then."""
    plain = name.translate(str.maketrans(_CYRILLIC + _CYRILLIC_MORE, _LATIN + _LATIN_MORE))
    return plain if plain.isascii() else name


def mixed_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of Cyrillic letters that have small Latin letters inside, of which one looks like none of theirs."""
    for found in _WORD.finditer(text):
        mixed = _MIXED.fullmatch(found.group())
        if mixed and len(mixed.group()) - len(mixed[1]) >= _LEAST_MIXED and not set(mixed[1]) <= _ALIKE:
            yield found


def _in_cyrillic(word: str, *, more: bool) -> str:
    """Return a word whose Latin letters look as Cyrillic ones do in these; empty if they may be meant."""
    latin, cyrillic = (_LATIN + _LATIN_MORE, _CYRILLIC + _CYRILLIC_MORE) if more else (_LATIN, _CYRILLIC)
    runs = list(re.finditer("[A-Za-z]+", word))
    if any(len(run.group()) > _RUN or not set(run.group()) <= set(latin) for run in runs):
        return ""
    first, last = runs[0].start() == 0, runs[-1].end() == len(word)
    right = word.translate(str.maketrans(latin, cyrillic))
    if word[1:].islower() and len(runs) == 1 and len(runs[0].group()) == 1 and first and right.lower() in _SHORT:
        return right
    if len(word) < (_LEAST if first or last else _LEAST_INSIDE):
        return ""
    if not word.isupper():
        begin = runs[0].group() if first else ""
        inner = "".join(run.group() for run in runs)[len(begin) :]
        if not (inner.islower() or not inner) or not (begin[1:].islower() or len(begin) < _RUN):
            return ""
        rest = word[len(begin) :]
        if begin[:1].isupper() and (len(word) < _LEAST_CAPITAL or rest[:1].isupper()):
            return ""
        # An ending of a name in capitals in another language: "ГОСТa".
        if last and word[: runs[-1].start()].isupper():
            return ""
    return right


def _in_latin(word: str) -> str:
    """Return a word whose Cyrillic letters look as Latin ones do in these; empty if they may be meant.

    At its beginning or end, they are a prefix or an ending in Russian.
    """
    runs = list(re.finditer("[Ѐ-ӿ]+", word))
    inside = runs[0].start() > 0 and runs[-1].end() < len(word)
    if (
        not inside
        or len(word) < _LEAST_INSIDE
        or any(len(run.group()) > _RUN or not set(run.group()) <= set(_CYRILLIC) for run in runs)
    ):
        return ""
    plain = word.translate(str.maketrans(_CYRILLIC, _LATIN))
    return plain if plain[1:].islower() else ""


def _is_code(text: str) -> bool:
    """Return whether single letters of several scripts stand among signs of ASCII, as the symbols of a code do."""
    return len({unicodedata.name(letter, "").partition(" ")[0] for letter in _ALONE.findall(text)}) >= _SCRIPTS


def _joins_words(text: str, word: str) -> bool:
    """Return whether a Latin word is two words with one foreign letter between them, each of which the text has alone."""
    parts = re.findall("[A-Za-z]+", word)
    if len(parts) != _PART or len(word) != len("".join(parts)) + 1 or min(map(len, parts)) < _PART:
        return False
    return all(re.search(rf"(?<![^\W_]){part}(?![^\W_])", text) is not None for part in parts)


def straightened(text: str, prompt: str = "") -> str:
    """Return a text with each word in the letters of one script, but for words that the prompt has in two as well."""
    parts, done = [], 0
    for each in look_alikes(text):
        if each.word in prompt:
            continue
        parts += [text[done : each.start], each.right]
        done = each.start + len(each.right)
    return "".join((*parts, text[done:]))
