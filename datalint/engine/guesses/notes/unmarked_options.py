"""Notes about questions with options, none of which is marked as right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.mapped import PROMPTS

#: Words of the names of lists of options, and of single answers.
_LISTS: Final = ("candidates",)
_ANSWERS: Final = ("answer", "ans")
#: Keys that the note names.
_NAMED: Final = 3


def unmarked_options(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the options that are read next to prompts alone; empty for other rows."""
    if shape.name != PROMPTS or shape.fields is None:
        return ""
    # Loaded for such rows only.
    from datalint.shapes.evidence.names import CHOICE, has_word

    near = [key for key, part in shape.fields(tuple(first)) if part == "context"]
    options = [key for key in near if has_word(key, (*CHOICE, *_LISTS, *_ANSWERS))]
    if not options:
        return ""
    named = ", ".join(excerpt(key, 40) for key in options[:_NAMED]) + (", …" if len(options) > _NAMED else "")
    return (
        f"no key says which of the options is right ({named}); if another file does, write it next to them as a label"
    )
