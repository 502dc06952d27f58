"""Responses that stop in the middle of a sentence or in a block of code."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.endings import before_last_line, last_line, may_be_cut, missing_stop, open_end
from datalint.rules.common.scripts import unlabelled

#: Characters at the end of a text that are read.
TAIL: Final = 3_000
_OPEN: Final = ",，、(（[【"
_FENCE: Final = "```"


def is_cut(text: str) -> bool:
    """Return whether a response stops in the middle of a sentence, or in a block of code."""
    text = text.rstrip()
    if text.count(_FENCE) % 2:
        return True
    said = unlabelled(text[-TAIL:])
    line = last_line(said)
    if not (line[-1:].isalpha() or line[-1:] in _OPEN) or not may_be_cut({"text": said, "prompt": "", "system": ""}):
        return False
    # The lines of a script, which are short, end with a mark.
    is_script = said != text[-TAIL:]
    return is_script or open_end(line) is not None or missing_stop(before_last_line(said), line) is not None
