"""A line above the tokens of each sentence with a word, a number and perhaps a label: ``meta 17 positive``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.privacy.display import excerpt
from datalint.support.named_tuple import NamedTuple

#: Sentences at least, the share of them with a label, and sentences for each different one.
_LEAST: Final = 10
_LABELLED: Final = 0.9
_EACH: Final = 4
#: Fields of the line without a label, and with one.
_WIDTHS: Final = (2, 3)
#: Characters of the word that a note shows.
_SHOWN: Final = 20


class Head(NamedTuple):
    """The ``word`` that the line begins with, and whether its last field is the label of the sentence.

    Without a word, sentences have no such line.
    """

    word: str = ""
    labelled: bool = False

    def opens(self, fields: Sequence[str]) -> bool:
        """Return whether a line is the one above the tokens."""
        return bool(self.word) and fields[0] == self.word and len(fields) in _WIDTHS

    def label_in(self, fields: Sequence[str]) -> dict[str, str]:
        """Return the label in that line as a part of the row; it is empty where the line has none."""
        return {"label": fields[-1] if len(fields) == max(_WIDTHS) else ""} if self.labelled else {}

    @property
    def description(self) -> str:
        """What the line is, as a part of the description of a row; empty for none."""
        if not self.word:
            return ""
        what = "its label" if self.labelled else "no token"
        return f'; the line above with "{excerpt(self.word, _SHOWN)}" and its number has {what}'


def head_of(sentences: Sequence[Sequence[Sequence[str]]]) -> Head | None:
    """Return the line above the tokens of sentences, by the fields of their lines; None if they have none.

    All begin with one word, which no other line does, and no two have the same second field. The number of a token is
    no word.
    """
    first, *_ = firsts = [each[0] for each in sentences if each] or [()]
    if len(firsts) < _LEAST or len(first) not in _WIDTHS or any(each[0] != first[0] for each in firsts):
        return None
    if not any(map(str.isalpha, first[0])):
        return None
    if any(len(each) not in _WIDTHS for each in firsts) or len({each[1] for each in firsts}) < len(firsts):
        return None
    if any(row[0] == first[0] for each in sentences for row in each[1:]):
        return None
    labels = [each[-1] for each in firsts if len(each) == max(_WIDTHS)]
    labelled = len(labels) >= _LABELLED * len(firsts) and 1 < len(set(labels)) <= len(labels) / _EACH
    return Head(first[0], labelled)
