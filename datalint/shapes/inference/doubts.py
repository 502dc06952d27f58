"""Reasons not to propose an unclear guess: remarks as prompts, halves of tables, translations, one of many columns."""

from __future__ import annotations

from collections import Counter
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import DESCRIPTIONS, OUTPUTS, has_word, is_about, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.inference.labelled.class_numbers import names_things
from datalint.shapes.inference.labelled.raters import DECIDED
from datalint.shapes.inference.reason import Proposal, Reason, is_any
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
#: First words of the names of what a model answered before anything was taken from it.
_UNPARSED: Final = (("full",), ("raw",))
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


def is_doubtful(asked: Proposal) -> bool:
    """Return whether the values or the other columns of rows say that a guess is more likely wrong than right.

    ``asked`` has the columns that the guess was made from; columns that were left out are no evidence.
    """
    if "text" in dict(asked.guess.columns):
        return is_any(OF_TEXTS, asked)
    if asked.prompt is None or not asked.answers:
        return False
    return is_any(OF_FEW_ROWS if len(asked.rows) < LEAST_ROWS else OF_MANY_ROWS, asked.prompt, asked)


def _is_answer_alone(asked: Proposal) -> bool:
    """Whether a key that would be read as plain text holds the answers of a model, whose prompts are elsewhere."""
    key = dict(asked.guess.columns)["text"]
    named = strength(key, "response") >= Strength.HEAD
    whole = named and fold_name(key)[:1] in _UNPARSED and len(fold_name(key)) > 1
    return whole or (has_word(key, OUTPUTS) and (named or last_word(key) in _PREDICTED))


def _has_longer_items(asked: Proposal) -> bool:
    """Whether rows have, next to a text, lists of objects with much longer texts, such as the pages about a topic."""
    key, some = dict(asked.guess.columns)["text"], asked.rows[:_LOOKED_AT]
    said = sum(len(text) for row in some if isinstance(text := row.get(key), str))
    lists = [value for row in some for value in row.values() if isinstance(value, list)]
    items = [each for value in lists for each in value[:1] if isinstance(each, dict)]
    longest = (max((len(text) for text in each.values() if isinstance(text, str)), default=0) for each in items)
    return len(items) == len(some) and sum(longest) > _MUCH_LONGER * said


def _judges_aspects(_: SampledColumn, asked: Proposal) -> bool:
    """Whether rows have a verdict on each of several aspects of a text."""
    return bool(judged_aspects(asked.rows[0]))


