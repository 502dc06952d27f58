"""The likeliest prompt and response of a row for which no layout is known: by names, then by their order and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.rules.common.keys.texts_elsewhere import is_beyond_label
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.columns_option import columns_option
from datalint.support.names.answer_names import Answers, is_of_model, names_answer
from datalint.support.names.column_names import NAMES, Strength, fold_name, strength
from datalint.support.names.error_names import is_error
from datalint.support.names.faulty_programs import is_faulty
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.text_lists import are_texts

#: A key that the option carries, and that of a column without a name.
_TYPED: Final = lazy_pattern(r"[\w(](?:[\w .:?/()&#-]{0,58}[\w.?)])?")
_UNNAMED: Final = lazy_pattern(r"column-[0-9]{1,5}")
#: Texts that a prompt is made of at most, and texts without names from which on each may be one of its own.
_MOST_PARTS: Final = 3
_MANY: Final = 4
#: Characters of a value without blanks, such as a pattern, from which on it may be an answer.
_LEAST: Final = 8
_MEANINGS: Final = tuple(each for each in NAMES if each != "heading")
#: Last words of the names of what sorts prompts, and of names of prompts of a kind.
_SORTS: Final = (("category",), ("categories",), ("topic",), ("tag",), ("genre",))
_PROMPTS: Final = (("prompt",), ("question",), ("instruction",))
#: First words of the names of what a user says.
_USERS: Final = (("user",), ("human",))
#: Keys of the parts of a message, such as an email.
_LETTER: Final = ("subject", "body")
#: The end of a message about a proposal that the names of keys do not support.
_GUESS: Final = " (a guess from the order of the texts)"


def likely_option(row: Mapping[str, Any], prompt: str = "") -> str:
    """Return the option that reads the likeliest prompt and response of a row; empty where nothing is likely.

    ``prompt`` is the key of the prompt, if that is known. Next to its category, or a program with mistakes, it is read
    alone. An option from the order of texts alone is said to be a guess.
    """
    keys = [key for key in row if key != prompt and _TYPED.fullmatch(key) and not _is_empty(row[key])]
    # Platforms write facts about a task after an underscore: ``_golden``, ``_trust``.
    keys = [key for key in keys if not key.startswith("_")]
    texts = [key for key in keys if _is_text(row[key]) and not _UNNAMED.fullmatch(key)]
    ranks = {key: names_answer(key) for key in keys if _may_be_learned(key, row[key])}
    best = max(ranks.values(), default=Answers.NOT)
    named = [key for key, rank in ranks.items() if rank is best] if best else []
    if len(named) > 1:
        return ""
    if prompt and not named and texts and all(strength(key, "context") >= Strength.HEAD for key in texts):
        return columns_option(f"prompt={prompt},context={'+'.join(texts)}")  # what is asked about answers nothing
    letter = [key for key in keys if key.lower() in _LETTER]
    if not named and not prompt and len(letter) == len(_LETTER):
        return columns_option(f"text={'+'.join(letter)}")  # the body of a message answers nothing in its subject
    answer = named[0] if named else _last(row, keys, texts)
    if not answer:
        return ""
    asked = [prompt] if prompt else _asked(keys, texts, answer)
    if named and not asked and best is not Answers.CLASS:  # what is asked may have no blanks, such as code
        asked = _asked(keys, [key for key in keys if isinstance(row[key], str) and len(row[key]) >= _LEAST], answer)
    if not asked or _are_settings(row, asked, answer) or _are_numbered(answer, asked):
        return ""
    if is_faulty(answer, row):  # the row has no answer
        said = [key for key in asked if strength(key, "prompt") >= Strength.HEAD]
        return columns_option(f"prompt={said[0]}") if said else ""
    if best is Answers.CLASS and len(asked) == 1 and _only_sorts(answer, asked[0]):
        return columns_option(f"prompt={asked[0]}")
    option = columns_option(f"prompt={'+'.join(asked)},response={answer}")
    return option if named else f"{option}{_GUESS}"


def _only_sorts(answer: str, prompt: str) -> bool:
    """Whether a category or topic stands next to a prompt by its name, which it sorts: no model is asked for it."""
    asked = strength(prompt, "prompt") is Strength.WHOLE or fold_name(prompt)[-1:] in _PROMPTS
    return asked and fold_name(answer)[-1:] in _SORTS


def turns_alone(row: Mapping[str, Any]) -> str:
    """Return the option that reads a system prompt and what a user says as prompts; empty for other rows."""
    system = [key for key in row if _TYPED.fullmatch(key) and strength(key, "system") is Strength.WHOLE]
    said = [key for key in row if _TYPED.fullmatch(key) and fold_name(key)[:1] in _USERS and _is_text(row[key])]
    if len(system) != 1 or len(said) != 1 or any(names_answer(key) >= Answers.HEAD for key in row):
        return ""
    return columns_option(f"system={system[0]},prompt={said[0]}")


def are_topics(row: Mapping[str, Any]) -> bool:
    """Return whether each key of a row may have a prompt of its own: all are questions under names without meaning."""
    asked = [key for key, value in row.items() if isinstance(value, str) and value.rstrip().endswith(QUESTION_MARKS)]
    return len(row) >= _MANY and len(asked) == len(row) and not any(map(_has_meaning, row))


def _are_settings(row: Mapping[str, Any], asked: Sequence[str], answer: str) -> bool:
    """Whether a list or object would be the answer to what is no sentence, and is not named as a prompt either."""
    said = any(strength(key, "prompt") or (isinstance(row[key], str) and _is_text(row[key])) for key in asked)
    return isinstance(row[answer], dict | list) and not said


def _has_meaning(key: str) -> bool:
    return any(strength(key, meaning) for meaning in _MEANINGS)


def _is_empty(value: object) -> bool:
    return value is None or value == "" or value == []


def _is_text(value: object) -> bool:
    """Whether a value has several words, or is a list of texts."""
    return " " in value.strip() if isinstance(value, str) else are_texts(value, 0)


def _may_be_learned(key: str, value: object) -> bool:
    """Whether a value may be an answer by the kind of its key: a class is a short text or a number."""
    if is_error(key) or isinstance(value, float | bool) or not isinstance(value, str | int | list | dict):
        return False
    return names_answer(key) is not Answers.CLASS or (isinstance(value, str | int) and not is_beyond_label(str(value)))


def _last(row: Mapping[str, Any], keys: Sequence[str], texts: Sequence[str]) -> str:
    """Return the key of the last text; of one text and one other value without blanks, that of the latter."""
    said = [key for key in texts if not _is_about(key) and not is_of_model(key)]
    if len(said) >= _MANY and not any(map(_has_meaning, said)):
        return ""
    if len(said) > 1 and isinstance(row[said[-1]], str):
        asks = any(str(row[key]).rstrip().endswith(QUESTION_MARKS) for key in said[:-1])
        return said[-1] if asks or is_beyond_label(row[said[-1]]) else ""
    others = [key for key in keys if key not in texts and not _is_about(key)]
    lone = others[0] if len(others) == len(texts) == 1 else ""
    value = row.get(lone)
    return lone if isinstance(value, str) and len(value) >= _LEAST and not is_of_model(lone) else ""


def _asked(keys: Sequence[str], texts: Sequence[str], answer: str) -> list[str]:
    """Return the keys that a prompt is made of: the one that is named as such, or the texts before the answer."""
    named = [key for key in texts if key != answer and strength(key, "prompt") >= Strength.HEAD]
    if len(named) == 1:
        return named
    others = [key for key in texts if key != answer and not _is_about(key) and not is_of_model(key)]
    before = [key for key in others if keys.index(key) < keys.index(answer) and names_answer(key) < Answers.HEAD]
    said = before or [key for key in others if not names_answer(key)]
    return said if len(said) <= _MOST_PARTS else []


def _is_about(key: str) -> bool:
    return is_error(key) or max(strength(key, each) for each in ("about", "remark", "test")) >= Strength.HEAD


def _are_numbered(answer: str, asked: Sequence[str]) -> bool:
    """Whether an answer and a prompt have one name, but for a number: nothing says which is learned."""
    return any(fold_name(answer) == fold_name(key) for key in asked)
