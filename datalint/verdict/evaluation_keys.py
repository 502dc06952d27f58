"""Keys that rows of evaluation sets have: of benchmarks, models, right answers and gold labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from datalint.core.kind import RL, SFT, Kind
from datalint.support.remarks import is_canary_key
from datalint.support.word_scripts import has_words
from datalint.verdict.annotated_answers import annotation_keys
from datalint.verdict.evaluation_hint import in_english

#: The share of the rows, or of the texts, that nearly all of them are.
NEARLY_ALL: Final = 0.9
#: The right answer of a question, under a key of those who compare answers with it.
_ANSWER: Final = (
    r"(?:gold(?:en)?|expected|reference|ground_?truth|ideal)[_ -]?(?:answers?|responses?)|canonical_solution"
    r"|ground_truths?|reference"
)
#: What an answer is to be grounded in or judged by, next to it.
_JUDGED: Final = (
    r"(?:expected|gold(?:en)?|relevant|ground_?truth)[_ -](?:retrieval[_ -])?(?:docs?|documents?|chunks?|passages?"
    r"|sources?|contexts?|citations?|pages?|evidence|facts?|keywords?|ids?)(?:[_ -]\w{1,20})?"
    r"|evaluation[_ -]?criteria|must(?:[_ -]not)?[_ -]contain|entry_point|(?:retrieved|reference)_contexts|contexts"
    # As Ragas writes its test sets.
    r"|synthesizer_name|evolution_type"
)
#: What an answer is expected to say, be grounded in or come from, in two or more keys next to a question.
_STATED_BY: Final = (
    r"expected[_ -](?:\w{1,20}[_ -])?(?:facts?|keywords?|points?|phrases?|terms?|sources?|docs?|documents?|chunks?"
    r"|pages?|citations?|agents?|routes?|tools?|behaviou?rs?|contains?|mentions?)"
    r"|(?:must|should)(?:[_ -]not)?[_ -]\w{1,20}"
)
#: The id of the right passage, which only a test of retrieval has: then any answer is the right one.
_PLACE: Final = r"gold(?:en)?[_ -](?:docs?|documents?|chunks?|passages?|sources?|pages?)[_ -]?ids?"
_ANY_ANSWER: Final = r"answers?"
#: Keys of the right answers of a few questions, which say so alone if the answers have some words.
_TRUTH: Final = r"ground[_ -]?truths?|references?"
_QUESTION: Final = r"(?:user[_ -]?)?(?:question|query)"
#: Keys of both as Langfuse exports the items of a dataset, which is one for experiments.
_LANGFUSE: Final = ("input", "expectedOutput")
#: Keys of the questions of Vicuna's benchmark and of MT-bench, whose layout others have, which nobody answers.
_BENCH: Final = ("question_id", "category")
_BENCH_TEXTS: Final = ("turns", "text")
#: Keys of IFEval's prompts, whose layout others have, next to what programs check in the answers.
_CHECKED: Final = ("instruction_id_list", "kwargs")
#: Keys of the test cases of promptfoo: what a prompt is filled with, and what is asserted of its answer.
_ASSERTED: Final = ("vars", "assert")
#: Keys of models that answered each question, from which on they are compared.
_MODELS: Final = 3
#: Words of an answer from which on it is one in words.
_FEW_WORDS: Final = 3


def evaluation_keys(records: Sequence[Mapping[str, object]], kind: Kind, *, few: bool) -> tuple[str, ...]:
    """Return the keys that make rows an evaluation set, if any; ``few`` says that no training set is as small.

    Without them, rows are of the ``kind`` of their shape. A reward function may look for one key of what is expected.
    """
    if records and (marked := next(filter(is_canary_key, map(str, records[0])), "")):
        # By such a key, a benchmark is found in data that should not have it.
        return (marked,) if all(has_words(str(record.get(marked)), 2) for record in records) else ()
    if few and kind == RL and records and all(map(_is_of_a_bench, records)):
        return _BENCH
    for keys in (_CHECKED, _ASSERTED):
        if kind == RL and records and all(key in record for record in records for key in keys):
            return keys
    if few and kind == RL and len(stated := stated_keys(records)) > 1:
        return stated
    golden: tuple[str, ...] | None = golden_keys(records) if kind == SFT else None
    if few and kind == SFT:
        golden = golden or truth_keys(records) or annotation_keys(records)
    least = 1 if kind == RL else _MODELS
    # Next to a question: rows with fewer keys need no table of names.
    models = model_keys(records) if few and not golden and records and len(records[0]) > least else ()
    return golden or (models if len(models) >= least else ())


def _is_of_a_bench(record: Mapping[str, object]) -> bool:
    return all(key in record for key in _BENCH) and any(key in record for key in _BENCH_TEXTS)


def model_keys(records: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the keys that are names of models, with what these answered, or nothing yet: no label, and no number.

    The reasoning of a model is there for another one to learn it.
    """
    from datalint.support.names.model_names import is_model
    from datalint.support.names.thought_keys import is_thought

    keys = [key for key in records[0] if is_model(key)] if records else []
    if any(map(is_thought, keys)):
        return ()
    return tuple(key for key in keys if all(_may_be_answer(record.get(key)) for record in records))


