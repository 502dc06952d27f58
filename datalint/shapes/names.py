"""What the names of columns say of their meanings, compared with the names of other columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.sampled import Column
from datalint.support.column_names import NAMES, Strength, fold, strength

#: Words of keys that hold the better and the worse of two responses, the plainest first.
BETTER: Final = ("chosen", "preferred", "better", "winner", "win", "accepted", "positive", "right", "correct")
WORSE: Final = (
    "rejected", "dispreferred", "worse", "loser", "lose", "negative", "incorrect", "wrong", "bad", "not", "false",
    "hallucinated",
)  # fmt: skip
#: Words that distinguish two keys which are otherwise the same: that of the better response, and that of the worse.
_OPPOSITES: Final = (
    ("aligned", "misaligned"), ("safe", "unsafe"), ("safe", "harmful"), ("harmless", "harmful"), ("helpful", "harmful"),
    ("good", "bad"), ("best", "worst"), ("desirable", "undesirable"), ("desired", "undesired"), ("winning", "losing"),
)  # fmt: skip
#: Names of a label that is learned, even where the text next to it is named a prompt; a topic or a tag is not.
_LEARNED: Final = frozenset(
    "label labels labeltext labelname class sentiment 标签 標籤 分类 分類 情感 ラベル 라벨 레이블 klasse classe clase "
    "etiqueta etiquette rotulo метка класс тональность sentimiento sentimento تسمية تصنيف nhan camxuc".split()
)
#: Words of keys that hold a wrong option of a question.
OPTION: Final = ("distractor",)


def is_numbered(column: Column, others: Sequence[Column]) -> bool:
    """Whether a column is one of several that only a number or letter tells apart: which one is learned is unknown."""
    stem = _stem(column.key)
    return any(each is not column and _stem(each.key) == stem for each in others)


def are_numbered(columns: Sequence[Column]) -> bool:
    """Return whether all of several columns have one name but for a number or letter, as two sentences of a pair."""
    return len({_stem(each.key) for each in columns}) == 1 and bool(_stem(columns[0].key))


def is_learned(column: Column) -> bool:
    """Return whether the name of a column of labels says that they are what is learned."""
    return "".join(fold(column.key)) in _LEARNED


def are_opposites(better: Column, worse: Column) -> bool:
    """Return whether two columns hold the better and the worse of one thing, by names that are otherwise the same."""
    one, other = fold(better.key), fold(worse.key)
    return any(
        good in one and bad in other and _rest(one, good) == _rest(other, bad) for good, bad in _OPPOSITES
    )


def _rest(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(each for each in words if each != word)


def _stem(key: str) -> tuple[str, ...]:
    return tuple(word for word in fold(key) if len(word) > 1 or not word.isascii())


def named_as(columns: Sequence[Column], meaning: str) -> list[Column]:
    """Return the columns whose names say ``meaning``, the plainest first; equals by the better name."""
    found = [each for each in columns if strength(each.key, meaning)]
    return sorted(found, key=lambda each: (-strength(each.key, meaning), _rank(each.key, meaning)))


def _rank(key: str, meaning: str) -> int:
    """Return the place of the first word among the names of ``meaning`` that the key has."""
    names, words = NAMES[meaning].split(), fold(key)
    places = [
        names.index(word) for word in (*words, "".join(words), *(w.removesuffix("s") for w in words)) if word in names
    ]
    return min(places, default=len(names))


def is_beside(column: Column) -> bool:
    """Return whether a column is next to what is learned: a context, a heading, or a label of the row."""
    if strength(column.key, "text") is Strength.WHOLE:
        return False
    others = ("context", "heading", *(("category", "group") if column.short else ()))
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in others)


def is_side(column: Column) -> bool:
    """Whether a list of messages is a part of a row by its name: a prompt, a response, or one of two."""
    sides = any(strength(column.key, meaning) >= Strength.HEAD for meaning in ("prompt", "response", "context"))
    return sides or has_word(column.key, (*BETTER, *WORSE))


def stands_out(candidates: Sequence[Column], meaning: str) -> bool:
    """Whether the first candidate's name says plainly what it means, and no other's does as plainly."""
    best = strength(candidates[0].key, meaning)
    return best >= Strength.HEAD and all(strength(each.key, meaning) < best for each in candidates[1:])


def is_about(column: Column) -> bool:
    """Whether a column says something about the row, such as its number or source, by its name."""
    if strength(column.key, "about") < Strength.HEAD:
        return False
    others = ("prompt", "response", "text")
    return all(strength(column.key, meaning) < Strength.WHOLE for meaning in others)


def has_word(key: str, words: Sequence[str]) -> bool:
    """Whether one of the words of a key is among ``words``."""
    return not frozenset(words).isdisjoint(fold(key))
