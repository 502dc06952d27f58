"""Notes about lists of texts that are read as one text, although they may be what two have said in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.dialogues import IN_TURN
from datalint.shapes.fields import fields_of
from datalint.support.columns_option import columns_option
from datalint.support.letters import letters_of

#: Rows that are looked at, and the share of them that must have a list.
_ROWS: Final = 100
_SHARE: Final = 0.5
#: Keys of a row that are looked at.
_MOST: Final = 256


def joined_turns(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a list of texts that is read as one text in rows like the ``first``; empty for none."""
    if len(first) > _MOST or shape.kind != "sft" or shape.fields is None:
        return ""
    fields = fields_of(shape, first)
    keys = [key for key, part in fields if part == "history" or (part == "prompt" and letters_of(key) in IN_TURN)]
    answer = next((key for key, part in fields if part == "response"), "")
    if not answer or len(keys) != 1 or not isinstance(first[keys[0]], list):
        return ""
    key = keys[0]
    lists = [row[key] for row in islice(rows, _ROWS) if isinstance(row.get(key), list) and row[key]]
    joined = [each for each in lists if len(each) > 1 and all(isinstance(text, str) for text in each)]
    if any(part == "history" for _, part in fields):
        joined = [each for each in joined if len(each) % 2]
        return f'the texts under "{key}" are read as one text in rows with an odd number of them' if joined else ""
    if len(joined) < _SHARE * len(lists) or not joined:
        return ""
    option = columns_option(f"messages={key},response={answer}")
    return f'the texts under "{key}" are read as one prompt; if they are turns of a user and an assistant: {option}'
