"""A text in several languages, recognised by the names of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from datalint.shapes.evidence.named_languages import (
    ENGLISH,
    languages_in,
    without_brackets,
    without_language,
)
from datalint.shapes.evidence.names import (
    CLASS,
    MACHINE_MADE,
    has_word,
    is_about,
    is_language,
    objects_in,
)
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.transforms import LEAST_DISTINCT, are_wordings, is_heading, texts_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import NAMES, Strength, fold_name, strength
from datalint.support.names.language_codes import OF_FILES, WHOLE
from datalint.support.names.model_names import is_model

#: Words of the names of translations.
_TRANSLATED: Final = ("translation", "translations", "translated")
#: What speakers call their languages where a country or a region has that name as well.
_OWN_NAMES: Final = tuple(
    (name,) for name in "indonesia melayu jawa sunda madura bali banjar bugis minangkabau minang aceh batak".split()
)
#: Codes of languages that are the whole name of a column next to another code, and how some write Spanish.
_KNOWN: Final = WHOLE | OF_FILES | {"esp"}
#: Characters of a code of a language.
_CODE: Final = 3
#: How much longer than a translation its text is at most.
_LONGER: Final = 4


def by_languages(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text in two languages, whose names end or begin with them.

    Where the names are languages and nothing else, few rows are enough. What models wrote is no translation to learn.
    """
    texts = [each for each in texts_of(columns) if not is_model(each.key)]
    # Of two translations, the one that somebody wrote is learned.
    texts = own if len(own := [each for each in texts if not has_word(each.key, MACHINE_MADE)]) > 1 else texts
    names = languages_in([each.key for each in texts])
    spoken = [each for each in texts if each.key in names]
    if len(spoken) == 1 and len(texts) == 2:
        return _beside_language(columns, texts, spoken[0], rows) or _under_codes(columns, texts, rows)
    if not spoken and len(texts) == 2:
        return _in_own_words(columns, texts, rows) or _under_codes(columns, texts, rows)
    if rows < LEAST_ROWS and (len(texts) > 2 or any(has_word(each.key, CLASS) for each in columns)):
        return None
    bare = {names[each.key][1] for each in spoken}
    if rows >= LEAST_ROWS and len(texts) == len(spoken) > 2 and len(bare) > 1:
        return _of_versions(spoken, names)
    if len(spoken) < 2 or len(bare) != 1 or not any(is_language(names[each.key][0]) for each in spoken):
        return None
    if rows < LEAST_ROWS and (rows == 1 or bare != {()}):
        return None
    if any(strength(" ".join(names[each.key][1]), "heading") for each in spoken) or are_wordings(spoken, columns):
        return None
    others = [each for each in texts if each not in spoken]
    if len(others) == 1 and all(has_word(each.key, _TRANSLATED) for each in spoken):
        # Translations of the only other text, of which somebody has to choose one.
        return Guess.of({"prompt": others[0].key, "response": spoken[0].key})
    if len(spoken) > 2:
        first = _first(spoken, names)
        return Guess.of({"prompt": first.key, "response": next(e.key for e in spoken if e is not first)})
    sure = rows >= LEAST_ROWS or all(len(names[each.key][0]) > _CODE for each in spoken)
    sure = sure and all(map(_sorts, others)) and all(each.distinct >= LEAST_DISTINCT for each in spoken)
    clear = sure and not objects_in(columns)
    return Guess.of({"prompt": spoken[0].key, "response": spoken[1].key}, clear=clear, basis="names")


