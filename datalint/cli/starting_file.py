"""The text of the configuration that ``datalint init`` writes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from datalint.operations.init import Understanding

#: Keys that a comment names, characters of each, and of a line of comments.
_KEYS: Final = 40
_LONGEST: Final = 60
_WIDTH: Final = 100
#: What stands for a blank in a key while lines are divided: excerpts have no such character.
_BLANK: Final = "\0"


def starting_text(data: Sequence[str], found: Sequence[Understanding], given: Mapping[str, Any], *, ask: bool) -> str:
    """Return the configuration. An unclear guess is a comment in it, unless the user in a terminal agrees."""
    from datalint.operations.init import configuration_of, same_columns

    plain = {key: value for key, value in configuration_of(found, given) if not isinstance(value, Mapping)}
    tables: dict[str, dict[str, Any]] = {key: dict(value) for key, value in given.items() if isinstance(value, Mapping)}
    for key in [key for key in plain if "." in key]:
        table, _, name = key.partition(".")
        tables.setdefault(table, {})[name] = plain.pop(key)
    lines = [f"data = {_value(list(data))}"] if data else []
    lines += [f"{key} = {_value(value)}" for key, value in plain.items()]
    guess = same_columns(found)
    if guess is not None and guess.columns and not guess.clear and "columns" not in tables:
        if ask and _agreed(guess.mapping):
            tables["columns"] = dict(guess.columns)
        else:
            lines += ["", "# Guessed from names and values: remove the # signs if this is right.", "# [columns]"]
            lines += [f"# {meaning} = {_value(key)}" for meaning, key in guess.columns]
    elif "columns" not in tables and (unread := [each for each in found if each.shape == "unknown" and each.samples]):
        lines += ["", *_to_fill_in(unread[0].samples)]
    for name, entries in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in entries.items())]
    return "\n".join(lines).strip("\n") + "\n"


def _to_fill_in(samples: Mapping[str, str]) -> list[str]:
    """Return the table of columns as comments in which the user writes keys."""
    import textwrap

    from datalint.engine.guesses.key_order import texts_first
    from datalint.privacy.display import excerpt
    from datalint.records.places import listed

    keys = texts_first(list(samples), [samples])
    if len(keys) == 1:
        meanings = {"text": keys[0]}
        comments = ["Correct what the key means (here: text), and remove the # signs."]
    else:
        meanings = {"prompt": "KEY", "response": "KEY", "category": "KEY"}
        # A key that is cut, or divided between two lines, cannot be copied from the comment.
        whole = (excerpt(key, _LONGEST).replace(" ", _BLANK) for key in keys)
        named = f"Keys: {listed(whole, len(keys), _KEYS)}"
        lines = textwrap.wrap(named, _WIDTH, break_long_words=False, break_on_hyphens=False)
        comments = ["Write a key of the rows for each KEY, and remove the # signs."]
        comments += [line.replace(_BLANK, " ") for line in lines]
    entries = [f"{meaning} = {_value(key)}" for meaning, key in meanings.items()]
    return [f"# {line}" for line in (*comments, "[columns]", *entries)]


def _agreed(mapping: str) -> bool:
    from datalint.privacy.display import printable

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return click.confirm(printable(f"The keys are not clear. Read them as {mapping.replace(',', ', ')}?"))


def _value(value: Any) -> str:
    """Return a value as TOML."""
    import json

    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
