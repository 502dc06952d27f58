"""Inference for keys in any language, by the English keys with the same meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CHOICE, has_word, is_language
from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of, sampled_once
from datalint.shapes.formats.text_label import LABELS
from datalint.shapes.guess import JOIN, NESTED, Guess, can_be_typed, keys_of
from datalint.shapes.inference import infer as inference
from datalint.shapes.inference.categories import with_category
from datalint.shapes.inference.choices.choices import with_choices
from datalint.shapes.inference.from_rows import MOST_KEYS
from datalint.shapes.inference.renamed_keys import of_known_shape
from datalint.shapes.inference.texts.numbered_prompts import numbers_prompts
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.language_names import LANGUAGE_NAMES
from datalint.support.names.translated_names import languages_of, pieces_of, translated

#: Words of the names of options.
_OPTIONS: Final = (*CHOICE, "candidate", "candidates")
#: Columns with letters for names from which on they are the options of a question.
_LEAST_LETTERS: Final = 3
#: The key of a task and of what it is then, those of its solution, characters of a task that says what to do, and the
#: share of the tasks that differ.
_TASK: Final = "task"
_PROBLEM: Final = "problem"
_SOLVED: Final = frozenset(("solution", "answer"))
_SENTENCE: Final = 20
_DIFFERENT: Final = 0.9
_NUMBER: Final = re.compile(r"\d+")
#: The code of Indonesian, which usually ends the name of an identifier.
_INDONESIAN: Final = "id"
#: The name of a question before its options, and the usual name.
_STEM: Final = "stem"
_QUESTION: Final = "question"


@sampled_once()
def infer(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the meanings of keys in rows; None if the rows show nothing that is learned.

    ``rows`` have the same keys, or nearly so; the values of more rows are better evidence.
    """
    keys = {key for row in rows for key in row}
    if len(rows) == 1 and len(keys) > inference.MOST_OF_ONE:
        # Most keys of one long object are entries, such as the words of a dictionary: few of them name anything.
        return _marked(inference.infer(rows))
    names = english_keys(keys) or _without_language(keys) or _of_pair(keys) or _of_stem(keys) or _of_task(keys, rows)
    names = names or _of_indonesian(keys, rows)
    if not names:
        return _marked(inference.infer(rows))
    guess = _of_english([{names.get(key, key): value for key, value in row.items()} for row in rows])
    guess = _marked(guess)
    return None if guess is None else _named_back(guess, names, frozenset(key for row in rows for key in row))


def _marked(guess: Guess | None) -> Guess | None:
    """Return a guess with ``choices`` set if its context has options by their English names, or three letters."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not guess.clear or not {"prompt", "response"} <= found.keys():
        return guess
    keys = keys_of("context", found.get("context", ""))
    lettered = sum(len(key) == 1 for key in keys) >= _LEAST_LETTERS
    named = lettered or any(has_word(key, _OPTIONS) for key in keys)
    # A label of one option in each row is a category, and chooses none.
    return guess._replace(choices=named and found.get("category") != found["response"])


def propose(row: Mapping[str, Any]) -> Guess | None:
    """Return the guess about a single row, which is the same for all rows with such values."""
    if len(row) > MOST_KEYS:
        return None
    names = english_keys(row) or _of_stem(row)
    guess = inference.propose({names.get(key, key): value for key, value in row.items()} if names else row)
    return guess if guess is None or not names else _named_back(guess, names, guess.keys)


#: How a key begins that says something of ``a`` or ``b``.
_OF_LETTERS: Final = ("a-", "a_", "b-", "b_")


def english_keys(keys: Iterable[str]) -> dict[str, str]:
    """Return the keys that are written in another language, each with the English key that means the same.

    Keys of the same meaning stay as they are: an English key for each would say that they are one.
    """
    pieces = {key: pieces_of(key) for key in keys}
    language = languages_of(pieces.values())
    if not language:
        return {}
    names = {key: _name(key, words, language) for key, words in pieces.items()}
    uses = Counter(names.values())
    return {key: name for key, name in names.items() if name != key and uses[name] == 1}


def _without_language(keys: Iterable[str]) -> dict[str, str]:
    """Return the keys that end with the name of a language, each without it, if no other language is named.

    ``title_hindi`` and ``content_hindi`` are a title and its content; of two languages, one is a translation.
    """
    pieces = {key: pieces_of(key) for key in keys}
    ends = {key: words for key, words in pieces.items() if len(words) > 1 and words[-1] in LANGUAGE_NAMES}
    if len({word for words in pieces.values() for word in words if is_language(word)}) != 1:
        return {}
    names = {key: "_".join(words[:-1]) for key, words in ends.items()}
    others = {"_".join(words) for key, words in pieces.items() if key not in ends}
    return {} if len({*others, *names.values()}) < len(others) + len(names) else names


def _of_pair(keys: Iterable[str]) -> dict[str, str]:
    """Return the keys ``a`` and ``b`` as those of two sentences, unless an ``a`` answers, or is one of several.

    Keys that say something of each, such as ``a-coref``, begin with the same name.
    """
    letters = {key: key.strip().lower() for key in keys if len(key.strip()) == 1}
    names = {key: f"sentence_{letter}" for key, letter in letters.items()}
    if sorted(letters.values()) != ["a", "b"] or not {*names.values()}.isdisjoint(keys):
        return {}
    about = {key: key.strip().lower() for key in keys if key.strip().lower()[:2] in _OF_LETTERS}
    names |= {key: f"sentence_{name}" for key, name in about.items()}
    return {} if any(strength(key, "prompt") >= Strength.HEAD for key in keys) else names


def _of_stem(keys: Iterable[str]) -> dict[str, str]:
    """Return the key ``stem`` as that of a question, which it is next to options."""
    names = {key: _QUESTION for key in keys if key.strip().lower() == _STEM}
    asked = any(strength(key, "prompt") is Strength.WHOLE for key in keys)
    return names if len(names) == 1 and not asked and any(has_word(key, CHOICE) for key in keys) else {}


def _of_task(keys: Iterable[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the key of tasks that are solved as that of problems, if each row has a task of its own in some words.

    In other rows, it is the name of a task that many rows are for.
    """
    found = {key.strip().lower(): key for key in keys}
    task = found.get(_TASK, "")
    if not task or _PROBLEM in found or _SOLVED.isdisjoint(found):
        return {}
    if any(strength(key, "prompt") >= Strength.HEAD for key in found.values() if key != task):
        return {}
    texts = {text for row in rows if isinstance(text := row.get(task), str) and len(text) >= _SENTENCE}
    return {task: _PROBLEM} if len(texts) >= max(_DIFFERENT * len(rows), 2) else {}