def of_dictionary(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a dictionary of two languages, in which other columns have forms of their words.

    Classes of these words, such as those of nouns, are not learned.
    """
    texts = texts_of(columns)
    names = languages_in([each.key for each in texts])
    whole = [each for each in texts if each.key in names and not names[each.key][1] and not each.sparse]
    whole = [each for each in whole if len(names[each.key][0]) > _CODE and each.distinct >= LEAST_DISTINCT]
    if rows < LEAST_ROWS or not len(names) > len(whole) == 2 or any(each.length > LONG for each in whole):
        return None
    return Guess.of({"prompt": whole[0].key, "response": whole[1].key})


def _sorts(column: SampledColumn) -> bool:
    """Whether a column holds topics by its name, of which there may be as many as other texts have values."""
    named = any(strength(column.key, each) >= Strength.HEAD for each in ("category", "group"))
    return named and column.short and column.length <= LONG


def _of_versions(spoken: Sequence[SampledColumn], names: Mapping[str, tuple[str, tuple[str, ...]]]) -> Guess | None:
    """Return the proposal for versions of a text in several languages: which one is learned is for somebody to say."""
    first = _first(spoken, names)
    spelled, rest = names[first.key]
    others = [each for each in spoken if names[each.key][0] != spelled]
    same = [each for each in others if names[each.key][1] == rest]
    other = next(iter(same or others), None)
    return None if other is None else Guess.of({"prompt": first.key, "response": other.key})


def _first(spoken: Sequence[SampledColumn], names: Mapping[str, tuple[str, tuple[str, ...]]]) -> SampledColumn:
    """Return the text in English, or else the first one."""
    return next((each for each in spoken if names[each.key][0] in ENGLISH), spoken[0])


def _in_own_words(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for two texts, one of them under what its speakers call its language; None for any others.

    Since a country or region has that name too, nothing else may vary from row to row but facts about these.
    """
    named = [each for each in texts if without_brackets(each.key) in _OWN_NAMES]
    others = [each for each in columns if each not in texts]
    if not named or not all(each.uniform or each.holds in FACTS or is_about(each) for each in others):
        return None
    guess = _beside_language(columns, texts, named[-1], rows)
    return None if guess is None else guess._replace(clear=False)


def _under_codes(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a table of two texts under codes, one of which is known to name a language."""
    words = [without_brackets(each.key) for each in texts]
    coded = all(len(each) == 1 and each[0].isascii() and each[0].isalpha() and len(each[0]) <= _CODE for each in words)
    if len(columns) > len(texts) or rows < LEAST_ROWS or not coded or not any(each[0] in _KNOWN for each in words):
        return None
    meant = any(strength(each.key, meaning) for each in texts for meaning in NAMES)
    shorter, longer = sorted(each.length for each in texts)
    if meant or longer > _LONGER * shorter or any(each.distinct < LEAST_DISTINCT for each in texts):
        return None
    return Guess.of({"prompt": texts[0].key, "response": texts[1].key})


def _beside_language(
    columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], spoken: SampledColumn, rows: int
) -> Guess | None:
    """Return the guess about a text in a language and in another one, whose name is a word that says nothing else."""
    other = next(each for each in texts if each is not spoken)
    shared = len(without_language(spoken.key))
    alike = len(fold_name(other.key)) > shared > 0 and fold_name(other.key)[-shared:] == without_language(spoken.key)
    if alike and spoken.script != other.script and not is_heading(spoken, other):
        # The same name in what may be another language, whose code says nothing else.
        clear = rows >= LEAST_ROWS and fold_name(other.key)[0] in WHOLE and not objects_in(columns)
        return Guess.of({"prompt": spoken.key, "response": other.key}, clear=clear, basis="names")
    alone = all(len(without_brackets(each.key)) == 1 for each in texts) and len(without_brackets(spoken.key)[0]) > _CODE
    meant = any(strength(other.key, meaning) for meaning in NAMES) or use_of(other.key) != "unknown"
    shorter, longer = sorted(each.length for each in texts)
    quiet = not any(each.holds in (Holds.OBJECT, Holds.LIST, Holds.CHAT) for each in columns)
    labels = [each for each in columns if each.holds is Holds.LABEL]
    quiet = quiet and not any(has_word(each.key, CLASS) for each in labels)
    varied = all(each.distinct >= LEAST_DISTINCT for each in texts)
    if rows < LEAST_ROWS or not alone or meant or not quiet or not varied or longer > _LONGER * shorter:
        return None
    # Facts about a word, such as its part of speech, may be what is learned of it.
    return Guess.of({"prompt": texts[0].key, "response": texts[1].key}, clear=not labels, basis="names")
