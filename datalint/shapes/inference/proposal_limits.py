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
from datalint.shapes.inference.headerless_classes import with_last_flags, with_one_class
from datalint.shapes.inference.headerless_tables import triples
from datalint.shapes.inference.labelled.complex_words import compared_words
from datalint.shapes.inference.labelled.repeated_codes import with_repeated_codes
from datalint.shapes.inference.reason import Proposal, Reason, is_any
from datalint.shapes.inference.spans.places_alone import lack_their_text
from datalint.shapes.inference.texts.answers_in_words import written_out
from datalint.shapes.inference.texts.semantic_parses import semantic_parses
from datalint.shapes.inference.texts.tool_prompts import are_tools
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.decided_names import names_decision
from datalint.support.names.stereotypes import stereotype_pair
from datalint.support.names.thought_keys import is_thought

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


def is_worth(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether an unclear guess may be right, as far as the values of many rows say."""
    asked = Proposal.of(guess, columns, rows)
    if is_any(NEVER, asked):
        return False
    if _is_recognized(asked):
        return True
    return not is_doubtful(asked) and not (len(rows) >= LEAST_ROWS and is_any(IN_MANY_ROWS, asked))


def _is_recognized(asked: Proposal) -> bool:
    """Whether a guess is that of a layout whose columns say little, and whose values say enough."""
    columns, rows = asked.columns, asked.rows
    whole = written_out(columns, rows), semantic_parses(columns, rows)
    if any(each is not None and {*each.columns} <= {*asked.guess.columns} for each in whole):
        return True
    if len(rows) < LEAST_ROWS:
        return False
    text = Guess.of({"text": dict(asked.guess.columns).get("prompt", "")})
    known = with_one_class(columns, rows), compared_words(columns, rows), triples(columns, len(rows))
    return asked.guess in (*known, with_last_flags(columns, rows), with_repeated_codes(text, columns, rows))


def _lacks_text(asked: Proposal) -> bool:
    return lack_their_text(asked.rows)


def _reads_stereotypes(asked: Proposal) -> bool:
    return compares_stereotypes(asked.guess, asked.rows)


def _is_settings(asked: Proposal) -> bool:
    """Whether the only row has no text under the name of a prompt, and mostly values that are none, as settings have.

    A single row shows nothing by its values, and a file of settings or results is one object too.
    """
    (row, *more), prompt = asked.rows, asked.prompt
    if more or prompt is None or _is_named(prompt, _ASKED):
        return False
    texts = sum(isinstance(value, str) and " " in value.strip() for value in row.values())
    return 2 * texts < len(row)


def _lists_models(asked: Proposal) -> bool:
    """Whether an answer is a list of objects, each of what one model wrote."""
    return any(each.holds is Holds.OBJECT and has_word(each.key, _ANSWERS) for each in asked.answers)


def _learns_prediction(asked: Proposal) -> bool:
    return any(map(_is_predicted, asked.answers))


def _learns_tools(asked: Proposal) -> bool:
    return any(map(are_tools, asked.answers))


def _is_document(asked: Proposal) -> bool:
    """Whether the sentences of a document are learned with other lists, such as the numbers of some of them.

    Nor is its title a text next to these.
    """
    found = dict(asked.guess.columns)
    keys = keys_of("response", found.get("response", ""))
    pieces = [each.key for each in asked.columns if each.holds is Holds.LIST and last_word(each.key) in _PIECES]
    titled = strength(found.get("text", ""), "heading") is Strength.WHOLE
    return bool(pieces) if titled else len(keys) > 1 and not set(pieces).isdisjoint(keys)


def _is_predicted(column: SampledColumn) -> bool:
    """Whether a column has what a model chose or said, one of a few labels, such as a ``model_raw_output``."""
    words = fold_name(column.key)
    return column.holds is Holds.LABEL and len(words) > 1 and words[:1] == _MODEL and words[-1] in _CHOSEN


def _is_other_side(asked: Proposal) -> bool:
    """Whether a prompt is none: what a model wrote, a person's name, a number, or another version of an answer."""
    prompt, answers = asked.prompt, asked.answers
    if prompt is None:
        return False
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


def _asks_reasoning(asked: Proposal) -> bool:
    """Whether the reasoning that leads to an answer is read to write a text; how it is labelled may be learned."""
    written = any(each.holds not in (Holds.LABEL, Holds.NUMBER) for each in asked.answers)
    return written and asked.prompt is not None and is_thought(asked.prompt.key)


def _is_constant(asked: Proposal) -> bool:
    """Whether a side is the same in all rows: no prompt and no response is. One of several labels may be rare."""
    sides = [each for each in (asked.prompt,) if each is not None], asked.answers
    rows = len(asked.rows)
    same = ([each.holds is not Holds.CHAT and each.distinct * rows < 1.5 for each in side] for side in sides)
    return any(all(side) for side in same if side)


def _unread(asked: Proposal) -> bool:
    """Whether rows have a list or an object that is not read, and says more than facts about the row."""
    return any(each.holds in _LISTED and not is_about(each) for each in asked.others)


def _asks_nothing(asked: Proposal) -> bool:
    """Whether a prompt is a label, a log without its diagnosis, or what a model wrote without its answer.

    A model may have written both: a ``generated_question`` and its ``generated_answer``.
    """
    prompt, answers = asked.prompt, asked.answers
    if prompt is None:
        return False
    paired = any(are_pair(prompt.key, each.key) for each in answers)
    named = strength(prompt.key, "prompt") >= Strength.HEAD
    written = named and any(shared_words(prompt.key, each.key) for each in answers)
    lacking = prompt.sparse and strength(prompt.key, "prompt") < Strength.WHOLE
    # How bad what was logged is may be learned.
    decided = any(names_decision(fold_name(each.key)) for each in answers)
    if lacking or (is_logged(prompt) and not (paired or decided)) or (has_word(prompt.key, OUTPUTS) and not written):
        return True
    if prompt.holds is not Holds.LABEL:
        return not _is_named(prompt, _ASKED) and _unread(asked) and prompt.length <= LONG
    # Texts of several words may be repeated, as those of tickets do.
    repeated = prompt.length > LONG / 2 and strength(prompt.key, "text") is Strength.WHOLE
    return not (repeated or strength(prompt.key, "prompt") is Strength.WHOLE)


def _is_one_of_two(asked: Proposal) -> bool:
    """Whether a prompt and an answer are two of a kind, of which one is chosen, or better."""
    prompt = asked.prompt
    if prompt is None or prompt.asks or is_unnamed(prompt):
        return False
    return any(stem(prompt.key) == stem(each.key) for each in asked.answers if not each.relates)


def _lacks_body(asked: Proposal) -> bool:
    """Whether a title is read without its text."""
    if asked.prompt is None or strength(asked.prompt.key, "heading") is not Strength.WHOLE:
        return False
    texts = [each for each in asked.others if each.holds is Holds.TEXT and not is_about(each)]
    return any(each.length > _BODY * asked.prompt.length for each in texts)


def _is_unnamed(asked: Proposal) -> bool:
    """Whether neither side is named as one, next to lists and objects that are not read."""
    prompt, response = asked.prompt, dict(asked.guess.columns).get("response", "")
    named = prompt is None or _is_named(prompt, _ASKED) or any(_is_named(each, _LEARNED) for each in asked.answers)
    return not named and _unread(asked) and not are_pair(prompt.key if prompt else "", response)


def _learns_no_answer(asked: Proposal) -> bool:
    unread = _unread(asked)
    return not all(_may_be_answer(each, unread=unread) for each in asked.answers)


def _is_named(column: SampledColumn, meanings: Sequence[str]) -> bool:
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in meanings)


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


