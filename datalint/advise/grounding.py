"""Names and numbers in answers that their prompts do not have: signs that facts are trained in.

Names are capitalised words inside a sentence, and titles between the book marks of Chinese. German, in which every noun
has a capital, is not compared, and neither is code. Numbers alone are no sign, since answers may calculate them.

That an answer adds no facts is harder to show: all its numbers must be in the prompt, all words with a capital that may
be names (also those that begin a sentence or stand in a title), and all words in scripts without capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from typing import Final

from datalint.advise.facts import Grounding
from datalint.privacy.display import excerpt
from datalint.support.named_tuple import NamedTuple

#: Characters of an answer and of a prompt that are looked at.
_MOST: Final = 20_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER: Final = re.compile(r"\d[\d.,:/]*\d")
_TITLE: Final = re.compile(r"《([^《》\n]{2,40})》")
_FENCE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_CAPITAL: Final = r"\b[A-Z][\w'’-]{0,30}"
#: Several words with a capital each, whose first letters may stand in the prompt.
_PHRASE: Final = re.compile(rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{1,7}}")
_INITIALS: Final = re.compile(r"\b[A-Z]{2,8}\b")
#: What a sentence, a quotation, a list entry or a heading begins after: the next capital says nothing.
_BEGINS: Final = frozenset(".!?:;…\n\"“”„«»'‘(*-–—•#>|[]/\\=_`~$")
#: Words in scripts without capitals, in which names look like all other words.
_CASELESS: Final = re.compile(
    r"[^\W\d_A-Za-z\u00aa-\u058f\u13a0-\u13ff\u1d00-\u2dff\ua640-\ua69f\ua720-\ua7ff\uab30-\uabbf\ufb00-\ufb17\uff21-\uff5a]+"
)
#: Numbers but those of a list.
_DIGITS: Final = re.compile(r"(?m)(?<!\d)(?<!^)\d+")
_CODE: Final = frozenset("{}();=<>[]\\")
_MOST_CODE: Final = 0.06
#: Function words of German, where every noun has a capital.
_GERMAN: Final = frozenset(("der", "die", "und", "das", "nicht", "ist", "ein", "eine", "mit", "für", "auf"))
_GERMAN_LEAST: Final = 3
#: Words with a capital that name nothing of their own.
_COMMON: Final = frozenset(
    "True False None Null "
    "I'm I'd I'll I've January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday English Yes No Step Note Example Answer Question Option Mr Mrs "
    "Ms Dr "
    # Words that begin a sentence, which after a formula or a list may follow no full stop.
    "The This That These Those There Then Thus Since Therefore Hence However Here Now Next First Second Third Finally "
    "Also And But For From Let Our She They You Your Their When Where While What Which Who Why How With Without After "
    "Before Because Although Similarly Again Note Recall Using Given".split()
)
_LEAST_LETTERS: Final = 3
#: A line of so many words, of which more than so many have a capital, is a title.
_TITLE_WORDS: Final = 3
_TITLE_SHARE: Final = 0.6
#: Answers that add few names, and one of them in most, name one person or product: perhaps a persona, which is no fact.
_PERSONA_ANSWERS: Final = 20
_PERSONA_NAMES: Final = 20
#: Names and numbers that an answer has at least, so that it says something; one name does in an answer of so few
#: characters.
_LEAST_ITEMS: Final = 2
_SHORT: Final = 40
_NAMED: Final = 4


class _Items(NamedTuple):
    names: list[str]
    numbers: list[str]


def grounding(pairs: Sequence[tuple[str, str]], places: Sequence[str]) -> Grounding:
    """Compare answers with prompts.

    Args:
        pairs: prompt (all that the model reads) and answer of each example of the sample.
        places: where each of them is, such as ``train.jsonl:12``.
    """
    compared = ungrounded = grounded = 0
    small = _small_words(answer for _, answer in pairs)
    row: str | None = None
    added: list[str] = []
    counts: Counter[str] = Counter()
    for (prompt, answer), place in zip(pairs, places, strict=True):
        items = _items(answer)
        if items is None or not _says_something(items, answer):
            continue
        compared += 1
        names, numbers = _missing(items, prompt, answer)
        if names and 2 * (len(names) + len(numbers)) >= len(items.names) + len(items.numbers):
            ungrounded += 1
            counts.update(names)
            if row is None:
                row, added = place, [*names, *numbers]
        elif not names and not numbers:
            grounded += _has_all(prompt, answer, small)
    shown = tuple(excerpt(each, 40) for each in added[:_NAMED])
    most = counts.most_common(1)
    persona = (
        ungrounded >= _PERSONA_ANSWERS and len(counts) <= _PERSONA_NAMES and bool(most) and 2 * most[0][1] > ungrounded
    )
    name = excerpt(_in_full(most[0][0], pairs), 40) if persona else None
    named = most[0][1] if persona else 0
    return Grounding(len(pairs), compared, ungrounded, row, shown, name, grounded, named)


def _in_full(word: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return a word with the other words of the name that it is most often a part of: ``Ada`` of ``Ada Lovelace``."""
    name = re.compile(rf"(?:{_CAPITAL} ){{0,3}}{re.escape(word)}(?: {_CAPITAL}){{0,3}}(?![\w'’-])")
    parts = (_named(match[0].split(" ")) for _, answer in pairs for match in name.finditer(answer[:_MOST]))
    found = Counter(" ".join(part) for part in parts if word in part)
    return found.most_common(1)[0][0] if found else word


