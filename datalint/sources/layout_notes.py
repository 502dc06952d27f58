"""Layouts of files that are no problem, because their own program expects them."""

from __future__ import annotations

import re
from typing import Final

from datalint.records.record import Problem

#: The name of a file that a program may read as a whole, and what a message says of what no row has.
_WHOLE: Final = r"(?i)\.json(?:\.(?:gz|bz2|xz|zstd?))?$"
_UNREAD: Final = "not read"


def as_note(problem: Problem, path: str, container: str) -> Problem:
    """Return the problem with the layout of an object in a ``.json`` file as a note if all of the object is read."""
    layout = container == "json-object" and problem.rule == "json-array" and problem.severity is None
    if layout and _UNREAD not in problem.message and re.search(_WHOLE, path) is not None:
        return problem._replace(is_note=True)
    return problem
