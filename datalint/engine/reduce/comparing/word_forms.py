"""Forms of words: which words of a text are other forms, misspellings or opposites of those of another text."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Set
from functools import lru_cache
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.value_words import COMMON, OPPOSITE, PREFIXES

#: Letters that two forms of a word share at least, but for their last two.
_STEM: Final = 3
#: Letters of a word from which on one different letter is a misspelling.
_LONG: Final = 4
#: Endings and beginnings of words for men and for women: Russian, Polish, Spanish and Portuguese, Hindi, Urdu; Korean.
_GENDERS: Final = (
    ("л", "ла"), ("лся", "лась"), ("łem", "łam"), ("łeś", "łaś"), ("ado", "ada"), ("ados", "adas"),
    ("ido", "ida"), ("idos", "idas"), ("गा", "गी"), ("गे", "गी"), ("ता", "ती"), ("ते", "ती"),
    ("گا", "گی"), ("تا", "تی"),
)  # fmt: skip
_PEOPLE: Final = ("남", "여")
#: Letters of such a word of Korean at least: 남성, 여자.
_PERSON: Final = 2
#: Words among which two that are joined are looked for, and letters of such a one.
_FEW: Final = 40
#: Words whose opposites are kept.
_REMEMBERED: Final = 1 << 14
_LONGEST: Final = 40


def own_words(words: Collection[str], others: Collection[str], common: Container[str] = COMMON) -> set[str]:
    """Return the words that say something that ``others`` do not: they have no other form of them.

    Words that are in ``common`` say nothing.
    """
    own = {
        word for word in words if word not in common and not is_digits(word) and (len(word) > 1 or not word.isascii())
    }
    if not own or not others:
        return own
    by_letter: dict[str, list[str]] = {}
    for each in others:
        by_letter.setdefault(each[0], []).append(each)
    endings = {each[1:] for each in others}
    return {
        word
        for word in own
        if not any(_is_form(word, each) for each in by_letter.get(word[0], ()))
        and not _begins_otherwise(word, others, endings)
        # "FM" for "Fleet Manager"
        and not (len(word) <= _STEM <= len(others) and by_letter.keys() >= set(word))
        and not _is_joined(word, words, others)
    }


def _is_joined(word: str, words: Collection[str], others: Collection[str]) -> bool:
    """Return whether a word is two of ``others`` without a space ("addevents", "add events"), or one of such two."""
    if len(others) > _FEW or len(word) > _LONGEST:
        return False
    if any(word[:end] in others and word[end:] in others for end in range(1, len(word))):
        return True
    return any(
        (each.startswith(word) and each[len(word) :] in words) or (each.endswith(word) and each[: -len(word)] in words)
        for each in others
        if len(each) > len(word)
    )


def _begins_otherwise(word: str, others: Collection[str], endings: Set[str]) -> bool:
    """Return whether ``others`` have a long word with one letter more or less at its beginning, or another one."""
    return (len(word) >= _LONG and (word[1:] in endings or word[1:] in others)) or (
        len(word) >= _LONG - 1 and (word in endings or word[1] + word[0] + word[2:] in others)
    )


def _is_form(word: str, other: str) -> bool:
    """Return whether two words share all but their last two letters, or one of them is the other one misspelled."""
    if (
        word[0] == other[0]
        and not _is_too_short(other, len(word))
        and (
            other.startswith(word[: max(len(word) - 2, _STEM)]) or word.startswith(other[: max(len(other) - 2, _STEM)])
        )
    ):
        return True
    return -1 <= len(word) - len(other) <= 1 and max(len(word), len(other)) >= _LONG and _is_misspelled(word, other)


def _is_too_short(other: str, letters: int) -> bool:
    """Return whether a word of so many letters only begins like a short one, as "artery" does like "a"."""
    return letters > len(other) + 2 and (len(other) < _STEM or (len(other) == _STEM and other in COMMON))


def _is_misspelled(word: str, other: str) -> bool:
    """Return whether two words differ in one letter, or letters have changed places, but not the first and last one."""
    if word[0] == other[0] and word[-1] == other[-1] and sorted(word) == sorted(other):
        return True
    same = 0
    while same < min(len(word), len(other)) and word[same] == other[same]:
        same += 1
    if word[same + 1 :] == other[same + 1 :] or word[same:] == other[same + 1 :] or word[same + 1 :] == other[same:]:
        return True
    return word[same + 2 :] == other[same + 2 :] and word[same : same + 2] == other[same : same + 2][::-1]


def opposed(words: Iterable[str], others: Iterable[str]) -> set[str]:
    """Return those of ``words`` that have an opposite among ``others``."""
    known = {*others}
    return {word for word in words if not known.isdisjoint(_opposites(word))}


@lru_cache(_REMEMBERED)
def _opposites(word: str) -> tuple[str, ...]:
    """Return what the opposite of a word may be; many pairs of texts have the same words."""
    return (
        *OPPOSITE.get(word, ()),
        *((each + word[-2:] for each in OPPOSITE.get(word[:-2], ())) if word.endswith(("'s", "’s")) else ()),
        *_other_gender(word),
        *(prefix + word for prefix in PREFIXES),
        *(word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix)),
    )


def _other_gender(word: str) -> Iterator[str]:
    """Yield what a word may be if a woman says it, or it is said of one, instead of a man, and the reverse."""
    for pair in _GENDERS:
        for mine, other in (pair, pair[::-1]):
            if word.endswith(mine) and len(word) >= len(mine) + _STEM - 1:
                yield word.removesuffix(mine) + other
    for mine, other in (_PEOPLE, _PEOPLE[::-1]):
        if word.startswith(mine) and len(word) >= _PERSON:
            yield other + word.removeprefix(mine)
