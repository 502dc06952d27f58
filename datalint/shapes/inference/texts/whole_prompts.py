"""Proposals whose prompt is a part of another text, such as a question in the request that a model was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import BETTER, OUTPUTS, WORSE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, strength

_PARTS: Final = frozenset(("prompt", "context", "response", "category"))
#: First words of the name of a prompt that people wrote anew: ``rewritten_intent``.
_ANEW: Final = (("rewritten",), ("clarified",))
#: Names of instructions, which may be a list of one text, and what they are about.
_INSTRUCTIONS: Final = (("instruction",), ("instructions",), ("question",), ("questions",))
_INPUT: Final = (("input",), ("inputs",), ("document",), ("passage",), ("article",), ("text",), ("context",))
#: Rows that are compared, the share of them in which the prompt is in the text, and characters of a prompt that says
#: something.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.95
_LEAST_CHARS: Final = 8


def with_whole_prompt(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a proposal with the text that contains its prompt in each row; other guesses as they are.

    A prompt that was written anew stands for the first one, and one instruction in a list is what its input is for.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or guess.clear or not {"prompt", "response"} <= found.keys() <= _PARTS:
        return guess
    prompt = found["prompt"]
    if JOIN in prompt or prompt == found["response"]:
        return guess
    if (listed := _listed_instruction(found, rows)) is not None:
        return Guess.of(found | {"prompt": listed, "context": JOIN.join(filter(None, (prompt, found.get("context"))))})
    if len(rows) < LEAST_ROWS:
        return guess
    columns = columns_of(rows)
    used = {found["response"], found.get("category", ""), prompt}
    others = [each for each in columns if each.key not in used and _may_be_prompt(each)]
    whole = [each for each in others if _is_anew(each, prompt)] or [
        each for each in others if _contains_all(each, prompt, found["response"], rows)
    ]
    if not whole:
        return guess
    # The shortest of several is the one with the least that was added.
    chosen = min(whole, key=lambda each: each.length)
    contexts = [key for key in keys_of("context", found.get("context", "")) if key not in ("", chosen.key)]
    contexts = [key for key in contexts if not _are_within(key, chosen.key, rows)]
    found |= {"prompt": chosen.key, "context": JOIN.join(contexts)}
    return Guess.of({meaning: key for meaning, key in found.items() if key})


def _may_be_prompt(column: SampledColumn) -> bool:
    """Return whether a column holds a text of each row that may be read."""
    if column.holds is not Holds.TEXT or column.sparse or column.distinct < VARIED or not can_be_typed(column.key):
        return False
    if has_word(column.key, (*OUTPUTS, *BETTER, *WORSE)) or checks(column.key) or is_right(column.key):
        return False
    names = ("response", "written", "test", "remark")
    return not is_about(column) and all(strength(column.key, name) < Strength.HEAD for name in names)


def _is_anew(column: SampledColumn, prompt: str) -> bool:
    words = fold_name(column.key)
    return words[:1] in _ANEW and words[1:] == fold_name(prompt)


def _contains_all(column: SampledColumn, prompt: str, response: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether nearly all texts of a column have their prompt and something more, and hardly any its answer."""
    if column.length <= LONG or not _are_within(prompt, column.key, rows):
        return False
    answers = [(_folded(row.get(response)), _folded(row.get(column.key))) for row in rows[:_ROWS]]
    return 2 * sum(bool(one) and len(one) > _LEAST_CHARS and one in other for one, other in answers) <= len(answers)


def _are_within(part: str, whole: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    pairs = [(_folded(row.get(part)), _folded(row.get(whole))) for row in rows[:_ROWS]]
    found = sum(_LEAST_CHARS <= len(one) < len(other) and one in other for one, other in pairs)
    return found >= _NEARLY_ALL * len(pairs)


def _listed_instruction(found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the key of lists of one instruction each, which is not read, next to what it is about."""
    if fold_name(found["prompt"]) not in _INPUT:
        return None
    keys = [key for key in rows[0] if isinstance(key, str) and fold_name(key) in _INSTRUCTIONS]
    keys = [key for key in keys if key not in found.values() and can_be_typed(key)]
    return keys[0] if len(keys) == 1 and all(_is_one_text(row.get(keys[0])) for row in rows) else None


def _is_one_text(value: object) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and bool(value[0].strip())


def _folded(value: object) -> str:
    return " ".join(value.casefold().split()) if isinstance(value, str) else ""