def _differ_in_number(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether two keys are the same but for their numbers, such as ``figure_1`` and ``figure_2``: one of several."""
    if "category" in dict(asked.guess.columns) or is_unnamed(prompt):
        return False
    name = prompt.key.translate(_DIGITS)
    return any(each.key.translate(_DIGITS) == name for each in asked.answers)


def _asks_nothing(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether a prompt of a few rows is the category of these by its name, or the same in all of them."""
    if strength(prompt.key, "prompt") >= Strength.HEAD:
        return False
    rows = len(asked.rows)
    same = rows >= _SOME and prompt.holds is Holds.TEXT and prompt.distinct * rows < _SEVERAL
    return same or strength(prompt.key, "category") is Strength.WHOLE


def _are_described(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether what is learned describes a prompt after it, such as that of a judge."""
    answers, columns = asked.answers, asked.columns
    if strength(prompt.key, "prompt") is not Strength.WHOLE or len(answers) != 1:
        return False
    return has_word(answers[0].key, DESCRIPTIONS) and columns.index(answers[0]) < columns.index(prompt)


def _learns_setting(_: SampledColumn, asked: Proposal) -> bool:
    """Whether an answer of a few rows has names of programs, such as ``dry_run``, and is none by its name."""
    return any(map(_is_setting, asked.answers))


def _is_setting(column: SampledColumn) -> bool:
    named = any(strength(column.key, each) >= Strength.HEAD for each in _NAMED)
    return column.program_names and not named and not is_class(column)


def _is_word(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether a prompt of a few rows is a word that no name calls a prompt, and lists are learned: a run of a model."""
    named = any(strength(prompt.key, each) for each in _ASKED)
    words = [row.get(prompt.key) for row in asked.rows]
    bare = all(isinstance(word, str) and len(word.split()) < 2 and word.isascii() for word in words)
    return bare and not named and all(each.holds in _LISTED for each in asked.answers)


def _are_remarks(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether prompts are a few sentences, or words that no name calls a prompt, and what is learned is short as well.

    Such are the remarks of a review, and the columns of a register.
    """
    few = prompt.holds in READABLE and prompt.distinct <= _FEW
    sorts = any(is_class(each) or strength(each.key, "category") >= Strength.HEAD for each in asked.answers)
    stated = strength(prompt.key, "prompt") is Strength.WHOLE
    stated = stated or (sorts and strength(prompt.key, "text") is Strength.WHOLE)
    bare = prompt.short and prompt.distinct < VARIED and not any(strength(prompt.key, each) for each in _ASKED)
    return (few or bare) and not (prompt.asks or stated) and all(each.short for each in asked.answers)


def _is_answer_key(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether letters of options are learned, and what is read are short texts that ask nothing, by name or value."""
    if not prompt.short or prompt.asks or strength(prompt.key, "prompt") >= Strength.HEAD or len(asked.answers) != 1:
        return False
    values = [row.get(asked.answers[0].key) for row in asked.rows]
    return all(isinstance(value, str) and _LETTERS.fullmatch(value) for value in values if value)


def _are_translated(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether what is read or learned was translated by a program."""
    return any(map(_is_translated, (prompt, *asked.answers)))


def _is_translated(column: SampledColumn) -> bool:
    """Whether a column holds what was translated between two languages by a program: ``dialogue_ko2en``."""
    pieces = _PIECE.findall(column.key.lower())
    found = [match for piece in pieces[1:] if (match := _DIRECTION.fullmatch(piece))]
    return any(is_language(match[1]) and is_language(match[2]) for match in found)


def _is_one_side(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether all that is read has one prefix, and as many texts have another: ``q_title`` and ``q_body``, not ``a_…``.

    Both prefixes have a column of the same name after them, which says that they are two sides of one kind.
    """
    sides: dict[str, set[str]] = {}
    texts: Counter[str] = Counter()
    for each in asked.columns:
        prefix, separator, rest = each.key.partition("_")
        if separator:
            sides.setdefault(prefix, set()).add(rest)
            texts[prefix] += each.holds is Holds.TEXT and each.length > LONG
    own = prompt.key.partition("_")[0]
    if own not in sides or any(each.key.partition("_")[0] != own for each in asked.answers):
        return False
    return any(texts[side] >= _TEXTS and sides[side] & sides[own] for side in sides if side != own)


def _is_one_of_many(_: SampledColumn, asked: Proposal) -> bool:
    """Whether the only answer is one of many numbers or labels with the same last word, such as shares of votes."""
    answer, others = asked.answers[0], asked.others
    if len(asked.answers) != 1:
        return False
    words = fold_name(answer.key)
    if answer.holds not in (Holds.NUMBER, Holds.LABEL) or len(words) < 2 or has_word(answer.key, DECIDED):
        return False
    alike = [e for e in others if e.holds is answer.holds and len(w := fold_name(e.key)) > 1 and w[-1] == words[-1]]
    return len(alike) >= _MANY - 1


def _is_in_register(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether a text that no name calls one is asked for one of many facts, as in tables of products, calls or runs."""
    if prompt.asks or any(strength(prompt.key, each) >= Strength.HEAD for each in ("prompt", "text")):
        return False
    named = any(
        strength(each.key, meaning) is Strength.WHOLE for each in asked.answers for meaning in ("response", "category")
    )
    others = asked.others
    facts = sum(each.holds in _FACTS or is_about(each) for each in others)
    return not named and len(others) >= _WIDE and facts >= _MOST * len(others)


def _is_one_of_a_triple(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether a name is asked for what is before and after it in a table without names of columns."""
    columns = (prompt, *asked.answers)
    return len(asked.answers) > 1 and all(each.short and is_unnamed(each) for each in columns) and not prompt.asks


def _is_fact_about_title(prompt: SampledColumn, asked: Proposal) -> bool:
    """Whether a title is asked for a label that no name calls a class or category, such as a type of file.

    Whether what is offered is one thing or another may be said of its name.
    """
    answers = asked.answers
    if names_things(prompt) and len(answers) == 1 and answers[0].binary and not is_about(answers[0]):
        return False
    if strength(prompt.key, "heading") < Strength.HEAD or strength(prompt.key, "prompt") or prompt.asks:
        return False
    named = any(is_class(e) or any(strength(e.key, m) >= Strength.HEAD for m in (*_NAMED, "group")) for e in answers)
    return not named and all(each.holds in (Holds.LABEL, Holds.NUMBER) for each in answers)


#: Reasons against a plain text.
OF_TEXTS: Final = (
    Reason(_is_answer_alone, "the text is the answer of a model, whose prompt is elsewhere"),
    Reason(_has_longer_items, "the text is the topic of pages that are much longer"),
)
#: Reasons against a prompt and its response, in many rows or in few.
OF_MANY_ROWS: Final = (
    Reason(_judges_aspects, "several aspects of a text are judged"),
    Reason(_are_remarks, "a few sentences, or words that ask nothing, are the remarks of a review"),
    Reason(_is_answer_key, "letters of options are learned without the question"),
    Reason(_are_translated, "a program translated the texts"),
    Reason(_is_one_side, "all that is read is of one of two sides"),
    Reason(_is_one_of_many, "one of many columns of a kind is learned"),
    Reason(_is_fact_about_title, "a title is asked for a fact"),
    Reason(_is_in_register, "a name is asked for one of many facts"),
    Reason(_is_one_of_a_triple, "a name is asked for what stands before and after it"),
)
OF_FEW_ROWS: Final = (
    Reason(_judges_aspects, "several aspects of a text are judged"),
    Reason(_differ_in_number, "the response is one of several numbered prompts"),
    Reason(_learns_setting, "the response is the setting of a program"),
    Reason(_is_word, "lists about a word are the run of a model"),
    Reason(_asks_nothing, "all rows have the same prompt, or it is their category"),
    Reason(_are_described, "what is learned describes the prompt after it"),
)
