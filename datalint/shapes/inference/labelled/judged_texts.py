"""Rows that judge several texts together: a query and its document, an answer and its grade, or a pair of facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class, is_few
from datalint.shapes.evidence.names import CLASS, FILES, REASONS, SPEAKER, has_word, is_about, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.answer_keys import judged_by_keys
from datalint.shapes.inference.labelled.families import judged_answers, judged_claims
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Words of the names of answers that are graded, and last words of their grades and of what is said of them.
_ANSWERED: Final = (
    "student",
    "students",
    "learner",
    "learners",
    "pupil",
    "submission",
    "submitted",
    "examinee",
)
GRADES: Final = frozenset("score scores grade grades mark marks points rating ratings".split())
#: A name of such an answer next to a reference answer: elsewhere, candidates are people, or options.
_CANDIDATE: Final = frozenset(("candidate", "answer"))
_SAID: Final = frozenset((*REASONS, "feedback", "comment", "comments", "critique"))
#: Words of the names of what an answer is graded by.
_GRADED_BY: Final = (
    *("reference", "rubric", "criteria", "gold", "expected", "correct", "model", "ideal", "context", "desired"),
    *("teacher", "instructor", "sample", "key"),
)
#: Names of right answers next to those of students, and last words of the names of the mean of several grades.
_KEYS: Final = (
    *(("key",), ("answer", "key"), ("marking", "scheme"), ("mark", "scheme")),
    *(("model", "answer"), ("reference", "answer"), ("sample", "answer")),
)
_MEANS: Final = frozenset("average averages mean means avg".split())
#: Last words of the names of classes of answers.
_CLASSED: Final = frozenset((*CLASS, "accuracy", "correctness", "category"))
#: Names of the verdict on facts, in addition to those of labels, and words for yes and no.
_VERDICTS: Final = frozenset("result verdict outcome interaction compatible".split())
_YES_OR_NO: Final = frozenset(
    "yes no y n true false 是 否 有 无 可以 不可以 能 不能 はい いいえ ja nein oui non si sí não".split()
)
#: Facts of a row at least and at most, and share of rows whose facts are no other's.
_MOST_FACTS: Final = range(2, 5)
_VARIED: Final = 0.5
#: Columns of a question, a target and a label, with one that says something else.
_TARGETED: Final = 4


def judged_texts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts that are judged together, None for rows of no such layout."""
    known = judged_claims(columns, rows) or judged_answers(columns, rows)
    known = known or judged_by_keys(columns, len(rows)) or _graded_answers(columns, rows) or _facts(columns, rows)
    return known or _of_target(columns, rows)


