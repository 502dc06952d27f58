"""Words with their readings and meanings, flashcards, and glossaries in several languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.named_languages import ENGLISH, language_of, without_brackets
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import fold_name, last_word

#: Names of the way in which a word is read.
_READINGS: Final = frozenset(
    """pinyin zhuyin bopomofo jyutping romaji romanization romanisation romanized transliteration transcription furigana
    kana hiragana katakana reading readings onyomi kunyomi pronunciation phonetic phonetics ipa""".split()
)
#: Names of a word, those by its script among them, and of what it means.
_SCRIPTS: Final = frozenset("hanzi kanji hanja simplified traditional hangul hangeul kana hiragana katakana".split())
_WORDS: Final = _SCRIPTS | frozenset(
    "word vocab vocabulary character expression term lemma headword lexeme entry phrase acronym abbreviation".split()
)
#: Names of a word that may as well be those of a person or of a text.
_UNSURE: Final = frozenset("character expression entry phrase".split())
_MEANINGS: Final = frozenset(
    "meaning meanings translation translations definition definitions gloss glosses expansion".split()
)
#: The last words of the name of the meaning of a term, whose own name is the rest: ``de`` and ``de-def``.
_DEFINED: Final = frozenset("def definition desc description meaning explanation".split())
#: Names of a term, and first words of those of its translation.
_SOURCE: Final = frozenset(("source", "src"))
_TARGET: Final = frozenset(("target", "tgt"))
_TERM: Final = "term"
#: Both sides of a card.
_CARD: Final = ("front", "back")
#: Rows of a table that are enough for a proposal.
_FEW_ROWS: Final = 5


def vocabulary(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the meanings of words, or their translations; None for other rows."""
    said = [each for each in columns if can_be_typed(each.key)]
    said = [each for each in said if not is_about(each) or last_word(each.key) in _WORDS]
    if len(rows) < _FEW_ROWS:
        return None
    return _read_words(said) or _in_two_languages(said) or _defined_terms(said) or _of_source(columns)


def with_word(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess, but for one that asks what the reading of a word means: the proposal with the word."""
    if guess is None or last_word(dict(guess.columns).get("prompt", "")) not in _READINGS:
        return guess
    said = [each for each in columns_of(rows) if can_be_typed(each.key)]
    return _read_words(said) or guess


def with_source(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess, but for one that asks what kind of term a translation is: the proposal to translate the term."""
    if guess is None or not _is_target(dict(guess.columns).get("prompt", "")):
        return guess
    return _of_source(columns_of(rows)) or guess


def _of_source(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for terms and their translations: a ``source`` that varies is no origin next to a target."""
    # A term with translations into several languages comes over and over.
    sources = [each for each in columns if _is_source(each.key) and each.holds is Holds.TEXT]
    sources = [each for each in sources if _TERM in fold_name(each.key) or _is_varied(each)]
    targets = [each for each in columns if _is_target(each.key) and _is_varied(each)]
    if len(sources) != 1 or len(targets) != 1 or not can_be_typed(targets[0].key):
        return None
    return Guess.of({"prompt": sources[0].key, "response": targets[0].key})


def _is_source(key: str) -> bool:
    """Whether a key is that of the source alone, or of the term in its language, such as ``term_src``."""
    words = [word for word in fold_name(key) if word != _TERM]
    return len(words) == 1 and words[0] in _SOURCE


def _is_target(key: str) -> bool:
    """Whether a key begins with the word for a target, but for that for a term."""
    words = [word for word in fold_name(key) if word != _TERM]
    return words[:1] != [] and words[0] in _TARGET


def _read_words(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for words next to what they mean, and perhaps the way in which they are read."""
    readings = [each for each in columns if last_word(each.key) in _READINGS and _has_text(each)]
    words = [each for each in columns if last_word(each.key) in _WORDS and _is_varied(each) and each.short]
    words = [each for each in words if each not in readings] or words[:1]
    words = words if readings else [each for each in words if last_word(each.key) not in _UNSURE]
    words = words or [each for each in columns if _language(each) not in ("", *ENGLISH) and _is_varied(each)]
    taken = [*readings, *words]
    meanings = [each for each in columns if each not in taken and _means(each) and _has_text(each)]
    # Next to a ``translation``, an ``example_translation`` is that of something else.
    meanings = [each for each in meanings if len(fold_name(each.key)) == 1] or meanings
    if not words or not meanings or not (readings or len(words) == len(meanings) == 1):
        return None
    word, meaning = words[0], meanings[0]
    read = JOIN.join(each.key for each in readings if each is not word)
    return Guess.of({"prompt": word.key, **({"context": read} if read else {}), "response": meaning.key})


def _in_two_languages(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for texts that are named after two languages, and by nothing else."""
    texts = [each for each in columns if _language(each) and each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(texts) != len(_CARD) or len({_language(each) for each in texts}) != len(_CARD):
        return None
    first, other = texts
    return Guess.of({"prompt": first.key, "response": other.key})


def _defined_terms(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for terms whose definitions have their name and one word more, in English if they are."""
    texts = {fold_name(each.key): each for each in columns if _is_varied(each)}
    pairs = [
        (texts[words[:-1]], definition)
        for words, definition in texts.items()
        if words[-1:] and words[-1] in _DEFINED and words[:-1] in texts and definition.length > texts[words[:-1]].length
    ]
    if not pairs:
        return None
    term, definition = min(pairs, key=lambda pair: language_of(pair[0].key) not in ENGLISH)
    return Guess.of({"prompt": term.key, "response": definition.key})


def _language(column: SampledColumn) -> str:
    """Return the language that a column is named after, by its whole name; empty for others."""
    words = without_brackets(column.key)
    return language_of(column.key) if len(words) == 1 else ""


def _means(column: SampledColumn) -> bool:
    return last_word(column.key) in _MEANINGS or _language(column) != ""


def _has_text(column: SampledColumn) -> bool:
    return column.holds in (Holds.TEXT, Holds.LABEL, Holds.LIST)


def _is_varied(column: SampledColumn) -> bool:
    return column.holds is Holds.TEXT and column.distinct >= VARIED
