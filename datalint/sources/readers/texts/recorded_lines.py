"""Lines of a text after the id of its recording, as Kaldi has them: ``spk3_utt0012 the dock is full``.

The row is ``{"id": …, "text": …}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
RECORDED_LINES: Final = "recorded-lines"
#: An id: letters or numbers with signs between them, and a number at its end; no day.
_ID: Final = lazy_pattern(r"(?![0-9]{1,4}[-.][0-9]{1,2}[-.][0-9]{1,4}$)(?=[^-_]{1,40}[-_])[A-Za-z0-9_.-]{0,63}[0-9]")
_NUMBER: Final = lazy_pattern(r"[0-9]+")
#: What was said begins with a letter, perhaps behind a number or a mark (``[laughs]``); formulas and arrows do not.
_SAID: Final = lazy_pattern(r"[0-9]{0,9}[\s<\[(\"'¿¡]{0,3}[^\W\d_]")
#: Lines that are needed, the share of them that are written so, and the share of ids that differ in more than numbers.
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.95
_FORMS: Final = 0.2


class RecordedLines(NamedTuple):
    """Lines of an id and a text."""

    container: str = RECORDED_LINES

    @property
    def description(self) -> str:
        """A description of a row."""
        return "a text after the id of its recording"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        found = _parts(text)
        return {"text": text} if found is None else {"id": found[0], "text": found[1]}

    def oddity(self, text: str) -> str:
        """Return that a line does not begin with an id; empty for any other."""
        return "no id with a text after it in the line: read as a text" if _parts(text) is None else ""


def _parts(text: str) -> tuple[str, str] | None:
    """Return the id and the text of a line; None for any other line."""
    words = text.split(None, 1)
    if len(words) == 1 or not words or _ID.fullmatch(words[0]) is None:
        return None
    said = words[1].strip()
    return (words[0], said) if _SAID.match(said) else None


def notation_of(lines: Sequence[bytes]) -> RecordedLines | None:
    """Return how lines are read that begin with an id of their own each; None for other texts."""
    if len(lines) < _LEAST or b"\t" in lines[0] or _parts(lines[0].decode("utf-8", "replace")) is None:
        return None
    found = [parts[0] for line in lines if (parts := _parts(line.decode("utf-8", "replace"))) is not None]
    if len(found) < _NEARLY_ALL * len(lines) or len({*found}) < len(found):
        return None
    forms = {re.sub(_NUMBER.pattern, "0", each) for each in found}
    return RecordedLines() if len(forms) <= max(1, _FORMS * len(found)) else None