#: Reasons against a guess about any rows.
NEVER: Final = (
    Reason(_lacks_text, "places of parts are learned without the text that has them"),
    Reason(_reads_stereotypes, "a sentence of a test of bias is no answer to the other one"),
    Reason(_is_settings, "the only row has mostly values that are no texts, as settings and results have"),
    Reason(_lists_models, "the answers of several models are in one list"),
    Reason(_learns_prediction, "the prediction of a model is learned"),
    Reason(_is_document, "the sentences of a document are learned with what points at them"),
    Reason(_learns_tools, "the tools that a model may call are learned"),
    Reason(_asks_reasoning, "the reasoning that leads to an answer is read, instead of what is asked"),
    Reason(_is_other_side, "what is read was written by a model, or is the name of a person"),
)
#: Reasons against a guess about many rows, whose values show more.
IN_MANY_ROWS: Final = (
    Reason(_is_constant, "a side is the same in all rows"),
    Reason(_asks_nothing, "what is read is a label, a log or an output"),
    Reason(_is_one_of_two, "both sides are of one kind"),
    Reason(_lacks_body, "a title is read without its text"),
    Reason(_is_unnamed, "no name says what is read or learned, next to lists that are left out"),
    Reason(_learns_no_answer, "what is learned is given, tested, checked or a candidate by its name"),
)
