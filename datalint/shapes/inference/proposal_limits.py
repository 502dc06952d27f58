"""Decides whether an unclear guess is proposed: a wrong `--columns` line is worse than none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.name_pairs import are_pair, shared_words
from datalint.shapes.evidence.names import CLASS, DESCRIPTIONS, OUTPUTS, has_word, is_about, is_given, is_logged, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import NESTED, Guess, keys_of
from datalint.shapes.inference.doubts import is_doubtful
from datalint.shapes.inference.headerless_tables import triples, with_one_class
from datalint.shapes.inference.labelled.complex_words import compared_words
from datalint.shapes.inference.spans.places_alone import lack_their_text
from datalint.shapes.inference.texts.answers_in_words import written_out
from datalint.shapes.inference.texts.tool_prompts import are_tools
from datalint.shapes.inference.texts.translations_by_script import in_scripts
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.stereotypes import stereotype_pair

#: Types of columns of lists.
_LISTED: Final = (Holds.LIST, Holds.OBJECT)
#: How many times as long as its title a text is at least.
_BODY: Final = 2
#: Meanings of the names of prompts, and of responses.
_ASKED: Final = ("prompt", "text", "context", "heading")
_LEARNED: Final = ("response", "written", "category", "act")
#: Last words of the names of lists with all pieces of a document.
_PIECES: Final = frozenset("sentences paragraphs lines tokens words".split())
#: Words of keys of lists of candidates.
_CANDIDATES: Final = ("candidate", "candidates", "samples", "generations")
#: Words of keys of what a model chose.
_MODEL: Final = ("model",)
_CHOSEN: Final = frozenset("output outputs response answer choice choices prediction predictions label".split())
#: Words of keys of predictions of a model, with their confidence.
_PREDICTED: Final = ("prediction", "predictions")
#: Words of keys of lists of objects, each an answer with the model that wrote it.
_ANSWERS: Final = ("completions", "responses", "outputs", "choices")
#: Words of the names of those who made one of two versions of a text, such as a ``human_translation``.
_MADE_BY: Final = (*OUTPUTS, "machine", "human")
#: Words of the names of columns with the name of a person.
_PERSONS: Final = ("client", "customer", "user", "patient", "person", "employee", "student", "author", "contact")
_NAMES: Final = ("name", "names", "surname", "firstname", "lastname", "fullname")
#: Rows whose descriptions are looked at.
_FEW_ROWS: Final = 20
#: Characters that say that a text is in another value as well, and signs that Python writes in more than one way.
_BEGIN: Final = 40
_BARE: Final = str.maketrans("", "", "'\"\\")


def compares_stereotypes(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess reads a sentence of a test of bias, as if it were the answer."""
    pair = stereotype_pair(rows[0])
    return pair is not None and not {*pair}.isdisjoint(guess.named)


