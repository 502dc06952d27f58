"""Logs of programs that evaluate models: what a model answered in a test, which nobody trains on by intention."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

#: Programs, and keys that each row of their logs has.
_KEYS: Final = (
    ("lm-evaluation-harness", frozenset(("doc_id", "target", "filtered_resps"))),
    ("lm-evaluation-harness", frozenset(("doc", "resps", "filtered_resps"))),
    ("promptfoo", frozenset(("promptIdx", "testIdx", "provider"))),
    ("promptfoo", frozenset(("evalId", "results", "config"))),
    ("Inspect", frozenset(("epoch", "input", "target", "messages", "output", "scores"))),
    ("OpenAI Evals", frozenset(("run_id", "event_id", "sample_id", "type", "data"))),
)
#: Keys of a row that are names; more are data themselves, such as a vocabulary.
_MOST: Final = 256


def evaluation_program(keys: Collection[str]) -> str | None:
    """Return the name of the program that evaluates models and writes logs whose rows have these keys."""
    return next((name for name, needed in _KEYS if needed.issubset(keys)), None) if len(keys) <= _MOST else None
