"""Programs with mistakes: they are read to be repaired, and never learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.sampled import Holds
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.faulty_programs import is_faulty, names_faulty


def without_faulty_code(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that learns no program with mistakes, and reads one next to the program that is learned.

    Where one would be learned, the prompt is proposed alone, if its name calls it one.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or not rows:
        return guess
    learned = keys_of("response", found["response"])
    if any(is_faulty(key, rows[0]) for key in learned):
        named = all(strength(key, "prompt") >= Strength.HEAD for key in keys_of("prompt", found["prompt"]))
        return Guess.of({"prompt": found["prompt"]}) if named else None
    if guess.clear or len(learned) != 1 or not any(map(names_faulty, rows[0])):
        return guess
    code = [each.key for each in columns_of(rows) if each.holds is Holds.TEXT and each.code]
    faulty = [key for key in code if names_faulty(key) and can_be_typed(key)]
    if learned[0] not in code or len(faulty) != 1 or faulty[0] in guess.named:
        return guess
    context = [key for key in keys_of("context", found.get("context", "")) if key]
    return Guess.of(found | {"context": JOIN.join((*context, faulty[0]))})
