"""What a fix changes, as text that may be shown: redacted, then cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from datalint.core.fix import ShownEdit
from datalint.privacy.display import Shown, excerpt, printable
from datalint.privacy.json_paths import json_path
from datalint.records.canonical import as_text
from datalint.support.common_prefix import common_prefix

if TYPE_CHECKING:
    from datalint.fixes.changes import Value

#: Characters of a text before and after, and of them before the first that differs.
_LONGEST: Final = 400
CONTEXT: Final = 24


def shown_edit(value: Value, line: int | None = None, row: int | None = None) -> ShownEdit:
    """Return the change of a value in the row at a place; long texts begin shortly before they differ."""
    path = printable(json_path(value.path))
    if value.key is not None:
        return ShownEdit("rename", line, row, path, path, printable(json_path((*value.path[:-1], value.key))))
    both = value_texts(value)
    begin = max(common_prefix(*both) - CONTEXT, 0) if max(map(len, both)) > _LONGEST else 0
    return ShownEdit("replace", line, row, path, *(_part(text, begin) for text in both))


def _part(text: str, begin: int) -> Shown:
    shown = excerpt(text, _LONGEST, start=begin)
    return printable(f"…{shown}") if begin else shown


def value_texts(value: Value) -> tuple[str, str]:
    """Return a value before and after; a text is in quotes if it was or becomes another kind of value, or is empty."""
    is_text = isinstance(value.before, str) and isinstance(value.after, str)
    return _text(value.before, quoted=not is_text), _text(value.after, quoted=not is_text)


def _text(value: Any, *, quoted: bool) -> str:
    return orjson.dumps(value).decode() if isinstance(value, str) and (quoted or not value) else as_text(value)
