"""Columns that a label depends on, next to a text: an aspect, a word of the text, or a key that changes the label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import EXPLAINS, has_word, is_about
from datalint.shapes.evidence.sampled import LONG, READABLE, Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of the part of a text that its label is about.
ASPECTS: Final = ("entity", "aspect", "target", "term", "mention", "opinion", "head", "tail", "subject", "object")
#: Words of keys of a few words that a label is about, and that are no part of the text.
AIMS: Final = ("target", "aspect", "entity")
#: Names of keys of the subject of a stance.
_TOPICS: Final = (("topic",), ("target",), ("claim",), ("issue",))
#: Names of keys of the word of a text that its label is about.
_WORDS: Final = frozenset(
    """keyword keywords word targetword term mention entity aspect target phrase expression idiom lemma verb noun
    adjective adverb lexeme lexem homograph""".split()
)
#: Words of keys of the place of a word in a text, next to the key of the word itself: ``verb_idx``.
_PLACES: Final = frozenset("idx index position pos offset start".split())
#: Words of keys of offences, and of whether one is aimed at somebody: whom it is aimed at is another label then. Names
#: of further labels that an offence has together, and those of a suite of tests, whose cases are made of a template for
#: each group.
_OFFENCES: Final = tuple(
    """offensive offense offence abusive abuse hate hateful hatespeech toxic toxicity aggressive aggression insult hs
    targeted""".split()
)
_OF_OFFENCES: Final = (("group",), ("directness",))
_TEMPLATES: Final = ("templ", "template", "functionality")


def is_aimed_at(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Return whether a column holds whom an offence is aimed at (``group``, ``individual``): a label, and not read.

    The target of a stance is read.
    """
    if column.holds is not Holds.LABEL or column.within or not has_word(column.key, ("target", "targets")):
        return False
    others = [each for each in columns if each is not column]
    if any(has_word(each.key, ("stance",)) for each in others):
        return False
    # So is one next to which group it is of, and how directly it is said.
    sorted_too = [each for each in others if each.holds is Holds.LABEL and not each.within]
    if len([each for each in sorted_too if fold_name(each.key) in _OF_OFFENCES]) == len(_OF_OFFENCES):
        return True
    return any(has_word(each.key, (*_OFFENCES, *_TEMPLATES)) for each in others)


def _is_stance(column: SampledColumn) -> bool:
    return has_word(column.key, ("stance",))


def _is_place_of(place: SampledColumn, column: SampledColumn) -> bool:
    """Whether a column holds where the words of another one are in a text, by its name: those of no class are."""
    words, whole = fold_name(column.key), fold_name(place.key)
    named = bool(words) and len(whole) == len(words) + 1 and words in (whole[1:], whole[:-1])
    placed = named and not _PLACES.isdisjoint((whole[0], whole[-1])) and place.holds is Holds.NUMBER
    return placed and not is_class(column) and strength(column.key, "category") < Strength.HEAD


def is_aspect(column: SampledColumn) -> bool:
    """Whether a column holds the part of a text that its label is about."""
    return column.within and column.length <= LONG and has_word(column.key, ASPECTS)


def is_aim(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether short values are the aim of a label, such as the target of a stance, and no label themselves.

    The key is named so, or the values are parts of a text that is repeated in rows with other values.
    """
    if not any(is_class(each) and each is not column and not has_word(each.key, AIMS) for each in columns):
        return False
    if is_aimed_at(column, columns):
        return False
    if column.holds is Holds.OBJECT:
        return fold_name(column.key) == ("target",)  # the words of a text that may mean the same
    if column.holds is Holds.LABEL and fold_name(column.key) in _TOPICS and any(map(_is_stance, columns)):
        return True
    sorts = strength(column.key, "group") or strength(column.key, "category") >= Strength.HEAD
    if column.holds is Holds.LABEL and has_word(column.key, AIMS) and not sorts:
        return True
    usable = column.short and column.holds in READABLE and not is_about(column)
    if not usable or not any(each.holds is Holds.TEXT and each.length > 2 * column.length for each in columns):
        return False
    if any(_is_place_of(each, column) for each in columns):
        return True
    if "".join(fold_name(column.key)) in _WORDS:
        return column.apart or column.within or (column.holds is Holds.TEXT and not has_word(column.key, AIMS))
    if use_of(column.key) == "metadata" or has_word(column.key, EXPLAINS):
        return False
    stated = any(strength(column.key, each) >= Strength.HEAD for each in ("category", "group", "response", "written"))
    return column.apart and column.within and not stated