def _of_indonesian(keys: Iterable[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the keys of texts that end with ``id``, as those of texts in Indonesian, next to another language.

    ``text_id`` next to ``text_en`` is no identifier if it holds sentences.
    """
    pieces = {key: pieces_of(key) for key in keys}
    spoken = {words[:-1] for words in pieces.values() if is_language("".join(words[-1:]))}
    ends = [key for key, words in pieces.items() if words[-1:] == (_INDONESIAN,) and words[:-1] in spoken - {()}]
    texts = [each.key for each in columns_of(rows) if each.key in ends and _are_sentences(each)] if ends else []
    return {key: "_".join((*pieces[key][:-1], "indonesian")) for key in texts}


def _are_sentences(column: SampledColumn) -> bool:
    """Whether a column holds texts of some length, hardly any of which is that of another row."""
    return column.holds is Holds.TEXT and column.length > LONG and column.distinct >= _DIFFERENT


def _name(key: str, pieces: Sequence[str], language: str) -> str:
    words = translated(pieces, language)
    # Digits of other scripts are numbers too.
    numbers = (number if number.isascii() else str(int(number)) for number in _NUMBER.findall(key))
    return key if words == tuple(pieces) else "_".join((*words, *numbers))


def _of_english(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows whose keys are those of a known shape by now, or any others."""
    known = with_choices(columns_of(rows), rows) or of_known_shape(rows, as_is=True)
    found = {} if known is None else dict(known.columns)
    labelled = found.get("prompt") == "text" and found.get("response") in LABELS
    sampled = columns_of(rows)
    if any(each.key == found.get("prompt") and numbers_prompts(each, sampled, len(rows)) for each in sampled):
        known = None
    if known is None or labelled or "response" not in found:
        guess = inference.infer(rows)
        if known is None or (guess is not None and guess.clear):
            return guess
    if labelled:
        known = Guess.of(found | {"category": found["response"]}, clear=True, basis="names")
    columns = tuple(each for each in sampled if can_be_typed(each.key))
    return with_category(known, columns, rows)


def _named_back(guess: Guess, names: Mapping[str, str], keys: frozenset[str]) -> Guess:
    """Return a guess about rows with English keys with the keys of the original rows."""
    own = {name: key for key, name in names.items()}
    columns = tuple(
        (meaning, JOIN.join(_own(each, own) for each in keys_of(meaning, value)) or value)
        for meaning, value in guess.columns
    )
    return guess._replace(columns=columns, keys=keys)


def _own(key: str, own: Mapping[str, str]) -> str:
    if key in own:
        return own[key]
    top, separator, rest = key.partition(NESTED)
    return f"{own.get(top, top)}{separator}{rest}"
