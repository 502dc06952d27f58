"""Notes about reasoning next to an answer, under a key of its own that no turn is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.support.names.thought_keys import is_thought

#: Characters of a text that is more than a name.
_LEAST: Final = 20
#: What surrounds reasoning as a model writes it, whatever the name of its key.
_BEGIN: Final = "<think>"
_END: Final = "</think>"
#: Keys of a row that are looked at.
_MOST: Final = 256


def unread_reasoning(row: Mapping[str, Any], shape: Shape) -> str:
    """Return the key of reasoning in a row that is neither prompt nor response; empty for none.

    Only the answers of single turns are looked at: in preferences and prompts alone, nothing like it is learned.
    """
    keys = tuple(row)
    if shape.kind != "sft" or len(keys) > _MOST:
        return ""
    known = (key for key in keys if is_thought(key) or _is_block(row[key]))
    found = [key for key in known if len(_text_of(row[key])) >= _LEAST]
    turns = shape.turn_keys(keys)
    return found[0] if len(found) == 1 and turns and found[0] not in turns else ""


def _is_block(value: object) -> bool:
    return isinstance(value, str) and value.lstrip().startswith(_BEGIN) and _END in value


def _text_of(value: object) -> str:
    """Return a text, or those of a list joined; empty for any other value."""
    texts = value[:_MOST] if isinstance(value, list) else [value]
    return "\n".join(each for each in texts if isinstance(each, str)).strip()
