"""Labels that are spellings of larger ones: what category-variant reports, and other rules leave out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import digits
from typing import Final

from datalint.api import Category, Dataset

#: Share of the other label's examples that a misspelled one has at most, if no option says otherwise.
RARITY: Final = 0.2
_MOST_LABELS = 2000
_SHORTEST = 5
_LEAST_LETTERS = 3
#: Share of the other label's examples up to which a word without the first letter of another is a slip, or one that is
#: written twice: "light" may stand next to "flight", and "very very good" next to "very good".
_BEHEADED = 0.02
#: Signs that are written for an apostrophe; some of them NFKC parts into a space and an accent.
_APOSTROPHES = "[‘’ʻʼ′`]"
_SPACING = {ord("´"): "'"}
#: A label that may be a code, the share of all labels that such are, and how many that are one letter apart they have
#: if each letter says something: so many slips in words of capitals are rare.
_CODE = r"[A-Z][A-Z0-9_.+:-]{0,15}"
_CODES = 0.9
_COMPOSED = 5
#: Pairs of words with and without the same last letter from which on, if half of all pairs are such, the letter is an
#: ending of the language: "vennlig" and "vennlige".
_INFLECTED = 3
#: Labels without a digit up to which one with a digit at its end is a slip: of many, some have versions.
_FEW_LABELS = 20
#: Short labels that differ from others in capitals only, at most.
_MOST_IN_OTHER_CASE = 3
#: Characters of all labels up to which those that differ much are recognised without rapidfuzz.
_MOST_CHARS = 2000
#: From here on (CJK radicals, kana, Hangul, ideographs) one character is a syllable or a word, not a letter.
_IDEOGRAPHS = 0x2E80


def named_variants(data: Dataset) -> frozenset[str]:
    """Return the labels that category-variant says are spellings of others; none if it does not run."""
    if data.category is None or "BAL004" not in data.rules_run:
        return frozenset()
    return frozenset(label for label, _ in variants(data.category, RARITY))


def variants(category: Category, rarity: float) -> Iterator[tuple[str, str]]:
    """Yield labels, each with a larger one that it is a spelling of."""
    labels = list(category.counts)
    if 2 <= len(labels) <= _MOST_LABELS:
        for variant, other in _variants(labels, list(category.counts.values()), rarity):
            yield labels[variant], labels[other]


def _variants(labels: Sequence[str], counts: Sequence[int], rarity: float) -> Iterator[tuple[int, int]]:
    """Yield ``(label, larger label)`` indices; labels come with the largest count first."""
    folded = [_fold(label) for label in labels]
    # Of codes such as "s.%-" every sign counts.
    has_letters = [_LEAST_LETTERS <= sum(map(str.isalpha, label)) > len(label) / 2 for label in labels]
    found: dict[str, int] = {}
    codes: dict[str, int] = {}
    distinct, short = [], []
    for index, text in enumerate(folded):
        if not has_letters[index]:
            first = codes.setdefault(labels[index].strip(), index)
            if first != index:
                yield index, first
            short.append(index)
            continue
        if text in found:
            yield index, found[text]
        else:
            found[text] = index
            distinct.append(index)
    yield from _in_other_case(labels, counts, short, rarity)
    yield from _with_digit(folded, counts, found)
    for index in distinct:
        words = folded[index].split(" ")
        once = found.get(" ".join(word for word, before in zip(words, ["", *words], strict=False) if word != before))
        if once is not None and counts[index] <= _BEHEADED * counts[once]:
            yield index, once
    near = _near([folded[index] for index in distinct])
    if len(near) >= _COMPOSED and _are_codes(labels):
        return
    slips = []
    for index, larger in ((distinct[a], distinct[b]) for a, b in near):
        share = counts[index] / counts[larger]
        if _one_word_differs(folded[index], folded[larger], rare=share <= rarity, beheaded=share <= _BEHEADED):
            slips.append((index, larger))
    endings = Counter(_ending(folded[index], folded[larger]) for index, larger in slips)
    if not any(letter and count >= _INFLECTED and 2 * count >= len(slips) for letter, count in endings.items()):
        yield from slips


def _in_other_case(
    labels: Sequence[str], counts: Sequence[int], short: Sequence[int], rarity: float
) -> Iterator[tuple[int, int]]:
    """Yield short labels, such as "t3" and "no", that differ from a larger one in capitals only.

    Of codes whose case says something, such as those of chemical elements, several pairs differ so.
    """
    found: dict[str, list[int]] = {}
    for index in short:
        text = labels[index].strip()
        if len(text) > 1 and any(map(str.isalpha, text)) and text.lower() != text.upper():
            found.setdefault(text.casefold(), []).append(index)
    pairs = [(other, first) for first, *others in found.values() for other in others]
    if len(pairs) > _MOST_IN_OTHER_CASE:
        return
    for index, larger in pairs:
        one, two = labels[index].strip(), labels[larger].strip()
        is_word = one.isalpha() and {one, two} == {one.lower(), one.capitalize()}
        if is_word or counts[index] <= rarity * counts[larger]:
            yield index, larger


def _with_digit(folded: Sequence[str], counts: Sequence[int], found: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield very rare labels that are another one with a digit at its end, where no other label has a digit."""
    slips: dict[int, int] = {}
    for index, text in enumerate(folded):
        if any(map(str.isdigit, text)):
            word = text[:-1]
            larger = found.get(word) if text[-1] in digits and word.isalpha() and len(word) >= _SHORTEST else None
            if larger is None or counts[index] > _BEHEADED * counts[larger]:
                return
            slips[index] = larger
    if len(folded) - len(slips) <= _FEW_LABELS:
        yield from slips.items()


