"""Reasons not to propose an unclear guess: remarks as prompts, halves of tables, translations, one of many columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import DESCRIPTIONS, OUTPUTS, has_word, is_about, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.inference.labelled.class_numbers import names_things
from datalint.shapes.inference.labelled.raters import DECIDED
from datalint.support.judged_aspects import judged_aspects
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Share of distinct texts up to which a column holds a few sentences, such as those of a review.
_FEW: Final = 0.1
#: Columns of one kind with one last word from which on nothing says which of them is learned.
_MANY: Final = 4
#: Texts of a side of a table from which on it is one.
_TEXTS: Final = 2
#: Rows whose lists are looked at, and how many times as long as what they are about their texts are.
_LOOKED_AT: Final = 20
_MUCH_LONGER: Final = 3
#: A translation from one language into another by its name: ``ko2en``.
_DIRECTION: Final = lazy_pattern(r"([a-z]{2,3})2([a-z]{2,3})")
#: Letters of options.
_LETTERS: Final = lazy_pattern(r"[A-H]{1,8}")
_PIECE: Final = lazy_pattern(r"[^\W_]+")
#: Last words of the names of what a model wrote.
_PREDICTED: Final = frozenset(("prediction", "predictions"))
_NAMED: Final = ("category", "act", "response", "written")
_ASKED: Final = ("prompt", "text", "context", "heading")
_LISTED: Final = (Holds.LIST, Holds.OBJECT)
#: Rows from which on the same prompt in all of them asks nothing, and different values of other prompts at least.
_SOME: Final = 3
_SEVERAL: Final = 1.5
#: Columns next to a guess from which on a table is a register, the share of them that are facts, and what these hold.
_WIDE: Final = 8
_MOST: Final = 0.5
_FACTS: Final = (Holds.NUMBER, Holds.REFERENCE, Holds.OTHER, Holds.NOTHING)
_DIGITS: Final = str.maketrans("", "", "0123456789")


def is_doubtful(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the values or the other columns of rows say that an unclear guess is more likely wrong than right.

    ``columns`` are those that the guess was made from; columns that were left out are no evidence.
    """
    found, by_key = dict(guess.columns), {each.key: each for each in columns}
    prompt = by_key.get(found.get("prompt", ""))
    answers = [by_key[key] for key in keys_of("response", found.get("response", "")) if key in by_key]
    if "text" in found:
        return _is_answer_alone(found["text"]) or _has_longer_items(found["text"], rows)
    if prompt is None or not answers:
        return False
    if judged_aspects(rows[0]):
        return True
    if len(rows) < LEAST_ROWS:
        several = "category" not in found and any(_differ_in_number(prompt, each) for each in answers)
        unlikely = several or any(map(_is_setting, answers)) or _is_word(prompt, answers, rows)
        return unlikely or _asks_nothing(prompt, len(rows)) or _are_described(prompt, answers, columns)
    taken = {key for meaning, value in guess.columns for key in keys_of(meaning, value)}
    others = [each for each in columns if each.key not in taken]
    tests = (
        _are_remarks(prompt, answers),
        _is_answer_key(prompt, answers, rows),
        any(map(_is_translated, (prompt, *answers))),
        _is_one_side(prompt, answers, columns),
        len(answers) == 1 and _is_one_of_many(answers[0], others),
        _is_fact_about_title(prompt, answers),
        _is_in_register(prompt, answers, others),
        _is_one_of_a_triple(prompt, answers),
    )
    return any(tests)


def _is_answer_alone(key: str) -> bool:
    """Whether a key that would be read as plain text holds the answers of a model, whose prompts are elsewhere."""
    return has_word(key, OUTPUTS) and (strength(key, "response") >= Strength.HEAD or last_word(key) in _PREDICTED)


