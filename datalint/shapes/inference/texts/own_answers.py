"""Questions and answers of several kinds in one row, such as ``List_Question`` and ``List_Answer``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, strength


def with_own_answer(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return an unclear guess with the answer that is named like its question, and without questions of other kinds."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or guess.clear or not {"prompt", "response"} <= found.keys():
        return guess
    kind, word = fold_name(found["prompt"])[:-1], fold_name(found["prompt"])[-1:]
    if not kind or strength("_".join(word), "prompt") is not Strength.WHOLE:
        return guess
    keys = [key for key in rows[0] if isinstance(key, str) and can_be_typed(key)]
    own = [key for key in keys if fold_name(key)[:-1] == kind and _answers(key)]
    others = [key for key in keys if key != found["prompt"] and len(fold_name(key)) > 1 and fold_name(key)[-1:] == word]
    if len(own) != 1 or not others or found["response"] == own[0] or not _answers(found["response"]):
        return guess
    context = [key for key in keys_of("context", found.get("context", "")) if key not in others]
    kept = {meaning: key for meaning, key in found.items() if meaning != "context"} | {"response": own[0]}
    kept |= {"context": JOIN.join(context)} if any(context) else {}
    return guess._replace(columns=Guess.of(kept, clear=False, basis=guess.basis).columns)


def _answers(key: str) -> bool:
    return len(fold_name(key)) > 1 and strength(fold_name(key)[-1], "response") is Strength.WHOLE
