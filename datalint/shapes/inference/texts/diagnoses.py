"""Logs with a diagnosis: the cause of an error, and its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import QUESTIONS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of logs, which may end with words for their lines, and words of keys of findings.
_LOGS: Final = frozenset(("log", "logs", "stacktrace", "traceback", "syslog", "timeline"))
_LINES: Final = frozenset(
    "log logs stacktrace traceback syslog line lines text entry entries excerpt snippet trace timeline".split()
)
_FOUND: Final = frozenset("diagnosis cause causes rootcause remediation resolution fix remedy analysis".split())


def diagnoses(guess: Guess | None, columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for logs and their diagnosis, instead of a ``guess`` that reads less.

    None for other rows, those with a prompt, and those whose guess is clear and has no finding for its prompt.
    """
    logs = [each for each in columns if each.holds in (Holds.TEXT, Holds.LIST) and _is_log(each)]
    found = [each for each in columns if each.holds is Holds.TEXT and _FOUND.intersection(fold_name(each.key)[-1:])]
    found = [each for each in found if each.length > LONG / 2 and each.distinct >= VARIED and not each.sparse]
    rest = [each for each in columns if each not in (*logs, *found) and not is_about(each)]
    if rows < LEAST_ROWS or len(logs) != 1 or not found or logs[0].distinct < VARIED or logs[0].sparse:
        return None
    if any(e.holds is Holds.TEXT and strength(e.key, each) >= Strength.HEAD for e in rest for each in _ROLES):
        return None
    if guess is not None and guess.clear and dict(guess.columns).get("prompt") not in [each.key for each in found]:
        return None
    return Guess.of({"prompt": logs[0].key, "response": JOIN.join(each.key for each in found)})


def asks_about_log(guess: Guess, columns: Sequence[SampledColumn], rows: int) -> bool:
    """Return whether a guess by names clearly asks about a log, as it is the only text next to a label or an answer."""
    found = dict(guess.columns)
    logs = [each for each in columns if each.key == found.get("prompt") and fold_name(each.key)[-1:] in _ALONE]
    named = guess.clear and guess.basis == "names" and found.keys() <= {"prompt", "response", "category"}
    return named and rows >= LEAST_ROWS and any(each.holds is Holds.TEXT and each.distinct >= VARIED for each in logs)


def with_log(guess: Guess, columns: Sequence[SampledColumn]) -> Guess:
    """Return a clear guess about a question and its label with the only log next to them, which the question is about.

    A guess that reads any other text as well stays as it is.
    """
    found = dict(guess.columns)
    asked = any(each.key == found.get("prompt") and (each.asks or has_word(each.key, QUESTIONS)) for each in columns)
    labelled = guess.clear and found.keys() == {"prompt", "response", "category"}
    logs = [each for each in columns if each.holds is Holds.TEXT and fold_name(each.key)[-1:] in _ALONE]
    logs = [each for each in logs if each.length > LONG and each.distinct >= VARIED and not each.sparse]
    if not labelled or not asked or found["response"] != found["category"] or len(logs) != 1:
        return guess
    return Guess.of({**found, "context": logs[0].key}, clear=True, basis=guess.basis)


#: The last words of names of logs.
_ALONE: Final = (("log",), ("logs",))
#: Meanings of other columns that may be read or learned.
_ROLES: Final = ("prompt", "response")


def _is_log(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    return bool(_LOGS.intersection(words)) and words[-1] in _LINES
