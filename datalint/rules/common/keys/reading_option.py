"""The option that reads one more key of rows with a text, or with one prompt and its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from datalint.api import Chunk
from datalint.rules.common.keys.reasons import leads_to_answer, names_answer
from datalint.support.columns_option import columns_option
from datalint.support.database_schemas import declares_tables

#: A key that ``--columns`` takes as it is.
_NAME: Final = r"[^\W\d]\w*(?: \w+)*"
_PATH: Final = rf'\$(?:\.({_NAME})|\["({_NAME})"\])'
#: Characters of a line of the prompt that another key does not have in it by chance.
_LEAST: Final = 20
#: No option, for nothing, of no keys.
NONE: Final = ("", "", ())


def option_for(
    chunk: Chunk, row: int, key: str, *, is_read: bool, is_context: bool, is_answer: bool = False
) -> tuple[str, str, tuple[str, ...]]:
    """Return the option that reads a key, what it is for, and the keys that it reads, empty where no option does.

    It leaves out what the prompts of other rows are read from (:func:`asked_keys`), unless it names no keys.

    A key that may be a part of a prompt is one that ``is_read`` with it, and its name may say so (``is_context``). One
    that ``is_answer`` follows the response, unless it is the reasoning, or the steps, before that. One that names an
    answer may be learned instead of the response, and is never read, unless it declares the tables that the response
    asks of. What else the model reads next to the prompt, such as options, stays in the option. A key with the whole
    prompt in it is read in its place.
    """
    turns = chunk.turns.filter(pl.col("example") == row).select("role", "path", "text").rows()
    value = chunk.records[row]
    parts = [(role, name, text) for role, path, text in turns if (name := _named(path)) is not None]
    paths = {role: name for role, name, _ in parts}
    if not re.fullmatch(_NAME, key):
        return NONE
    if "text" in paths:
        return columns_option(f"prompt={paths['text']},response={key}"), "to train on it", ()
    whole = len(parts) == len(turns) and all(_is_written(value.get(name), text) for _, name, text in parts)
    if not (whole and is_read) or [role for role, *_ in parts[-2:]] != ["user", "assistant"]:
        return NONE
    (_, prompt, _), *contexts, (_, answer, answer_text) = parts
    names = tuple(name for _, name, _ in parts)
    if any(role != "user" for role, *_ in parts[:-1]):
        return NONE
    context = [name for _, name, _ in contexts]
    asked = f"prompt={prompt}" + (f",context={'+'.join(context)}" if context else "")
    # What a query asks of is no query, whatever its name is.
    is_schema = declares_tables(value.get(key)) and not declares_tables(answer_text)
    if not is_answer and not is_schema and names_answer(key):
        return columns_option(f"{asked},response={key}"), "it looks like an answer: to learn it instead", names
    if is_answer:
        learned = (key, answer) if leads_to_answer(key) else (answer, key)
        return columns_option(f"{asked},response={'+'.join(learned)}"), "to train on both", names
    if _has_all(value.get(key), [text for _, _, text in parts[:-1]]):
        return columns_option(f"prompt={key},response={answer}"), "it has the prompt in it; to read it instead", names
    if context and not (is_context or is_schema):
        return NONE
    how = "to have it read" if is_context or is_schema else "if the model should see it"
    return columns_option(f"prompt={prompt},context={'+'.join((*context, key))},response={answer}"), how, names


def asked_keys(chunk: Chunk) -> frozenset[str]:
    """Return the keys that prompts are read from in any row: another one may have an input that a row lacks."""
    paths = chunk.turns["path"].filter(chunk.turns["role"] == "user").unique()
    return frozenset(name for path in paths if (name := _named(path)) is not None)


def _has_all(value: object, parts: Sequence[str]) -> bool:
    """Return whether a value is the prompt as a template writes it: it has the first line of each of its parts."""
    lines = [part.strip().partition("\n")[0] for part in parts]
    return isinstance(value, str) and any(len(line) >= _LEAST for line in lines) and all(map(value.__contains__, lines))


def _is_written(value: object, text: str) -> bool:
    """Return whether a text is a value as it is read: itself, or the texts of a list, such as options, as lines."""
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value) and "\n".join(value) == text
    return value == text


def _named(path: str) -> str | None:
    """Return the key of the row that a path names, if an option can; None for any other path."""
    match = re.fullmatch(_PATH, path)
    return None if match is None else match[1] or match[2]