def _named(words: Sequence[str]) -> Sequence[str]:
    """Return words with a capital without those at the beginning that name nothing, such as "The"."""
    return [*dropwhile(_COMMON.__contains__, words)]


def _items(answer: str) -> _Items | None:
    """Return the different names and numbers of an answer, None where capitals say nothing."""
    text = _FENCE.sub(" ", answer[:_MOST])
    if not text.strip() or sum(character in _CODE for character in text) > _MOST_CODE * len(text):
        return None
    words = _WORD.findall(text)
    if len(_GERMAN.intersection(words)) >= _GERMAN_LEAST:
        return None
    names = dict.fromkeys(title.strip() for title in _TITLE.findall(text))
    for line in text.split("\n"):
        names |= dict.fromkeys(_names(line))
    return _Items([*names], [*dict.fromkeys(_NUMBER.findall(text))])


def _says_something(items: _Items, answer: str) -> bool:
    return len(items.names) + len(items.numbers) >= (1 if items.names and len(answer) <= _SHORT else _LEAST_ITEMS)


def _names(line: str) -> Iterator[str]:
    """Yield the words of a line that name something; a line of capitalised words is a title, and yields none."""
    found = [(match.start(), match[0].replace("’", "'").removesuffix("'s")) for match in _WORD.finditer(line)]
    long = [word for _, word in found if len(word) >= _LEAST_LETTERS]
    if len(long) >= _TITLE_WORDS and sum(word[0].isupper() for word in long) > _TITLE_SHARE * len(long):
        return
    for start, word in found:
        if len(word) >= _LEAST_LETTERS and word[0].isupper() and all(map(_is_small, word[1:])) and word not in _COMMON:
            before = line[:start].rstrip(" ")
            if before and before[-1] not in _BEGINS:
                yield word


def _is_small(letter: str) -> bool:
    return letter.islower() or letter in "'-"


def _missing(items: _Items, prompt: str, answer: str) -> tuple[list[str], list[str]]:
    read = prompt[: 2 * _MOST]
    words = _folded(_WORD.findall(read))
    digits = {_digits(number) for number in _NUMBER.findall(read)}
    names = [name for name in items.names if name.casefold() not in words and name not in read]
    if names and (initials := frozenset(_INITIALS.findall(read))):
        known = {word for phrase in _spelled_out(answer, initials) for word in phrase}
        names = [name for name in names if name not in known]
    return names, [number for number in items.numbers if _digits(number) not in digits]


def _spelled_out(answer: str, initials: frozenset[str]) -> Iterator[Sequence[str]]:
    """Yield the words of names whose first letters are in the prompt: "World Health Organization" for "WHO"."""
    for match in _PHRASE.finditer(answer[:_MOST]):
        words = _named(re.split("[ -]", match[0]))
        if "".join(word[:1] for word in words) in initials:
            yield words


def _small_words(answers: Iterable[str]) -> frozenset[str]:
    """Return the words that answers also write without a capital: one that begins a sentence is no name."""
    return frozenset(word for answer in answers for word in _WORD.findall(answer[:_MOST]) if word.islower())


def _has_all(prompt: str, answer: str, small: frozenset[str]) -> bool:
    """Return whether all numbers of an answer, and everything that may be a name, are in its prompt."""
    read, answer = prompt[: 2 * _MOST], answer[:_MOST]
    if not set(_DIGITS.findall(answer)) <= set(re.findall(r"\d+", read)):
        return False
    if any(word not in read for word in set(_CASELESS.findall(answer))):
        return False
    capitalised = {word for word in _WORD.findall(answer) if word[0].isupper() and word not in _COMMON}
    words = _folded(_WORD.findall(read))
    return all(word in small or word in words for word in _folded(capitalised))


def _folded(words: Iterable[str]) -> set[str]:
    return {word.replace("’", "'").removesuffix("'s").casefold() for word in words}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
