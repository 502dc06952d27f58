"""Decides whether an unclear guess is proposed: a wrong `--columns` line is worse than none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.name_pairs import are_pair, shared_words
from datalint.shapes.evidence.names import (
    CLASS,
    DESCRIPTIONS,
    OUTPUTS,
    REASONS,
    has_word,
    is_about,
    is_given,
    is_logged,
    stem,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import NESTED, Guess, keys_of
from datalint.shapes.inference.doubts import is_doubtful
from datalint.shapes.inference.headerless_tables import triples, with_one_class
from datalint.shapes.inference.labelled.complex_words import compared_words
from datalint.shapes.inference.settings import are_settings
from datalint.shapes.inference.spans.places_alone import lack_their_text
from datalint.shapes.inference.texts.answers_in_words import written_out
from datalint.shapes.inference.texts.model_predictions import compares_predictions
from datalint.shapes.inference.texts.previous_turns import learns_turns, reverses_turns
from datalint.shapes.inference.texts.system_outputs import learns_outputs
from datalint.shapes.inference.texts.tool_prompts import are_tools
from datalint.shapes.inference.texts.translations_by_script import in_scripts
from datalint.shapes.key_paths import value_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.model_names import is_model
from datalint.support.names.stereotypes import stereotype_pair

#: Names that the reader gives to columns, and the share of rows from which on two texts are equal in most.
_UNNAMED: Final = re.compile(r"column-\d+")
_EQUAL: Final = 0.6
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
#: The last word of keys of what was before a prompt, and words of what that was.
_BEFORE: Final = "history"
_EARLIER: Final = frozenset(
    """past previous prior earlier chat conversation dialog dialogue message messages turn turns guess guesses move
    moves action actions""".split()
)
#: Words of keys of lists of objects, each an answer with the model that wrote it.
_ANSWERS: Final = ("completions", "responses", "outputs", "choices")
#: Words of the names of those who made one of two versions of a text, such as a ``human_translation``.
_MADE_BY: Final = (*OUTPUTS, "machine", "human")
#: Words of the names of columns with the name of a person.
_PERSONS: Final = ("client", "customer", "user", "patient", "person", "employee", "student", "author", "contact")
_NAMES: Final = ("name", "names", "surname", "firstname", "lastname", "fullname")
#: Words of the names of a text as it was, and of the same after something was made wrong in it on purpose.
_INTACT: Final = frozenset("original orig clean correct grammatical intact".split())
_DAMAGED: Final = frozenset(
    """altered corrupted corrupt perturbed noised noisy swapped distorted scrambled shuffled damaged degraded
    ungrammatical attacked adversarial negated erroneous incorrect wrong flawed""".split()
)
#: Words of the names of the worse of two answers, and of an answer that is wrong.
_WORSE: Final = frozenset("rejected dispreferred worse worst loser flawed".split())
_WRONG: Final = frozenset("wrong incorrect bad".split())
_REPLIES: Final = frozenset("answer answers response responses output outputs completion completions reply".split())
#: Last words of the names of what a judge says of an answer, and of the score: ``judge_explanation``, ``judge_score``.
_SAID_BY_JUDGES: Final = frozenset((*REASONS, "comment", "comments", "feedback", "remark", "remarks", "critique"))
_SCORES: Final = frozenset("score scores rating ratings grade grades verdict verdicts decision".split())
#: Last words of the names of numbers of questions and documents.
_NUMBERS: Final = frozenset("qid docid questionid promptid sampleid".split())
#: Rows whose descriptions are looked at.
_FEW_ROWS: Final = 20
#: Words of the names of the grounds of a judgement.
_GROUNDS: Final = ("rationale", "rationales", "justification", "justifications", "reasoning")
#: Characters that say that a text is in another value as well, and signs that Python writes in more than one way.
_BEGIN: Final = 40
_BARE: Final = str.maketrans("", "", "'\"\\")


def is_unfit(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess, clear or not, reads no examples: settings, logs, turns in reverse, or no text at all.

    Nor does one that learns errors which were put into a text, or what is right from what a model predicted.
    """
    if _asks_judge(dict(guess.columns), rows) or _compares_stereotypes(guess, rows):
        return True
    named = (_is_by_models, _learns_history, _learns_errors, _learns_worse, _learns_numbers, _asks_for_grounds)
    turns = (reverses_turns, learns_turns)
    tests = (learns_outputs, *turns, compares_predictions, _learns_lists, are_settings, _are_transcripts)
    return any(test(dict(guess.columns)) for test in named) or any(test(guess, rows) for test in tests)


