"""The learned part of code with tests, of labels of models next to the right one, and of revised texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, routes, states_facts
from datalint.shapes.evidence.names import OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.prompt_alone import is_chat_prompt
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.error_names import is_error
from datalint.support.names.model_names import is_model
from datalint.support.names.revised_keys import is_revised

#: Words of the names of code that tests are written for, and of the tests.
_CODE: Final = frozenset("code function method source class focal snippet implementation".split())
_TESTS: Final = frozenset("test tests unittest unittests testcase testcases testcode".split())
#: Words of keys of the task of a program, and of programs that solve it.
_WANTED: Final = (
    *("requirement", "requirements", "specification", "specifications", "spec", "specs", "task", "problem", "story"),
    *("feature", "ticket", "exercise", "challenge"),
)
_DONE: Final = ("solution", "implementation", "answer", "response", "completion", "output")
#: Words of keys of drafts, and of feedback on drafts.
DRAFTED: Final = ("draft", "initial", "original", "critique", "critic")
#: First words of the names of answers that were given before.
_EARLIER: Final = (("previous",), ("prev",), ("prior",), ("earlier",), ("former",), ("old",))


def with_tests(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about code and its tests where nothing else is asked or answered: the tests are learned."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    tests = [each for each in texts if _TESTS.intersection(fold_name(each.key)) and _is_code(each)]
    code = [each for each in texts if each not in tests and each.code and _CODE.issuperset(fold_name(each.key))]
    others = [each for each in texts if each not in (*tests, *code)]
    if len(rows) < LEAST_ROWS or not len(tests) == len(code) == 1:
        return None
    asks = [each for each in others if any(strength(each.key, m) >= Strength.HEAD for m in ("prompt", "response"))]
    long = [each for each in others if 2 * each.length > code[0].length and not each.program_names]
    if asks or long:
        return None
    return Guess.of({"prompt": code[0].key, "response": tests[0].key}, clear=not others, basis="names")


def without_tests(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns without the tests of a program, if one says what the program is to do and another one is it.

    Without such a text, tests may be what is learned of the program.
    """
    tests = [each for each in columns if strength(each.key, "test") >= Strength.HEAD or _names_tests(each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each) and each not in tests]
    code = [each for each in texts if each.code]
    asked = [each for each in texts if each not in code]
    # Of several programs, one may be the beginning of another; the objects of tests are neither.
    objects = [each for each in columns if each.holds in (Holds.LIST, Holds.OBJECT) and strength(each.key, "test")]
    if objects and code and any(strength(each.key, "prompt") is Strength.WHOLE for each in asked):
        return tuple(each for each in columns if each not in (*tests, *objects))
    if not tests or not len(code) == len(asked) == 1:
        return columns
    named = has_word(asked[0].key, _WANTED) or strength(asked[0].key, "prompt") >= Strength.HEAD
    if not named and not has_word(code[0].key, _DONE):
        return columns
    return tuple(each for each in columns if each not in tests)


def without_routes(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns without earlier answers and who is to answer, next to what an answer is expected to say.

    Neither is the answer that a question is to get, which the parts of it stand for: ``expected_facts``.
    """
    if not any(states_facts(each.key) for each in columns):
        return columns
    return tuple(each for each in columns if not (routes(each.key) or _is_earlier(each)))


def without_errors(columns: tuple[SampledColumn, ...]) -> tuple[SampledColumn, ...]:
    """Return columns without the messages of errors, next to a prompt without an answer: its request failed."""
    asked = any(strength(each.key, "prompt") is Strength.WHOLE for each in columns)
    answered = any(
        strength(each.key, meaning) >= Strength.HEAD for each in columns for meaning in ("response", "written")
    )
    return columns if answered or not asked else tuple(each for each in columns if not is_error(each.key))


def _is_earlier(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    return words[:1] in _EARLIER and len(words) > 1 and strength(column.key, "response") >= Strength.HEAD


def _names_tests(column: SampledColumn) -> bool:
    """Whether all words of a name say that a column holds programs that test others: ``test_code``."""
    words = set(fold_name(column.key))
    return bool(words & _TESTS) and words <= _TESTS | _CODE


def _is_code(column: SampledColumn) -> bool:
    """Whether a column of tests holds programs: nearly all words of its name say so, or its texts do."""
    return column.code or _TESTS.union(_CODE).issuperset(fold_name(column.key))


def evaluated_prompts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about prompts to evaluate models with, next to what checks an answer and what models answered.

    WildBench has a ``checklist``, and ``references`` with the answer of one model under its name.
    """
    asked = [each for each in columns if is_chat_prompt(each) and each.asked]
    if len(rows) < LEAST_ROWS or len(asked) != 1 or not any(checks(each.key) for each in columns):
        return None
    answered = any(each.holds is Holds.OBJECT and _are_outputs(each.key, rows) for each in columns)
    return Guess.of({"prompt": asked[0].key}, clear=True, basis="names") if answered else None


def _are_outputs(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all values under a key are objects of texts, each under the name of a model."""
    objects = [value for row in rows if (value := row.get(key))]
    return strength(key, "response") is Strength.WHOLE and all(
        isinstance(each, dict) and all(map(is_model, each)) for each in objects
    )


def revisions(columns: Sequence[SampledColumn], responses: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the revision of a model's output, if no other column is a response by its name.

    Next to a prompt, a draft and feedback on the draft, it is returned too.
    """
    texts = [each for each in columns if each.holds in READABLE and not each.sparse and not each.short]
    revised = [each for each in texts if is_revised(each.key) and not is_about(each)]
    made = bool(responses) and all(has_word(each.key, OUTPUTS) and each.holds in READABLE for each in responses)
    if not made:
        drafts = [each for each in texts if has_word(each.key, DRAFTED) and each not in revised]
        asked = any(strength(each.key, "prompt") is Strength.WHOLE for each in columns)
        made = asked and bool(drafts) and all(each in (*drafts, *revised) for each in responses)
    return revised if made and len(revised) == 1 else []


def revision_of(columns: Sequence[SampledColumn]) -> str:
    """Return the key of the only text that is a revision by its name; empty for none or several."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.sparse and each.length > LONG]
    revised = [each.key for each in texts if is_revised(each.key) and not is_about(each)]
    return revised[0] if len(revised) == 1 else ""
