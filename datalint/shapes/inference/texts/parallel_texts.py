"""Texts and their translations next to a label of each sentence, such as whether it is affirmative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.named_languages import language_of, without_language
from datalint.shapes.evidence.names import LABEL, has_word, objects_in
from datalint.shapes.evidence.sampled import LEAST_ROWS, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.transforms import LEAST_DISTINCT, is_heading, texts_of
from datalint.support.names.model_names import is_model

#: Words of the names of translations, and of what is translated.
_TRANSLATED: Final = ("translation", "translated", "translations")
_SOURCES: Final = ("source", "src", "original")
#: Words of the names of classes that are as often facts of grammar about a sentence.
_GRAMMAR: Final = ("polarity",)


def parallel_texts(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its translation next to classes, by the names of both texts.

    None if a class is named a label, or if it is a sentiment or the like and no name says which text is translated:
    then the translation may be there for those who read the label. With such a name, it is unclear what is learned.
    """
    classes = [each for each in columns if is_class(each)]
    texts = [each for each in texts_of(columns) if not is_model(each.key)]
    if rows < LEAST_ROWS or len(texts) != 2 or not classes or any(has_word(each.key, LABEL) for each in classes):
        return None
    if is_heading(*texts) or any(each.distinct < LEAST_DISTINCT for each in texts) or objects_in(columns):
        return None
    grammar = all(has_word(each.key, _GRAMMAR) for each in classes)
    written = [each for each in texts if has_word(each.key, _TRANSLATED)]
    others = [each for each in texts if each not in written]
    named = len(written) == 1 and bool(has_word(others[0].key, _SOURCES) or language_of(others[0].key))
    if len(written) == 1 and (named or grammar):
        clear = named and grammar
        return Guess.of({"prompt": others[0].key, "response": written[0].key}, clear=clear, basis="names")
    one, other = (language_of(each.key) for each in texts)
    same = without_language(texts[0].key) == without_language(texts[1].key)
    if not (grammar and one and other and one != other and same):
        return None
    return Guess.of({"prompt": texts[0].key, "response": texts[1].key}, clear=True, basis="names")