def _is_by_models(found: Mapping[str, str]) -> bool:
    """Return whether both sides of a guess are named after models: each wrote its own, and neither asks the other."""
    return all(is_model(found.get(meaning, "")) for meaning in ("prompt", "response"))


def _asks_for_grounds(found: Mapping[str, str]) -> bool:
    """Return whether a prompt is why a text was judged as it was, without the text."""
    prompt = found.get("prompt", "")
    return has_word(prompt, _GROUNDS) and strength(prompt, "prompt") < Strength.HEAD


def _asks_judge(found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a prompt is what a judge says of an answer, next to the score that the judge gave."""
    words = fold_name(found.get("prompt", ""))
    if len(words) < 2 or words[-1] not in _SAID_BY_JUDGES or found.get("response", "") in ("", found.get("prompt")):
        return False
    scores = [fold_name(key) for key in rows[0] if last_word(key) in _SCORES]
    return any(each[:-1] == words[:-1] for each in scores) and fold_name(found["response"])[:-1] != words[:-1]


def _compares_stereotypes(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess reads a sentence of a test of bias, as if it were the answer."""
    pair = stereotype_pair(rows[0])
    return pair is not None and not {*pair}.isdisjoint(guess.named)


def _learns_history(found: Mapping[str, str]) -> bool:
    """Return whether a guess learns what was before the prompt, such as a ``past_guess_history``."""
    keys = keys_of("response", found.get("response", ""))
    return any(last_word(key) == _BEFORE and not _EARLIER.isdisjoint(fold_name(key)) for key in keys)


def _learns_errors(found: Mapping[str, str]) -> bool:
    """Return whether a guess learns what was made of a text to be worse, by the names of both."""
    one, other = (fold_name(found.get(meaning, "")) for meaning in ("prompt", "response"))
    return not _INTACT.isdisjoint(one) and not _DAMAGED.isdisjoint(other) and _INTACT.isdisjoint(other)


def _learns_worse(found: Mapping[str, str]) -> bool:
    """Return whether a guess learns an answer that its name calls worse or wrong: the better one is elsewhere."""
    words = fold_name(found.get("response", ""))
    return not _WORSE.isdisjoint(words) or (not _WRONG.isdisjoint(words) and words[-1] in _REPLIES)


def _learns_numbers(found: Mapping[str, str]) -> bool:
    """Return whether a guess learns the number of a question or a document, by its name."""
    keys = keys_of("response", found.get("response", ""))
    return "response" in found and all(last_word(key) in _NUMBERS for key in keys)


def _learns_lists(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess learns a text that is a list or an object in every row: no shape reads these as texts."""
    keys = keys_of("text", dict(guess.columns).get("text", ""))
    return "text" in dict(guess.columns) and not any(
        isinstance(value_of(row, key), str) for row in rows for key in keys
    )


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
    if lack_their_text(sampled) or _compares_stereotypes(guess, sampled):
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
    if prompt is not None and prompt.holds is Holds.OBJECT and _are_lists(prompt.key, sampled):
        return False  # several questions with what belongs to each, which no option reads
    if rows >= LEAST_ROWS and guess in (
        with_one_class(columns, sampled),
        compared_words(columns, sampled),
        in_scripts(columns, rows),
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


def _are_lists(key: str, sampled: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most values under a key are lists of two objects or more."""
    several = sum(isinstance(row.get(key), list) and len(row[key]) > 1 for row in sampled)
    return 2 * several > len(sampled)


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


def _are_transcripts(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess is about two texts of a table without names that are equal in most rows, next to an id.

    The transcripts of recordings have such texts: as they are written, and with numbers as words.
    """
    found = dict(guess.columns)
    if found.keys() != {"prompt", "response"} or len(rows) < LEAST_ROWS or len(rows[0]) <= len(found):
        return False
    if not all(_UNNAMED.fullmatch(key) for key in found.values()):
        return False
    equal = [row.get(found["prompt"]) == row.get(found["response"]) for row in rows].count(True)
    return equal >= _EQUAL * len(rows)
