"""Prompts that nobody answers and that are in several columns: tasks with tests, attacks, questions with passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, NESTED, Guess
from datalint.shapes.key_paths import ITEMS
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of what a program is to do, and last words of the names of what is said of it next to its tests.
_TASKS: Final = frozenset(("task", "problem", "specification", "requirement", "exercise", "challenge"))
_SAID_OF_IT: Final = frozenset("signature header declaration example examples constraints hint hints".split())
#: First words of the names of the texts before and after what a user says.
_BEFORE: Final = ("pre", "before", "opening")
_AFTER: Final = ("post", "after", "closing")
#: Words of the names of what tests a prompt.
_ATTACKS: Final = frozenset("attack attacks injection payload adversarial".split())
#: First words of the names of what a search found, and keys of the text of each.
_FOUND: Final = frozenset(("retrieved", "retrieval", "searched", "hits"))
_TEXTS: Final = ("text", "content", "passage", "chunk")


def asked_in_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about prompts alone whose parts are in several columns; None for rows with an answer."""
    if len(rows) < LEAST_ROWS or any(map(_is_answer, columns)):
        return None
    return _tasks(columns) or _attacked(columns) or _with_passages(columns, rows)


def _is_answer(column: SampledColumn) -> bool:
    """Whether a column may be learned, by its name."""
    if column.holds is Holds.NOTHING or checks(column.key):
        return False
    return strength(column.key, "response") >= Strength.HEAD or is_right(column.key) or is_class(column)


def _tasks(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about what programs are to do, next to their tests and nothing else but what is said of them."""
    tests = [each for each in columns if strength(each.key, "test") >= Strength.HEAD]
    texts = _texts(columns, but=tests)
    tasks = [each for each in texts if "".join(fold_name(each.key)) in _TASKS and not each.code]
    others = [each for each in texts if each not in tasks]
    if not any(each.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT) or each.code for each in tests) or len(tasks) != 1:
        return None
    if tasks[0].length <= LONG or not all(_SAID_OF_IT.intersection(fold_name(each.key)[-1:]) for each in others):
        return None
    context = {"context": JOIN.join(each.key for each in others)} if others else {}
    return Guess.of({"prompt": tasks[0].key} | context, clear=True, basis="names")


def _attacked(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about attacks between two parts of a prompt: ``pre_prompt``, ``attack``, ``post_prompt``."""
    texts = [each for each in _texts(columns) if each.distinct >= VARIED]
    attacks = [each for each in texts if _ATTACKS.intersection(fold_name(each.key))]
    before = [each for each in texts if fold_name(each.key)[:1] and fold_name(each.key)[0] in _BEFORE]
    after = [each for each in texts if fold_name(each.key)[:1] and fold_name(each.key)[0] in _AFTER]
    if not len(attacks) == len(before) == len(after) == 1:
        return None
    if fold_name(before[0].key)[1:] != fold_name(after[0].key)[1:]:
        return None
    keys = [each[0].key for each in (before, attacks, after)]
    return Guess.of({"prompt": JOIN.join(keys)}, clear=True, basis="names")


def _with_passages(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions with a list of passages that a search found, each an object with its text."""
    asked = [each for each in _texts(columns) if each.length > LONG / 2]
    found = [each for each in columns if _FOUND.intersection(fold_name(each.key)[:1])]
    if len(asked) != 1 or strength(asked[0].key, "prompt") is not Strength.WHOLE or len(found) != 1:
        return None
    items = [item for row in rows if isinstance(value := row.get(found[0].key), list) for item in value]
    text = next((key for key in _TEXTS if items and isinstance(items[0], dict) and key in items[0]), None)
    if text is None or not all(isinstance(item, dict) and isinstance(item.get(text), str) for item in items):
        return None
    path = f"{found[0].key}{ITEMS}{NESTED}{text}"
    return Guess.of({"prompt": asked[0].key, "context": path}, clear=True, basis="names")


def _texts(columns: Sequence[SampledColumn], but: Sequence[SampledColumn] = ()) -> list[SampledColumn]:
    return [each for each in columns if each.holds is Holds.TEXT and not is_about(each) and each not in but]
