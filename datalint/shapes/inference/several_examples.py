"""Rows with several examples each, or with several texts and a key that names the right one: no option reads these."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.inference.texts.compared_models import is_judged
from datalint.support.names.paired_lists import paired_lists
from datalint.support.names.picked_keys import picking_key
from datalint.support.row_tables import tables_of

#: The place of a part in a template, such as ``{}`` or ``{city}``.
_PLACE: Final = re.compile(r"\{\w{0,40}\}")
#: Keys of the version of a layout, meanings of what is learned, and keys of the names of models.
_OF_LAYOUT: Final = frozenset(
    ("schema_version", "schemaVersion", "format_version", "config_version", "manifest_version")
)
_SURE: Final = frozenset(("messages", "response", "chosen"))
_MODELS: Final = ("models", "model_names", "model_ids", "generators")
#: Words of a text that is an answer, and no label.
_WORDS: Final = 3


def are_several(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the prompt and the response that were guessed are lists of those of several examples.

    So is the only object of a file, with lists of rows of several layouts, and an intent with a list of templates that
    are not read, which stand for the texts that they are filled to, and what several models answered, in a list next to
    that of their names.
    """
    if len(rows) == 1 and tables_of(rows[0]):
        return True
    found = dict(guess.columns)
    if 2 * sum(_are_of_models(row, found.get("response", "")) for row in rows) > len(rows):
        return True
    pair = (found.get("prompt"), found.get("response"))
    read = {key for meaning, value in guess.columns for key in keys_of(meaning, value)}
    return 2 * sum(paired_lists(row) == pair or _has_templates(row, read) for row in rows) > len(rows)


def is_versioned(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess is about the only object of a file, which states the version of its layout.

    A clear response or conversation is one all the same.
    """
    sure = guess.clear and not _SURE.isdisjoint(dict(guess.columns))
    return len(rows) == 1 and not sure and not _OF_LAYOUT.isdisjoint(rows[0])


def _are_of_models(row: Mapping[str, Any], response: str) -> bool:
    """Whether the response is a list of several texts, one for each of the models that another key lists."""
    texts = row.get(response)
    lists = [value for key, value in row.items() if key in _MODELS and isinstance(value, list)]
    return isinstance(texts, list) and len(texts) > 1 and any(len(each) == len(texts) for each in lists)


def _has_templates(row: Mapping[str, Any], read: Collection[str]) -> bool:
    """Whether a key that is not read has a list of texts, each with the place of a part that is filled in."""
    lists = [value for key, value in row.items() if key not in read and isinstance(value, list) and len(value) > 1]
    return any(all(isinstance(each, str) and _PLACE.search(each) for each in value) for value in lists)


def is_picked(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the response is one of several texts, and another key names the right one."""
    response = dict(guess.columns).get("response")
    if response is None:
        return False
    return picking_key(rows, response) is not None or is_judged(response, rows) or _picks_texts(guess, response, rows)


def _picks_texts(guess: Guess, response: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the response is the name of the better one of several texts that the guess does not read."""
    if len(rows) < LEAST_ROWS or picking_key(rows) != response:
        return False
    read = {key.casefold() for meaning, value in guess.columns for key in keys_of(meaning, value)}
    by_name = [({key.strip().casefold(): text for key, text in row.items()}, row.get(response)) for row in rows]
    names = [(texts, said.strip().casefold()) for texts, said in by_name if isinstance(said, str)]
    found = sum(name not in read and len(str(texts.get(name, "")).split()) >= _WORDS for texts, name in names)
    return 2 * found > len(rows)
