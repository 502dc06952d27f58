"""Conversations in one line each, with a marker at the end of each utterance: ``Hi . __eou__ Hello . __eou__``.

DailyDialog ends utterances with ``__eou__``; the Ubuntu Dialogue Corpus ends turns, which have several of these, with
``__eot__``. The row is ``{"dialog": [text, …]}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
MARKED_TURNS: Final = "marked-turns"
_UTTERANCE: Final = "__eou__"
_TURN: Final = "__eot__"
#: Share of lines that end with a marker, and of those with several turns.
_NEARLY_ALL: Final = 0.9
_SEVERAL: Final = 0.5


class MarkedTurns(NamedTuple):
    """The marker at the end of a turn."""

    marker: str = _UTTERANCE
    container: str = MARKED_TURNS

    @property
    def description(self) -> str:
        """A description of a row."""
        return f"a conversation in a line: each turn ends with {self.marker}"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        return {"dialog": self.turns(text)}

    def turns(self, text: str) -> list[str]:
        """Return the texts of the turns in a line; utterances of one turn are lines of its text."""
        parts = [[said.strip() for said in turn.split(_UTTERANCE)] for turn in text.split(self.marker)]
        return [said for turn in parts if (said := "\n".join(filter(None, turn)))]

    def oddity(self, text: str) -> str:
        """Return that a line has no marker; empty for any other."""
        return "" if self.marker in text else f"no {self.marker} in the line: read as a single turn"


def notation_of(lines: Sequence[bytes]) -> MarkedTurns | None:
    """Return the notation of a text of conversations that begins with ``lines``; None for other texts."""
    if not any(_UTTERANCE.encode() in line for line in lines[:2]):
        return None
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    found = MarkedTurns(_TURN if any(_TURN in text for text in texts) else _UTTERANCE)
    ended = sum(text.endswith((_UTTERANCE, _TURN)) for text in texts)
    several = sum(len(found.turns(text)) > 1 for text in texts)
    return found if ended >= _NEARLY_ALL * len(texts) and several >= _SEVERAL * len(texts) else None
