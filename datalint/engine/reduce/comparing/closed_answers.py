"""Detection of contradictions between closed answers: labels, numbers, option letters, yes and no."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from datalint.support.word_scripts import runs_of_letters, spaceless_letters

#: A label has at most this many characters and words; of a script without spaces, this many characters.
MOST_CHARS: Final = 40
#: Several labels that are joined to one answer, a line for each, have at most this many characters together.
MOST_JOINED: Final = 1_000
_MOST_WORDS: Final = 4
_MOST_SPACELESS: Final = 8
# Patterns are compiled on first use, since few datasets have closed answers.
_NUMBER: Final = r"[-+]?(?:[$€£¥₹]\s?)?\d+(?:[.,]\d+)*\s?%?"
_OPTION: Final = r"[(\[]?([A-Ha-h])[)\].:]?"
#: Two words or more joined without spaces, as names of intents and classes are; words with a slash are alternatives.
_IDENTIFIER: Final = r"[A-Za-z][A-Za-z0-9]*(?:[_.:-][A-Za-z0-9]+)+|[A-Z]{2,}[0-9]*"
#: What stands between several labels, and between the parts of one that is a path.
_PARTED: Final = r"[,;/|:>&+\n]"
#: Words that are answers to a closed question if they are the complete response.
CLOSED: Final = (
    frozenset(("yes", "no", "ja", "nein", "oui", "non", "sí", "si", "да", "нет")),
    frozenset(("是", "否", "不是", "是的", "对", "不对", "错")),
    frozenset(("true", "false", "correct", "incorrect", "right", "wrong", "正确", "错误")),
    frozenset(("positive", "negative", "neutral", "mixed", "正面", "负面", "中性", "积极", "消极")),
    frozenset(("entailment", "contradiction", "neutral", "not entailment")),
    frozenset(("spam", "ham", "not spam")),
    frozenset(("acceptable", "unacceptable", "offensive", "not offensive", "toxic", "not toxic")),
)  # fmt: skip
#: The kinds of answers that are such words.
_WORDS: Final = "words "


def contradict(answers: Sequence[str], *, labelled: bool, labels: Collection[int] = (), few: bool = False) -> bool:
    """Return whether two of the answers to one prompt cannot both be right.

    Args:
        answers: the different answers.
        labelled: whether the rows are texts with a label, so that every short answer is one.
        labels: positions of answers that are labels of the dataset, as others have them; few: if these are all answers.
    """
    plain = [bare(answer) for answer in answers]
    if len(labels) == len(answers):
        # Of a closed set, "sarcastic" is not what "non-sarcastic" contains, but another label.
        return (few or all(map(_is_short, answers))) and _are_others(answers)
    if labelled:
        return all(_is_short(answer) for answer in answers) and exclude(plain)
    kinds = [_kind(answer, text) for answer, text in zip(answers, plain, strict=True)]
    if kinds[0] is None or len(set(kinds)) > 1:
        return False
    return _are_others(answers) if kinds[0].startswith(_WORDS) else exclude(plain)


def are_other_labels(answers: Sequence[str]) -> bool:
    """Return whether answers are several labels each, a ``key: label`` line for each, and two have different ones."""
    read = [_joined(answer) for answer in answers]
    return all(read) and all(each.keys() == read[0].keys() for each in read) and any(each != read[0] for each in read)


def has_another_label(one: str, other: str) -> bool:
    """Return whether two answers have a ``key: value`` line for each of the same keys, and another label under one.

    Other keys may have long values: the words of two events of one text, of which one was won and the other lost.
    """
    here, there = _lines(one), _lines(other)
    if len(here) < 2 or here.keys() != there.keys():
        return False
    short = [(here[key], there[key]) for key in here if _is_short(here[key]) and _is_short(there[key])]
    return any(exclude((bare(mine), bare(theirs))) for mine, theirs in short)


def _lines(answer: str) -> dict[str, str]:
    """Return the values of an answer by their keys; nothing if a line has no key, or the same one as another."""
    parts = [line.partition(": ") for line in answer.split("\n")]
    found = {key: value for key, _, value in parts}
    return found if len(found) == len(parts) and all(colon for _, colon, _ in parts) else {}


def _joined(answer: str) -> dict[str, str]:
    """Return the labels of an answer by their keys; nothing if it is not made of two or more short ones."""
    parts = [line.partition(": ") for line in answer.split("\n")]
    if len(parts) < 2 or not all(colon and _is_short(label) for _, colon, label in parts):
        return {}
    return {key: bare(label) for key, _, label in parts}


def _is_short(answer: str) -> bool:
    spaceless = spaceless_letters(answer, hangul=True)
    return len(answer) <= MOST_CHARS and len(answer.split()) <= _MOST_WORDS and spaceless <= _MOST_SPACELESS


def _kind(answer: str, plain: str) -> str | None:
    """Return the kind of a closed answer; None if it is an open one."""
    text = answer.strip()
    for number, words in enumerate(CLOSED):
        if plain in words:
            return f"{_WORDS}{number}"
    if re.fullmatch(_NUMBER, text.rstrip(".")):
        return "number"
    if re.fullmatch(_OPTION, text):
        return "option"
    return "identifier" if re.fullmatch(_IDENTIFIER, text) and len(text) <= MOST_CHARS else None


def bare(answer: str) -> str:
    """Return the answer without case and punctuation; a number by its value."""
    text = answer.strip().rstrip(".")
    if re.fullmatch(_NUMBER, text):
        digits = re.sub(r"[^\d.+-]", "", re.sub(r",(?=\d{3})", "", text).replace(",", "."))
        try:
            return f"{float(digits):g}" + "%" * text.endswith("%")
        except ValueError:
            return digits
    return " ".join(runs_of_letters(answer.casefold()))


def _are_others(labels: Sequence[str]) -> bool:
    """Return whether one of the labels is another one than the first, and neither is a part of a list or path."""
    first, *rest = map(_parts, labels)
    return any(not first <= other and not other <= first for other in rest)


def _parts(label: str) -> frozenset[str]:
    """Return the labels of a list ("joy, pride") or the names of a path ("sport/football"), as letters and digits."""
    if re.fullmatch(_NUMBER, label.strip()):
        return frozenset((bare(label),))
    found = (_letters(part) or part.strip() for part in re.split(_PARTED, label))
    return frozenset(part for part in found if part)


def _letters(label: str) -> str:
    return "".join(runs_of_letters(label.casefold())).replace("_", "")


def exclude(plain: Sequence[str]) -> bool:
    """Return whether one of the answers neither contains the first one nor is contained in it."""
    first = plain[0]
    return any(f" {first} " not in f" {other} " and f" {other} " not in f" {first} " for other in plain[1:])
