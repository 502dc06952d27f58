"""Notes about responses and labels that were judged: the wrong ones are learned as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, letters_of, of_rows
from datalint.engine.guesses.notes.wrong_responses import LONGEST, may_respond
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.columns_option import columns_option

#: Keys of a verdict on a response, without separators.
_KEYS: Final = frozenset(
    """label labels verdict judgement judgment hallucination hallucinationlabel hallucinationtype correct correctness
    factuality iscorrect ishallucination quality validity isvalid""".split()
)
#: Words of keys that name those who judged a response, or say that somebody did.
_JUDGES: Final = frozenset(
    """expert experts reviewer reviewers annotator annotators annotation rater evaluator evaluators evaluation eval
    grader grade judge judged human assessor assessment checker review""".split()
)
#: Words of verdicts: those that say that a response is wrong, and those that say that it is right.
_WRONG: Final = frozenset(
    """hallucinated hallucination hallucinating intrinsic extrinsic incorrect wrong bad unfaithful unsupported
    contradicted notsupported inaccurate invalid falsch incorrecto incorrecta incorreto incorreta errado неверно
    неправильно 错误 不正确 yanlış sai""".split()
)
_RIGHT: Final = frozenset(
    """no none nohallucination nothallucinated correct right valid good faithful supported accurate factual grounded
    partiallycorrect partial partlycorrect richtig correcto correcta correto correta certo верно правильно 正确 doğru
    đúng""".split()
)
#: Verdicts that are words for an answer as well, and the share of open questions among the rows with them from which on
#: they are verdicts.
_POLAR: Final = frozenset(("yes", "no"))
_OPEN: Final = 0.2
#: Words of verdicts that say neither.
_NEITHER: Final = frozenset("notsure unsure unclear unknown ambiguous skip skipped".split())
_VERDICTS: Final = frozenset(("", *_WRONG, *_RIGHT, *_NEITHER, *_POLAR))
#: Values of Prodigy's key ``answer``, which says whether an annotator accepted a row, and those that leave it out.
_DECISION: Final = "answer"
_DECISIONS: Final = frozenset(("accept", "reject", "ignore"))
_LEFT_OUT: Final = ("reject", "ignore")
#: The shape of Prodigy's tasks: the labels of tasks that are left out are not read.
_TASKS: Final = "prodigy"


def judged_responses(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a key that says whether responses are right; empty for none."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    read = {key for key, _ in fields}
    keys = [key for key, said in first.items() if key not in read and _may_judge(key, said) and _names_verdict(key)]
    responses = keys_of(fields, "response")
    prompts = keys_of(fields, "prompt")
    if len(keys) != 1 or len(responses) != 1 or len(prompts) != 1:
        return ""
    judged = [row for row in islice(rows, ROWS) if isinstance(row.get(keys[0]), str)]
    values = {value for row in judged if (value := letters_of(row[keys[0]]))}
    polar = values == _POLAR and _asks_openly(judged, prompts[0])
    known = values <= _WRONG | _RIGHT | _NEITHER and not values <= _RIGHT | _NEITHER
    if len(judged) < LEAST or not (known or polar):
        return ""
    if any(may_respond(key, value) for key, value in first.items() if key not in read):
        return ""  # it may be the other response that is judged
    context = "+".join([*(key for key, part in fields if part == "context"), responses[0]])
    option = columns_option(f"prompt={prompts[0]},context={context},response={keys[0]}")
    if polar:
        said = (
            f'"{keys[0]}" is yes or no for open questions as well: if it judges the responses, wrong ones are learned'
        )
        return f"{said}; to learn the verdicts: {option}"
    return f'"{keys[0]}" says which responses are wrong, and all are learned; to learn the verdicts: {option}'


def _asks_openly(rows: Sequence[Mapping[str, Any]], prompt: str) -> bool:
    """Return whether many of the questions are none that yes or no answers."""
    from datalint.support.open_questions import is_open_question

    asked = sum(isinstance(said := row.get(prompt), str) and is_open_question(said) for row in rows)
    return asked >= _OPEN * len(rows)


def _may_judge(key: str, said: object) -> bool:
    """Return whether a value may be a verdict: one of its words, or nothing."""
    said = "" if said is None else said
    return len(key) <= LONGEST and isinstance(said, str) and letters_of(said[:LONGEST]) in _VERDICTS


def _names_verdict(key: str) -> bool:
    """Return whether a key names a verdict on a response, or those who gave it."""
    if letters_of(key) in _KEYS:
        return True
    from datalint.support.names.column_names import fold_name

    return not _JUDGES.isdisjoint(fold_name(key))


def rejected_rows(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on rows that an annotator rejected or ignored in Prodigy; empty for none."""
    if _decision(first) is None or (shape.fields is None and shape.name != _TASKS):
        return ""
    if _DECISION in {key for key, _ in fields_of(shape, first)}:
        return ""
    found = [_decision(row) for row in islice(rows, ROWS)]
    if None in found:
        return ""
    counts = [(value, found.count(value)) for value in _LEFT_OUT]
    words = " and ".join(f'"{value}" in {count}' for value, count in counts if count)
    learned = "whose labels are not read" if shape.name == _TASKS else "which are learned like the others"
    return f'"{_DECISION}" is {words} {of_rows(len(found))}, {learned}: delete them' if words else ""


def _decision(row: Mapping[str, Any]) -> str | None:
    value = row.get(_DECISION)
    return value if isinstance(value, str) and value in _DECISIONS else None