def _of_target(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a target, and the label of how they relate; None if the target is an answer.

    Few targets are what the label is about, as in stance detection. Under a label of 0 and 1, a target may be what the
    question is compared with, or its answer: that is unclear.
    """
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    targets = [each for each in used if fold_name(each.key) == ("target",) and each.holds in READABLE]
    labels = [each for each in used if fold_name(each.key) == ("label",) and is_few(each)]
    asked = [each for each in used if strength(each.key, "prompt") >= Strength.HEAD and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or not len(targets) == len(labels) == len(asked) == 1 or len(used) > _TARGETED:
        return None
    target, label = targets[0], labels[0]
    few = target.holds is Holds.LABEL
    if not (few or label.binary):
        return None
    together = {(str(row.get(target.key)), str(row.get(label.key))) for row in rows}
    if few and len(together) == len({one for one, _ in together}):
        return None  # each target has one label, which says the same in other words
    found = {"prompt": asked[0].key, "context": target.key, "response": label.key, "category": label.key}
    return Guess.of(found, clear=few, basis="names")


def _graded_answers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a task, what a student answered to it, and the grade of that, which is learned."""
    answers = [each for each in columns if has_word(each.key, _ANSWERED) and each.holds in READABLE]
    if not answers and any(has_word(each.key, ("reference",)) and each.holds is Holds.TEXT for each in columns):
        answers = [each for each in columns if each.holds is Holds.TEXT and _is_candidate(each)]
    answers = [each for each in answers if not is_about(each) and last_word(each.key) not in (GRADES | _SAID)]
    ends = {each.key: fold_name(each.key)[-1:] for each in columns}
    given = [each for each in columns if each.holds in (*READABLE, Holds.NUMBER)]
    grades = [each for each in given if GRADES.intersection(ends[each.key])]
    # Of several grades, the mean is learned, and without any, how the answer is classed.
    grades = [each for each in given if _is_mean(each)] or grades
    if not grades and any(has_word(each.key, _GRADED_BY) and each.holds is Holds.TEXT for each in columns):
        grades = [each for each in given if each.holds is Holds.LABEL and _CLASSED.intersection(ends[each.key])]
    if len(rows) < LEAST_ROWS or not len(answers) == len(grades) == 1 or grades[0].sparse or not grades[0].short:
        return None
    answer, grade = answers[0], grades[0]
    said = [each for each in columns if _SAID.intersection(ends[each.key]) and each.holds is Holds.TEXT]
    by = [each for each in columns if each not in (answer, grade, *said) and has_word(each.key, _GRADED_BY)]
    by = [each for each in by if each.holds in (Holds.TEXT, Holds.LIST, Holds.OBJECT)]
    taken = (answer, grade, *said, *by)
    texts = [each for each in columns if each not in taken and each.holds is Holds.TEXT and not is_about(each)]
    asked = [
        each for each in texts if strength(each.key, "prompt") >= Strength.HEAD or fold_name(each.key) == ("task",)
    ]
    if len(asked) != 1 or len(said) > 1 or asked[0].distinct * len(rows) < 1.5:
        return None
    read = [each.key for each in columns if each in (answer, *by)]
    learned = [each.key for each in columns if each in (grade, *said)]
    found = {"prompt": asked[0].key, "context": JOIN.join(read), "response": JOIN.join(learned)}
    others = [each for each in texts if each not in asked and each.length > LONG]
    return Guess.of(found, clear=not others, basis="names")


def _is_mean(column: SampledColumn) -> bool:
    """Whether a column holds the mean of several grades, by its name: ``score_avg``, ``Averages``."""
    words = fold_name(column.key)
    graded = len(words) == 1 or not GRADES.isdisjoint(words)
    return graded and not {words[0], words[-1]}.isdisjoint(_MEANS) if words else False


def graded_by_key(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for questions, the key to them, answers, and their grades, of which a mean is learned.

    Answers that people graded are not learned themselves.
    """
    texts = [each for each in columns if each.holds in (Holds.TEXT, Holds.LIST)]
    keys = [each for each in texts if fold_name(each.key) in _KEYS]  # a key may also be a number of the row
    asked = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE and each not in keys]
    answers = [each for each in texts if strength(each.key, "response") is Strength.WHOLE and each not in keys]
    means = [each for each in columns if _is_mean(each)]
    grades = [each for each in columns if last_word(each.key) in GRADES or each in means]
    grades = [each for each in grades if (each.holds in (Holds.NUMBER, Holds.LABEL) or each.listed) and not each.sparse]
    if rows < LEAST_ROWS or not len(keys) == len(asked) == len(answers) == 1 or not grades:
        return None
    context = JOIN.join((keys[0].key, answers[0].key))
    grade = next((each for each in grades if each in means), grades[0])
    return Guess.of({"prompt": asked[0].key, "context": context, "response": grade.key})


def _is_candidate(column: SampledColumn) -> bool:
    words = {*fold_name(column.key)}
    return "candidate" in words <= _CANDIDATE


def _facts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a few names, such as a drug and a food, and the label of all of them together."""
    used = [each for each in columns if each.holds not in (Holds.NOTHING, Holds.REFERENCE) and not is_about(each)]
    used = [each for each in used if not has_word(each.key, FILES)]
    labels = [each for each in used if is_few(each) and (is_class(each) or _is_verdict(each, rows))]
    if len(rows) < LEAST_ROWS or len(labels) != 1:
        return None
    label, facts = labels[0], [each for each in used if each not in labels]
    if (
        len(facts) not in _MOST_FACTS
        or not all(map(_is_fact, facts))
        or not any(each.holds is Holds.TEXT for each in facts)
    ):
        return None
    together = {tuple(str(row.get(each.key)) for each in facts) for row in rows}
    if len(together) < _VARIED * len(rows) or any(each.distinct <= label.distinct for each in facts):
        return None
    first, *others = facts
    context = JOIN.join(each.key for each in others)
    found = {"prompt": first.key, "context": context, "response": label.key, "category": label.key}
    return Guess.of(found, clear=True, basis="values")


def _is_verdict(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column is named a verdict, and says yes or no."""
    values = {str(row.get(column.key)).strip().casefold() for row in rows if row.get(column.key) is not None}
    named = "".join(fold_name(column.key)) in _VERDICTS
    return named and (values <= _YES_OR_NO or column.holds is Holds.LABEL) and len(values) > 1


def _is_fact(column: SampledColumn) -> bool:
    """Whether a column holds a few words of which its name does not say that they are a text, or sort the rows."""
    meanings = ("prompt", "response", "text", "written", "category", "group", "context", "heading", "test", "remark")
    named = has_word(column.key, (*CLASS, *SPEAKER)) or is_language(column.key.lower()) or is_unnamed(column)
    plain = not named and not any(strength(column.key, each) for each in meanings)
    return (
        plain
        and column.short
        and column.length <= LONG
        and column.holds in READABLE
        and use_of(column.key) == "unknown"
    )