def _are_codes(labels: Sequence[str]) -> bool:
    """Whether nearly all labels are words of capitals, which may be composed: "PRON", "PRONP", "PRONPC"."""
    return sum(re.fullmatch(_CODE, label) is not None for label in labels) >= _CODES * len(labels)


def _fold(label: str) -> str:
    text = re.sub(_APOSTROPHES, "'", unicodedata.normalize("NFKC", label.translate(_SPACING)).casefold().strip())
    return " ".join(re.split(r"[\s_-]+", text))


def _without_doubles(word: str) -> str:
    """Return a word in which no letter stands twice in a row; the word itself if it has other signs than letters."""
    return re.sub(r"(.)\1+", r"\1", word) if word.isalpha() and max(map(ord, word)) < _IDEOGRAPHS else word


def _near(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return ``(later, earlier)`` pairs of texts that are one edit apart, each later one once."""
    if sum(len(max(text.split(" "), key=len)) >= _SHORTEST - 1 for text in texts) < 2 or not _any_near(texts):
        return []
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    distances = process.cdist(texts, texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    pairs: dict[int, int] = {}
    for later, earlier in zip(*np.nonzero(np.tril(distances == 1, -1)), strict=True):
        pairs.setdefault(int(later), int(earlier))
    return list(pairs.items())


def _any_near(texts: Sequence[str]) -> bool:
    """Return whether any two texts may be one edit apart.

    Two such texts become equal when one character or none is left out of each. Most labels are far apart, and to find
    that out takes less time than to import rapidfuzz.
    """
    if sum(map(len, texts)) > _MOST_CHARS:
        return True
    shortened = Counter(
        each for text in texts for each in {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}
    )
    return max(shortened.values(), default=0) > 1


def _ending(one: str, two: str) -> str:
    """Return the last letter that one of two texts has more than the other, but a plural s; nothing if it has none."""
    shorter, longer = sorted((one, two), key=len)
    return longer[-1] if longer[:-1] == shorter and longer[-1] != "s" else ""


def _one_word_differs(label: str, other: str, *, rare: bool, beheaded: bool) -> bool:
    words, theirs = label.split(" "), other.split(" ")
    changed = [pair for pair in zip(words, theirs, strict=False) if pair[0] != pair[1]]
    if len(words) != len(theirs) or len(changed) != 1:
        return False
    one, two = (word.replace("'", "") for word in changed[0])
    if rare and len(words) > 1 and _without_doubles(one) == _without_doubles(two):
        return True
    if min(len(one), len(two)) < _SHORTEST - 1 or not (one + two).isalpha() or max(map(ord, one + two)) >= _IDEOGRAPHS:
        return False
    plural = one == f"{two}s" or two == f"{one}s"
    lost = beheaded and one == two[1:] and two[0] != "a"
    return plural or (rare and max(len(one), len(two)) >= _SHORTEST and (one[0] == two[0] or lost))
