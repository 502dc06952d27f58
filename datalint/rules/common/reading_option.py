"""The option that reads one more key of rows with a text, or with one prompt and its answer."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Chunk, is_thought

#: A key that ``--columns`` takes as it is.
_NAME: Final = r"[^\W\d]\w*(?: \w+)*"
_PATH: Final = rf'\$(?:\.({_NAME})|\["({_NAME})"\])'


def option_for(
    chunk: Chunk, row: int, key: str, *, is_read: bool, is_context: bool, is_answer: bool = False
) -> tuple[str, str]:
    """Return the option that reads a key, and what it is for; both are empty where no option does.

    A key that may be a part of a prompt is one that ``is_read`` with it, and its name may say so (``is_context``). One that
    ``is_answer`` follows the response, unless it is the reasoning before that.
    """
    turns = chunk.turns.filter(pl.col("example") == row).select("role", "path", "text").rows()
    value = chunk.records[row]
    paths = {role: name for role, path, _ in turns if (name := _named(path)) is not None}
    if not re.fullmatch(_NAME, key):
        return "", ""
    if "text" in paths:
        return _option(f"prompt={paths['text']},response={key}"), "to train on it"
    whole = len(paths) == len(turns) == 2 and all(value.get(paths[role]) == text for role, _, text in turns)
    if not (whole and is_read) or paths.keys() != {"user", "assistant"}:
        return "", ""
    if is_answer:
        learned = (key, paths["assistant"]) if is_thought(key) else (paths["assistant"], key)
        return _option(f"prompt={paths['user']},response={'+'.join(learned)}"), "to train on both"
    how = "to have it read" if is_context else "if the model should see it"
    return _option(f"prompt={paths['user']},context={key},response={paths['assistant']}"), how


def _named(path: str) -> str | None:
    """Return the key of the row that a path names, if an option can; None for any other path."""
    match = re.fullmatch(_PATH, path)
    return None if match is None else match[1] or match[2]


def _option(pairs: str) -> str:
    return f'--columns "{pairs}"' if " " in pairs else f"--columns {pairs}"
