"""Parts of books and laws with their places, which are plain texts, and words with their definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Words of the names of places in a work, and of the works and their parts.
_PLACES: Final = tuple(
    "chapter verse article section page paragraph surah sura ayah aya stanza clause volume hadith line".split()
)
_WORKS: Final = (
    *_PLACES,
    *"book books law laws act code codex work title document testament edition part collection regulation".split(),
)
#: Last words of keys of words and of definitions, and words of keys of other facts about a word.
_WORDS: Final = frozenset("word term lemma headword lexeme idiom proverb acronym abbreviation slang vocabulary".split())
_DEFINITIONS: Final = frozenset("definition definitions meaning meanings".split())
_CLASSES: Final = (("pos",), ("part", "of", "speech"), ("partofspeech",), ("word", "class"))


def parts_of_works(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts with their places in a work, such as verses: the work is no label of them."""
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or texts[0].distinct < VARIED:
        return None
    text = texts[0]
    others = [each for each in columns if each is not text and each.holds is not Holds.NOTHING]
    places = [each for each in others if _is_place(each)]
    if strength(text.key, "text") is not Strength.WHOLE or not places or text.asks or text.code:
        return None
    works = [each for each in others if each.holds not in FACTS and not is_about(each)]
    if any(is_class(each) for each in others) or not all(has_word(each.key, _WORKS) for each in works):
        return None
    return Guess.of({"text": text.key}, clear=True, basis="names")


def _is_place(column: SampledColumn) -> bool:
    """Whether a column has numbers of the parts of a work, by its name."""
    return column.holds in (Holds.NUMBER, Holds.REFERENCE) and has_word(column.key, _PLACES)


def words_defined(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about words and their definitions, perhaps with the class of each word.

    An example may be learned as well, so that it is only proposed next to other texts.
    """
    words = [each for each in columns if last_word(each.key) in _WORDS and each.short and each.distinct >= VARIED]
    definitions = [each for each in columns if last_word(each.key) in _DEFINITIONS and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or len(words) != 1 or len(definitions) != 1:
        return None
    word, definition = words[0], definitions[0]
    others = [each for each in columns if each not in (word, definition) and each.holds not in FACTS]
    others = [each for each in others if not is_about(each)]
    classes = [each for each in others if fold_name(each.key) in _CLASSES and each.short]
    if definition.length <= max(LONG / 2, word.length) or any(is_class(each) for each in others):
        return None
    context = {"context": classes[0].key} if len(classes) == 1 else {}
    rest = [each for each in others if each not in classes and each.holds is not Holds.LABEL]
    return Guess.of({"prompt": word.key, **context, "response": definition.key}, clear=not rest, basis="names")
