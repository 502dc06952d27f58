"""Questions and answers of several kinds in one row, such as ``List_Question`` and ``List_Answer``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, strength


def with_own_answer(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return an unclear guess with the answer that is named like its question, and without questions of other kinds.

    The name has the kind of the question, or all of its words: ``hard_question_answer`` is that of ``hard_question``.
    An answer to another question than the one that is asked belongs to that one.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or guess.clear or not {"prompt", "response"} <= found.keys() or not _answers(found["response"]):
        return guess
    word = fold_name(found["prompt"])[-1:]
    if strength("_".join(word), "prompt") is not Strength.WHOLE:
        return guess
    keys = [key for key in rows[0] if isinstance(key, str) and can_be_typed(key)]
    asked = [key for key in keys if fold_name(key)[-1:] == word]
    asking = found["prompt"]
    own = _own(asking, keys)
    if not own and (others := [key for key in asked if _own(key, keys) == [found["response"]]]):
        asking, own = others[0], [found["response"]]
    others = [key for key in asked if key != asking and len(fold_name(key)) > 1]
    if len(own) != 1 or not others or (found["prompt"], found["response"]) == (asking, own[0]):
        return guess
    context = [key for key in keys_of("context", found.get("context", "")) if key not in (*others, asking)]
    kept = {meaning: key for meaning, key in found.items() if meaning != "context"}
    kept |= {"prompt": asking, "response": own[0]} | ({"context": JOIN.join(context)} if any(context) else {})
    return guess._replace(columns=Guess.of(kept, clear=False, basis=guess.basis).columns)


def _own(asked: str, keys: Sequence[str]) -> list[str]:
    """Return the keys of the answers that are named like a question, by all of its words or by its kind."""
    words = fold_name(asked)
    whole = [key for key in keys if fold_name(key)[:-1] == words and _answers(key)]
    return whole or [key for key in keys if words[:-1] and fold_name(key)[:-1] == words[:-1] and _answers(key)]


def _answers(key: str) -> bool:
    return len(fold_name(key)) > 1 and strength(fold_name(key)[-1], "response") is Strength.WHOLE