def _may_be_answer(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value.strip() or has_words(value, _FEW_WORDS)))


def truth_keys(records: Sequence[Mapping[str, object]]) -> tuple[str, str] | None:
    """Return the keys of a question and its right answer, such as a ``ground_truth``, which nearly all rows have.

    The answers are sentences, as a reward function compares numbers and single words. Next to another answer, such a
    key may hold something else, such as citations.
    """
    first = [str(key) for key in records[0]] if records else []
    questions, truths = (
        [key for key in first if re.fullmatch(each, key.strip(), re.IGNORECASE)] for each in (_QUESTION, _TRUTH)
    )
    if all(key in first for key in _LANGFUSE):
        questions, truths = ([key] for key in _LANGFUSE)
    if len(questions) != 1 or len(truths) != 1:
        return None
    from datalint.support.names.column_names import Strength, strength

    if any(key not in (questions[0], truths[0]) and strength(key, "response") >= Strength.HEAD for key in first):
        return None
    values = [(record.get(questions[0]), record.get(truths[0])) for record in records]
    stated = sum(isinstance(asked, str) and _is_stated(truth) for asked, truth in values)
    return (questions[0], truths[0]) if stated >= NEARLY_ALL * len(values) else None


def _is_stated(truth: object) -> bool:
    """Return whether a right answer, or the first one of several, has some words."""
    text = truth[0] if isinstance(truth, list) and truth else truth
    return isinstance(text, str) and has_words(text, _FEW_WORDS)


def golden_keys(records: Sequence[Mapping[str, object]]) -> tuple[str, str] | None:
    """Return the keys that all of some rows have and that make them a golden set."""
    keys = sorted(frozenset.intersection(*(frozenset(map(str, record)) for record in records))) if records else []
    for answer, judge in ((_ANSWER, _JUDGED), (_ANY_ANSWER, _PLACE)):
        answers = [key for key in keys if _is_named(key, answer)]
        judged = [key for key in keys if _is_named(key, judge)] if answers else []
        if judged:
            return answers[0], judged[0]
    return None


def stated_keys(records: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the keys of what an answer is expected to say and to be grounded in, if all of some rows have two."""
    keys = sorted(frozenset.intersection(*(frozenset(map(str, record)) for record in records))) if records else []
    found = [key for key in keys if _is_named(key, _STATED_BY)]
    return tuple(found) if len(found) > 1 else ()


def _is_named(key: str, pattern: str) -> bool:
    """Return whether a key has a name, in English or another language."""
    return any(re.fullmatch(pattern, name, re.IGNORECASE) for name in (key, in_english(key)))
