"""Answers that are objects, or lists of them, next to prompts that ask for JSON.

The object is learned as a whole, and no code or class next to it, nor a question and an answer in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import EXPLAINS, LABEL, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import use_of
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import Strength, last_word, strength

_FORMAT: Final = "json"
_ASKED: Final = lazy_pattern(r"(?i)\bjson")
#: Words of keys of objects that a model reads or that describe the row, whatever a prompt asks for.
_GIVEN: Final = (
    *("input", "inputs", "schema", "context", "document", "documents", "source", "request", "metadata", "meta"),
    *("config", "settings", "params", "parameters", "features", "tools", "functions", "usage", "raw", "options"),
    *("examples", "history", "messages", "conversation", "conversations", "dialogue", "dialog", "turns", "chat"),
    *("rejected", "predicted", "prediction", "check", "checks", "constraints", "scoring", "scores", "grading"),
    *("rubric", "evaluation", "judgment", "judgement"),
)
#: Keys of a message: an object with nothing else has an answer as a text.
_MESSAGE: Final = frozenset(("role", "content", "text", "message", "type"))
#: Share of the rows that must be so, that of texts that may be in the prompt by chance, and characters of such a text.
_NEARLY_ALL: Final = 0.9
_BY_CHANCE: Final = 0.3
_LEAST: Final = 4


def requested_objects(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the only objects next to prompts for JSON; None for other rows.

    The texts in an object that the model reads are those of its prompt. Where no prompt asks for JSON, but the name of
    the object says that it is, this is proposed.
    """
    if len(rows) < LEAST_ROWS:
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.sparse]
    systems = [each for each in columns if strength(each.key, "system") is Strength.WHOLE]
    prompts = [each for each in texts if strength(each.key, "prompt") >= Strength.HEAD and each not in systems]
    objects = [each for each in columns if _may_be_learned(each, rows)]
    if len(prompts) != 1 or len(objects) != 1 or prompts[0].distinct < VARIED or len(systems) > 1:
        return None
    prompt, answer = prompts[0], objects[0]
    asking = [[str(row.get(each.key)) for each in (prompt, *systems)] for row in rows]
    # A key such as ``mcq_json`` is named as what was asked for, which an instruction that is left out may say.
    asked = sum(any(map(_ASKED.search, each)) for each in asking) >= _NEARLY_ALL * len(rows)
    if not asked and last_word(answer.key) != _FORMAT:
        return None
    if strength(answer.key, "response") < Strength.HEAD and any(has_word(each.key, LABEL) for each in columns):
        return None
    named = [each for each in columns if each is not answer and each.holds is not Holds.NOTHING]
    if any(
        strength(each.key, "response") >= Strength.HEAD or (is_right(each.key) and not each.short) for each in named
    ):
        return None
    others = [each for each in texts if each not in (prompt, *systems) and each.length > LONG and not is_about(each)]
    others = [each for each in others if not has_word(each.key, EXPLAINS)]
    if any(_share_in(rows, prompt.key, each.key) < _NEARLY_ALL for each in others):
        return None  # another answer, or more to read
    if _share_in(rows, prompt.key, answer.key) > _BY_CHANCE:
        return None
    system = {"system": systems[0].key} if systems else {}
    return Guess.of(system | {"prompt": prompt.key, "response": answer.key}, clear=asked, basis="values")


def _may_be_learned(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    if column.holds not in (Holds.OBJECT, Holds.CHAT, Holds.LIST) or column.sparse or is_about(column):
        return False
    if use_of(column.key) not in ("learned", "unknown") or checks(column.key) or has_word(column.key, _GIVEN):
        return False
    values = [value for row in rows if (value := row.get(column.key))]
    if len(values) < _NEARLY_ALL * len(rows) or not all(map(_is_object, values)):
        return False
    keys = {key for value in values for each in (value if isinstance(value, list) else [value]) for key in each}
    return len(keys) > 1 and not keys <= _MESSAGE


def _is_object(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _share_in(rows: Sequence[Mapping[str, Any]], prompt: str, key: str) -> float:
    """Return the share of the rows that have a value whose longest text is in the prompt."""
    pairs = [(_longest_text(row.get(key)), str(row.get(prompt)).casefold()) for row in rows]
    found = [text.casefold() in asked for text, asked in pairs if len(text) >= _LEAST]
    return sum(found) / len(found) if found else 0.0


def _longest_text(value: object, depth: int = 4) -> str:
    if isinstance(value, str):
        return value.strip()
    if depth and isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return max((_longest_text(each, depth - 1) for each in inner), key=len, default="")
    return as_text(value) if isinstance(value, int | float) else ""
