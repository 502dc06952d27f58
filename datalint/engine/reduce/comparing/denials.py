"""Words that deny something in one of two similar texts: negations as words, endings and parts of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Set
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.comparing.value_words import NEGATIONS

if TYPE_CHECKING:
    from datalint.engine.reduce.comparing.text_words import Words

#: Number of differing words above which only the listed negations are looked for.
_MANY: Final = 250
_HIRAGANA: Final = r"[\u3041-\u309f]"
_HANGUL: Final = r"[\uac00-\ud7a3]"
#: Negations of Japanese, except in "must", "may be", "few" and polite questions, and of Thai, except in "or not".
_SPACELESS: Final = (
    r"(?:なければ|なくては|ないと)(?:なら|いけ)(?:ない|ません)|かもしれ(?:ない|ません)|(?:少|危|つまら|もったい)な"
    r"|(?P<no>ない(?!か(?:[。?？」]|$))|なかった|なく(?!な)|ません(?!か)|(?<![はまみし])ず(?:に|、|。|$)|無い"
    r"|(?<!หรือ)ไม่|ไร้)"
)
#: Negations of Korean, verbs before them, and the opposite of "there is none".
_KOREAN: Final = r"(?:않|못|없|아니)\w{0,12}|\w{1,12}지(?:않|못|마)\w{0,12}|안|마(?:세요|라|십?시오)"
_DENIED: Final = r"[가-힣]{1,12}지(?:는|도|를|가)?"
_THERE_IS: Final = "있"
#: Letters of Turkish and of no other language in Latin letters that has words like these, and its negated verbs.
_TURKISH_LETTERS: Final = "ışğ"
_TURKISH: Final = (
    r"(\w{2,20}?)m(?:[ae](?:d[iı]|m[iı]ş|z|y[ae]|y[iı]n|m[ae]|s[iı]n)|[ıiuü]yor)\w{0,8}"
)  # fmt: skip


def denied_in(one: Words, other: Words, only: Mapping[str, int], other_only: Mapping[str, int]) -> set[str]:
    """Return the words that deny something in one of two texts more often than in the other, with what they change.

    Args:
        one: a text.
        other: a similar text.
        only: the words that the first text has more often.
        other_only: those that the second one has more often.
    """
    words = {*only, *other_only}
    mine, theirs = (negations(each, words) for each in (only, other_only))
    # "Do not run" and "don't run" deny the same.
    found = set() if mine.total() == theirs.total() else {*mine, *theirs}
    if (one.text.isascii() and other.text.isascii()) or len(words) > _MANY:
        return found
    sentences = [each for each in one.sentences if each not in other.sentences]
    others = [each for each in other.sentences if each not in one.sentences]
    found |= _in_spaceless("\n".join(sentences), "\n".join(others), words)
    found |= _in_korean(only, other_only)
    return found | _in_turkish(only, other_only) if any(map(one.text.__contains__, _TURKISH_LETTERS)) else found


def negations(words: Mapping[str, int], differing: Set[str]) -> Counter[str]:
    """Return the words that deny something, with their counts, if they are not spelled otherwise in the other text.

    These are "aren t" and "arent" for "aren't".
    """
    return Counter({word: count for word, count in words.items() if word in NEGATIONS or _denies(word, differing)})


def _denies(word: str, differing: Set[str]) -> bool:
    if not word.endswith(("n't", "n’t")):
        return False
    return word[:-2] + "t" not in differing and not (word[:-2] in differing and "t" in differing)


def _in_spaceless(text: str, other: str, words: Set[str]) -> set[str]:
    """Return the characters of negations in a script without spaces, and those of endings, which change with them."""
    mine, theirs = (
        Counter(each["no"] for each in re.finditer(_SPACELESS, each) if each["no"]) for each in (text, other)
    )
    if mine.total() == theirs.total():
        return set()
    more = mine - theirs if mine.total() > theirs.total() else theirs - mine
    characters = set("".join(more))
    return {word for word in words if word in characters or re.fullmatch(_HIRAGANA, word)}


def _in_korean(only: Collection[str], other_only: Collection[str]) -> set[str]:
    """Return the words of Korean that deny something, and the forms of the verb that they deny."""
    mine, theirs = ({word for word in each if re.fullmatch(_KOREAN, word)} for each in (only, other_only))
    if len(mine) == len(theirs):
        return set()
    verbs = {word for word in (*only, *other_only) if re.fullmatch(_DENIED, word)}
    begins = {verb[0] for verb in verbs} | {_THERE_IS}
    found = {word for word in (*only, *other_only) if re.match(_HANGUL, word) and word[0] in begins}
    return mine | theirs | found


def _in_turkish(only: Collection[str], other_only: Collection[str]) -> set[str]:
    """Return the verbs of Turkish that deny in one text what the other one says: "geldi" and "gelmedi"."""
    found: set[str] = set()
    for mine, theirs in ((only, other_only), (other_only, only)):
        for word in mine:
            if (match := re.fullmatch(_TURKISH, word)) is not None:
                stem = match[1][: max(len(match[1]) - 1, 2)]
                forms = {each for each in theirs if each.startswith(stem) and not re.fullmatch(_TURKISH, each)}
                found |= {word, *forms} if forms else set()
    return found