def _has_longer_items(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether rows have, next to a text, lists of objects with much longer texts, such as the pages about a topic."""
    some = rows[:_LOOKED_AT]
    said = sum(len(text) for row in some if isinstance(text := row.get(key), str))
    lists = [value for row in some for value in row.values() if isinstance(value, list)]
    items = [each for value in lists for each in value[:1] if isinstance(each, dict)]
    longest = (max((len(text) for text in each.values() if isinstance(text, str)), default=0) for each in items)
    return len(items) == len(some) and sum(longest) > _MUCH_LONGER * said


def _differ_in_number(one: SampledColumn, other: SampledColumn) -> bool:
    """Whether two keys are the same but for their numbers, such as ``figure_1`` and ``figure_2``: one of several."""
    left, right = (each.key.translate(_DIGITS) for each in (one, other))
    return left == right and not is_unnamed(one)


def _asks_nothing(prompt: SampledColumn, rows: int) -> bool:
    """Whether a prompt of a few rows is the category of these by its name, or the same in all of them."""
    if strength(prompt.key, "prompt") >= Strength.HEAD:
        return False
    same = rows >= _SOME and prompt.holds is Holds.TEXT and prompt.distinct * rows < _SEVERAL
    return same or strength(prompt.key, "category") is Strength.WHOLE


def _are_described(prompt: SampledColumn, answers: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> bool:
    """Whether what is learned describes a prompt after it, such as that of a judge."""
    if strength(prompt.key, "prompt") is not Strength.WHOLE or len(answers) != 1:
        return False
    return has_word(answers[0].key, DESCRIPTIONS) and columns.index(answers[0]) < columns.index(prompt)


def _is_setting(column: SampledColumn) -> bool:
    """Whether a column of a few rows holds names of programs, such as ``dry_run``, and is no answer by its name."""
    named = any(strength(column.key, each) >= Strength.HEAD for each in _NAMED)
    return column.program_names and not named and not is_class(column)


def _is_word(prompt: SampledColumn, answers: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a prompt of a few rows is a word that no name calls a prompt, and lists are learned: a run of a model."""
    named = any(strength(prompt.key, each) for each in _ASKED)
    words = [row.get(prompt.key) for row in rows]
    bare = all(isinstance(word, str) and len(word.split()) < 2 and word.isascii() for word in words)
    return bare and not named and all(each.holds in _LISTED for each in answers)


def _are_remarks(prompt: SampledColumn, answers: Sequence[SampledColumn]) -> bool:
    """Whether prompts are a few sentences, or words that no name calls a prompt, and what is learned is short as well.

    Such are the remarks of a review, and the columns of a register.
    """
    few = prompt.holds in READABLE and prompt.distinct <= _FEW
    sorts = any(is_class(each) or strength(each.key, "category") >= Strength.HEAD for each in answers)
    stated = strength(prompt.key, "prompt") is Strength.WHOLE
    stated = stated or (sorts and strength(prompt.key, "text") is Strength.WHOLE)
    bare = prompt.short and prompt.distinct < VARIED and not any(strength(prompt.key, each) for each in _ASKED)
    return (few or bare) and not (prompt.asks or stated) and all(each.short for each in answers)


def _is_answer_key(prompt: SampledColumn, answers: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether letters of options are learned, and what is read are short texts that ask nothing, by name or value."""
    if not prompt.short or prompt.asks or strength(prompt.key, "prompt") >= Strength.HEAD or len(answers) != 1:
        return False
    values = [row.get(answers[0].key) for row in rows]
    return all(isinstance(value, str) and _LETTERS.fullmatch(value) for value in values if value)


def _is_translated(column: SampledColumn) -> bool:
    """Whether a column holds what was translated between two languages by a program: ``dialogue_ko2en``."""
    pieces = _PIECE.findall(column.key.lower())
    found = [match for piece in pieces[1:] if (match := _DIRECTION.fullmatch(piece))]
    return any(is_language(match[1]) and is_language(match[2]) for match in found)


def _is_one_side(prompt: SampledColumn, answers: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> bool:
    """Whether all that is read has one prefix, and as many texts have another: ``q_title`` and ``q_body``, not ``a_…``.

    Both prefixes have a column of the same name after them, which says that they are two sides of one kind.
    """
    sides: dict[str, set[str]] = {}
    texts: Counter[str] = Counter()
    for each in columns:
        prefix, separator, rest = each.key.partition("_")
        if separator:
            sides.setdefault(prefix, set()).add(rest)
            texts[prefix] += each.holds is Holds.TEXT and each.length > LONG
    own = prompt.key.partition("_")[0]
    if own not in sides or any(each.key.partition("_")[0] != own for each in answers):
        return False
    return any(texts[side] >= _TEXTS and sides[side] & sides[own] for side in sides if side != own)


def _is_one_of_many(answer: SampledColumn, others: Sequence[SampledColumn]) -> bool:
    """Whether a number or label is one of many columns with the same last word, such as shares of votes."""
    words = fold_name(answer.key)
    if answer.holds not in (Holds.NUMBER, Holds.LABEL) or len(words) < 2 or has_word(answer.key, DECIDED):
        return False
    alike = [e for e in others if e.holds is answer.holds and len(w := fold_name(e.key)) > 1 and w[-1] == words[-1]]
    return len(alike) >= _MANY - 1


def _is_in_register(prompt: SampledColumn, answers: Sequence[SampledColumn], others: Sequence[SampledColumn]) -> bool:
    """Whether a text that no name calls one is asked for one of many facts, as in tables of products, calls or runs."""
    if prompt.asks or any(strength(prompt.key, each) >= Strength.HEAD for each in ("prompt", "text")):
        return False
    named = any(
        strength(each.key, meaning) is Strength.WHOLE for each in answers for meaning in ("response", "category")
    )
    facts = sum(each.holds in _FACTS or is_about(each) for each in others)
    return not named and len(others) >= _WIDE and facts >= _MOST * len(others)


def _is_one_of_a_triple(prompt: SampledColumn, answers: Sequence[SampledColumn]) -> bool:
    """Whether a name is asked for what is before and after it in a table without names of columns."""
    columns = (prompt, *answers)
    return len(answers) > 1 and all(each.short and is_unnamed(each) for each in columns) and not prompt.asks


def _is_fact_about_title(prompt: SampledColumn, answers: Sequence[SampledColumn]) -> bool:
    """Whether a title is asked for a label that no name calls a class or category, such as a type of file.

    Whether what is offered is one thing or another may be said of its name.
    """
    if names_things(prompt) and len(answers) == 1 and answers[0].binary and not is_about(answers[0]):
        return False
    if strength(prompt.key, "heading") < Strength.HEAD or strength(prompt.key, "prompt") or prompt.asks:
        return False
    named = any(is_class(e) or any(strength(e.key, m) >= Strength.HEAD for m in (*_NAMED, "group")) for e in answers)
    return not named and all(each.holds in (Holds.LABEL, Holds.NUMBER) for each in answers)