def is_described(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess reads only a text that describes the lists and objects next to it.

    Reports, answers of servers and cards of datasets have such a text, and are no plain text. Where there are several
    rows, so do the cases of a test that are described in fewer words than they have.
    """
    found = dict(guess.columns)
    if "text" not in found or not found.keys() <= {"text", "category"}:
        return False
    if len(rows) > 1:
        described = has_word(found["text"], DESCRIPTIONS) and NESTED not in found["text"]
        return described and all(is_described(guess, [row]) for row in rows[:_FEW_ROWS])
    text = rows[0].get(found["text"])
    if not isinstance(text, str):
        return False
    begin = next(iter(text.strip().splitlines()), "")[:_BEGIN].translate(_BARE)
    inner = (str(value).translate(_BARE) for value in rows[0].values() if isinstance(value, dict | list) and value)
    return len(text) < sum(len(each) for each in inner if begin not in each)  # which may have the text as well


def is_worth(guess: Guess, columns: Sequence[SampledColumn], sampled: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether an unclear guess may be right, as far as the values of many rows say."""
    rows = len(sampled)
    if lack_their_text(sampled) or compares_stereotypes(guess, sampled):
        return False
    found, by_key = dict(guess.columns), {each.key: each for each in columns}
    prompt = by_key.get(found.get("prompt", ""))
    answers = [by_key[key] for key in keys_of("response", found.get("response", "")) if key in by_key]
    if any(each.holds is Holds.OBJECT and has_word(each.key, _ANSWERS) for each in answers):
        return False
    if any(map(_is_predicted, answers)) or _is_document(found, by_key):
        return False
    if any(map(are_tools, answers)) or (prompt is not None and _is_other_side(prompt, answers)):
        return False
    if rows >= LEAST_ROWS and guess in (
        with_one_class(columns, sampled),
        compared_words(columns, sampled),
        in_scripts(columns, sampled),
        triples(columns, rows),
    ):
        return True
    if (out := written_out(columns, sampled)) is not None and {*out.columns} <= {*guess.columns}:
        return True
    if is_doubtful(guess, columns, sampled):
        return False
    if rows < LEAST_ROWS:
        return True
    sides = [each for each in (prompt,) if each is not None], answers
    constant = ([each.holds is not Holds.CHAT and each.distinct * rows < 1.5 for each in side] for side in sides)
    if any(all(side) for side in constant if side):
        return False  # a constant is neither a prompt nor a response; one of several labels may be rare
    taken = {key for meaning, value in guess.columns for key in keys_of(meaning, value)}
    others = [each for each in columns if each.key not in taken and each.holds in _LISTED and not is_about(each)]
    paired = prompt is not None and any(are_pair(prompt.key, each.key) for each in answers)
    # A model may have written both: a ``generated_question`` and its ``generated_answer``.
    asked = strength(prompt.key, "prompt") >= Strength.HEAD if prompt is not None else False
    both = prompt is not None and asked and any(shared_words(prompt.key, each.key) for each in answers)
    if prompt is not None and not _may_be_asked(prompt, unread=bool(others), diagnosed=paired, written=both):
        return False
    alike = prompt is not None and not (prompt.asks or is_unnamed(prompt))
    if alike and prompt is not None and any(stem(prompt.key) == stem(e.key) for e in answers if not e.relates):
        return False  # two of which one is chosen, or better
    if prompt is not None and strength(prompt.key, "heading") is Strength.WHOLE:
        texts = [each for each in columns if each.holds is Holds.TEXT and each.key not in taken and not is_about(each)]
        if any(each.length > _BODY * prompt.length for each in texts):
            return False  # a title without its text
    named = prompt is None or _is_named(prompt, _ASKED) or any(_is_named(each, _LEARNED) for each in answers)
    if others and not named and not are_pair(prompt.key if prompt else "", found.get("response", "")):
        return False
    return all(_may_be_answer(each, unread=bool(others)) for each in answers)


def _is_document(found: Mapping[str, str], by_key: Mapping[str, SampledColumn]) -> bool:
    """Return whether the sentences of a document are learned with other lists, such as the numbers of some of them.

    Nor is its title a text next to these.
    """
    keys = keys_of("response", found.get("response", ""))
    pieces = [key for key, each in by_key.items() if each.holds is Holds.LIST and last_word(key) in _PIECES]
    titled = strength(found.get("text", ""), "heading") is Strength.WHOLE
    return bool(pieces) if titled else len(keys) > 1 and not set(pieces).isdisjoint(keys)


def _is_predicted(column: SampledColumn) -> bool:
    """Whether a column has what a model chose or said, one of a few labels, such as a ``model_raw_output``."""
    words = fold_name(column.key)
    return column.holds is Holds.LABEL and len(words) > 1 and words[:1] == _MODEL and words[-1] in _CHOSEN


def _is_other_side(prompt: SampledColumn, answers: Sequence[SampledColumn]) -> bool:
    """Whether a column is no prompt: what a model wrote, a person's name, a number, or another version of an answer."""
    if strength(prompt.key, "prompt") >= Strength.HEAD:
        return bool(answers) and all(each.holds is Holds.NUMBER for each in (prompt, *answers))
    judged = any(has_word(each.key, CLASS) or strength(each.key, "category") for each in answers)
    if has_word(prompt.key, OUTPUTS) and answers and not judged:
        return True
    words = fold_name(prompt.key)
    if len(words) > 1 and has_word(prompt.key, _PERSONS) and has_word(prompt.key, _NAMES):
        return True
    made = has_word(prompt.key, _MADE_BY)
    return made and any(has_word(e.key, _MADE_BY) and last_word(e.key) == last_word(prompt.key) for e in answers)


def _is_named(column: SampledColumn, meanings: Sequence[str]) -> bool:
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in meanings)


def _may_be_asked(column: SampledColumn, *, unread: bool, diagnosed: bool, written: bool) -> bool:
    """Return whether a column may be a prompt; ``unread`` means that rows have a list or an object that is not read.

    What was logged is one only if it is ``diagnosed``, and what a model wrote only if its answer is ``written`` too.
    """
    lacking = column.sparse and strength(column.key, "prompt") < Strength.WHOLE
    if lacking or (is_logged(column) and not diagnosed) or (has_word(column.key, OUTPUTS) and not written):
        return False
    if _is_named(column, _ASKED):
        # Texts of several words may be repeated, as those of tickets do.
        repeated = column.length > LONG / 2 and strength(column.key, "text") is Strength.WHOLE
        return column.holds is not Holds.LABEL or repeated or strength(column.key, "prompt") is Strength.WHOLE
    return column.holds is not Holds.LABEL and not (unread and column.length <= LONG)


def _may_be_answer(column: SampledColumn, *, unread: bool) -> bool:
    """Whether a column may be a response."""
    if (
        is_given(column.key)
        or strength(column.key, "test") >= Strength.HEAD
        or (column.holds in _LISTED and has_word(column.key, (*_CANDIDATES, *_PREDICTED)))
        or (column.holds is Holds.LIST and strength(column.key, "prompt") is Strength.HEAD)
        or checks(column.key)
    ):
        return False
    if strength(column.key, "response") >= Strength.HEAD or is_right(column.key):
        return True
    if column.sparse or (strength(column.key, "prompt") is Strength.WHOLE and not column.code):
        return False
    named = has_word(column.key, CLASS) or any(strength(column.key, each) for each in ("category", "written", "act"))
    return named or not (unread and column.holds is Holds.LABEL)
